import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Installation, Organisation } from "../../firsthand.make.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

const read = (answer: Answer, key: string): string => String(Reflect.get(Object(answer.body), key));

describe("an API key", () => {
  test("does what it was allowed and nothing else, until it is revoked", async () => {
    const made = await organisation.admin.ask("POST", "/api/keys", { kind: "api", name: "reader", abilities: ["members.read"] });
    const authorization = `Bearer ${read(made, "token")}`;
    expect((await firsthand.nobody.ask("GET", "/api/members", undefined, { authorization })).status).toBe(200);
    expect(await firsthand.nobody.ask("GET", "/api/keys", undefined, { authorization })).toMatchObject({ status: 403, body: { error: { code: "not_allowed" } } });

    await organisation.admin.ask("DELETE", `/api/keys/${read(made, "id")}`);

    expect((await firsthand.nobody.ask("GET", "/api/members", undefined, { authorization })).status).toBe(401);
  });

  test("is shown once and kept as a hash", async () => {
    const made = await organisation.admin.ask("POST", "/api/keys", { kind: "api", name: "secret", abilities: [] });
    const token = read(made, "token");
    expect((await organisation.admin.ask("GET", "/api/keys")).text).not.toContain(token);
    const { rows } = await firsthand.services.db.query<{ all: string }>("select string_agg(keys::text, ' ') as all from people.keys");
    expect(rows[0]?.all).not.toContain(token);
  });

  test("cannot be given more than its maker may do", async () => {
    const refused = await organisation.admin.ask("POST", "/api/keys", { kind: "api", name: "greedy", abilities: ["everything.change"] });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "not_allowed" } } });
  });

  test("needs no token against forged requests", async () => {
    const made = await organisation.admin.ask("POST", "/api/keys", { kind: "api", name: "writer", abilities: ["workspace.change"] });
    const changed = await firsthand.nobody.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" }, { authorization: `Bearer ${read(made, "token")}` });
    expect(changed).toMatchObject({ status: 200, body: { timeZone: "Europe/Oslo" } });
  });
});

test("a write key opens nothing but collecting", async () => {
  const made = await organisation.admin.ask("POST", "/api/keys", { kind: "write", name: "site" });
  expect((await firsthand.nobody.ask("GET", "/api/members", undefined, { authorization: `Bearer ${read(made, "token")}` })).status).toBe(401);
});
