import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { funnelReply, graphReply, variantsReply } from "./paths.contract.ts";

// A few customers with many steps among few touchpoints: loops, several steps in one moment, visits that end at any edge, and orders that two share.
type Step = { user: string; node: string; name: string; channel: string; order: string; ms: number; seq: number };
type Path = { user: string; steps: Step[] };

const minute = 60_000;
const start = Date.parse("2026-06-01T12:00:00Z");
let firsthand: Installation;
let organisation: Organisation;
let walked: Step[];

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-07-01T00:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  let seed = 11;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  walked = Array.from({ length: 500 }, (_, seq) => ({
    user: `customer${next(60)}`, node: "aabc"[next(4)] ?? "a", name: "xyz"[next(3)] ?? "x", channel: ["web", "app"][next(2)] ?? "web", order: `${next(30)}`, ms: start + next(90) * 7 * minute + next(2), seq,
  }));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, walked.map(({ user, node, name, channel, order, ms }) =>
    makeInteraction(organisation.workspaceId, { subject: `user:${user}`, userId: user, name, touchpoint: node, channel, at: new Date(ms).toISOString(), message: JSON.stringify({ type: "track", properties: { order } }) })));
  await firsthand.settle();
});
afterAll(() => firsthand.stop());

const ask = async (question: string) => {
  const reply = await organisation.viewer.ask("GET", `/api/paths/${question}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
};

/** Paths worked out by hand: in order of time, then of arrival. */
const pathsBy = (steps: readonly Step[], ownerOf: (step: Step) => string, isStart: (step: Step, before: Step | undefined) => boolean = (_, before) => before === undefined): Path[] =>
  [...Map.groupBy(steps.toSorted((one, other) => one.ms - other.ms || one.seq - other.seq), ownerOf).values()].flatMap((own) => {
    const paths: Path[] = [];
    for (const [at, step] of own.entries()) {
      if (isStart(step, own[at - 1])) paths.push({ user: step.user, steps: [] });
      paths.at(-1)?.steps.push(step);
    }
    return paths;
  });

const rounded = (seconds: number): string => seconds.toFixed(6);
const middle = (values: readonly number[]): number => {
  const ordered = values.toSorted((one, other) => one - other);
  return ((ordered[Math.floor((ordered.length - 1) / 2)] ?? 0) + (ordered[Math.ceil((ordered.length - 1) / 2)] ?? 0)) / 2;
};

/** One line for each variant: what was done, by how many paths and people, how long it took, when it ended last. */
const describePaths = (paths: readonly Path[], nodeOf: (step: Step) => string): string[] =>
  [...Map.groupBy(paths, ({ steps }) => steps.map(nodeOf).join(""))].map(([path, own]) => {
    const took = own.map(({ steps }) => ((steps.at(-1)?.ms ?? 0) - (steps[0]?.ms ?? 0)) / 1000);
    const lastAt = new Date(Math.max(...own.map(({ steps }) => steps.at(-1)?.ms ?? 0))).toISOString();
    return [path, own.length, peopleOf(own), rounded(took.reduce((sum, one) => sum + one, 0) / took.length), rounded(middle(took)), lastAt].join(" ");
  }).toSorted();

/** An order that two share is counted for one of them, whichever. */
const peopleOf = (paths: readonly Path[]): string => (paths.some(({ user, steps }) => steps.some((step) => step.user !== user)) ? "some" : `${new Set(paths.map(({ user }) => user)).size}`);

const byCustomer = ({ user }: Step): string => user;
const isVisit = (step: Step, before: Step | undefined): boolean => before === undefined || step.ms - before.ms > 30 * minute;
const later = start + 290 * minute;
const within = (steps: readonly Step[]): Step[] => steps.filter(({ ms }) => ms >= later && ms < later + 200 * minute);
const period = `from=${new Date(later).toISOString()}&to=${new Date(later + 200 * minute).toISOString()}`;
const nodeOf = ({ node }: Step): string => node;
const passesC = (paths: readonly Path[]): Path[] => paths.filter(({ steps }) => steps.some(({ node }) => node === "c"));

const cases: [question: string, paths: () => Path[], nodeOf: (step: Step) => string][] = [
  ["cut=customer", () => pathsBy(walked, byCustomer), nodeOf],
  ["cut=customer&level=name", () => pathsBy(walked, byCustomer), ({ name }) => name],
  [`cut=customer&${period}`, () => pathsBy(within(walked), byCustomer), nodeOf],
  ["cut=customer&channel=web", () => pathsBy(walked.filter(({ channel }) => channel === "web"), byCustomer), nodeOf],
  ["cut=customer&passes=c", () => passesC(pathsBy(walked, byCustomer)), nodeOf],
  ["cut=session", () => pathsBy(walked, byCustomer, isVisit), nodeOf],
  [`cut=session&${period}`, () => pathsBy(within(walked), byCustomer, isVisit), nodeOf],
  [`cut=session&passes=c&${period}`, () => passesC(pathsBy(within(walked), byCustomer, isVisit)), nodeOf],
  ["cut=session&channel=app", () => pathsBy(walked.filter(({ channel }) => channel === "app"), byCustomer, isVisit), nodeOf],
  ["cut=object&object=order", () => pathsBy(walked, ({ order }) => order), nodeOf],
  [`cut=object&object=order&${period}`, () => pathsBy(within(walked), ({ order }) => order), nodeOf],
  ["cut=touchpoint&end=c", () => pathsBy(walked, byCustomer, (_, before) => before === undefined || before.node === "c"), nodeOf],
];

describe("variants", () => {
  test.each(cases)("of %s are those that were walked", async (question, paths, node) => {
    const { items, variants, paths: count, steps, longest } = variantsReply.parse(await ask(`variants?limit=100&${question}`));

    const expected = paths();
    const told = items.flatMap(({ path, paths: own, customers, meanS, medianS, lastAt }) => [customers, "some"].map((people) => [path.join(""), own, people, rounded(meanS), rounded(medianS), lastAt].join(" ")));
    const untold = describePaths(expected, node).filter((line) => !told.includes(line));
    expect(untold, untold[0]).toHaveLength(Math.max(0, variants - 100));
    expect([variants, items.length, count, steps, longest]).toEqual([
      describePaths(expected, node).length, Math.min(100, describePaths(expected, node).length), expected.length, expected.flatMap((one) => one.steps).length, Math.max(...expected.map((one) => one.steps.length)),
    ]);
  });

  test.each(cases.slice(0, 6))("of %s come in the same order each time and are found again by their ids", async (question) => {
    const [{ items }, again] = [variantsReply.parse(await ask(`variants?limit=5&${question}`)), variantsReply.parse(await ask(`variants?limit=100&${question}`))];

    expect(again.items.slice(0, 5)).toEqual(items);
    for (const { id, paths, length } of items.filter((_, at) => at % 2 === 0)) expect(graphReply.parse(await ask(`graph?${question}&variant=${id}`)).totals).toMatchObject({ paths, steps: paths * length });
  });
});

describe("of another workspace", () => {
  const walk = async (walks: Record<string, string>): Promise<Organisation> => {
    const other = await firsthand.makeOrganisation();
    await insertInteractions(firsthand.services.db, other.workspaceId, Object.entries(walks).flatMap(([user, steps], day) => [...steps].map((touchpoint, at) =>
      makeInteraction(other.workspaceId, { subject: `user:${user}`, userId: user, name: touchpoint, touchpoint, at: new Date(start + day * 1_440 * minute + at * minute).toISOString() }))));
    await firsthand.settle();
    return other;
  };
  const read = async ({ viewer }: Organisation, question: string): Promise<unknown> => (await viewer.ask("GET", `/api/paths/${question}`)).body;

  test("variants taken equally often stand in the order they were first taken, however long they are, also where some are left out", async () => {
    const other = await walk({ one: "abcd", two: "ab", three: "abc", four: "b", five: "b" });
    const waysOf = async (limit: number): Promise<string[]> => variantsReply.parse(await read(other, `variants?limit=${limit}`)).items.map(({ path }) => path.join(""));
    expect([await waysOf(20), await waysOf(2)]).toEqual([["b", "abcd", "ab", "abc"], ["b", "abcd"]]);
  });

  // As in mining/made-logs.test.ts.
  test("a funnel that asks for a step twice wants it twice, in whatever order", async () => {
    const other = await walk({ one: "ab", two: "aab", three: "aba" });
    const reached = async (mode: string, steps: string): Promise<number[]> =>
      funnelReply.parse(await read(other, `funnel?mode=${mode}&${[...steps].map((step) => `step=${step}`).join("&")}`)).steps.map(({ paths }) => paths);
    expect([await reached("ordered", "aa"), await reached("strict", "aa"), await reached("any", "aa"), await reached("any", "aba")]).toEqual([[3, 2], [3, 1], [3, 2], [3, 3, 2]]);
  });
});
