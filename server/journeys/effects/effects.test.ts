import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { segment } from "../../customers/segments/segments.contract.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { effectsReply, outcomesReply, type Effect, type EffectsReply } from "./effects.contract.ts";
import { makeRandom } from "./shuffles.rules.ts";

let firsthand: Installation;
let organisation: Organisation;
let stranger: Organisation;

const hostile = `<img src=x onerror=alert(1)> "Banner", 'or 1=1`;
const hour = 3_600_000;
const start = Date.parse("2026-05-01T08:00:00Z");

type Step = { touchpoint: string; hours: number; channel?: string; properties?: Record<string, unknown> };
const walk = async (whose: Organisation, walks: ReadonlyMap<string, readonly Step[]>): Promise<void> => {
  const rows = [...walks].flatMap(([user, steps]) =>
    steps.map(({ touchpoint, hours, channel, properties }) => makeInteraction(whose.workspaceId, {
      subject: `user:${user}`, userId: user, name: touchpoint, touchpoint, channel: channel ?? "web", at: new Date(start + hours * hour).toISOString(), message: properties === undefined ? null : JSON.stringify({ properties }),
    })));
  await insertInteractions(firsthand.services.db, whose.workspaceId, rows);
};

/** Customers who come to pay; some meet an error, some see a banner that means nothing. `bought`: how likely with the error and without. */
const shop = (customers: number, bought: { error: number; none: number }): Map<string, Step[]> => {
  const random = makeRandom(7);
  return new Map(Array.from({ length: customers }, (_, at) => {
    const [isError, isBanner] = [random() < 0.3, random() < 0.5];
    const isBuyer = random() < (isError ? bought.error : bought.none);
    const touchpoints = ["Home", ...(isBanner ? [hostile] : []), "Details", ...(isError ? ["Error"] : []), ...(random() < 0.5 ? ["Support call", "Support call"] : ["News"]), ...(isBuyer ? ["Purchase"] : []), "Bye"];
    const steps = touchpoints.map((touchpoint, place): Step => ({
      touchpoint, hours: at / 10 + place, channel: at % 3 === 0 ? "app" : "web", ...(touchpoint === "Purchase" ? { properties: { total: 10 + (at % 5), currency: "EUR" } } : {}),
    }));
    return [`c${at}`, steps];
  }));
};

const ask = async (query: string, client: Client = organisation.viewer): Promise<EffectsReply> => {
  const reply = await client.ask("GET", `/api/paths/effects?${query.includes("to=") ? "" : "from=2026-04-01&to=2026-07-01&"}${query}`);
  expect(reply.status, reply.text).toBe(200);
  return effectsReply.parse(reply.body);
};
const find = ({ items }: EffectsReply, kind: string, node: string, previous: string | null = null): Effect | undefined => items.find((one) => one.kind === kind && one.node === node && one.previous === previous);

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-07-01T00:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  stranger = await firsthand.makeOrganisation();
  await walk(organisation, shop(900, { error: 0.4, none: 0.9 }));
  await walk(stranger, shop(900, { error: 0.6, none: 0.6 }));
  const random = makeRandom(9);
  const sad = [...shop(900, { error: 0.4, none: 0.9 })].map(([user, steps], at) => {
    const isError = steps.some(({ touchpoint }) => touchpoint === "Error");
    return makePerception({ subject: `user:${user}`, kind: "csat", value: isError ? 1 + Math.round(random()) : 4 + Math.round(random()), scaleMin: 1, scaleMax: 5, at: new Date(start + (at / 10 + 5) * hour).toISOString() });
  });
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, sad);
  await firsthand.settle();
}, 60_000);
afterAll(() => firsthand.stop());

