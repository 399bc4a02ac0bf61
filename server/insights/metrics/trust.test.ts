// A key is made for one purpose: one that may read figures is not one that may read who customers are.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { newId } from "#platform/db";
import { makeInteraction, makePerception } from "../../customers/customers.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { insightsModule } from "../insights.module.ts";
import { boardNumbers } from "../dashboards/tiles.contract.ts";
import { answersReply } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
const june = "from=2026-06-01&to=2026-07-01";
const all = ["metrics.read", "comments.read", "outcomes.read", "need-facts.read", "responses.read", "dashboards.read", "alerts.read", "alerts.edit"];
const written = "My name is Emily Brown, I live at 12 Baker Street, London NW1 6XE. Mail olga@example.com.";
const personal = /olga|emily|baker street/iu;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  const { workspaceId } = organisation;
  const { db } = firsthand.services;
  const fact = makeInteraction(workspaceId, { type: "call", subject: "user:olga", userId: "olga", at: "2026-06-10T12:00:00Z" });
  const buys = ["2026-03-01T12:00:00Z", "2026-04-01T12:00:00Z", "2026-06-20T12:00:00Z"].map((at) => makeInteraction(workspaceId, { name: "Order Completed", subject: "user:olga", userId: "olga", at, message: JSON.stringify({ properties: { order_id: at, total: 10, currency: "EUR" } }) }));
  const calls = ["2026-06-02T12:00:00Z", "2026-06-04T12:00:00Z"].map((at) => makeInteraction(workspaceId, { name: "Support call", subject: "user:olga", userId: "olga", at }));
  await insertInteractions(db, workspaceId, [fact, ...buys, ...calls]);
  const felt = { subject: "user:olga", at: fact.at, interactionId: fact.id };
  await insertPerceptions(db, workspaceId, [
    makePerception({ ...felt, kind: "nps", value: 3, scaleMin: 0, scaleMax: 10 }),
    makePerception({ ...felt, kind: "comment", value: null, scaleMin: null, scaleMax: null, text: written }),
    makePerception({ subject: "user:olga", at: "2026-03-10T12:00:00Z", kind: "nps", value: 3, scaleMin: 0, scaleMax: 10 }),
  ]);
  await vi.waitUntil(async () => (await db.query("select from insights.readings where workspace_id = $1", [workspaceId])).rowCount === 1, { timeout: 30_000, interval: 50 });
  await firsthand.settle();
}, 60_000);
afterAll(() => firsthand.stop());

type Method = "GET" | "POST" | "PATCH";
const asKey = async (abilities: readonly string[]) => {
  const authorization = `Bearer ${await firsthand.makeApiKey(organisation, abilities)}`;
  const accept = "application/json, text/event-stream";
  return {
    ask: (method: Method, url: string, body?: unknown) => firsthand.nobody.ask(method, url, body, { authorization, accept }),
    call: async (name: string, given: object): Promise<string> => (await firsthand.nobody.ask("POST", "/api/mcp", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: given } }, { authorization, accept })).text,
  };
};
const tile = (given: object): object => ({ id: newId(), chart: "number", metric: "nps", place: { x: 0, y: 0, w: 4, h: 3 }, ...given });

