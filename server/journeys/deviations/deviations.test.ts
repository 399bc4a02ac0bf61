import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions, type NewInteraction, type NewPerception } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import type { MapStep } from "../maps/document.contract.ts";
import { makeStage, makeStep } from "../maps/document.make.ts";
import type { Viewpoint } from "../maps/maps.contract.ts";
import { alignedCasesReply, deviationsReply, type AlignedCase, type Deviation, type DeviationsReply } from "./deviations.contract.ts";

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
/** Touchpoints in order, one an hour from a day of April on. */
const trace = (who: string, touchpoints: string, day = 1, more: Fact = {}): Fact[] =>
  touchpoints.split(", ").map((touchpoint, hour) => ({ subject: `user:${who}`, userId: who, touchpoint, at: new Date(Date.UTC(2026, 3, day, 8 + hour)).toISOString(), ...more }));
const score = (who: string, normalised: number, kind: "csat" | "ces" = "csat"): Partial<NewPerception> => ({ subject: `user:${who}`, kind, value: 3 + 2 * normalised, scaleMin: 1, scaleMax: 5, at: "2026-04-02T12:00:00.000Z" });
const people = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

const step = (id: string, name: string, given: Partial<MapStep> = {}): MapStep => makeStep(id, "stage1", { name, matches: [{ touchpoint: name, channel: null }], ...given });
const buying = (): MapStep[] => [
  step("find", "Search"), step("cart", "Cart"), step("gift", "Gift", { isOptional: true }), step("paid", "Checkout", { failures: [{ touchpoint: "Payment error", channel: null }] }), step("talk", "Only drawn", { matches: [] }), step("gets", "Delivery"),
];
const draw = async (steps: readonly MapStep[], viewpoint: Viewpoint = { kind: "everyone" }): Promise<string> => {
  const document = { stages: [makeStage("stage1")], steps: [...steps], lanes: [], cards: [], measured: [] };
  const reply = await organisation.owner.ask("POST", "/api/maps", { name: "Buying", viewpoint, from: { kind: "document", document } });
  expect(reply.status, reply.text).toBe(201);
  return String(Object(reply.body).id);
};
const span = "from=2026-04-01&to=2026-05-01";
const look = async (id: string, query = ""): Promise<DeviationsReply> => {
  const reply = await member.ask("GET", `/api/maps/${id}/deviations?${span}&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return deviationsReply.parse(reply.body);
};
const open = async (id: string, kind: string, part: string, query = ""): Promise<AlignedCase[]> => {
  const reply = await member.ask("GET", `/api/maps/${id}/deviations/${kind}/${encodeURIComponent(part)}/customers?${span}&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return alignedCasesReply.parse(reply.body).items;
};
const found = ({ deviations }: DeviationsReply): (string | number)[][] => deviations.map(({ kind, name, cases }) => [kind, name, cases]);
const deviationOf = ({ deviations }: DeviationsReply, kind: string, name: string): Deviation => {
  const one = deviations.find((deviation) => deviation.kind === kind && deviation.name === name);
  if (one === undefined) throw new Error(`no ${kind} ${name}`);
  return one;
};
const movesOf = (one: AlignedCase | undefined): string => (one?.moves ?? []).map(({ kind, stepName, touchpoint }) => `${kind} ${stepName ?? touchpoint ?? ""}`).join(", ");

const addShoppers = (): Promise<void> => add([
  ...trace("a", "Search, Cart, Checkout, Delivery"), ...trace("b", "Search, Checkout, Delivery", 2), ...trace("c", "Search, Cart, Blog, Checkout, Delivery", 3), ...trace("d", "Search, Checkout, Cart, Delivery", 4),
  ...trace("e", "Search, Cart, Gift, Checkout, Payment error, Delivery", 5), ...trace("f", "Blog, Blog", 6),
]);

describe("real beside planned", () => {
  test("shows each of the four deviations, how often, and how far everybody is from the map", async () => {
    const id = await draw(buying());
    await addShoppers();
    const reply = await look(id);
    expect(found(reply)).toEqual([["missing", "Cart", 2], ["ad_hoc", "Blog", 1], ["out_of_order", "Cart", 1], ["failed", "Checkout", 1]]);
    expect(reply).toMatchObject({ cases: 5, besideCases: 1, longCases: 0, variants: 5, unboundSteps: 1, asPlanned: 2, sampledShare: 1, cut: "customer", costs: [{ cost: 0, cases: 2 }, { cost: 1, cases: 2 }, { cost: 2, cases: 1 }] });
    // Four required steps: 1, 1 - 1/7, 1 - 1/9, 1 - 2/8, and the optional gift with a failure costs nothing.
    expect(reply.meanFitness).toBeCloseTo((1 + 6 / 7 + 8 / 9 + 0.75 + 1) / 5, 12);
    expect(deviationOf(reply, "missing", "Cart")).toMatchObject({ share: 0.4, part: "cart", stepId: "cart", feeling: { with: null, compared: null } });
  });

  test("opens the customers of a deviation, each with planned and real in one order", async () => {
    const id = await draw(buying());
    await addShoppers();
    expect((await open(id, "missing", "cart")).map(movesOf)).toEqual(["sync Search, missing Cart, sync Checkout, out_of_order Cart, sync Delivery", "sync Search, missing Cart, sync Checkout, sync Delivery"]);
    expect((await open(id, "ad_hoc", "Blog")).map(movesOf)).toEqual(["sync Search, sync Cart, ad_hoc Blog, sync Checkout, sync Delivery"]);
    const [failed] = await open(id, "failed", "paid");
    expect(movesOf(failed)).toBe("sync Search, sync Cart, sync Gift, sync Checkout, failure Checkout, sync Delivery");
    expect(failed).toMatchObject({ cost: 0, fitness: 1, from: "2026-04-05T08:00:00.000Z", to: "2026-04-05T13:00:00.000Z" });
    expect(await open(id, "missing", "nothing")).toEqual([]);
    const own = await member.ask("GET", `/api/maps/${id}/deviations/customers/${failed?.customer.id ?? ""}?${span}`);
    expect(alignedCasesReply.parse(own.body).items.map(movesOf)).toEqual([movesOf(failed)]);
    const unknown = await member.ask("GET", `/api/maps/${id}/deviations/customers/${crypto.randomUUID()}`);
    expect([unknown.status, Object(unknown.body).error.code]).toEqual([404, "deviation_customer_missing"]);
  });

  test("asks for one of several ways only, and for none where a way shows in no data", async () => {
    const way = (number: number) => ({ fork: { id: "fork1", way: number } });
    const ways = [step("find", "Search"), step("online", "Card", way(1)), step("code", "Code", way(1)), step("shop", "Till", way(2)), step("gets", "Delivery")];
    await add([...trace("a", "Search, Card, Code, Delivery"), ...trace("b", "Search, Till, Delivery", 2), ...trace("c", "Search, Card, Delivery", 3), ...trace("d", "Search, Delivery", 4), ...trace("e", "Search, Till, Card, Delivery", 5)]);
    const id = await draw(ways);
    const reply = await look(id);
    expect(found(reply)).toEqual([["missing", "Code", 1], ["missing", "Card / Till", 1], ["out_of_order", "Card", 1]]);
    expect(reply.deviations[1]).toMatchObject({ part: "fork fork1", ways: ["Card", "Till"] });
    const [neither] = await open(id, "missing", "fork fork1");
    expect(neither?.moves.map(({ kind, stepName, ways: either }) => [kind, either.length > 0 ? either : stepName])).toEqual([["sync", "Search"], ["missing", ["Card", "Till"]], ["sync", "Delivery"]]);
    expect(reply).toMatchObject({ cases: 5, asPlanned: 2, costs: [{ cost: 0, cases: 2 }, { cost: 1, cases: 3 }] });
    const unseen = await look(await draw([...ways.slice(0, 3), step("shop", "By post", { ...way(2), matches: [] }), step("gets", "Delivery")]));
    expect(found(unseen)).toEqual([["missing", "Code", 2], ["ad_hoc", "Till", 2]]);
  });

  test("is cut by silences when visits are asked for, and narrowed by channel", async () => {
    const id = await draw([step("find", "Search"), step("paid", "Checkout")]);
    await add([...trace("a", "Search, Checkout"), ...trace("a", "Search", 3), ...trace("b", "Search", 1, { channel: "web" })]);
    expect(found(await look(id))).toEqual([["missing", "Checkout", 1], ["out_of_order", "Search", 1]]);
    const visits = await look(id, "cut=session&gapMinutes=120");
    expect(visits).toMatchObject({ cut: "session", gapMinutes: 120, cases: 3, costs: [{ cost: 0, cases: 1 }, { cost: 1, cases: 2 }] });
    expect(found(visits)).toEqual([["missing", "Checkout", 2]]);
    expect(await look(id, "channel=web")).toMatchObject({ cases: 1, meanFitness: 1 - 1 / 3 });
  });

  test("takes the same touchpoint in two steps as done twice, and names with markup as they are", async () => {
    const odd = `<b>Café</b>, "x" ' \\ %2F / ?`;
    const id = await draw([step("once", odd), step("paid", "Checkout"), step("again", odd)]);
    await add([odd, "Checkout", odd, odd].map((touchpoint, hour) => ({ subject: "user:a", touchpoint, at: new Date(Date.UTC(2026, 3, 1, hour)).toISOString() })));
    await add([{ subject: "user:a", touchpoint: `${odd}!`, at: "2026-04-01T20:00:00.000Z" }]);
    expect(found(await look(id))).toEqual([["ad_hoc", `${odd}!`, 1], ["out_of_order", odd, 1]]);
    expect(await open(id, "ad_hoc", `${odd}!`)).toHaveLength(1);
  });

  test("leaves out whoever did a thousand things and more, and says so", async () => {
    const id = await draw([step("find", "Search")]);
    const at = "2026-04-01T12:00:00.000Z";
    await add([...Array.from({ length: 1_001 }, (): Fact => ({ subject: "user:robot", touchpoint: "Search", at })), ...trace("a", "Search")]);
    expect(await look(id)).toMatchObject({ cases: 1, longCases: 1, meanFitness: 1 });
  });

  test("shows a case beside the plan whatever its customer, or another of those shown, met in between", async () => {
    const id = await draw([step("find", "Search"), step("paid", "Checkout")]);
    const busy = Array.from({ length: 10_100 }, (_, at): Fact => ({ subject: "user:busy", userId: "busy", touchpoint: "Search", at: new Date(Date.UTC(2026, 3, 5, 0, 0, at)).toISOString() }));
    await add([...trace("busy", "Search"), ...busy, ...trace("busy", "Search", 9), ...trace("calm", "Search", 7)]);
    const visits = "cut=session&gapMinutes=120";
    const reply = await look(id, visits);
    expect(found(reply)).toEqual([["missing", "Checkout", 3]]);
    expect((await open(id, "missing", reply.deviations[0]?.part ?? "", visits)).map(movesOf)).toEqual(Array(3).fill("sync Search, missing Checkout"));
  });

  test("of one customer's map are still hers after she was merged with another", async () => {
    await add([...trace("a", "Search, Checkout"), ...trace("b", "Search", 2)]);
    const { rows } = await firsthand.services.db.query<{ id: string }>("select id from customers.customers where workspace_id = $1 order by id", [organisation.workspaceId]);
    const [customerId = "", otherId = ""] = rows.map(({ id: one }) => one);
    const id = await draw(buying(), { kind: "customer", customerId });
    expect(await look(id)).toMatchObject({ cases: 1 });
    expect((await organisation.owner.ask("POST", `/api/customers/${otherId}/merges`, { otherId: customerId })).status).toBe(200);
    await firsthand.settle();
    expect(await look(id)).toMatchObject({ cases: 1 });
  });

  test("of one customer's map is hidden from keys that may not see customers; everybody's is not", async () => {
    await add([...trace("a", "Search, Checkout"), ...trace("b", "Search", 2)]);
    const { rows } = await firsthand.services.db.query<{ id: string }>("select id from customers.customers where workspace_id = $1 order by id limit 1", [organisation.workspaceId]);
    const id = await draw(buying(), { kind: "customer", customerId: rows[0]?.id ?? "" });
    const asking = async (abilities: readonly string[], query: string) => firsthand.nobody.ask("GET", `/api/maps/${id}/deviations?${span}${query}`, undefined, { authorization: `Bearer ${await firsthand.makeApiKey(organisation, abilities)}` });

    expect(await asking(["maps.read"], "")).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability: "customers.read" } } } });
    expect(await asking(["maps.read", "customers.read"], "")).toMatchObject({ status: 200, body: { cases: 1 } });
    expect(await asking(["maps.read"], "&segment=")).toMatchObject({ status: 200, body: { cases: 2 } });
  });

  test("of a map without matches, or of a period without customers, is empty", async () => {
    const unbound = await draw([step("talk", "Only drawn", { matches: [] })]);
    const empty = { cases: 0, meanFitness: null, deviations: [], costs: [] };
    expect(await look(unbound)).toMatchObject({ ...empty, unboundSteps: 1, line: [] });
    expect(await look(await draw(buying()))).toMatchObject({ ...empty, line: [{ stepId: "find" }, { stepId: "cart" }, { stepId: "gift", isOptional: true }, { stepId: "paid" }, { stepId: "gets" }] });
    expect((await member.ask("GET", `/api/maps/${crypto.randomUUID()}/deviations`)).status).toBe(404);
  });
});

