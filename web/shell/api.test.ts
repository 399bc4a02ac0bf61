import { afterEach, expect, test, vi } from "vitest";
import { ApiError, addressOf, api, onSignedOut, rememberCsrfToken } from "./api.ts";

const answer = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(async () => new Response(body === undefined ? null : JSON.stringify(body), { status }));

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrfToken(null);
});

test("a list repeats its name and keeps empty texts, other empty values are left out", () => {
  expect(addressOf("/api/x", { channel: ["", "web"], stage: "", from: undefined, limit: 5 })).toBe("/api/x?channel=&channel=web&limit=5");
});

test("a change carries the token of the session, a read does not", async () => {
  const fetched = answer(200, {});
  vi.stubGlobal("fetch", fetched);
  rememberCsrfToken("token-1");

  await api.post("/api/x", { a: 1 });
  await api.get("/api/x");

  const headers = fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("x-csrf-token"));
  expect(headers).toEqual(["token-1", null]);
});

test("a refusal keeps the server's code and words", async () => {
  vi.stubGlobal("fetch", answer(409, { error: { code: "survey_closed", message: "Survey “Onboarding” is closed.", details: { since: "2 May" } } }));
  await expect(api.post("/api/x")).rejects.toMatchObject({ code: "survey_closed", status: 409, message: "Survey “Onboarding” is closed.", details: { since: "2 May" } });
});

test("a broken server becomes a sentence, not a stack", async () => {
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(async () => new Response("<html>Bad gateway", { status: 502 })));
  await expect(api.get("/api/x")).rejects.toThrow("The server answered 502.");
});

test("a lost connection says what to do", async () => {
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(async () => Promise.reject(new TypeError("Failed to fetch"))));
  await expect(api.get("/api/x")).rejects.toThrow("The server cannot be reached.");
});

test("signing out elsewhere leads to the door, a wrong password does not", async () => {
  const left = vi.fn<() => void>();
  onSignedOut(left);
  vi.stubGlobal("fetch", answer(401, { error: { code: "sign_in_refused", message: "No." } }));
  await expect(api.post("/api/session")).rejects.toBeInstanceOf(ApiError);
  expect(left).not.toHaveBeenCalled();

  vi.stubGlobal("fetch", answer(401, { error: { code: "not_signed_in", message: "No." } }));
  await expect(api.get("/api/members")).rejects.toBeInstanceOf(ApiError);
  expect(left).toHaveBeenCalledOnce();
});

test("an empty reply is null", async () => {
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(async () => new Response(null, { status: 204 })));
  expect(await api.delete("/api/x")).toBeNull();
});

test("a file comes with the name the server gave it, else with the end of its address", async () => {
  const named = new Response("a,b", { headers: { "content-disposition": 'attachment; filename="paths.csv"' } });
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(async (url) => (String(url).includes("log") ? named : new Response("{}"))));
  const [log, map] = [await api.file("/api/paths/log.csv?from=2026-01-01"), await api.file("/api/maps/7/map.json?x=1")];
  expect([log.name, await log.content.text(), map.name]).toEqual(["paths.csv", "a,b", "map.json"]);
});

test("a refused file is told in the server's words, and one that breaks off is not kept", async () => {
  vi.stubGlobal("fetch", answer(429, { error: { code: "too_many", message: "Two files are being written. Try again in a minute." } }));
  await expect(api.file("/api/paths/log.csv")).rejects.toThrow("Two files are being written. Try again in a minute.");

  const broken = new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError("network error")) }));
  vi.stubGlobal("fetch", vi.fn<typeof fetch>(async () => broken));
  await expect(api.file("/api/paths/log.csv")).rejects.toMatchObject({ code: "broken_off" });
});