describe("a key that may not see customers", () => {
  test.each([`/api/metrics/answers?${june}&metric=nps`, `/api/metrics/latest?${june}`])("gets the answers of %s without whose they are and without personal data in them", async (url) => {
    const [trusted, other] = [await asKey([...all, "customers.read"]), await asKey(all)];
    const [whole, hidden] = [await trusted.ask("GET", url), await other.ask("GET", url)];
    const customer = answersReply.shape.items.parse(z.object({ items: z.unknown() }).parse(whole.body).items)[0]?.customer;
    expect(whole.text).toContain(written);
    expect(customer?.id).toBeTypeOf("string");

    expect(hidden.text).toContain("I live at [address]");
    expect(hidden.text).not.toMatch(personal);
    expect(hidden.text).not.toContain(customer?.id ?? "?");
    expect(hidden.text).toContain("\"value\":3");
  });

  test("gets the same from its assistant and on dashboards", async () => {
    const other = await asKey(all);
    const told = await other.call("list_answers", { from: "2026-06-01", to: "2026-07-01", metric: "nps" });
    const board = await other.ask("POST", "/api/dashboards/data", { period: { from: "2026-06-01", to: "2026-07-01" }, tiles: [tile({ chart: "answers" })] });

    for (const text of [told, board.text]) {
      expect(text).toContain("[email]");
      expect(text).not.toMatch(personal);
    }
    expect(board.text).toContain("\"customer\":null");
  });

  test.each([`/api/outcomes/customers?by=nps&group=worst&from=2026-03-01&to=2026-04-01&days=60`, `/api/need-facts/cases?${june}&measure=repeated_contacts&over=true`])("is given no list of customers by %s", async (url) => {
    const trusted = await (await asKey([...all, "customers.read"])).ask("GET", url);
    expect(trusted.status, trusted.text).toBe(200);
    expect(z.object({ items: z.array(z.unknown()).min(1) }).safeParse(trusted.body).success, trusted.text).toBe(true);
    expect(await (await asKey(all)).ask("GET", url)).toMatchObject({ status: 403, body: { error: { code: "not_allowed" } } });
  });

  test("is not told by its assistant either whose cases they are", async () => {
    expect(await (await asKey(all)).call("list_need_cases", { from: "2026-06-01", to: "2026-07-01", measure: "repeated_contacts" })).toContain("customers.read");
  });
});

describe("traits", () => {
  /** Every route of this module that can be narrowed, split or adjusted by traits: one that is added later is asked too. */
  const asked = insightsModule.routes.flatMap(({ method, url, query }): string[] => {
    if (method !== "GET" || !(query instanceof z.ZodObject)) return [];
    const path = url.replace(":id", newId());
    const measure = url.startsWith("/api/need-facts/") ? "measure=repeated_contacts&" : "";
    const usual = measure + (url.includes("breakdown") || url.includes("comments/groups") || url === "/api/need-facts/groups" ? "by=channel&" : url.includes("customers") ? "group=best&" : url.includes("drivers/answers") ? "factor=effort:contacts&" : "");
    const names = Object.keys(query.shape);
    return [
      ...(names.includes("trait") ? [`${path}?${usual}trait=email%3Dolga%40example.com`] : []),
      ...(names.includes("adjust") ? [`${path}?${usual}adjust=trait:email`] : []),
      ...(names.includes("leftTrait") ? [`${path}?left=trait&duration=months&leftTrait=churned%3Dyes`] : []),
      ...(url.includes("breakdown") || url.includes("/outcomes/groups") || url === "/api/need-facts/groups" || url.includes("survival") ? [`${path}?${measure}by=trait:email`] : []),
    ];
  });

  test("are found in all that can be asked", () => {
    expect(asked.length).toBeGreaterThan(13);
    expect(asked.join(" ")).toMatch(/summary.+answers.+explanations|explanations.+summary.+answers/u);
  });

  test.each(asked)("%s needs the right to see customers", async (url) => {
    const refused = await (await asKey(all)).ask("GET", url);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("customers.read")]);
    expect((await (await asKey([...all, "customers.read"])).ask("GET", url)).status).not.toBe(403);
  });

  test("are in no tile and no rule for a key without that right", async () => {
    const [trusted, other] = [await asKey([...all, "customers.read"]), await asKey(all)];
    const period = { preset: "30d" };
    const tiles = [tile({ filters: { trait: ["email=olga@example.com"] } }), tile({ chart: "bars", split: "trait:email" }), tile({})];
    const states = async (who: typeof other) => boardNumbers.parse((await who.ask("POST", "/api/dashboards/data", { period, tiles })).body).tiles.map(({ state }) => state).toSorted();

    expect(await states(trusted)).toEqual(["measured", "measured", "measured"]);
    expect(await states(other)).toEqual(["excluded", "excluded", "measured"]);
    expect((await other.ask("POST", "/api/dashboards/data", { period, filters: { trait: ["email=olga@example.com"] }, tiles: [tile({})] })).status).toBe(403);
    const rule = { what: "nps", direction: "down", filters: { trait: ["email=olga@example.com"] } };
    for (const url of ["/api/alert-rules", "/api/alert-rules/trial"]) {
      expect((await other.ask("POST", url, rule)).status, url).toBe(403);
      expect((await trusted.ask("POST", url, rule)).status, url).toBeLessThan(300);
    }
  });
});