describe("what goes with not buying", () => {
  test("finds the error that costs customers, with both sides, interval, band and examples; the banner stays within chance", async () => {
    const found = await ask("outcome=goal&goal=Purchase");
    const error = find(found, "touchpoint", "Error");
    const people = shop(900, { error: 0.4, none: 0.9 });
    const [withIt, without] = [[...people.values()].filter((steps) => steps.some(({ touchpoint }) => touchpoint === "Error")), [...people.values()].filter((steps) => steps.every(({ touchpoint }) => touchpoint !== "Error"))];
    const bought = (of: readonly (readonly Step[])[]): number => of.filter((steps) => steps.some(({ touchpoint }) => touchpoint === "Purchase")).length;

    expect(found).toMatchObject({ paths: 900, customers: 900, sampledShare: 1, longPaths: 0, isComplete: true, worse: "lower", rounds: 200, money: null });
    expect(found.items[0]).toBe(error);
    expect(error).toMatchObject({ verdict: "worse", point: "Details", with: { count: withIt.length, mean: bought(withIt) / withIt.length }, without: { count: without.length, mean: bought(without) / without.length } });
    const compared = error?.compared;
    expect(compared?.difference).toBeCloseTo(-0.5, 1);
    expect(compared?.low).toBeLessThan(compared?.difference ?? 0);
    expect(compared?.high).toBeLessThan(-(compared?.band ?? 0));
    expect(compared?.band).toBeGreaterThan(0.05);
    expect(error?.cost).toBeCloseTo(-(compared?.difference ?? 0) * withIt.length, 9);
    expect(error?.examples.length).toBe(5);
    expect(find(found, "touchpoint", hostile)?.verdict).toBe("chance");
    // The only way to the error says nothing the error does not.
    expect(find(found, "edge", "Error", "Details")).toBeUndefined();
    // Nothing goes with reaching the goal because it is the goal.
    expect(found.items.some(({ node, kind }) => node === "Purchase" && kind !== "silence")).toBe(false);
  });

  test("ranks the routes to a step against other ways to the same one: by the error fewer buy, by the banner as many", async () => {
    const { routes } = await ask("outcome=goal&goal=Purchase");
    const people = [...shop(900, { error: 0.4, none: 0.9 }).values()].filter((steps) => steps.some(({ touchpoint }) => touchpoint === "News"));
    const [came, otherwise] = [people.filter((steps) => steps.some(({ touchpoint }) => touchpoint === "Error")), people.filter((steps) => steps.every(({ touchpoint }) => touchpoint !== "Error"))];
    const bought = (of: readonly (readonly Step[])[]): number => of.filter((steps) => steps.some(({ touchpoint }) => touchpoint === "Purchase")).length;
    const route = (...steps: string[]) => routes.items.find((one) => one.steps.join("|") === steps.join("|"));

    expect(routes).toMatchObject({ isComplete: true, leftOut: 0 });
    expect(routes.items[0]?.verdict).toBe("worse");
    const error = route("Details", "Error", "News");
    expect(error).toMatchObject({ isFromStart: false, point: "News", verdict: "worse", with: { count: came.length, mean: bought(came) / came.length }, without: { count: otherwise.length, mean: bought(otherwise) / otherwise.length } });
    expect(error?.compared?.difference).toBeCloseTo(-0.5, 1);
    expect(error?.compared?.high).toBeLessThan(-(error?.compared?.band ?? 0));
    expect(error?.cost).toBeCloseTo(-(error?.compared?.difference ?? 0) * came.length, 9);
    expect(error?.examples).toHaveLength(5);
    // Turning to support twice at once is one step of the way.
    expect(route("Details", "Error", "Support call")?.verdict).toBe("worse");
    expect(routes.items.filter(({ steps, verdict }) => steps.includes(hostile) && !steps.includes("Error") && verdict === "worse")).toEqual([]);
    // All came to the error by the details: there is no other way to compare with.
    expect(routes.items.filter(({ steps }) => steps.at(-1) === "Error" && steps.length === 3).map(({ verdict }) => verdict)).not.toContain("worse");
    expect(routes.items.some(({ steps }) => steps.includes("Purchase"))).toBe(false);
  });

  test("finds nothing where nothing goes with anything: shuffled labels keep it quiet", async () => {
    const found = await ask("outcome=goal&goal=Purchase", stranger.viewer);

    // All was dealt out blindly; going to the end instead of to the purchase is not buying by another name, and told of nothing.
    expect(found.items.filter(({ verdict }) => verdict === "worse" || verdict === "better")).toEqual([]);
    expect(find(found, "touchpoint", "Error")).toMatchObject({ verdict: "chance", cost: null });
    expect(found.tested).toBeGreaterThan(3);
    expect(found.routes.items.filter(({ verdict }) => verdict === "worse" || verdict === "better")).toEqual([]);
    expect(found.routes.tested).toBeGreaterThan(3);
  });

  test("gives the same answer twice, and says below thirty on a side that nothing can be said", async () => {
    const found = await ask("outcome=goal&goal=Purchase&from=2026-05-01&to=2026-05-01T15:00:00Z");
    expect(find(found, "touchpoint", "Error")).toMatchObject({ verdict: "thin", compared: null, cost: null });
    expect(found.routes.items.find(({ steps }) => steps.includes("Error"))).toMatchObject({ verdict: "thin", compared: null, cost: null });
    expect((await ask("outcome=goal&goal=Purchase&gapMinutes=30")).items).toEqual((await ask("outcome=goal&goal=Purchase&gapMinutes=31")).items);
  });

  test("compares only those of one segment with each other when asked", async () => {
    const made = await organisation.manager.ask("POST", "/api/segments", { name: "Everybody", kind: "list" });
    const reply = await organisation.viewer.ask("GET", `/api/paths/effects?outcome=goal&goal=Purchase&alike=${segment.parse(made.body).id}`);
    expect(reply.status, reply.text).toBe(200);
    const foreign = await stranger.viewer.ask("GET", `/api/paths/effects?outcome=goal&goal=Purchase&alike=${segment.parse(made.body).id}`);
    expect(foreign.body).toMatchObject({ error: { code: "journey_segment_missing" } });
  });

  test("takes five segments to be alike in, and says so when asked for more", async () => {
    const ids: string[] = [];
    for (const name of ["One", "Two", "Three", "Four", "Five", "Six"]) ids.push(segment.parse((await organisation.manager.ask("POST", "/api/segments", { name, kind: "list" })).body).id);
    const askFor = (count: number) => organisation.viewer.ask("GET", `/api/paths/effects?outcome=goal&goal=Purchase&${ids.slice(0, count).map((id) => `alike=${id}`).join("&")}`);

    expect((await askFor(5)).status).toBe(200);
    expect(await askFor(6)).toMatchObject({ status: 400, body: { error: { code: "invalid_input", details: { fields: [{ field: "query.alike", problem: "takes ids of at most 5 segments" }] } } } });
  });
});

