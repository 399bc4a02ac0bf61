import { expect, test } from "vitest";
import { controlDiscoveries } from "./discoveries.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import type { Summary } from "./scores.ts";

const interval = { score: 30, low: 28, high: 34 };
const changed = (p: number) => ({ previousCount: 1_000, previousScore: 39, previousLow: 37, previousHigh: 43, difference: -9, z: -2, p, isSignificant: p < 0.05, compared: null });
const summaryOf = (p: number, weightedP: number | null = null): Summary => ({
  metric: "nps", title: "", unit: "points", scale: { min: 0, max: 10 }, otherScales: [], count: 1_204, ...interval, outOf: null, evidence: "normal", bands: [], distribution: [], mean: 7, share: null,
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

test("one score of three that moved is a change as it is by itself", () => {
  expect(flags(controlDiscoveries({ ...none, summaries: [summaryOf(0.013), summaryOf(0.4), summaryOf(0.8)] }, false))).toEqual([true, false, false]);
});

test("one of thirty-one that is just below five in a hundred is chance, whether it is one of the three or of the others", () => {
  for (const given of [{ summaries: [summaryOf(0.04)], others: chance }, { summaries: chance.slice(0, 3), others: [summaryOf(0.04), ...chance.slice(3)] }])
    expect(flags(controlDiscoveries({ ...given, breakdowns: [] }, false)).some(Boolean)).toBe(false);
  expect(flags(controlDiscoveries({ summaries: [summaryOf(0.0001)], others: chance, breakdowns: [] }, false)).filter(Boolean)).toHaveLength(1);
});

test("groups and scores are controlled together", () => {
  expect(flags(controlDiscoveries({ summaries: [summaryOf(0.5)], others: chance, breakdowns: [breakdownOf(0.01, 0.3)] }, false)).some(Boolean)).toBe(false);
  expect(flags(controlDiscoveries({ summaries: [summaryOf(0.04)], others: [], breakdowns: [breakdownOf(0.001, 0.002, 0.003, 0.004)] }, false))).toEqual([true, true, true, true, true]);
});

test("nothing becomes a difference that was none by itself", () => {
  expect(flags(controlDiscoveries({ summaries: [summaryOf(0.07)], others: [], breakdowns: [breakdownOf(0.0001, 0.0002)] }, false))[0]).toBe(false);
});

test("where weighted figures are shown their changes are the ones that count", () => {
  const weighted = (found: ReturnType<typeof controlDiscoveries>) => found.summaries[0]?.weighted?.change?.isSignificant;
  expect(weighted(controlDiscoveries({ ...none, summaries: [summaryOf(0.9, 0.01)] }, true))).toBe(true);
  expect(weighted(controlDiscoveries({ summaries: [summaryOf(0.9, 0.04)], others: chance, breakdowns: [] }, true))).toBe(false);
});