describe("what goes with a deviation", () => {
  test("is set against customers who came alike: feeling, effort, contact, leaving and revenue", async () => {
    const id = await draw([step("find", "Search"), step("cart", "Cart"), step("paid", "Checkout")]);
    const [skipped, whole] = [people("skipped", 40), people("whole", 60)];
    await add(
      [
        ...skipped.flatMap((who) => trace(who, "Search, Checkout")), ...whole.flatMap((who) => trace(who, "Search, Cart, Checkout")),
        // Every second of those who skipped calls twice; everybody else comes again within the month.
        ...skipped.slice(0, 20).flatMap((who) => [...trace(who, "Support call", 3), ...trace(who, "Support call", 5)]), ...whole.flatMap((who) => trace(who, "Blog", 20)),
        ...[...skipped, ...whole].map((who, at): Fact => ({ ...trace(who, "Search")[0], at: "2026-04-01T08:30:00.000Z", name: "Order Completed", properties: { total: at < 40 ? 10 : 30 } })),
        // What is given back was never earned, and is not paid a second time.
        ...skipped.map((who): Fact => ({ ...trace(who, "Search")[0], at: "2026-04-01T08:40:00.000Z", name: "Order Refunded", properties: { total: 10 } })),
        // Others are still heard of when the month is over.
        ...trace("other", "Blog", 40),
      ],
      [...skipped.map((who) => score(who, -0.5)), ...whole.map((who, at) => score(who, at % 2)), ...skipped.map((who) => score(who, -1, "ces"))],
    );
    const reply = await look(id);
    expect(reply).toMatchObject({ contacts: ["Support call"], money: { property: "total", currency: null, otherCurrencies: 0, purchases: ["Order Completed"] }, cases: 100 });
    const { feeling, effort, repeatContact, leaving, revenue } = deviationOf(reply, "missing", "Cart");
    // A quarter better for effort: of those who skipped, -0.5 and -1 make -0.75.
    expect(feeling).toMatchObject({ with: { count: 40, mean: -0.75 }, without: { count: 60, mean: 0.5 }, compared: { with: 40, without: 60, difference: -1.25 } });
    // Welch's interval: the spread of one side alone, with 59 degrees.
    const half = 2.000995 * Math.sqrt((60 * 0.25) / 59 / 60);
    expect(feeling.compared?.low).toBeCloseTo(-1.25 - half, 5);
    expect(feeling.compared?.high).toBeCloseTo(-1.25 + half, 5);
    expect(effort).toEqual({ with: { count: 40, mean: -1 }, without: null, compared: null });
    expect(repeatContact).toMatchObject({ with: { mean: 0.5 }, without: { mean: 0 }, compared: { difference: 0.5 } });
    expect(leaving).toMatchObject({ with: { count: 40, mean: 0.5 }, without: { count: 60, mean: 0 } });
    expect(revenue).toMatchObject({ with: { mean: 10 }, without: { mean: 30 }, compared: { difference: -20 } });
  });

  test("takes nobody for gone at the end of a log: leaving is known only as far as anything is", async () => {
    const steps = [step("find", "Search"), step("cart", "Cart")];
    await add([...people("a", 3).flatMap((who) => trace(who, "Search")), ...trace("b", "Blog", 20)]);
    expect(deviationOf(await look(await draw(steps)), "missing", "Cart").leaving.with).toBeNull();
    await add(trace("b", "Blog", 40));
    expect(deviationOf(await look(await draw(steps)), "missing", "Cart").leaving.with).toMatchObject({ count: 3, mean: 1 });
  });

  test("is set against revenue in the currency of most purchases; those in others are told, and never added to it", async () => {
    const id = await draw([step("find", "Search"), step("cart", "Cart")]);
    const [skipped, whole] = [people("skipped", 30), people("whole", 30)];
    const paid = (who: string, properties: Fact["properties"]): Fact => ({ ...trace(who, "Search")[0], at: "2026-04-01T08:30:00.000Z", name: "Order Completed", properties });
    await add([
      ...skipped.flatMap((who) => [...trace(who, "Search"), paid(who, { total: 10, currency: "eur" })]),
      // One paid in euros without saying so, one said it in words of its own, ten paid in yen, under other names of the property and of the event alike.
      ...whole.flatMap((who, at) => [...trace(who, "Search, Cart"), paid(who, at < 10 ? { total: 3_000, currencyCode: "JPY", order_id: who } : at === 10 ? { total: 30 } : at === 11 ? { total: 30, CURRENCY_CODE: "eur" } : { total: 30, currency: "EUR" })]),
    ]);
    const reply = await look(id);
    expect(reply.money).toMatchObject({ currency: "EUR", otherCurrencies: 10 });
    expect(deviationOf(reply, "missing", "Cart").revenue).toMatchObject({ with: { count: 30, mean: 10 }, without: { count: 30, mean: 20 }, compared: { difference: -10 } });
  });

  test("says nothing of few, nor of who left before the month is over", async () => {
    const id = await draw([step("find", "Search"), step("cart", "Cart")]);
    const late = new Date(Date.UTC(2026, 5, 20)).toISOString();
    await add([
      ...people("a", 29).flatMap((who) => trace(who, "Search", 1, { at: late })), ...people("b", 40).flatMap((who) => [...trace(who, "Search", 1, { at: late }), ...trace(who, "Cart", 1, { at: late })]),
    ], [...people("a", 29), ...people("b", 40)].map((who) => ({ ...score(who, 1), at: late })));
    const reply = deviationsReply.parse((await member.ask("GET", `/api/maps/${id}/deviations?from=2026-06-01`)).body);
    expect(reply).toMatchObject({ money: null });
    expect(deviationOf(reply, "missing", "Cart")).toMatchObject({ cases: 29, feeling: { with: { count: 29, mean: 1 }, without: { count: 40 }, compared: null }, leaving: { with: null, without: null, compared: null }, revenue: null });
  });
});
