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

  test("comes after too many requests, with the time to wait", async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => firsthand.nobody.ask("POST", "/api/password-resets", { email: "a@example.com" })));
    const refused = replies.find((reply) => reply.status === 429);
    expect(refused).toMatchObject({ body: { error: { code: "too_many_requests" } } });
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
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
});
