import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation } from "../../firsthand.make.ts";
import { modules } from "../../modules.ts";

let firsthand: Installation;
let owner: Client;

beforeAll(async () => {
  firsthand = await makeInstallation();
  ({ owner } = await firsthand.makeOrganisation());
});
afterAll(() => firsthand.stop());

const ROOT = join(import.meta.dirname, "..", "..", "..");
const declaredErrors = modules.flatMap((module) => module.errors);

describe("the error catalogue", () => {
  test("names every code once", () => {
    const codes = declaredErrors.map((error) => error.code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test("stands in the guide, code by code, and the guide names no other", () => {
    const path = join(ROOT, "docs", "guides", "errors.md");
    const guide = existsSync(path) ? readFileSync(path, "utf8") : "";
    const documented = [...guide.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.+) \|$/gm)].map(([, code, status, meaning]) => ({ code, status: Number(status), meaning }));
    const declared = declaredErrors.map(({ code, status, meaning }) => ({ code, status, meaning })).sort((one, other) => (one.code < other.code ? -1 : 1));
    expect(documented).toEqual(declared);
  });
});

describe("a refusal", () => {
  const cases: [string, Parameters<Client["ask"]>, number, string][] = [
    ["an address that is not there", ["GET", "/api/nothing"], 404, "not_found"],
    ["broken JSON", ["POST", "/api/keys", "{"], 400, "bad_request"],
    ["a missing field", ["POST", "/api/keys", {}], 400, "invalid_input"],
    ["a body that is no object", ["POST", "/api/keys", "[]"], 400, "invalid_input"],
    ["a body of another kind", ["POST", "/api/keys", "kind=api", { "content-type": "application/x-www-form-urlencoded" }], 415, "media_type_unknown"],
    ["an id that is none", ["DELETE", "/api/keys/etc-passwd"], 400, "invalid_input"],
    ["a path that climbs", ["DELETE", "/api/keys/..%2f..%2fetc%2fpasswd"], 400, "invalid_input"],
    ["a zero byte in a name", ["POST", "/api/keys", { kind: "write", name: "a\u0000b" }], 400, "invalid_input"],
    ["a body over the limit", ["POST", "/api/keys", { kind: "write", name: "x".repeat(2_000_000) }], 413, "too_large"],
    ["a cursor that is not ours", ["GET", "/api/audit?cursor=bm9uZQ"], 400, "invalid_input"],
    ["a page that is too long", ["GET", "/api/audit?limit=100000"], 400, "invalid_input"],
  ];
  test.each(cases)("for %s has a stable code", async (_, [method, url, body, headers], status, code) => {
    const reply = await owner.ask(method, url, body, { "content-type": "application/json", ...headers });
    expect(reply).toMatchObject({ status, body: { error: { code } } });
  });

  test("keeps prototypes as they are", async () => {
    await owner.ask("POST", "/api/keys", '{"kind":"write","name":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}', { "content-type": "application/json" });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test.each<[string, Parameters<Client["ask"]>, { field: string; problem: string }[]]>([
    ["a field of another name", ["POST", "/api/keys", { kind: "write", nmae: "shop" }], [{ field: "body.nmae", problem: 'is unknown (did you mean "name"?)' }]],
    ["a misspelt filter, which would give the figures of everything", ["GET", "/api/metrics/summary?chanel=web"], [{ field: "query.chanel", problem: 'is unknown (did you mean "channel"?)' }]],
    ["a filter in the form of another tool", ["GET", "/api/metrics/summary?channel[]=web"], [{ field: "query.channel[]", problem: 'is unknown (did you mean "channel"?)' }]],
    ["a field where there are few", ["GET", "/api/audit?since=2026-01-01"], [{ field: "query.since", problem: "is unknown (known are cursor, limit)" }]],
    ["a filter where nothing is asked", ["GET", "/api/teams?team=care"], [{ field: "query.team", problem: "is unknown: nothing is read here" }]],
    ["a body where none is read", ["DELETE", "/api/keys/01900000-0000-7000-8000-00000000beef", { soft: true }], [{ field: "body.soft", problem: "is unknown: nothing is read here" }]],
    ["a field deep within", ["POST", "/api/teams", { name: "Care", members: [{ memberId: "01900000-0000-7000-8000-00000000beef", from: null, to: null, form: null }] }], [{ field: "body.members.0.form", problem: 'is unknown (did you mean "from"?)' }]],
    ["a field that a strict shape would name in words of its own", ["POST", "/api/alert-rules/trial", { filters: { chanel: ["web"] } }], [{ field: "body.filters.chanel", problem: 'is unknown (did you mean "channel"?)' }]],
  ])("for %s names it, and what was likely meant", async (_, [method, url, body], fields) => {
    const reply = await owner.ask(method, url, body);

    expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 400 });
    expect(reply.body).toMatchObject({ error: { code: "invalid_input", message: expect.stringContaining(fields[0]?.problem ?? ""), details: { fields: expect.arrayContaining(fields) } } });
  });

  test("for a thousand unknown fields names twenty, and no name at length", async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${"x".repeat(500)}${index}`, index]));
    const reply = await owner.ask("POST", "/api/keys", { kind: "write", name: "shop", ...many });
    expect(reply.status).toBe(400);
    expect(reply.text.length).toBeLessThan(10_000);
  });

  test("comes after too many requests, with the time to wait", async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => firsthand.nobody.ask("POST", "/api/password-resets", { email: "a@example.com" })));
    const refused = replies.find((reply) => reply.status === 429);
    expect(refused).toMatchObject({ body: { error: { code: "too_many_requests" } } });
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
  });
});

describe("what strangers send", () => {
  test.each<[string, Parameters<Client["ask"]>]>([
    ["a link with what a mail hung on it", ["GET", "/api/public/invitation?token=irrelevant&utm_source=mail&fbclid=1"]],
    ["a widget older or newer than the server", ["POST", "/api/public/widget/decision", { key: "fhk_irrelevant", surveyId: "01900000-0000-7000-8000-00000000beef", anonymousId: "1", newField: true }]],
  ])("is read past what is unknown: %s", async (_, [method, url, body]) => {
    const reply = await firsthand.nobody.ask(method, url, body);
    expect(reply.text).not.toContain("invalid_input");
  });
});

describe("every page", () => {
  test("carries a strict policy with a nonce of its own", async () => {
    const [one, other] = [await firsthand.nobody.ask("GET", "/api/docs"), await firsthand.nobody.ask("GET", "/api/docs")];
    const policy = String(one.headers["content-security-policy"]);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(one.text).toContain(`nonce="${nonce}"`);
    expect(other.headers["content-security-policy"]).not.toBe(policy);
    expect(one.headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN" });
  });
});

describe("the API description", () => {
  test("describes every route", async () => {
    const { body } = await firsthand.nobody.ask("GET", "/api/openapi.json");
    const paths = Object.keys(Reflect.get(Object(body), "paths"));
    for (const route of modules.flatMap((module) => module.routes)) expect(paths).toContain(route.url.replace(/:(\w+)/g, "{$1}"));
  });

  test("says where unknown fields are refused, and where they are read past", async () => {
    const { body } = await firsthand.nobody.ask("GET", "/api/openapi.json");
    const bodyOf = (path: string): unknown => ["paths", path, "post", "requestBody", "content", "application/json", "schema"].reduce((inside: unknown, step) => Reflect.get(Object(inside), step), body);
    expect(bodyOf("/api/keys")).toMatchObject({ type: "object", additionalProperties: false });
    expect(bodyOf("/api/public/responses")).not.toHaveProperty("additionalProperties");
  });
});
