import { expect, test } from "vitest";
import { controlDiscoveries } from "./discoveries.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import type { Summary } from "./scores.ts";

const interval = { score: 30, low: 28, high: 34 };
const changed = (p: number) => ({ previousCount: 1_000, previousScore: 39, previousLow: 37, previousHigh: 43, difference: -9, z: -2, p, isSignificant: p < 0.05, compared: null });
let made = 0;
// Each of a metric of its own.
const summaryOf = (p: number, weightedP: number | null = null): Summary => ({
  metric: `custom:00000000-0000-0000-0000-${String((made += 1)).padStart(12, "0")}`, title: "", unit: "points", scale: { min: 0, max: 10 }, otherScales: [], count: 1_204, ...interval, outOf: null, evidence: "normal", bands: [], distribution: [], mean: 7, share: null,
  change: changed(p), weighted: weightedP === null ? null : { ...interval, effectiveCount: 900, designEffect: 1.2, isUnsteady: false, change: changed(weightedP) },
  definition: { title: "", formula: "", interval: "", comparison: "", source: "" },
});
const breakdownOf = (...ps: number[]): BreakdownReply => ({
  metric: "nps", title: "", unit: "points", by: "channel", period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { count: 500, ...interval, evidence: "normal", weighted: null },
  groups: ps.map((p, place) => ({ value: `${place}`, label: null, count: 100, ...interval, evidence: "normal", weighted: null, versusRest: { difference: 5, z: 2, p, isDifferent: true } })),
  groupsLeftOut: 0, hiddenGroups: 0, overlaps: false, asOf: "answer",
});
const chance = Array.from({ length: 30 }, (_, place) => summaryOf(0.06 + place / 40));
const flags = (found: ReturnType<typeof controlDiscoveries>): boolean[] => [...[...found.summaries, ...found.others].map(({ change }) => change?.isSignificant ?? false), ...found.breakdowns.flatMap(({ groups }) => groups.map(({ versusRest }) => versusRest?.isDifferent ?? false))];
const none = { others: [], breakdowns: [] };
type Given = Omit<Parameters<typeof controlDiscoveries>[0], "changes">;
/** As if alerts found of each score what its own test found. */
const control = (given: Given, isWeighted: boolean) => controlDiscoveries({ ...given, changes: found([...given.summaries, ...given.others]) }, isWeighted);
const found = (summaries: readonly Summary[]) => summaries.map(({ metric, change }) => ({ metric, count: 1_204, previousCount: 1_000, difference: -9, low: -12, high: -6, p: change?.p ?? 1 }));

test("one score of three that moved is a change as it is by itself", () => {
  expect(flags(control({ ...none, summaries: [summaryOf(0.013), summaryOf(0.4), summaryOf(0.8)] }, false))).toEqual([true, false, false]);
});

test("one of thirty-one that is just below five in a hundred is chance, whether it is one of the three or of the others", () => {
  for (const given of [{ summaries: [summaryOf(0.04)], others: chance }, { summaries: chance.slice(0, 3), others: [summaryOf(0.04), ...chance.slice(3)] }])
    expect(flags(control({ ...given, breakdowns: [] }, false)).some(Boolean)).toBe(false);
  expect(flags(control({ summaries: [summaryOf(0.0001)], others: chance, breakdowns: [] }, false)).filter(Boolean)).toHaveLength(1);
});

test("groups and scores are controlled together", () => {
  expect(flags(control({ summaries: [summaryOf(0.5)], others: chance, breakdowns: [breakdownOf(0.01, 0.3)] }, false)).some(Boolean)).toBe(false);
  expect(flags(control({ summaries: [summaryOf(0.04)], others: [], breakdowns: [breakdownOf(0.001, 0.002, 0.003, 0.004)] }, false))).toEqual([true, true, true, true, true]);
});

test("nothing becomes a difference that was none by itself", () => {
  expect(flags(control({ summaries: [summaryOf(0.07)], others: [], breakdowns: [breakdownOf(0.0001, 0.0002)] }, false))[0]).toBe(false);
});

test("where weighted figures are shown their changes are the ones that count", () => {
  const weighted = (found: ReturnType<typeof controlDiscoveries>) => found.summaries[0]?.weighted?.change?.isSignificant;
  expect(weighted(control({ ...none, summaries: [summaryOf(0.9, 0.01)] }, true))).toBe(true);
  expect(weighted(control({ summaries: [summaryOf(0.9, 0.04)], others: chance, breakdowns: [] }, true))).toBe(false);
});

test("a score of which alerts could not be asked is told by its own test, the others by what alerts found", () => {
  const [asked, unasked] = [summaryOf(0.0001), summaryOf(0.0001)];
  const told = controlDiscoveries({ ...none, summaries: [asked, unasked], changes: [], failed: [unasked.metric] }, false).summaries;
  expect(told.map(({ change }) => [change?.isSignificant, change?.p])).toEqual([[false, null], [true, 0.0001]]);
});

test.each([
  ["alerts found nothing", [{ p: 0.2, difference: -9 }], false, 0.2],
  ["alerts would not look", [], false, null],
  ["the same weekdays moved the other way", [{ p: 0.001, difference: 9 }], false, null],
  ["alerts found it too", [{ p: 0.001, difference: -9 }], true, 0.001],
])("a score is told by what alerts found, whatever its own test says: %s", (_, given, isTold, p) => {
  const summary = summaryOf(0.0001);
  const changes = given.map((one) => ({ metric: summary.metric, count: 1_204, previousCount: 1_000, low: -20, high: 20, ...one }));
  const [told] = controlDiscoveries({ summaries: [summary], others: [], breakdowns: [], changes }, false).summaries;
  expect(told?.change).toMatchObject({ isSignificant: isTold, p });
});
