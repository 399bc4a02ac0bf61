// Every route of every module, asked by the wrong people: nobody, a key without abilities, a member of another workspace.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { modules } from "../../modules.ts";

let firsthand: Installation;
let organisation: Organisation;
let key: string;

beforeAll(async () => {
  // Reports of a period end now: with a moving clock two of them would differ by that alone.
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-11-21T12:00:00Z") } });
  organisation = await firsthand.makeOrganisation("own");
  key = await firsthand.makeApiKey(organisation, []);
});
afterAll(() => firsthand.stop());

const irrelevantId = "01900000-0000-7000-8000-00000000beef";
const routes = modules.flatMap((module) => module.routes);
const closed = routes.filter((route) => !("public" in route.access));
const addressOf = (url: string): string => url.replace(/:\w+/g, irrelevantId);

describe("every closed route", () => {
  test.each(closed.map((route) => [route.method, route.url] as const))("%s %s refuses whoever is not signed in", async (method, url) => {
    const reply = await firsthand.nobody.ask(method, addressOf(url));
    expect(reply).toMatchObject({ status: 401, body: { error: { code: "not_signed_in" } } });
  });

  const byAbility = closed.flatMap((route) => ("ability" in route.access ? [[route.method, route.url, route.access.ability] as const] : []));
  test.each(byAbility)("%s %s refuses a key without the ability %s", async (method, url, ability) => {
    const reply = await firsthand.nobody.ask(method, addressOf(url), undefined, { authorization: `Bearer ${key}` });
    expect(reply).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability } } } });
  });

  test("needs an ability that some role has", () => {
    const declared = new Set(modules.flatMap((module) => module.abilities).map((ability) => ability.ability));
    expect(byAbility.map(([, , ability]) => ability).filter((ability) => !declared.has(ability))).toEqual([]);
  });
});

describe("every list", () => {
  const lists = closed.filter((route) => route.method === "GET" && !route.url.includes(":") && route.url !== "/api/live");
  test.each(lists.map((route) => [route.url] as const))("GET %s shows a new workspace nothing of another", async (url) => {
    const stranger = await firsthand.makeOrganisation("stranger");
    const before = await stranger.owner.ask("GET", url);
    await fillWorkspace(organisation);
    const after = await stranger.owner.ask("GET", url);
    expect(before.status).toBeLessThan(500);
    expect(after.body).toEqual(before.body);
    expect(after.text).not.toContain(organisation.workspaceId);
  });
});

let isFilled = false;
// One of each thing that can be made by one request, so that there is something to leak.
const fillWorkspace = async ({ owner }: Organisation): Promise<void> => {
  if (isFilled) return;
  isFilled = true;
  await owner.ask("POST", "/api/invitations", { email: "leak@example.com", role: "viewer" });
  await owner.ask("POST", "/api/keys", { kind: "write", name: "leak" });
  await owner.ask("POST", "/api/surveys", { template: "relationship" });
  const writeKey = await firsthand.makeWriteKey(organisation);
  await firsthand.nobody.ask("POST", "/v1/track", { userId: "leak", event: "leak", messageId: "leak-1" }, { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` });
  await firsthand.nobody.ask("POST", "/v1/track", { event: "refused leak" }, { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` });
  await firsthand.settle();
};
