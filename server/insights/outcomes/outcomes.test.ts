import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions, type NewInteraction, type NewPerception } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { choicesReply, cohortsReply, groupsReply, outcomeCustomersReply, survivalCustomersReply, survivalReply } from "./outcomes.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let member: Client;

const now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  member = organisation.viewer;
});

type Fact = Partial<NewInteraction> & { properties?: Record<string, unknown> };
const add = async (facts: readonly Fact[], feelings: readonly Partial<NewPerception>[] = []): Promise<void> => {
  const rows = facts.map(({ properties, ...fact }) => makeInteraction(organisation.workspaceId, { ...fact, message: properties === undefined ? null : JSON.stringify({ properties }) }));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, feelings.map((feeling) => makePerception(feeling)));
  await firsthand.settle();
};
const order = (customer: string, at: string, total = 10, currency = "EUR"): Fact => ({
  subject: `user:${customer}`, userId: customer, at: at.length === 10 ? `${at}T12:00:00.000Z` : at, name: "Order Completed", properties: { order_id: `${customer}-${at}`, total, currency },
});
const felt = (customer: string, value: number, at = "2026-03-15T12:00:00.000Z"): Partial<NewPerception> => ({ subject: `user:${customer}`, kind: "nps", value, scaleMin: 0, scaleMax: 10, at });
const people = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const ask = async (url: string): Promise<unknown> => {
  const reply = await member.ask("GET", url);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const identify = async (traitsOf: Readonly<Record<string, Record<string, unknown>>>): Promise<void> => {
  const batch = Object.entries(traitsOf).map(([userId, traits]) => ({ type: "identify", userId, messageId: `traits of ${userId}`, timestamp: "2026-01-01T08:00:00.000Z", traits }));
  const reply = await firsthand.nobody.ask("POST", "/v1/batch", { batch }, { authorization: `Bearer ${await firsthand.makeWriteKey(organisation)}` });
  expect(reply.status, reply.text).toBe(200);
  await firsthand.settle();
};
const refusal = async (url: string): Promise<unknown> => (await member.ask("GET", url)).body;

// Ten who praise and buy again for 100, ten who complain and never come back but two, eight who said nothing and half of whom come back.
const addShop = async (): Promise<void> => {
  const [fans, critics, silent] = [people("fan", 10), people("critic", 10), people("silent", 8)];
  await add(
    [
      ...[...fans, ...critics, ...silent].map((customer) => order(customer, "2026-03-01")),
      ...fans.map((customer, index) => order(customer, "2026-04-10", 100 + index)),
      ...critics.slice(0, 2).map((customer) => order(customer, "2026-04-12", 20)),
      ...silent.slice(0, 4).map((customer) => order(customer, "2026-04-14", 30)),
      { ...order("silent0", "2026-04-15"), properties: { order_id: "irrelevant", total: 999, CURRENCY_CODE: "usd" } },
      order("late", "2026-06-29"),
    ],
    [...fans.map((customer) => felt(customer, 10)), ...critics.map((customer) => felt(customer, 2)), felt("critic0", 9, "2026-03-02T12:00:00.000Z")],
  );
};
const spring = "from=2026-02-01&to=2026-04-01&days=60";

describe("what can be counted", () => {
  test("is found in the facts: purchases by their names, money, currency, and how long nobody stays away", async () => {
    await add([...[1, 11, 21].map((day) => order("a", `2026-05-${String(day).padStart(2, "0")}`)), { name: "Product Viewed", at: "2026-05-02T12:00:00.000Z", subject: "user:a", properties: { price: 3 } }]);
    const choices = choicesReply.parse(await ask("/api/outcomes/choices"));
    expect(choices.suggested).toMatchObject({ purchase: ["Order Completed"], amount: "total", times: null, currency: "EUR", days: 14, observedUntil: "2026-05-21T12:00:00.000Z" });
    expect(choices.amounts).toEqual([{ name: "total", count: 3, mean: 10 }]);
    expect(choices.events).toContainEqual({ name: "Product Viewed", count: 1, isPurchase: false });
  });

  test("is nothing in an empty workspace, and figures say so", async () => {
    expect(choicesReply.parse(await ask("/api/outcomes/choices"))).toMatchObject({ events: [], suggested: { purchase: [] } });
    for (const part of ["survival", "cohorts", "groups"]) expect(await refusal(`/api/outcomes/${part}`)).toMatchObject({ error: { code: "outcome_purchase_unknown" } });
  });
});

describe("groups by feeling", () => {
  test("bought again, and spent, as they did; who said nothing stands apart", async () => {
    await addShop();
    const groups = groupsReply.parse(await ask(`/api/outcomes/groups?${spring}&by=nps`));
    expect(groups.groups.map(({ name, count, again, amount }) => [name, count, again?.share, amount?.mean, amount?.median])).toEqual([
      ["best", 10, 1, 104.5, 104.5], ["worst", 10, 0.2, 4, 0], ["none", 8, 0.5, 15, 15],
    ]);
    expect(groups.tests.again).toMatchObject({ degrees: 1 });
    expect(groups.tests.again?.statistic).toBeCloseTo(13.333, 3);
    expect(groups.tests.amount?.p).toBeLessThan(0.001);
    expect(groups.contrast).toMatchObject({ better: "best", worse: "worst" });
    expect(groups.contrast?.amount?.difference).toBeCloseTo(100.5, 9);
    expect(groups).toMatchObject({ otherCurrencies: 1, daysWatched: 60, watched: { from: "2026-04-01T00:00:00.000Z", to: "2026-05-31T00:00:00.000Z" } });
  });

  test("open the customers behind them, page by page", async () => {
    await addShop();
    const url = `/api/outcomes/customers?${spring}&by=nps&group=best&limit=6`;
    const first = outcomeCustomersReply.parse(await ask(url));
    const second = outcomeCustomersReply.parse(await ask(`${url}&cursor=${first.nextCursor ?? ""}`));
    expect([...first.items, ...second.items].map(({ amount }) => amount)).toEqual([109, 108, 107, 106, 105, 104, 103, 102, 101, 100]);
    expect(second.nextCursor).toBeNull();
    expect(outcomeCustomersReply.parse(await ask(`/api/outcomes/customers?${spring}&by=nps&group=worst&again=false`)).items).toHaveLength(8);
    expect(await refusal(`${url}&cursor=nonsense`)).toMatchObject({ error: { code: "outcome_cursor_wrong" } });
  });

  test("of fewer than five customers show no number", async () => {
    await add([...people("fan", 3).map((one) => order(one, "2026-03-01")), order("fan0", "2026-04-20")], people("fan", 3).map((one) => felt(one, 10)));
    const { groups, contrast } = groupsReply.parse(await ask(`/api/outcomes/groups?from=2026-02-01&to=2026-04-01&days=10`));
    expect(groups).toEqual([{ name: "best", count: 3, isHidden: true, again: null, left: null, amount: null, adjusted: null }]);
    expect(contrast).toBeNull();
  });

  test("are told of a period that leaves nothing to watch, and of customers of others nothing", async () => {
    await addShop();
    expect(await refusal("/api/outcomes/groups?from=2026-02-01&to=2026-07-01")).toMatchObject({ error: { code: "outcome_period_wrong" } });
    const stranger = await firsthand.makeOrganisation();
    expect(choicesReply.parse((await stranger.owner.ask("GET", "/api/outcomes/choices")).body).events).toEqual([]);
    expect((await organisation.agent.ask("GET", "/api/outcomes/choices")).status).toBe(403);
  });
});

describe("who is still there", () => {
  test("leaves when days without a purchase are full, is watched to the last fact, and may come back", async () => {
    await add([...people("gone", 6).map((one) => order(one, "2026-01-01")), ...people("back", 6).flatMap((one) => [order(one, "2026-01-01"), order(one, "2026-06-01")]), ...people("new", 6).map((one) => order(one, "2026-06-05")), order("last", "2026-06-20")]);
    const { curves, startsAt, logRank } = survivalReply.parse(await ask("/api/outcomes/survival?days=30"));
    expect([startsAt, logRank]).toEqual(["first", null]);
    expect(curves).toMatchObject([{ name: null, count: 19, left: 12, cameBack: 6, points: [{ time: 30, atRisk: 12, share: 0 }] }]);
    expect(curves[0]?.marks[0]).toMatchObject({ time: 0, atRisk: 19, share: 1 });
  });

  test("by feeling starts the clock for all at the end of the period, so that nobody is counted for having lived to answer", async () => {
    await addShop();
    const { curves, startsAt, logRank, period } = survivalReply.parse(await ask("/api/outcomes/survival?from=2026-02-01&to=2026-04-01&days=45&by=nps"));
    expect([startsAt, period.to]).toEqual(["periodEnd", "2026-04-01T00:00:00.000Z"]);
    // Who bought on 1 March alone is gone on 15 April; who came back between 10 and 15 April is gone 45 days after that.
    expect(curves.map(({ name, count, points }) => [name, count, points.map(({ time, share }) => [time, Number(share.toFixed(2))])])).toEqual([
      ["best", 10, [[54, 0]]], ["worst", 10, [[14, 0.2], [56, 0]]], [null, 8, [[14, 0.5], [58, 0.13], [59, 0]]],
    ]);
    expect(logRank?.p).toBeCloseTo(0.058, 3);
  });

  test("opens its customers: as many still watched on a day as its table says, and those gone by then", async () => {
    await addShop();
    const query = "from=2026-02-01&to=2026-04-01&days=45&by=nps";
    const { curves } = survivalReply.parse(await ask(`/api/outcomes/survival?${query}`));
    const open = async (more: string) => survivalCustomersReply.parse(await ask(`/api/outcomes/survival/customers?${query}&${more}`));
    const worst = curves.find(({ name }) => name === "worst");
    for (const { time, atRisk } of worst?.marks ?? []) expect((await open(`group=worst&day=${time}`)).items).toHaveLength(atRisk);
    expect((await open("group=worst&day=15&state=gone")).items.map(({ days, hasLeft }) => [days, hasLeft])).toEqual(Array.from({ length: 8 }, () => [14, true]));
    // Who said nothing is of no curve with a name.
    expect((await open("group=&day=0")).items).toHaveLength(8);
    const first = await open("group=worst&limit=6");
    expect((await open(`group=worst&limit=6&cursor=${first.nextCursor ?? ""}`)).items).toHaveLength(4);
    expect(survivalCustomersReply.parse(await ask("/api/outcomes/survival/customers?days=45")).items).toHaveLength(29);
    const authorization = `Bearer ${await firsthand.makeApiKey(organisation, ["outcomes.read"])}`;
    expect((await firsthand.nobody.ask("GET", "/api/outcomes/survival/customers", undefined, { authorization })).body).toMatchObject({ error: { code: "not_allowed" } });
  });

  test("opens values of a trait that were put together as one group", async () => {
    const customers = people("c", 30);
    await identify(Object.fromEntries(customers.map((one, index) => [one, { city: index < 24 ? `City ${index % 8}` : `Village ${index}` }])));
    await add(customers.map((one) => order(one, "2026-01-01")));
    const { curves } = survivalReply.parse(await ask("/api/outcomes/survival?days=30&by=trait:city"));
    expect(curves.find(({ name }) => name === "…")).toMatchObject({ count: 6 });
    const { items } = survivalCustomersReply.parse(await ask(`/api/outcomes/survival/customers?days=30&by=trait:city&group=${encodeURIComponent("…")}`));
    expect(items).toHaveLength(6);
  });

  test("opens customers who came with how long they stayed", async () => {
    await identify(Object.fromEntries(people("c", 12).map((one, index) => [one, { tenure: index + 0.5, churned: index % 3 === 0 ? "yes" : "no", plan: index < 6 ? "gold" : "silver" }])));
    const query = "left=trait&duration=tenure&leftTrait=churned%3Dyes&by=trait:plan";
    const { curves } = survivalReply.parse(await ask(`/api/outcomes/survival?${query}`));
    const open = async (more: string) => survivalCustomersReply.parse(await ask(`/api/outcomes/survival/customers?${query}&${more}`));
    const silver = curves.find(({ name }) => name === "silver");
    expect(silver?.marks.length).toBeGreaterThan(2);
    for (const { time, atRisk } of silver?.marks ?? []) expect((await open(`group=silver&day=${time}`)).items).toHaveLength(atRisk);
    expect((await open("group=gold&day=5&state=gone")).items.map(({ days, hasLeft }) => [days, hasLeft])).toEqual([[3.5, true], [0.5, true]]);
    const first = await open("group=gold&limit=4");
    expect((await open(`group=gold&limit=4&cursor=${first.nextCursor ?? ""}`)).items.map(({ days }) => days)).toEqual([1.5, 0.5]);
  });

  test("leaves by a fact, or as the traits of a list say", async () => {
    await add([...people("c", 10).map((one) => order(one, "2026-01-01")), ...people("c", 4).map((one, index) => ({ subject: `user:${one}`, userId: one, name: "Subscription Cancelled", at: `2026-02-0${index + 1}T12:00:00.000Z` }))]);
    const { curves } = survivalReply.parse(await ask("/api/outcomes/survival?left=event&event=Subscription%20Cancelled"));
    expect(curves[0]).toMatchObject({ count: 10, left: 4, cameBack: null, points: [{ time: 31, share: 0.9 }, { time: 32 }, { time: 33 }, { time: 34 }] });
    expect(curves[0]?.points[3]?.share).toBeCloseTo(0.6, 9);
    expect(await refusal("/api/outcomes/survival?left=event")).toMatchObject({ error: { code: "outcome_event_missing" } });
    expect(await refusal("/api/outcomes/survival?left=trait")).toMatchObject({ error: { code: "outcome_trait_missing" } });
  });
});

describe("cohorts", () => {
  test("say which share of those who first bought in a month bought in each later one, and which month is not over", async () => {
    await add([
      ...people("a", 10).map((one) => order(one, "2026-01-05", 20)), ...people("a", 4).map((one) => order(one, "2026-02-05", 30)), ...people("a", 2).map((one) => order(one, "2026-03-10")),
      ...people("b", 5).map((one) => order(one, "2026-02-20")), ...people("b", 5).map((one) => order(one, "2026-03-05")),
    ]);
    const { cohorts, all } = cohortsReply.parse(await ask("/api/outcomes/cohorts?days=30"));
    expect(cohorts.map(({ start, size, cells }) => [start, size, cells.map(({ active, isPartial }) => (isPartial ? -active : active))])).toEqual([["2026-01-01", 10, [10, 4, -2]], ["2026-02-01", 5, [5, -5]]]);
    expect(cohorts[0]?.cells[1]).toMatchObject({ share: 0.4, amount: 120 });
    expect(all.map(({ number, size, active }) => [number, size, active])).toEqual([[0, 15, 15], [1, 10, 4]]);
  });

  test("open the customers behind a cell: who came back in that month, with what they spent then, and who did not", async () => {
    await add([
      ...people("a", 10).map((one) => order(one, "2026-01-05", 20)), ...people("a", 4).map((one, place) => order(one, "2026-02-05", 30 + place)), ...people("a", 2).map((one) => order(one, "2026-03-10")),
      ...people("b", 5).map((one) => order(one, "2026-02-20")),
    ]);
    const open = async (query: string) => outcomeCustomersReply.parse(await ask(`/api/outcomes/cohorts/customers?days=30&start=2026-01-01&number=1${query}`));
    expect((await open("&again=true")).items.map(({ purchases, amount }) => [purchases, amount])).toEqual([[1, 33], [1, 32], [1, 31], [1, 30]]);
    expect((await open("&again=false")).items.map(({ purchases, amount, lastAt }) => [purchases, amount, lastAt])).toEqual(Array.from({ length: 6 }, () => [0, 0, null]));
    const first = await open("&limit=7");
    const rest = await open(`&limit=7&cursor=${first.nextCursor ?? ""}`);
    expect([first.items.length, rest.items.length, rest.nextCursor, new Set([...first.items, ...rest.items].map(({ id }) => id)).size]).toEqual([7, 3, null, 10]);
    const weeks = outcomeCustomersReply.parse(await ask("/api/outcomes/cohorts/customers?bucket=week&start=2026-01-05&number=9&again=true"));
    expect(weeks.items).toHaveLength(2);
    const authorization = `Bearer ${await firsthand.makeApiKey(organisation, ["outcomes.read"])}`;
    expect((await firsthand.nobody.ask("GET", "/api/outcomes/cohorts/customers?start=2026-01-01&number=1", undefined, { authorization })).body).toMatchObject({ error: { code: "not_allowed" } });
  });

  test("open the customers of all cohorts that were watched so long", async () => {
    await add([
      ...people("a", 10).map((one) => order(one, "2026-01-05", 20)), ...people("a", 4).map((one) => order(one, "2026-02-05", 30)), ...people("a", 2).map((one) => order(one, "2026-03-10")),
      ...people("b", 5).map((one) => order(one, "2026-02-20")), ...people("b", 5).map((one) => order(one, "2026-03-05", 7)),
    ]);
    const { all } = cohortsReply.parse(await ask("/api/outcomes/cohorts?days=30"));
    const open = async (query: string) => outcomeCustomersReply.parse(await ask(`/api/outcomes/cohorts/customers?days=30&${query}`));
    for (const { number, size, active } of all) expect([(await open(`number=${number}`)).items.length, (await open(`number=${number}&again=true`)).items.length]).toEqual([size, active]);
    // March is not over: nobody was watched for two months.
    expect((await open("number=2")).items).toEqual([]);
  });

  test("taken from the record leave the figures as well", async () => {
    await add(people("a", 10).map((one) => order(one, "2026-01-05", 20)));
    await firsthand.services.db.query("insert into customers.deletions (workspace_id, kind, record_id) select workspace_id, 'interaction', id from customers.interactions where workspace_id = $1", [organisation.workspaceId]);
    await firsthand.services.db.query("delete from customers.interactions where workspace_id = $1", [organisation.workspaceId]);
    await firsthand.settle();
    const rows = await firsthand.services.analytics.query("select count(*) as count from details where workspace_id = cast($1 as uuid)", [organisation.workspaceId]);
    expect(rows).toEqual([{ count: 0 }]);
  });
});
