import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions, type NewInteraction, type NewPerception } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import type { MapCard, MapStep } from "../maps/document.contract.ts";
import { makeCard, makeLane, makeStage, makeStep } from "../maps/document.make.ts";
import type { Viewpoint } from "../maps/maps.contract.ts";
import { overlayReply, type OverlayReply, type OverlayStep } from "./overlays.contract.ts";

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
/** `who` met `touchpoint` on a day of June, at an hour. */
const met = (who: string, touchpoint: string, day: number, hour = 12, more: Fact = {}): Fact => ({ subject: `user:${who}`, userId: who, touchpoint, at: new Date(Date.UTC(2026, 5, day, hour)).toISOString(), ...more });
const felt = (who: string, touchpoint: string, given: Partial<NewPerception>): Partial<NewPerception> => ({ subject: `user:${who}`, touchpoint, at: "2026-06-12T12:00:00.000Z", ...given });
const score = (who: string, touchpoint: string, normalised: number, kind: "csat" | "ces" = "csat") => felt(who, touchpoint, { kind, value: 3 + 2 * normalised, scaleMin: 1, scaleMax: 5 });

const step = (id: string, touchpoints: readonly string[], given: Partial<MapStep> = {}): MapStep => makeStep(id, "stage1", { matches: touchpoints.map((touchpoint) => ({ touchpoint, channel: null })), ...given });
const draw = async (steps: readonly MapStep[], cards: readonly MapCard[] = [], viewpoint: Viewpoint = { kind: "everyone" }): Promise<string> => {
  const document = { stages: [makeStage("stage1")], steps: [...steps], lanes: [makeLane("lane1", { kind: "feelings" })], cards: [...cards], measured: [] };
  const reply = await organisation.owner.ask("POST", "/api/maps", { name: "Buying", viewpoint, from: { kind: "document", document } });
  expect(reply.status, reply.text).toBe(201);
  return String(Object(reply.body).id);
};
const look = async (id: string, query = ""): Promise<OverlayReply> => {
  const reply = await member.ask("GET", `/api/maps/${id}/overlay?from=2026-06-01&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return overlayReply.parse(reply.body);
};
const stepOf = ({ steps }: Pick<OverlayReply, "steps">, id: string): OverlayStep => {
  const found = steps.find(({ stepId }) => stepId === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};

describe("volume and time", () => {
  test("are counted per step: interactions, customers, their share, who went on, when, and within the planned hours", async () => {
    const id = await draw([step("find", ["Search", "Advert"], { nextWithinHours: 2 }), step("drawn", []), step("offer", ["Gift"], { isOptional: true }), step("paid", ["Checkout"])]);
    await add([
      met("a", "Search", 1, 10), met("a", "Advert", 1, 11), met("a", "Checkout", 1, 11),
      met("b", "Search", 2, 10), met("b", "Gift", 2, 11), met("b", "Checkout", 2, 16), met("b", "Search", 3, 10),
      met("c", "Advert", 3, 10), met("d", "Checkout", 3, 10), met("d", "Search", 4, 10),
      met("e", "Elsewhere", 4, 10), { touchpoint: "Search", at: "2026-06-05T12:00:00.000Z" },
    ]);
    const overlay = await look(id);
    expect(overlay).toMatchObject({ customers: 4, sampledShare: 1, viewpoint: "everyone", against: null, comparison: [], customer: null });
    const find = stepOf(overlay, "find");
    // a and b came to pay after one and six hours; c and d never did after they searched.
    expect(find).toMatchObject({
      interactions: 7, customers: 4, share: 1, evidence: "some", sharesWith: [],
      next: { stepId: "paid", customers: 2, medianSeconds: 3.5 * 3600, share: 0.5 }, withinPlanned: 0.5, effort: { kind: "repeats", perCustomer: 0.25, count: 4 }, failures: null, promises: null,
    });
    expect(stepOf(overlay, "drawn")).toMatchObject({ isBound: false, interactions: 0, customers: 0, share: 0, next: null, evidence: "assumption", effort: null });
    expect(stepOf(overlay, "offer")).toMatchObject({ customers: 1, share: 0.25, next: { stepId: "paid", medianSeconds: 5 * 3600, share: 1 }, withinPlanned: null });
    expect(stepOf(overlay, "paid")).toMatchObject({ interactions: 3, customers: 3, share: 0.75, next: null });
  });

  test("come again only where a customer met the same touchpoint again, not where a step has several", async () => {
    const id = await draw([step("pays", ["Payment details", "Order placed"], { matches: [...["Payment details", "Order placed"].map((touchpoint) => ({ touchpoint, channel: null })), { touchpoint: "Order placed", channel: "web" }] }), step("gets", ["Delivery"])]);
    const people = Array.from({ length: 10 }, (_, at) => `p${at}`);
    await add(people.flatMap((who) => [met(who, "Payment details", 1, 9), met(who, "Order placed", 1, 10, { channel: "web" })]));
    expect(stepOf(await look(id), "pays")).toMatchObject({ interactions: 20, customers: 10, effort: { kind: "repeats", perCustomer: 0, low: 0, high: expect.closeTo(1.959963984540054 * Math.sqrt(0.1 / 10), 9), count: 10 } });
    await add([met("p0", "Payment details", 2), met("p0", "Order placed", 2), met("p1", "Order placed", 2)]);
    // p0 came again to both, p1 to one.
    const { effort } = stepOf(await look(id), "pays");
    expect(effort).toMatchObject({ kind: "repeats", perCustomer: 0.3, low: 0, high: expect.closeTo(0.3 + 1.959963984540054 * Math.sqrt((5 - 0.9) / 9 / 10), 9) });
  });

  test("of a touchpoint in two steps count at both, and the reply says so; equal times keep the order they came in", async () => {
    const id = await draw([step("first", ["Page"]), step("again", ["Page"]), step("web1", [], { matches: [{ touchpoint: "Page", channel: "web" }] })]);
    const at = "2026-06-01T12:00:00.000Z";
    await add([met("a", "Page", 1, 12, { at }), met("a", "Page", 1, 12, { at, channel: "web" }), met("b", "Page", 2)]);
    const overlay = await look(id);
    expect(overlay.steps.map(({ interactions, customers, sharesWith }) => [interactions, customers, sharesWith])).toEqual([[3, 2, ["again", "web1"]], [3, 2, ["first", "web1"]], [1, 1, ["first", "again"]]]);
    // Nobody goes on by the meeting they came with: a did by the second one, at the same moment.
    expect(stepOf(overlay, "first").next).toEqual({ stepId: "again", ways: [], customers: 1, medianSeconds: 0, lowSeconds: null, highSeconds: null, share: 0.5 });
  });

  test("of several ways say how many went each, and whichever they took ends the wait", async () => {
    const way = (number: number) => ({ fork: { id: "fork1", way: number } });
    const id = await draw([step("find", ["Search"]), step("online", ["Card"], way(1)), step("code", ["Code"], { ...way(1), isOptional: true }), step("shop", ["Till"], way(2)), step("post", [], way(3)), step("gets", ["Delivery"])]);
    await add([
      met("a", "Search", 1, 10), met("a", "Card", 1, 11), met("a", "Code", 1, 12), met("a", "Delivery", 2),
      met("b", "Search", 1, 10), met("b", "Till", 1, 13), met("b", "Delivery", 2), met("c", "Search", 1), met("d", "Code", 1), met("d", "Till", 2),
    ]);
    const overlay = await look(id);
    expect(overlay.forks).toEqual([{ customers: 3, ways: [
      { stepIds: ["online", "code"], customers: 2, share: 2 / 3 }, { stepIds: ["shop"], customers: 2, share: 2 / 3 }, { stepIds: ["post"], customers: 0, share: null },
    ] }]);
    expect(stepOf(overlay, "find").next).toMatchObject({
      stepId: "online", customers: 2, medianSeconds: 2 * 3600, share: 2 / 3,
      ways: [{ stepId: "online", customers: 1, medianSeconds: 3600 }, { stepId: "shop", customers: 1, medianSeconds: 3 * 3600 }],
    });
    expect([stepOf(overlay, "code").next, stepOf(overlay, "shop").next]).toMatchObject([{ stepId: "gets", customers: 1, ways: [] }, { stepId: "gets", customers: 1 }]);
  });

  test("of more than sixty steps with failures are told apart", async () => {
    const steps = Array.from({ length: 70 }, (_, at) => step(`s${String(at).padStart(3, "0")}`, [`Place ${at}`], { failures: [{ touchpoint: `Error ${at}`, channel: null }] }));
    const id = await draw(steps);
    await add([met("a", "Place 0", 1), met("a", "Place 69", 1), met("b", "Place 69", 1), met("b", "Error 69", 1), met("b", "Error 69", 1, 13), met("a", "Error 5", 1)]);
    const overlay = await look(id);
    expect(overlay.customers).toBe(2);
    expect(overlay.steps.filter(({ customers }) => customers > 0).map(({ stepId, customers, failures }) => [stepId, customers, failures])).toEqual([
      ["s000", 1, { interactions: 0, customers: 0, share: 0 }], ["s069", 2, { interactions: 2, customers: 1, share: 0.5 }],
    ]);
    expect(stepOf(overlay, "s005").failures).toEqual({ interactions: 1, customers: 0, share: null });
  });
});

describe("feelings", () => {
  test("measured, inferred and assumed stand apart, with interval, count and what read them", async () => {
    const id = await draw([step("paid", ["Checkout"], { designed: { before: null, during: 1, after: 2 } }), step("gets", ["Delivery"])], [
      makeCard("card1", "paid", "lane1", { feeling: -2 }), makeCard("card2", "paid", "lane1", { feeling: 1 }), makeCard("card3", "paid", "lane1"),
    ]);
    await add([met("a", "Checkout", 1)], [
      score("a", "Checkout", 1), score("b", "Checkout", 0), score("c", "Checkout", -1), score("d", "Checkout", 1), score("a", "Delivery", 1),
      felt("a", "Checkout", { kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "Terrible, I waited for weeks and nobody told me anything. Awful service." }),
      felt("b", "Checkout", { kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "Absolutely fantastic, thank you so much, easy and quick!" }),
    ]);
    const overlay = await vi.waitFor(async () => {
      await firsthand.settle();
      const seen = await look(id);
      expect(stepOf(seen, "paid").feeling.inferred?.count).toBe(2);
      return seen;
    }, { timeout: 20_000, interval: 250 });
    const { feeling, designed, words, needs } = stepOf(overlay, "paid");
    // 1, 0, -1, 1: mean 0.25, variance 11/12.
    const half = 1.959963984540054 * Math.sqrt(11 / 12 / 4);
    expect(feeling.measured).toEqual({ mean: 0.25, low: expect.closeTo(0.25 - half, 9), high: 1, count: 4 });
    expect(feeling.inferred).toMatchObject({ mean: 0, count: 2, modelVersions: [expect.stringMatching(/./u)] });
    expect(feeling.assumed).toBe(-0.25);
    expect(designed).toEqual({ before: null, during: 0.5, after: 1 });
    expect(words.map(({ text, isInferred }) => [text.slice(0, 8), isInferred]).toSorted()).toEqual([["Absolute", true], ["Terrible", true]]);
    expect(needs).toContainEqual({ need: "INFORM", met: 0, unmet: 1, mixed: 0, voices: 1 });
    expect(stepOf(overlay, "gets").feeling).toEqual({ measured: { mean: 1, low: null, high: null, count: 1 }, inferred: null, assumed: null });
  });

  test("of effort come from scores where they were asked for", async () => {
    const id = await draw([step("help", ["Support"])]);
    await add([met("a", "Support", 1), met("a", "Support", 2)], [score("a", "Support", -1, "ces"), score("b", "Support", -1, "ces"), score("c", "Support", 1)]);
    const { effort, feeling } = stepOf(await look(id), "help");
    // Both alike: Wilson's interval of 0 of 2 on -1 to 1.
    expect(effort).toMatchObject({ kind: "asked", mean: -1, count: 2, low: -1, high: expect.closeTo(2 * 0.6576198 - 1, 6) });
    expect(feeling.measured).toMatchObject({ count: 3, mean: expect.closeTo(-1 / 3, 12) });
  });

  test("said forty times by one customer are one voice, beside those of others", async () => {
    const id = await draw([step("paid", ["Checkout"]), step("help", ["Support"])]);
    const others = Array.from({ length: 20 }, (_, at) => score(`p${at}`, "Checkout", at % 2));
    await add([met("a", "Checkout", 1)], [...others, ...Array.from({ length: 40 }, () => score("angry", "Support", -1)), ...Array.from({ length: 40 }, () => score("angry", "Checkout", -1))]);
    const overlay = await look(id);
    // 10 ones, 10 zeros and 40 times -1; 60 scores tell as much as 60² / (20 + 40²) customers who spoke once.
    const [mean, voices] = [-0.5, 3600 / 1620];
    const half = 1.959963984540054 * Math.sqrt((50 - 60 * mean ** 2) / 59 / voices);
    expect(stepOf(overlay, "paid").feeling.measured).toEqual({ mean, low: -1, high: expect.closeTo(mean + half, 9), count: 60 });
    expect(stepOf(overlay, "help").feeling.measured).toEqual({ mean: -1, low: null, high: null, count: 40 });
  });

  test("whose words were erased are not shown", async () => {
    const id = await draw([step("help", ["Support"])]);
    await add([met("a", "Support", 1)], [felt("a", "Support", { kind: "comment", value: null, text: "Call me on 555 1234" })]);
    expect(stepOf(await look(id), "help").words).toMatchObject([{ text: "Call me on 555 1234" }]);
    const found = Object(await look(id, "")).steps[0].words[0];
    expect((await organisation.owner.ask("POST", `/api/customers/${found.customerId}/erasure`, { isConfirmed: true })).status).toBeLessThan(300);
    expect(stepOf(await look(id), "help").words).toEqual([]);
  });
});

describe("promises", () => {
  test("are kept when the step comes by the date told before; the telling itself keeps nothing", async () => {
    const id = await draw([step("paid", ["Checkout"]), step("gets", ["Delivery"])]);
    const due = (who: string, touchpoint: string, day: number, promisedDate: string) => met(who, touchpoint, day, 12, { properties: { promised_date: promisedDate } });
    await add([
      due("a", "Checkout", 1, "2026-06-05"), due("a", "Delivery", 5, "2026-06-05"),
      due("b", "Checkout", 1, "2026-06-05"), due("b", "Delivery", 6, "2026-06-05"),
      due("c", "Checkout", 1, "2026-06-05T18:00:00Z"), due("c", "Delivery", 5, "2026-06-05T18:00:00Z"),
      due("d", "Delivery", 5, "2026-06-01"),
    ]);
    const overlay = await look(id);
    expect(stepOf(overlay, "gets").promises).toMatchObject({ kept: 2, broken: 1 });
    expect(stepOf(overlay, "paid").promises).toBeNull();
  });

  test("count once however often the date is repeated, at what they are about; never come is broken once the date is past", async () => {
    const id = await draw([step("paid", ["Checkout"]), step("note", ["Payment note"]), step("sent", ["Shipped"]), step("gets", ["Delivery"])]);
    const due = (who: string, promisedDate: string, ...touchpoints: (readonly [string, number])[]) => touchpoints.map(([touchpoint, day]) => met(who, touchpoint, day, 12, { properties: { promised_date: promisedDate } }));
    await add([
      ...due("a", "2026-06-05", ["Checkout", 1], ["Payment note", 2], ["Shipped", 3], ["Delivery", 7]), ...due("a", "2026-06-15", ["Checkout", 10], ["Shipped", 11], ["Delivery", 14]),
      // Of b, c and d nothing came: c heard of a new date in time, that is not past yet; d's is past.
      ...due("b", "2026-06-05", ["Checkout", 1], ["Shipped", 2]), ...due("c", "2026-06-05", ["Checkout", 1], ["Shipped", 2]), ...due("c", "2026-07-05", ["Shipped", 3]), ...due("d", "2026-06-06", ["Checkout", 1]),
      met("other", "Blog", 28),
    ]);
    const overlay = await look(id);
    expect(overlay.steps.map(({ stepId, promises }) => [stepId, promises])).toMatchObject([["paid", null], ["note", null], ["sent", null], ["gets", { kept: 1, broken: 3 }]]);
    // The day that b's and d's dates ended is not in it, nor what is known later.
    expect(stepOf(await look(id, "to=2026-06-05"), "gets").promises).toBeNull();
    expect(stepOf(overlay, "gets").customers).toBe(1);
  });

  test("of an order that a visitor placed and a known customer got are the customer's", async () => {
    const id = await draw([step("gets", ["Delivery"])]);
    const due = (who: string, touchpoint: string, day: number, orderId: string) => met(who, touchpoint, day, 12, { properties: { promised_date: "2026-06-05", order_id: orderId } });
    await add([due("visitor", "Checkout", 1, "A1"), due("a", "Delivery", 5, "A1"), due("b", "Checkout", 1, "B1"), due("b", "Delivery", 9, "B1"), met("other", "Blog", 20)]);
    expect(stepOf(await look(id), "gets").promises).toMatchObject({ kept: 1, broken: 1 });
  });

  test("of few customers or one channel are judged as far as anything is known in the workspace", async () => {
    const id = await draw([step("gets", ["Delivery"])]);
    const due = (who: string, touchpoint: string, day: number) => met(who, touchpoint, day, 12, { channel: "web", properties: { promised_date: "2026-06-05" } });
    await add([due("a", "Checkout", 1), due("a", "Delivery", 2), due("b", "Checkout", 1)]);
    const made = await organisation.owner.ask("POST", "/api/segments", { kind: "list", name: "Both" });
    const segmentId = String(Object(made.body).id);
    await organisation.owner.ask("POST", `/api/segments/${segmentId}/entries`, { identifiers: [], customerIds: [await customerOf("a"), await customerOf("b")] });
    const narrowed = [`segment=${segmentId}`, "channel=web", `segment=${segmentId}&channel=web`];
    for (const query of narrowed) expect([query, stepOf(await look(id, query), "gets").promises]).toMatchObject([query, { kept: 1, broken: 0 }]);
    // Somebody else is heard of in a shop when the date is long past: so nothing came for b, or it would be known.
    await add([met("other", "Till", 20, 12, { channel: "store" })]);
    for (const query of narrowed) expect([query, stepOf(await look(id, query), "gets").promises]).toMatchObject([query, { kept: 1, broken: 1 }]);
  });

  test("of which nothing is known but that a date was told are not judged", async () => {
    const id = await draw([step("billed", ["Invoice"])]);
    await add([met("a", "Invoice", 1, 12, { properties: { due_date: "2026-06-05" } }), met("b", "Invoice", 20)]);
    expect(stepOf(await look(id), "billed").promises).toBeNull();
  });

  test.each([["America/New_York", { kept: 1, broken: 1 }], ["Asia/Tokyo", { kept: 0, broken: 2 }]])("of a day end with the day in %s", async (timeZone, promises) => {
    expect((await organisation.owner.ask("PATCH", "/api/workspace", { timeZone })).status).toBe(200);
    const id = await draw([step("gets", ["Delivery"])]);
    const due = (who: string, touchpoint: string, at: string) => met(who, touchpoint, 1, 12, { at, properties: { promised_date: "2026-06-05" } });
    // At two in the morning of the 6th in London it is still the 5th in New York, and at five in the evening of the 5th already the 6th in Tokyo.
    await add([due("a", "Checkout", "2026-06-01T12:00:00.000Z"), due("a", "Delivery", "2026-06-06T02:00:00.000Z"), due("b", "Checkout", "2026-06-01T12:00:00.000Z"), due("b", "Delivery", timeZone === "Asia/Tokyo" ? "2026-06-05T17:00:00.000Z" : "2026-06-06T05:00:00.000Z")]);
    expect(stepOf(await look(id), "gets").promises).toMatchObject(promises);
  });
});

describe("who is meant", () => {
  test("is narrowed by channel and period, and compared with another period step by step", async () => {
    const id = await draw([step("paid", ["Checkout"]), step("help", ["Support"])]);
    const people = Array.from({ length: 40 }, (_, at) => `p${at}`);
    await add(
      [...people.map((who) => met(who, "Checkout", 2, 12, { channel: "web" })), met("p0", "Support", 3, 12, { channel: "phone" }), ...people.map((who) => met(who, "Support", 12)), met("p1", "Checkout", 12)],
      [score("p0", "Checkout", 1), score("p1", "Checkout", 0.5)],
    );
    expect(stepOf(await look(id, "channel=phone"), "help")).toMatchObject({ interactions: 1, customers: 1, share: 1 });
    const compared = await look(id, "to=2026-06-10&againstFrom=2026-06-10&againstTo=2026-06-20");
    expect(compared.against).toMatchObject({ period: { from: "2026-06-10T00:00:00.000Z" }, customers: 40 });
    expect(compared.comparison.map(({ stepId, share }) => [stepId, share?.difference, share?.isSignificant])).toEqual([["paid", 1 - 1 / 40, true], ["help", 1 / 40 - 1, true]]);
  });

  test("is compared in effort, needs, promises and times as well, each with its interval", async () => {
    const id = await draw([step("paid", ["Checkout"], { nextWithinHours: 3 }), step("gets", ["Delivery"])]);
    const people = (prefix: string) => Array.from({ length: 40 }, (_, at) => `${prefix}${at}`);
    const due = (who: string, touchpoint: string, day: number, hour: number) => met(who, touchpoint, day, hour, { properties: { promised_date: "2026-06-05T14:00:00Z" } });
    // Whoever bought early waited two hours and got it in time, whoever bought late waited eight and did not; some minutes lie between them.
    const buy = (who: string, at: number, hours: number) => [due(who, "Checkout", 5, 8), { ...due(who, "Delivery", 5, 8 + hours), at: new Date(Date.UTC(2026, 5, 5, 8 + hours, at)).toISOString() }];
    await add([...people("early").flatMap((who, at) => buy(who, at, 2)), met("other", "Blog", 20)], people("early").map((who, at) => score(who, "Checkout", at % 2, "ces")));
    const compared = (await look(id, "to=2026-06-10&againstFrom=2026-05-20&againstTo=2026-06-10")).comparison.find(({ stepId }) => stepId === "paid");
    expect(compared).toMatchObject({ effort: { difference: 0, isSignificant: false }, time: { difference: 0, isSignificant: false }, withinPlanned: { difference: 0 } });

    await add(people("late").flatMap((who, at) => buy(who, at, 8)), people("late").map((who, at) => ({ ...score(who, "Checkout", -1 + (at % 2), "ces"), at: "2026-06-05T12:00:00.000Z" })));
    const [late, early] = [await segmentOf("Late", people("late")), await segmentOf("Early", people("early"))];
    const overlay = await look(id, `to=2026-06-15&segment=${late}&againstSegment=${early}`);
    const [paid, gets] = ["paid", "gets"].map((stepId) => overlay.comparison.find((one) => one.stepId === stepId));
    // The 13th and the 28th of forty waits, a minute apart.
    expect(stepOf(overlay, "paid").next).toMatchObject({ medianSeconds: (8 * 60 + 19.5) * 60, lowSeconds: (8 * 60 + 12) * 60, highSeconds: (8 * 60 + 27) * 60 });
    const half = Math.hypot(7.5, 7.5) * 60;
    expect(paid).toMatchObject({
      effort: { difference: -1, isSignificant: true }, withinPlanned: { difference: -1, isSignificant: true },
      time: { difference: 6 * 3600, low: expect.closeTo(6 * 3600 - half, 6), high: expect.closeTo(6 * 3600 + half, 6), isSignificant: true },
    });
    expect(gets).toMatchObject({ promises: { difference: -1, isSignificant: true }, effort: { difference: 0, isSignificant: false }, needs: [], time: null });
  });

  test("is the map's segment unless the request says otherwise; a segment that is gone leaves everybody", async () => {
    const { owner } = organisation;
    const segment = await owner.ask("POST", "/api/segments", { kind: "list", name: "Chosen" });
    const segmentId = String(Object(segment.body).id);
    const id = await draw([step("paid", ["Checkout"])], [], { kind: "segment", segmentId });
    await add([met("a", "Checkout", 1), met("b", "Checkout", 1)]);
    await owner.ask("POST", `/api/segments/${segmentId}/entries`, { identifiers: [], customerIds: [await customerOf("a")] });
    expect(await look(id)).toMatchObject({ viewpoint: "segment", segments: [{ id: segmentId, name: "Chosen" }], customers: 1 });
    expect(await look(id, "segment=")).toMatchObject({ viewpoint: "asked", segments: [], customers: 2 });
    expect(await look(id, "againstSegment=")).toMatchObject({ customers: 1, against: { customers: 2, segments: [] } });
    // A segment that maps are about cannot be deleted; one that went all the same, as by a restored backup, must not break the map.
    await firsthand.services.db.query("delete from customers.segments where id = $1", [segmentId]);
    expect(await look(id)).toMatchObject({ viewpoint: "segment_gone", customers: 2 });
  });

  test("may be one customer: their facts and feelings in order of time on the steps, and beside them", async () => {
    const id = await draw([step("paid", ["Checkout"], { failures: [{ touchpoint: "Payment error", channel: null }] }), step("help", ["Support"])]);
    await add([met("a", "Payment error", 1, 9), met("a", "Checkout", 1, 10), met("a", "Blog", 2), met("b", "Checkout", 1)], [score("a", "Checkout", -1)]);
    const customerId = await customerOf("a");
    const { customer } = await look(id, `customer=${customerId}`);
    expect(customer).toMatchObject({ id: customerId, isCut: false });
    expect(customer?.entries.map(({ touchpoint, record, stepIds, failureOf, feeling }) => [touchpoint, record, stepIds, failureOf, feeling])).toEqual([
      ["Payment error", "interaction", [], ["paid"], null], ["Checkout", "interaction", ["paid"], [], null], ["Blog", "interaction", [], [], null], ["Checkout", "perception", ["paid"], [], -1],
    ]);
    const unknown = await member.ask("GET", `/api/maps/${id}/overlay?customer=${crypto.randomUUID()}`);
    expect([unknown.status, Object(unknown.body).error.code]).toEqual([404, "overlay_customer_missing"]);
  });

  test("cannot be another workspace's: neither its map nor its figures are seen", async () => {
    const name = `'); drop table experience; -- <img src=x onerror=alert(1)> "$1" \\ ["`;
    const id = await draw([step("odd1", [name])]);
    await add([met("a", name, 1)]);
    expect(stepOf(await look(id), "odd1")).toMatchObject({ interactions: 1, customers: 1 });
    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("GET", `/api/maps/${id}/overlay`)).status).toBe(404);
    organisation = stranger;
    member = stranger.viewer;
    expect(await look(await draw([step("odd1", [name])]))).toMatchObject({ customers: 0, steps: [{ interactions: 0 }] });
  });

  test("on an empty map is nobody", async () => {
    expect(await look(await draw([]))).toMatchObject({ customers: 0, steps: [], comparison: [] });
  });

  test("goes by former names of registered touchpoints too", async () => {
    const made = await organisation.owner.ask("POST", "/api/touchpoints", { name: "Till" });
    await organisation.owner.ask("PATCH", `/api/touchpoints/${Object(made.body).id}`, { name: "Checkout desk" });
    const id = await draw([step("paid", ["Till"])]);
    await add([met("a", "Checkout desk", 1)]);
    expect(stepOf(await look(id), "paid").customers).toBe(1);
  });
});

const segmentOf = async (name: string, members: readonly string[]): Promise<string> => {
  const made = await organisation.owner.ask("POST", "/api/segments", { kind: "list", name });
  const id = String(Object(made.body).id);
  await organisation.owner.ask("POST", `/api/segments/${id}/entries`, { identifiers: [], customerIds: await Promise.all(members.map(customerOf)) });
  return id;
};

const customerOf = async (who: string): Promise<string> => {
  const [row] = await firsthand.services.analytics.query(
    `select customer from experience where workspace_id = cast($1 as uuid) and id = cast($2 as uuid)`,
    [organisation.workspaceId, await idOf(who)],
  );
  return String(row?.["customer"]);
};
const idOf = async (who: string): Promise<string> => {
  const { rows } = await firsthand.services.db.query<{ id: string }>("select id from customers.interactions where workspace_id = $1 and user_id = $2 limit 1", [organisation.workspaceId, who]);
  return rows[0]?.id ?? "";
};
