import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import type { NewInteraction } from "../../customers/interactions/interactions.contract.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { segment } from "../../customers/segments/segments.contract.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { attributesReply, flowReply, funnelReply, graphReply, placeReply, returnReply, silencesReply, travellersReply, variantsReply, type GraphReply } from "./paths.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-07-01T00:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const minute = 60_000;
const start = Date.parse("2026-06-01T12:00:00Z");
const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();

/** Walks of customers: `{ one: "a0 b2 c5" }` met a at minute 0, b at 2 and c at 5. */
const walk = async (walks: Record<string, string>, more: Partial<NewInteraction> = {}): Promise<void> => {
  const rows = Object.entries(walks).flatMap(([user, steps]) =>
    steps.split(" ").map((step) => makeInteraction(organisation.workspaceId, { subject: `user:${user}`, userId: user, name: step.replace(/\d+$/u, ""), touchpoint: step.replace(/\d+$/u, ""), at: at(Number(/\d+$/u.exec(step)?.[0] ?? 0)), ...more })));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};

const ask = async (question: string, client = organisation.viewer): Promise<unknown> => {
  const reply = await client.ask("GET", `/api/paths/${question}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
};
const graph = async (query = ""): Promise<GraphReply> => graphReply.parse(await ask(`graph?${query}`));
/** `a>b 2` for every connection, in the order of names. */
const edgesOf = ({ nodes, edges }: GraphReply): string[] => {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? "other";
  return edges.map(({ from, to, count }) => `${name(from)}>${name(to)} ${count}`).toSorted();
};
const pathsOf = async (query: string): Promise<string[]> => variantsReply.parse(await ask(`variants?${query}`)).items.map(({ path, paths }) => `${path.join("")} ${paths}`).toSorted();

describe("the graph", () => {
  test("counts connections, customers, times, starts and ends", async () => {
    await walk({ one: "a0 b2 c5", two: "a0 b4", three: "b0 b1" });

    const found = await graph();

    expect(found.totals).toMatchObject({ steps: 7, paths: 3, customers: 3, names: 3, edges: 3, transitions: 4, startNames: 2, endNames: 2 });
    expect(edgesOf(found)).toEqual(["a>b 2", "b>b 1", "b>c 1"]);
    expect(found.nodes.map(({ name, count, customers, starts, ends, loops }) => [name, count, customers, starts, ends, loops])).toEqual([["b", 4, 3, 1, 2, 1], ["a", 2, 2, 2, 0, 0], ["c", 1, 1, 0, 1, 0]]);
    expect(found.edges.find(({ count }) => count === 2)).toMatchObject({ customers: 2, meanS: 180, medianS: 180, p90S: 228 });
  });

  test("is the same from the stored steps and from steps put in order anew", async () => {
    await walk({ one: "a0 b2 c50 a51 a51", two: "a0 a0 b0 b1000", three: "c7" }, { channel: "web" });

    for (const cut of ["cut=customer", "cut=session"]) expect(await graph(`${cut}&channel=web`)).toEqual(await graph(cut));
  });

  test("is the same both ways whenever the period begins and however often customers come again, and with less detail", async () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const moments: string[] = [];
    const rows = Array.from({ length: 400 }, () => {
      // Ten to a customer on average, some of them in the same moment, and milliseconds that no fraction of a second says exactly.
      const moment = new Date(start + next(60) * 16_100 + next(3)).toISOString();
      moments.push(moment);
      const user = `${next(40)}`;
      const name = "abcdefghi"[Math.floor(9 * (next(1000) / 1000) ** 2)] ?? "a";
      return makeInteraction(organisation.workspaceId, { subject: `user:${user}`, userId: user, name, touchpoint: name, channel: "web", at: moment });
    });
    await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
    await firsthand.settle();

    for (const from of [undefined, ...[3, 77, 150, 260].map((place) => moments[place])])
      for (const detail of ["1", "0.05"]) {
        const period = `detail=${detail}${from === undefined ? "" : `&from=${from}`}`;
        const [stored, anew] = [await graph(period), await graph(`${period}&channel=web`)];
        // Sums of the same seconds in another order differ in the last of sixteen digits.
        const rounded = (found: GraphReply): GraphReply => ({ ...found, edges: found.edges.map((edge) => ({ ...edge, meanS: Number(edge.meanS.toPrecision(12)) })) });
        expect(rounded(stored), period).toEqual(rounded(anew));
        expect(stored.totals.customers, period).toBeGreaterThan(10);
      }
  });

  test.each(["", "level=name"])("counts whoever met any of the rest once, and says when nothing more is to come (%s)", async (level) => {
    await walk({ one: "a0 a1 b2 b3 c4 c5 d6 d7 e8 f9", two: "a0 b1 c2 d3 f4", three: "a0 b1 c2 d3" });

    const found = await graph(`detail=0&${level}`);

    expect(found.nodes.map(({ name, inside, customers }) => [name, inside, customers])).toEqual([["a", 1, 3], ["b", 1, 3], ["c", 1, 3], ["d", 1, 3], [null, 2, 2]]);
    expect(await ask("copying")).toEqual({ isBehind: false, waiting: 0 });
  });

  test("takes what arrived first as the first of two of one moment", async () => {
    await walk({ one: "b0 a0 c0" });

    expect(edgesOf(await graph())).toEqual(["a>c 1", "b>a 1"]);
    expect(edgesOf(await graph("level=name"))).toEqual(["a>c 1", "b>a 1"]);
  });

  test("begins anew at the start of the period, for what came before lies outside", async () => {
    await walk({ one: "a0 b2 c5" });

    expect((await graph(`from=${at(1)}`)).totals).toMatchObject({ steps: 2, paths: 1, transitions: 1, startNames: 1 });
    expect(edgesOf(await graph(`from=${at(1)}`))).toEqual(["b>c 1"]);
  });

  test("sums what it leaves out, and counts the same whatever the detail", async () => {
    const names = Array.from({ length: 12 }, (_, index) => String.fromCodePoint(97 + index));
    await walk({ one: names.map((name, index) => `${name}${index}`).join(" "), two: "a0 b1 c2 d3 a4 b5 c6 d7" });

    const [whole, rough] = [await graph("detail=1"), await graph("detail=0.01")];

    expect(rough.totals).toEqual(whole.totals);
    expect(rough.nodes.map(({ name, inside, count }) => [name, inside, count])).toEqual([["a", 1, 3], ["b", 1, 3], ["c", 1, 3], ["d", 1, 3], [null, 8, 8]]);
    expect(rough.nodes.reduce((sum, { starts }) => sum + starts, 0)).toBe(2);
    expect(rough.nodes.reduce((sum, { ends }) => sum + ends, 0)).toBe(2);
    expect(rough.edges.reduce((sum, { count }) => sum + count, 0) + rough.leftOut.transitions).toBe(whole.totals.transitions);
  });

  test("never draws more than it can hold, and counts all of it, of twelve hundred different names", async () => {
    await walk({ one: Array.from({ length: 1_200 }, (_, index) => `page-${String.fromCodePoint(0x4e00 + index)}${index}`).join(" "), two: "a0 b1" });
    const { nodes, edges, totals, leftOut } = await graph("detail=1");
    expect([nodes.length, edges.length <= 122, leftOut.names, leftOut.steps]).toEqual([61, true, 1_142, 1_142]);
    expect(totals).toMatchObject({ steps: 1_202, paths: 2, names: 1_202, edges: 1_200, transitions: 1_200, startNames: 2, endNames: 2 });
    expect(nodes.reduce((sum, { ends }) => sum + ends, 0)).toBe(2);
  });

  test("shows how customers felt at a touchpoint", async () => {
    await walk({ one: "a0 b2" });
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, [0, 5].map((value) => makePerception({ subject: "user:one", touchpoint: "a", at: at(1), value })));
    await firsthand.settle();

    expect((await graph()).nodes.map(({ name, feeling }) => [name, feeling?.mean ?? null, feeling?.count ?? null])).toEqual([["a", -0.5, 2], ["b", null, null]]);
  });

  test("leaves out whoever is nobody, and says how many", async () => {
    await walk({ one: "a0 b2" });
    await insertInteractions(firsthand.services.db, organisation.workspaceId, [makeInteraction(organisation.workspaceId, { touchpoint: "a", name: "a", at: at(1) })]);
    await firsthand.settle();

    expect((await graph()).totals).toMatchObject({ steps: 2, ofNobody: 1 });
  });

  test("keeps names as they are, whatever they hold", async () => {
    const names = ["<script>alert(1)</script>", "'; drop table experience; --", "a>b", "$1", "other", "😀".repeat(60), "é".repeat(500)];
    await walk(Object.fromEntries(names.map((name, index) => [`customer${index}`, "x0"])));
    await insertInteractions(firsthand.services.db, organisation.workspaceId, names.map((name, index) => makeInteraction(organisation.workspaceId, { subject: `user:customer${index}`, userId: `customer${index}`, name, touchpoint: name, at: at(5) })));
    await firsthand.settle();

    for (const name of names) {
      expect((await graph(`passes=${encodeURIComponent(name)}`)).totals.paths).toBe(1);
      expect(placeReply.parse(await ask(`place?node=${encodeURIComponent(name)}&previous=x`))).toMatchObject({ count: 1, customers: 1 });
    }
    expect((await graph()).nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });
});

describe("paths", () => {
  const walks = { one: "a0 b2 c5", two: "a0 c4 b9", three: "b0 a1 b2 a3", four: "c0" };

  test.each([
    ["startsWith=a", ["abc 1", "acb 1"]],
    ["startsWith=a&startsWith=c", ["abc 1", "acb 1", "c 1"]],
    ["endsWith=b", ["acb 1"]],
    ["passes=a&passes=c", ["abc 1", "acb 1"]],
    ["avoids=c", ["baba 1"]],
    ["followsFirst=a&followsThen=b", ["abc 1", "baba 1"]],
    ["followsFirst=a&followsThen=b&followsHow=later", ["abc 1", "acb 1", "baba 1"]],
    ["followsFirst=a&followsThen=b&followsHow=later&followsWithinS=300", ["abc 1", "baba 1"]],
    ["followsFirst=a&followsThen=b&followsWithinS=60", ["baba 1"]],
    ["repeats=a", ["baba 1"]],
    ["repeats=a&repeatsTimes=3", []],
    ["cut=session&gapMinutes=2.5", ["a 1", "ab 1", "b 1", "baba 1", "c 3"]],
    ["cut=touchpoint&start=a", ["a 1", "ab 1", "abc 1", "acb 1"]],
    ["cut=touchpoint&end=b", ["a 1", "ab 2", "acb 1", "b 1", "c 2"]],
    ["cut=touchpoint&start=a&end=b", ["a 1", "ab 2", "acb 1"]],
    ["level=stage", []],
  ])("are those asked for by %s", async (query, expected) => {
    await walk(walks);

    expect(await pathsOf(query)).toEqual(expected);
  });

  test("are narrowed to what an interaction carries and to what is known of the customer, whatever cuts them", async () => {
    const carrying = (properties: object) => ({ message: JSON.stringify({ type: "track", properties }) });
    await walk({ one: "a0 b2" }, carrying({ payment: "card", order: { kind: "gift" } }));
    await walk({ one: "c90" }, carrying({ payment: "cash" }));
    await walk({ two: "a0 c4" }, carrying({ payment: "cash=coins" }));
    await insertInteractions(firsthand.services.db, organisation.workspaceId, ["one", "two"].map((user, index) => makeInteraction(organisation.workspaceId, { type: "identify", name: "identify", subject: `user:${user}`, userId: user, at: at(1), message: JSON.stringify({ type: "identify", traits: { plan: index === 0 ? "Gold" : "basic" } }) })));
    await firsthand.settle();

    expect(await pathsOf("property=payment=card")).toEqual(["abc 1"]);
    expect(await pathsOf("property=payment=card&property=payment=cash")).toEqual(["abc 1"]);
    expect(await pathsOf("property=payment=card&cut=session")).toEqual(["ab 1"]);
    expect(await pathsOf("property=order.kind=gift&cut=touchpoint&start=a&end=b")).toEqual(["ab 1"]);
    expect(await pathsOf("property=payment=cash=coins")).toEqual(["ac 1"]);
    expect(await pathsOf("property=payment=CARD")).toEqual([]);
    await expect.poll(() => pathsOf("trait=plan=gold"), { timeout: 15_000, interval: 200 }).toEqual(["abc 1"]);
    expect(await pathsOf("trait=plan=gold&trait=plan=basic")).toEqual([]);
    expect(await pathsOf("trait=plan=basic&property=payment=card")).toEqual([]);
  });

  test("that are the same are one variant, found again by its id", async () => {
    await walk({ one: "a0 b2", two: "a7 b9", three: "b0 a2", four: "a0 b1 b2" });

    const { items, variants, paths, longest } = variantsReply.parse(await ask("variants"));

    expect([variants, paths, longest]).toEqual([3, 4, 3]);
    expect(items[0]).toMatchObject({ path: ["a", "b"], paths: 2, customers: 2, share: 0.5, meanS: 120, medianS: 120, lastAt: at(9) });
    expect((await graph(`variant=${items[0]?.id ?? ""}`)).totals).toMatchObject({ paths: 2, steps: 4 });
  });

  test("of one object are cut by a property, also one that lies deeper", async () => {
    const order = (id: string) => ({ message: JSON.stringify({ type: "track", properties: { order: { id } } }) });
    await walk({ one: "buy0 pack3" }, order("1"));
    await walk({ one: "buy1 pack2" }, order("2"));
    await walk({ one: "look0" });

    expect(edgesOf(await graph("cut=object&object=order.id"))).toEqual(["buy>pack 2"]);
    expect((await graph("cut=object&object=order.id")).totals).toMatchObject({ paths: 2, steps: 4, customers: 1 });
  });

  test("of objects are as many as an interaction lists, and refused rather than cut when they are too many", async () => {
    const listing = (order: readonly string[]) => ({ message: JSON.stringify({ type: "track", properties: { order } }) });
    await walk({ one: "a0 b2" }, listing(Array.from({ length: 250 }, (_, index) => `o${index % 240}`)));

    expect((await graph("cut=object&object=order")).totals).toMatchObject({ paths: 240, steps: 480, customers: 1 });

    await walk({ two: "a0 b2 c3 d4 e5" }, listing(Array.from({ length: 100_000 }, (_, index) => `${index}`)));
    expect(await organisation.viewer.ask("GET", "/api/paths/graph?cut=object&object=order&from=2026-06-01T12:00:00Z")).toMatchObject({ status: 400, body: { error: { code: "path_objects_too_many" } } });
  });

  test("of a customer with very many interactions are counted in full, and told only in part", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => makeInteraction(organisation.workspaceId, { subject: "user:one", userId: "one", name: "a", touchpoint: "a", at: at(index / 10) }));
    await insertInteractions(firsthand.services.db, organisation.workspaceId, many);
    await firsthand.settle();

    expect((await graph()).nodes).toMatchObject([{ name: "a", count: 20_000, loops: 19_999, starts: 1, ends: 1 }]);
    const { items } = variantsReply.parse(await ask("variants"));
    expect([items[0]?.length, items[0]?.path.length]).toEqual([20_000, 100]);
    expect(travellersReply.parse(await ask("travellers")).travellers[0]?.steps).toHaveLength(100);
  });

  test("by step have others and who left", async () => {
    await walk({ one: "a0 b1 c2", two: "a0 b1", three: "a0 c1", four: "d0" });

    const { nodes, links, paths } = flowReply.parse(await ask("flow?steps=3&perStep=1"));

    expect(paths).toBe(4);
    expect(nodes.map(({ id, name, paths: count }) => [id, name, count])).toEqual([["1:0", "a", 3], ["1:other", null, 1], ["2:0", "b", 2], ["2:other", null, 1], ["2:left", null, 1], ["3:0", "c", 1], ["3:left", null, 2]]);
    expect(links).toEqual(expect.arrayContaining([{ from: "1:other", to: "2:left", paths: 1 }, { from: "2:0", to: "3:left", paths: 1 }]));
  });

  test("by step lose nobody, however many names follow each other in however many ways", async () => {
    const names = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(0x4e00 + index));
    // Each of 800 customers goes a way of their own, four steps long.
    const ways = Array.from({ length: 800 }, (_, who) => [who, who + Math.floor(who / 40), who * 3, who * 7 + Math.floor(who / 40)].map((place) => names[place % 40] ?? ""));
    await walk(Object.fromEntries(ways.map((way, who) => [`c${who}`, way.map((name, step) => `${name}${step}`).join(" ")])));

    const { nodes, links, paths } = flowReply.parse(await ask("flow?steps=5&perStep=3"));
    expect(paths).toBe(800);
    for (const step of [1, 2, 3, 4]) expect(nodes.filter((node) => node.step === step).map(({ kind, paths: count }) => [kind, count])).toEqual([["named", 20], ["named", 20], ["named", 20], ["other", 740]]);
    expect(nodes.filter(({ kind }) => kind === "left")).toEqual([{ id: "5:left", step: 5, name: null, kind: "left", paths: 800 }]);
    expect(links.filter(({ to }) => to === "4:other").reduce((sum, link) => sum + link.paths, 0)).toBe(740);
  });

  test.each([
    ["ordered", [4, 3, 2]],
    ["strict", [4, 3, 1]],
    ["any", [4, 4, 3]],
  ])("get through a funnel, %s", async (mode, expected) => {
    await walk({ one: "a0 b1 c2", two: "a0 b1 x2 c3", three: "c0 a1 b2", four: "b0 a1" });

    const { steps } = funnelReply.parse(await ask(`funnel?step=a&step=b&step=c&mode=${mode}`));

    expect(steps.map(({ paths }) => paths)).toEqual(expected);
    expect([steps[0]?.share, steps[0]?.stepShare, steps[2]?.share]).toEqual([1, 1, (expected[2] ?? 0) / 4]);
  });

  test("of customers who come back count only where the time is over, and known", async () => {
    const day = 24 * 60;
    await walk({ one: `a0 a${8 * day}`, two: `a0 a${1 * day}`, three: `a${14 * day} a${22 * day}` });
    const back = async (period: string) => {
      const { customers, points } = returnReply.parse(await ask(`retention?unit=week&most=3&${period}`));
      return [customers, points.map(({ eligible, returned }) => [eligible, returned])];
    };

    // The third week of the first two is over on the 22nd day; nothing is known of the second week of the third, however late it is by now.
    for (const period of ["to=2026-06-25", "to=2026-07-01"]) expect([period, await back(period)]).toEqual([period, [3, [[2, 1], [2, 0], [0, 0]]]]);
    expect(await back("to=2026-06-16")).toEqual([3, [[2, 1], [0, 0], [0, 0]]]);
    expect(returnReply.parse(await ask("retention?unit=week&most=1")).points[0]?.share).toBe(0.5);
  });

  test("of customers who come back are of those first met in the period, not of those who were here for years", async () => {
    const day = 24 * 60;
    await walk({ long: `a0 a${10 * day} b${11 * day} a${18 * day}`, new: `a${10 * day} a${18 * day} b${25 * day}` });
    const from = `from=${at(9 * day)}&to=2026-07-01&unit=week&most=1`;
    expect(returnReply.parse(await ask(`retention?${from}`))).toMatchObject({ customers: 1, points: [{ eligible: 1, returned: 1 }] });
    // Each meets b for the first time in the period; the end of what is known is that of the newer one.
    expect(returnReply.parse(await ask(`retention?${from}&first=b`))).toMatchObject({ customers: 2, points: [{ eligible: 1, returned: 1 }] });
    expect(returnReply.parse(await ask(`retention?${from}&first=b&back=b`))).toMatchObject({ customers: 2, points: [{ eligible: 1, returned: 0 }] });
  });

  test("fall silent on the way and at their end", async () => {
    await walk({ one: "a0 b6000", two: "a0 b1" });

    const found = silencesReply.parse(await ask("silences?longerThanHours=24"));

    expect(found.silences).toEqual([{ from: "a", to: "b", count: 1, customers: 1, medianS: 360_000, longestS: 360_000 }]);
    // The other was there when the last of all was heard.
    expect(found.silent).toEqual([{ name: "b", customers: 1, medianS: 5999 * 60 }]);
  });

  test("fall silent only where the paths asked for do, and while anything is known", async () => {
    await walk({ one: "a0 b1", two: "c0 b1 c2", three: "a0 b1 c3000", four: "d9000" });
    const silent = async (question: string) => silencesReply.parse(await ask(`silences?${question}`)).silent.map(({ name, customers }) => `${name} ${customers}`);

    expect(await silent("longerThanHours=24")).toEqual(["c 2", "b 1"]);
    expect(await silent("longerThanHours=24&startsWith=a")).toEqual(["b 1", "c 1"]);
    expect(await silent("longerThanHours=24&passes=a&endsWith=b")).toEqual(["b 1"]);
    // The first visit of three ended at b, but something was heard afterwards.
    expect(await silent("longerThanHours=24&cut=session&startsWith=a")).toEqual(["b 1"]);
    expect(await silent("longerThanHours=160&from=2026-06-01&to=2027-01-01")).toEqual([]);
  });

  test("have places with examples to open", async () => {
    await walk({ one: "a0 b2", two: "a0 b4 a5 b9" });

    const place = placeReply.parse(await ask("place?node=b&previous=a"));

    expect(place).toMatchObject({ count: 3, customers: 2, times: { minS: 120, medianS: 240, maxS: 240, meanS: 200 } });
    expect(place.examples.map(({ count, lastAt }) => [count, lastAt])).toEqual([[2, at(9)], [1, at(2)]]);
    expect((await organisation.viewer.ask("GET", `/api/customers/${place.examples[0]?.customerId ?? ""}`)).status).toBe(200);
  });
});

describe("what may be chosen from", () => {
  test("are names that were met, and attributes with the values that were said more than once", async () => {
    const carrying = (payment: string) => ({ message: JSON.stringify({ type: "track", properties: { payment, order: { id: payment }, seen: [1], "a=b": 1 } }) });
    await walk({ one: "b0 b2" }, carrying("card"));
    await walk({ two: "a0" }, carrying("4929 1111"));

    expect((await organisation.viewer.ask("GET", "/api/paths/names")).body).toEqual({ names: ["b", "a"] });
    expect(attributesReply.parse(await ask("attributes"))).toEqual({ properties: [{ name: "order.id", values: ["card"] }, { name: "payment", values: ["card"] }], traits: [] });
  });

  test("and what is asked for are nothing to a key that may not read customers", async () => {
    await walk({ one: "b0 b2" });
    const token = await firsthand.makeApiKey(organisation, ["paths.read"]);
    const statusOf = async (question: string): Promise<number> => (await firsthand.nobody.ask("GET", `/api/paths/${question}`, undefined, { authorization: `Bearer ${token}` })).status;

    expect(await statusOf("names")).toBe(200);
    for (const question of ["attributes", "graph?trait=email=a", "variants?property=a=b", "place?node=b&trait=a=b", "effects?outcome=leaving&trait=a=b", "effects/outcomes?trait=a=b"]) expect([question, await statusOf(question)]).toEqual([question, 403]);
  });
});

describe("questions about paths", () => {
  test.each([
    ["graph?cut=object", "path_cut_unclear"],
    ["graph?cut=touchpoint", "path_cut_unclear"],
    ["graph?followsFirst=a", "path_filter_unclear"],
    ["funnel?step=a", "path_funnel_unclear"],
    ["graph?from=2026-06-02&to=2026-06-01", "journey_period_empty"],
    ["graph?from=1800-06-02&to=2026-06-01", "journey_period_too_long"],
    ["graph?segment=00000000-0000-7000-8000-000000000001", "journey_segment_missing"],
    ["graph?detail=2", "invalid_input"],
    ["graph?property=plan", "invalid_input"],
    ["graph?trait==gold", "invalid_input"],
    ["place", "invalid_input"],
  ])("are refused when they cannot be answered: %s", async (question, code) => {
    expect((await organisation.viewer.ask("GET", `/api/paths/${question}`)).body).toMatchObject({ error: { code } });
  });

  test("of another organisation find nothing of this one", async () => {
    await walk({ one: "a0 b2" });
    const stranger = (await firsthand.makeOrganisation()).owner;

    for (const question of ["graph", "variants", "flow", "retention", "silences", "place?node=b", "travellers"]) expect(JSON.stringify(await ask(question, stranger))).not.toMatch(/"name":"[ab]"|"path":\["a|"customerId"/u);
    expect(funnelReply.parse(await ask("funnel?step=a&step=b", stranger)).steps.map(({ paths }) => paths)).toEqual([0, 0]);
    expect(graphReply.parse(await ask("graph", stranger)).totals).toMatchObject({ steps: 0, paths: 0, names: 0 });
  });

  test("narrow to a segment and to a channel", async () => {
    await walk({ one: "a0 b2" }, { channel: "web" });
    await walk({ two: "a0 c2" }, { channel: "app" });
    const { id } = segment.parse((await organisation.manager.ask("POST", "/api/segments", { name: "some", kind: "list" })).body);
    const place = placeReply.parse(await ask("place?node=b"));
    await organisation.manager.ask("POST", `/api/segments/${id}/entries`, { customerIds: place.examples.map(({ customerId }) => customerId) });

    expect(edgesOf(await graph("channel=app"))).toEqual(["a>c 1"]);
    expect(edgesOf(await graph(`segment=${id}`))).toEqual(["a>b 1"]);
  });
});