describe("other outcomes", () => {
  test("feeling is a mean with Welch's interval: the error goes with scores about 1.5 lower", async () => {
    const found = await ask("outcome=feeling");
    const error = find(found, "touchpoint", "Error");
    expect(error).toMatchObject({ verdict: "worse" });
    expect(error?.compared?.difference).toBeCloseTo(-1.5, 1);
    expect(found.worse).toBe("lower");
    expect((await ask("outcome=effort")).items.every(({ verdict }) => verdict === "thin")).toBe(true);
  });

  test("revenue is what was paid afterwards, in the one currency there is", async () => {
    const found = await ask("outcome=revenue");
    expect(found.money).toEqual({ property: "total", times: null, currency: "EUR", otherCurrencies: 0, purchases: ["Purchase"], orders: [] });
    const error = find(found, "touchpoint", "Error");
    expect(error?.verdict).toBe("worse");
    // Half as likely to pay about twelve.
    expect(error?.compared?.difference).toBeCloseTo(-6, 0);
  });

  test("revenue counts what was bought, once: what is updated, refunded or cancelled was not paid again", async () => {
    const shopping = await firsthand.makeOrganisation();
    const paid = (touchpoint: string, hours: number): Step => ({ touchpoint, hours, properties: { total: 100, currency: "EUR" } });
    const buying = [{ touchpoint: "Home", hours: 0 }, paid("Order Completed", 4)];
    await walk(shopping, new Map(Array.from({ length: 80 }, (_, at): [string, Step[]] => [`buyer${at}`, at % 2 === 0 ? buying : [...buying, { touchpoint: "Problem", hours: 1 }, paid("Order Updated", 5), paid("Order Refunded", 6), paid("Order Cancelled", 7)]])));
    await firsthand.settle();

    const found = await ask("outcome=revenue", shopping.viewer);

    expect(found.money).toMatchObject({ property: "total", currency: "EUR", purchases: ["Order Completed"] });
    expect(find(found, "touchpoint", "Problem")).toMatchObject({ verdict: "chance", with: { count: 40, mean: 100 }, without: { count: 40, mean: 100 } });
  });

  test("repeat contact and leaving are bad when higher; who was seen lately has not left", async () => {
    const contact = await ask("outcome=repeat_contact");
    expect(contact.worse).toBe("higher");
    expect(find(contact, "touchpoint", "Error")?.with.mean).toBeCloseTo(0.5, 1);
    const leaving = await ask("outcome=leaving&leftAfterDays=2");
    const last = find(leaving, "touchpoint", "Home")?.with;
    expect(last?.count).toBe(900);
    // One customer in ten minutes over 90 hours: the last 48 of them were still seen.
    expect(last?.mean).toBeGreaterThan(0.4);
    expect(last?.mean).toBeLessThan(0.6);
    expect(leaving.items.some(({ kind }) => kind === "silence")).toBe(false);
  });

  test("leaving: any later step of a customer is being seen again, of whatever channel, visit or order", async () => {
    const shopping = await firsthand.makeOrganisation();
    const own = (order: string): Pick<Step, "properties"> => ({ properties: { order } });
    await walk(shopping, new Map([
      ...Array.from({ length: 10 }, (_, at): [string, Step[]] => [`back${at}`, [
        { touchpoint: "Home", hours: 0, ...own(`first${at}`) }, { touchpoint: "Order", hours: 5, ...own(`second${at}`) }, { touchpoint: "Paid", hours: 10, ...own(`first${at}`) }, { touchpoint: "Till", hours: 30, channel: "shop", ...own(`second${at}`) },
      ]]),
      ...Array.from({ length: 10 }, (_, at): [string, Step[]] => [`gone${at}`, [{ touchpoint: "Home", hours: 0, ...own(`third${at}`) }, { touchpoint: "Paid", hours: 4, ...own(`third${at}`) }]]),
      ["other", [{ touchpoint: "News", hours: 200 }]],
    ]));
    await firsthand.settle();
    const left = async (query: string): Promise<unknown> => find(await ask(`outcome=leaving&leftAfterDays=1&${query}`, shopping.viewer), "touchpoint", "Home")?.with;
    for (const query of ["channel=web", "cut=session&gapMinutes=360&passes=Home", "cut=object&object=order"]) expect([query, await left(query)]).toEqual([query, { count: 20, mean: 0.5 }]);
  });

  test("of somebody with twenty thousand visits takes a thousand, and is done soon", async () => {
    const busy = await firsthand.makeOrganisation();
    const steps = Array.from({ length: 20_000 }, (_, at): Step => ({ touchpoint: at % 2 === 0 ? "Support call" : "Home", hours: at / 60 }));
    for (let from = 0; from < steps.length; from += 1_000) await walk(busy, new Map([["machine", steps.slice(from, from + 1_000)]]));
    await firsthand.settle();
    for (const outcome of ["leaving", "repeat_contact"]) expect(await ask(`outcome=${outcome}&cut=session&gapMinutes=0.5`, busy.viewer)).toMatchObject({ paths: 1_000, customers: 1, pathsLeftOut: 19_000 });
  }, 60_000);

  test("are guessed from what is there", async () => {
    const reply = await organisation.viewer.ask("GET", "/api/paths/effects/outcomes?from=2026-04-01&to=2026-07-01");
    const offered = outcomesReply.parse(reply.body);
    expect(offered.goals[0]).toMatchObject({ name: "Purchase", isLikely: true });
    expect(offered.goals.filter(({ isLikely }) => isLikely)).toHaveLength(1);
    expect(offered).toMatchObject({ scores: 900, effortScores: 0, contacts: ["Support call"], money: { property: "total", currency: "EUR", otherCurrencies: 0 } });
  });
});

test("what is asked unclearly is refused, and nobody without the ability sees anything", async () => {
  const refused = await organisation.viewer.ask("GET", "/api/paths/effects?outcome=goal");
  expect([refused.status, refused.body]).toMatchObject([400, { error: { code: "effect_goal_missing" } }]);
  const empty = await firsthand.makeOrganisation();
  expect((await empty.viewer.ask("GET", "/api/paths/effects?outcome=revenue")).body).toMatchObject({ error: { code: "effect_money_missing" } });
  expect(await ask("outcome=goal&goal=Nothing", empty.viewer)).toMatchObject({ paths: 0, items: [] });
  expect((await firsthand.nobody.ask("GET", "/api/paths/effects?outcome=leaving")).status).toBe(401);
});
