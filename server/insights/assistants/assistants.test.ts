import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { alertsReply } from "../alerts/alerts.contract.ts";
import { SurveyDrivers } from "../drivers/drivers.contract.ts";
import { makeMeasured } from "../insights.make.ts";
import { narrowingNames } from "../metrics/narrowing.rules.ts";
import { needFactsReply } from "../need-facts/need-facts.contract.ts";
import { groupsReply } from "../outcomes/outcomes.contract.ts";
import { themesReply } from "../themes/themes.contract.ts";
import { assistantTools } from "./assistant-tools.ts";
import { shortenReply } from "./short-replies.rules.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ listen: true });
  organisation = await firsthand.makeOrganisation();
  const rows = Array.from({ length: 40 }, (_, place) => makePerception({ kind: "nps", value: place % 4 === 0 ? 3 : 10, at: "2026-03-10T12:00:00Z" }));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
});
afterAll(() => firsthand.stop());

const keyWith = async (abilities: readonly string[], of: Organisation = organisation): Promise<string> => {
  const made = await of.admin.ask("POST", "/api/keys", { kind: "api", name: "assistant", abilities });
  expect(made.status, made.text).toBe(201);
  return z.object({ token: z.string() }).parse(made.body).token;
};

const connect = async (key: string): Promise<Client> => {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${firsthand.address}/api/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}` } } }));
  return client;
};

const call = async (client: Client, name: string, given: Record<string, unknown>) => {
  const { content, isError } = await client.callTool({ name, arguments: given });
  return { isError: isError === true, text: z.array(z.object({ type: z.literal("text"), text: z.string() })).parse(content).map(({ text }) => text).join("") };
};

/** What the screens are told, in the few words of a tool. */
const inShort = (name: string, shown: unknown) =>
  shortenReply(z.json().parse(shown), assistantTools.find((tool) => tool.name === name)?.short ?? {}, { timeZone: "UTC", baseUrl: firsthand.address, start: 0, isWhole: false });

test("the protocol's own client is told which tools there are, with what each takes, and to read only", async () => {
  const client = await connect(await keyWith(["metrics.read"]));

  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toContain("summarise_scores");
  const breakdown = tools.find(({ name }) => name === "compare_groups");
  expect(breakdown?.inputSchema.required).toContain("by");
  expect(tools.every((tool) => tool.annotations?.readOnlyHint === true)).toBe(true);
  expect(client.getInstructions()).toContain("95% interval");
  await client.close();
});

test("a tool gives the same numbers as the screens", async () => {
  const client = await connect(await keyWith(["metrics.read"]));
  const march = { from: "2026-03-01", to: "2026-04-01" };

  const told = await call(client, "summarise_scores", march);

  const shown = await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-03-01&to=2026-04-01");
  expect(JSON.parse(told.text)).toEqual({ ...inShort("summarise_scores", shown.body), shown: `${firsthand.services.baseUrl()}/?from=2026-03-01&to=2026-04-01` });
  expect(JSON.parse(told.text)).toMatchObject({ period: march, metrics: [{ metric: "nps", count: 40, score: 50, low: expect.any(Number), high: expect.any(Number) }, { metric: "csat", count: 0 }, { metric: "ces" }] });
  await client.close();
});

test("a tool splits and narrows by all that the screens do, with ids of this workspace alone", async () => {
  const { agent, manager } = organisation;
  const made = z.object({ id: z.uuid() });
  const desk = made.parse((await manager.ask("POST", "/api/teams", { name: "Desk", departments: [{ department: "Care", from: null, to: null }], members: [{ memberId: agent.memberId, from: null, to: null }] })).body).id;
  const facts = [...Array(9).keys()].map((place) => makeInteraction(organisation.workspaceId, { type: "call", at: "2026-02-10T12:00:00Z", memberId: place < 6 ? agent.memberId : null, subject: `user:caller-${place}` }));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, facts);
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, facts.map(({ id, subject, at, memberId }) => makePerception({ interactionId: id, subject, at, kind: "csat", value: memberId === null ? 1 : 5, scaleMin: 1, scaleMax: 5 })));
  await firsthand.settle();
  const client = await connect(await keyWith(["metrics.read"]));
  const groupsTold = z.object({ groups: z.array(z.object({ value: z.string().optional(), label: z.string().optional(), count: z.number(), score: z.number() })) });
  const february = { metric: "csat", from: "2026-02-01", to: "2026-03-01" };
  const groups = async (given: Record<string, unknown>) => groupsTold.parse(JSON.parse((await call(client, "compare_groups", { ...february, ...given })).text)).groups.map(({ value = null, label = value, count, score }) => [label, count, score]);

  const { tools } = await client.listTools();
  expect(Object.keys(tools.find(({ name }) => name === "compare_groups")?.inputSchema.properties ?? {})).toEqual(expect.arrayContaining([...narrowingNames]));
  expect(await groups({ by: "team" })).toEqual([["Desk", 6, 100], [null, 3, 0]]);
  expect(await groups({ by: "department", team: desk })).toEqual([["Care", 6, 100]]);
  expect(await groups({ by: "department", team: "" })).toEqual([[null, 3, 0]]);
  expect(await groups({ by: "department", team: [desk, ""] })).toEqual([["Care", 6, 100], [null, 3, 0]]);
  const stranger = await firsthand.makeOrganisation();
  const theirs = made.parse((await stranger.manager.ask("POST", "/api/segments", { kind: "list", name: "Theirs" })).body).id;
  expect(await call(client, "compare_groups", { ...february, by: "team", segment: theirs })).toMatchObject({ isError: true, text: expect.stringContaining("no such segment") });
  expect(await groups({ by: "team", team: made.parse((await stranger.manager.ask("POST", "/api/teams", { name: "Theirs" })).body).id })).toEqual([]);
  await client.close();
});

test("an argument that a tool does not know is refused with the one that was meant, never dropped", async () => {
  const client = await connect(await keyWith(["metrics.read", "responses.read"]));

  const { tools } = await client.listTools();

  expect(tools.every(({ inputSchema }) => inputSchema["additionalProperties"] === false)).toBe(true);
  expect(await call(client, "summarise_scores", { chanel: "web" })).toEqual({ isError: true, text: 'The request does not fit: query.chanel is unknown (did you mean "channel"?).' });
  expect(await call(client, "rank_drivers", { id: organisation.workspaceId, survey: "x" })).toMatchObject({ isError: true, text: expect.stringContaining("query.survey is unknown") });
  await client.close();
});

describe("everything that is measured", () => {
  const march = { from: "2026-03-01", to: "2026-04-01" };
  /** What a tool says is what the route says, with its counts and intervals. */
  const both = async (client: Client, name: string, url: string, given: Record<string, unknown>): Promise<unknown> => {
    const told = await call(client, name, given);
    expect(told.isError, told.text).toBe(false);
    const query = new URLSearchParams(Object.entries({ ...assistantTools.find((tool) => tool.name === name)?.usual, ...given }).flatMap(([key, value]): [string, string][] => (url.includes(String(value)) ? [] : [[key, String(value)]])));
    const shown = await organisation.admin.ask("GET", `${url}?${query}`);
    expect(shown.status, shown.text).toBe(200);
    expect(JSON.parse(told.text)).toMatchObject(inShort(name, shown.body));
    return shown.body;
  };
  let surveyId = "";

  beforeAll(async () => {
    ({ surveyId } = await makeMeasured(firsthand, organisation));
  }, 60_000);

  test("is told as the screens are told it: themes, alerts, drivers, outcomes and needs from facts", async () => {
    const client = await connect(await keyWith(["comments.read", "alerts.read", "responses.read", "outcomes.read", "need-facts.read", "customers.read"]));

    const themes = themesReply.parse(await both(client, "list_themes", "/api/themes", march));
    expect(themes.items).toMatchObject([{ name: "Late parcels", count: 10, share: 1 / 3, low: expect.closeTo(0.19, 2), high: expect.closeTo(0.51, 2), rise: null }]);
    const alerts = alertsReply.parse(await both(client, "list_alerts", "/api/alerts", {}));
    expect(alerts.items).toMatchObject([{ title: "Comments about \"Late parcels\" rose to 33%, 23 points above what eight weeks say", evidence: { count: 30, low: 12, high: 34 } }]);
    const drivers = SurveyDrivers.parse(await both(client, "rank_drivers", `/api/surveys/${surveyId}/drivers`, { id: surveyId }));
    expect(drivers).toMatchObject({ outcome: "recommend", result: { n: 60, factors: [{ factor: "speed", lmgShareLow: expect.any(Number), lmgShareHigh: expect.any(Number) }, { factor: "price" }] } });
    const outcomes = groupsReply.parse(await both(client, "compare_outcomes", "/api/outcomes/groups", { ...march, by: "csat", days: 60 }));
    expect(outcomes.groups.map(({ name, count, again }) => [name, count, again?.count, again?.low !== null])).toEqual([["best", 20, 0, true], ["worst", 20, 12, true]]);
    const facts = needFactsReply.parse(await both(client, "measure_needs", "/api/need-facts", march));
    expect(facts.measures.find(({ measure }) => measure === "repeated_contacts")).toMatchObject({ need: "EASY", over: { count: 20, low: expect.any(Number), high: expect.any(Number) } });
    await both(client, "show_need_course", "/api/need-facts/course", { ...march, measure: "repeated_contacts", touchpoint: "Irrelevant" });
    await both(client, "compare_need_groups", "/api/need-facts/groups", { ...march, measure: "repeated_contacts", by: "channel" });
    await both(client, "list_need_cases", "/api/need-facts/cases", { ...march, measure: "repeated_contacts" });
    await both(client, "show_retention", "/api/outcomes/survival", { ...march, by: "csat" });
    await both(client, "show_cohorts", "/api/outcomes/cohorts", march);
    await both(client, "list_outcome_choices", "/api/outcomes/choices", {});
    await client.close();
  });

  test.each([
    ["comments.read", ["list_themes"]], ["alerts.read", ["list_alerts"]], ["responses.read", ["rank_drivers", "list_driver_answers"]], ["need-facts.read", ["measure_needs", "show_need_course", "compare_need_groups", "list_need_cases"]],
    ["outcomes.read", ["compare_outcomes", "show_retention", "show_cohorts", "list_outcome_choices"]],
  ])("%s gives its own tools and no others of these", async (ability, names) => {
    const client = await connect(await keyWith([ability]));
    const all = ["list_themes", "list_alerts", "rank_drivers", "list_driver_answers", "compare_outcomes", "show_retention", "show_cohorts", "list_outcome_choices", "measure_needs", "show_need_course", "compare_need_groups", "list_need_cases"];

    const seen = (await client.listTools()).tools.map(({ name }) => name).filter((name) => all.includes(name));

    expect(seen.toSorted()).toEqual(names.toSorted());
    await client.close();
  });

  test("is each workspace's own", async () => {
    const stranger = await firsthand.makeOrganisation();
    const client = await connect(await keyWith(["comments.read", "alerts.read", "responses.read"], stranger));

    expect(JSON.parse((await call(client, "list_themes", march)).text)).toMatchObject({ items: [] });
    expect(JSON.parse((await call(client, "list_alerts", {})).text)).toMatchObject({ items: [] });
    expect(await call(client, "rank_drivers", { id: surveyId })).toMatchObject({ isError: true });
    await client.close();
  });
});

// What a program reads before its first question, and for its answer, is taken from what it can think about: some three signs are one token.
test("the tools are told in few words, and why a score fell in a year of answers is told on a page, the group that fell first", async () => {
  const shop = await firsthand.makeOrganisation("A year");
  const places = Array.from({ length: 30 }, (_, place) => `Counter number ${place + 1} of the department store`);
  const rows = Array.from({ length: 12 * 300 }, (_, place) => {
    const month = Math.floor(place / 300) + 1;
    const touchpoint = places[place % places.length] ?? null;
    const hasFallen = month === 3 && touchpoint === places[4];
    const at = `2025-${String(month).padStart(2, "0")}-${String(1 + (place % 28)).padStart(2, "0")}T12:00:00Z`;
    return makePerception({ kind: "nps", value: hasFallen ? 0 : [10, 9, 10, 8, 7, 9, 6][Math.floor(place / 30) % 7] ?? 0, at, touchpoint, channel: `channel ${place % 9}`, stage: `stage ${place % 7}`, source: `source ${place % 5}`, subject: `user:c${place}` });
  });
  await insertPerceptions(firsthand.services.db, shop.workspaceId, rows);
  for (const day of Array.from({ length: 25 }, (_, place) => place + 1)) await shop.manager.ask("POST", "/api/annotations", { day: `2025-03-${String(day).padStart(2, "0")}`, title: `The price list number ${day} came into force at all counters of all our stores` });
  await firsthand.settle();
  const key = await keyWith(["metrics.read", "comments.read", "annotations.read"], shop);
  const client = await connect(key);
  const march = { metric: "nps", from: "2025-03-01", to: "2025-04-01" };

  const { tools } = await client.listTools();
  const [told, most] = [await call(client, "explain_change", march), await call(client, "explain_change", { ...march, top: 12 })];

  expect(JSON.stringify(tools).length / tools.length).toBeLessThan(3_500);
  const { splits, notes } = z.object({ splits: z.array(z.object({ by: z.string(), contributions: z.array(z.looseObject({})) })), notes: z.array(z.looseObject({})) }).parse(JSON.parse(told.text));
  expect([splits[0]?.by, splits[0]?.contributions[0]?.value, splits[0]?.contributions[0]?.isSignificant]).toEqual(["touchpoint", places[4], true]);
  expect(notes).toHaveLength(20);
  expect([told.isError, told.text.length < 9_000, most.text.length < 13_000]).toEqual([false, true, true]);
  const asked = await firsthand.nobody.ask("GET", `/api/explanations?metric=nps&from=2025-03-01&to=2025-04-01`, undefined, { authorization: `Bearer ${key}` });
  expect(JSON.parse(told.text)).toMatchObject(inShort("explain_change", asked.body));
  await client.close();
});

test("a key sees and calls only the tools it has the ability for", async () => {
  const client = await connect(await keyWith(["members.read"]));

  expect((await client.listTools()).tools).toEqual([]);
  expect(await call(client, "summarise_scores", {})).toMatchObject({ isError: true });
  await client.close();
});

test("what does not fit is told to the program in words it can act on", async () => {
  const client = await connect(await keyWith(["metrics.read"]));

  expect(await call(client, "compare_groups", { by: "moon" })).toMatchObject({ isError: true, text: expect.stringContaining("query.by") });
  expect(await call(client, "show_trend", { from: "2026-04-01", to: "2026-03-01" })).toMatchObject({ isError: true, text: expect.stringContaining("holds no time") });
  await client.close();
});

test("another workspace's key sees its own numbers", async () => {
  const stranger = await firsthand.makeOrganisation();
  const client = await connect(await keyWith(["metrics.read"], stranger));

  const told = await call(client, "summarise_scores", { from: "2026-03-01", to: "2026-04-01" });

  expect(JSON.parse(told.text)).toMatchObject({ metrics: [{ metric: "nps", count: 0 }, {}, {}] });
  await client.close();
});

test("without a key nobody is let in, and nonsense is refused", async () => {
  const nobody = await fetch(`${firsthand.address}/api/mcp`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  expect(nobody.status).toBe(401);

  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream", authorization: `Bearer ${await keyWith(["metrics.read"])}` };
  for (const body of ["{}", "[]", "5", '{"jsonrpc":"2.0","id":1,"method":"no/such"}']) {
    const reply = await fetch(`${firsthand.address}/api/mcp`, { method: "POST", headers, body });
    expect(reply.status).toBeLessThan(500);
    await reply.text();
  }
  expect((await fetch(`${firsthand.address}/api/mcp`, { headers })).status).toBe(405);
});
