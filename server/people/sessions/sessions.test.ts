import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeInstallation, readLastMail } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";
import { deleteExpired } from "./sessions.queries.ts";
import { makeSetUpLink } from "./sessions.ts";

let firsthand: Installation;
let now = new Date("2026-06-01T10:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());

const password = "correct horse battery";

const setUp = async (token: string) =>
  firsthand.nobody.ask("POST", "/api/setup", { token, workspaceName: "Nordlys", name: "Ada", email: "Ada@Example.com", password });

const linkToken = async (): Promise<string> => new URL((await makeSetUpLink(firsthand.services)) ?? "").searchParams.get("token") ?? "";

describe("the first person", () => {
  test("is set up by the one-time link, once, and signs in with any case of the address", async () => {
    const token = await linkToken();
    expect((await setUp("x".repeat(43))).status).toBe(403);

    const done = await setUp(token);

    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ member: { name: "Ada", role: "owner" }, workspace: { name: "Nordlys" } });
    expect(String(done.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await setUp(token)).status).toBe(403);
    expect(await makeSetUpLink(firsthand.services)).toBeNull();
    expect((await firsthand.nobody.ask("POST", "/api/session", { email: "ADA@example.com", password })).status).toBe(200);
  });

  test("is told the same for a wrong password and an unknown address", async () => {
    const wrong = await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password: "wrong" });
    const unknown = await firsthand.nobody.ask("POST", "/api/session", { email: "nobody@example.com", password: "wrong" });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
  });

  test("must wait after many wrong passwords, even with the right one, and may try again later", async () => {
    for (let tries = 0; tries < 6; tries++) await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password: "wrong" });
    const throttled = await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password });
    expect(throttled.status).toBe(429);
    now = new Date(now.getTime() + 3_600_000);
    expect((await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password })).status).toBe(200);
  });
});

describe("a session", () => {
  test("refuses changes without its token, and serves with it", async () => {
    const organisation = await firsthand.makeOrganisation();
    const refused = await organisation.owner.ask("PATCH", "/api/workspace", { name: "New" }, { "x-csrf-token": "wrong" });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "csrf_token_wrong" } } });
    const changed = await organisation.owner.ask("PATCH", "/api/workspace", { name: "New" });
    expect(changed).toMatchObject({ status: 200, body: { name: "New" } });
  });

  test("ends by signing out and after thirty days without use", async () => {
    const organisation = await firsthand.makeOrganisation();
    expect((await organisation.admin.ask("DELETE", "/api/session")).status).toBe(204);
    expect((await organisation.admin.ask("GET", "/api/session")).status).toBe(401);
    const before = now;
    now = new Date(now.getTime() + 31 * 24 * 3_600_000);
    expect((await organisation.owner.ask("GET", "/api/session")).status).toBe(401);
    now = before;
  });
});

test("what expired is cleaned away at night, and nothing else", async () => {
  const { services } = firsthand;
  const organisation = await firsthand.makeOrganisation();
  await deleteExpired(services.db, new Date(now.getTime() + 29 * 24 * 3_600_000));
  expect((await organisation.owner.ask("GET", "/api/session")).status).toBe(200);
  await deleteExpired(services.db, new Date(now.getTime() + 31 * 24 * 3_600_000));
  expect((await organisation.owner.ask("GET", "/api/session")).status).toBe(401);
});

describe("a forgotten password", () => {
  test("is replaced with the mailed link once, which ends every session", async () => {
    await firsthand.nobody.ask("POST", "/api/password-resets", { email: "ada@example.com" });
    const token = /token=([\w-]+)/.exec(await vi.waitFor(() => readLastMail(firsthand.dataDir), { timeout: 5_000 }))?.[1] ?? "";
    const unknown = await firsthand.nobody.ask("POST", "/api/password-resets", { email: "nobody@example.com" });
    expect(unknown.status).toBe(202);

    const changed = await firsthand.nobody.ask("PUT", "/api/password-resets", { token, password: "another long password" });

    expect(changed.status).toBe(200);
    expect((await firsthand.nobody.ask("PUT", "/api/password-resets", { token, password: "a third long password" })).status).toBe(410);
    expect((await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password })).status).toBe(401);
    expect((await firsthand.nobody.ask("POST", "/api/session", { email: "ada@example.com", password: "another long password" })).status).toBe(200);
  });
});
