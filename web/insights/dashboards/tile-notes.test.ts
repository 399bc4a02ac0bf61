import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { expect, test } from "vitest";
import { notesOf } from "./tile-notes.ts";
import { toneOfDifference } from "./tile-scores.ts";

const interval = { score: 31, low: 20, high: 40 };
const group = (value: string, weighted: (typeof interval & { versusRest: null }) | null = null) => ({ value, label: null, count: 40, ...interval, evidence: "limited" as const, versusRest: null, weighted });
const empty: Measured = {
  state: "measured", tileId: "01900000-0000-7000-8000-000000000001", asked: { period: { from: "", to: "" }, filters: {} }, isWeighted: false, previous: null,
  definition: { title: "", formula: "", interval: "", comparison: "", source: "" }, fact: null, summary: null, trend: null, breaks: null, breakdown: null, bands: null, heat: null, answers: null, spread: null, cases: null,
};
const breakdown: NonNullable<Measured["breakdown"]> = {
  metric: "nps", title: "", unit: "points", by: "channel", period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { count: 80, ...interval, evidence: "limited", weighted: null },
  groups: [group("web"), group("shop")], groupsLeftOut: 0, hiddenGroups: 0, overlaps: false, asOf: "answer",
};
const tile = { id: "", title: "", place: { x: 0, y: 0, w: 4, h: 4 }, metric: "nps", filters: {}, period: null, isWeighted: false, target: null } as const;
const bars: MeasuredTile = { chart: "bars", split: "channel", ...tile };

test.each([
  ["nothing where nothing is left out", {}, []],
  ["that groups of few people are hidden", { hiddenGroups: 2 }, ["2 groups of fewer than 5 people, or by which these could be worked out, are hidden"]],
  ["that people may be in several groups", { overlaps: true }, ["People can be in several segments; members of today."]],
  ["that there are further groups", { groupsLeftOut: 3 }, ["3 further groups are not shown"]],
  ["that answers on other scales are left out", { otherScales: [{ min: 1, max: 5, count: 1_204 }, { min: 5, max: 1, count: 1 }] }, ["1,205 answers on other scales are left out"]],
  ["that scores are unweighted where weights would tell another", { groups: [group("web", { ...interval, versusRest: null })] }, ["Unweighted"]],
])("a tile of groups says %s", (_what, given, said) => {
  expect(notesOf(bars, { ...empty, breakdown: { ...breakdown, ...given } })).toEqual(said);
});

test("a tile by weights says so, and that what counts answers is not", () => {
  const weighted: Measured = { ...empty, isWeighted: true, breakdown: { ...breakdown, groups: [group("web", { ...interval, versusRest: null })] } };
  expect(notesOf(bars, weighted)).toEqual(["Weighted"]);
  expect(notesOf({ ...bars, metric: "nps", chart: "stacked" }, weighted)).toEqual(["Counted unweighted"]);
});

test.each([
  ["rare alone, and not among the others of its board", { p: 0.03, isSignificant: false }, ["Not marked: rare by chance where it stands alone, not among all changes shown together here"]],
  ["marked", { p: 0.03, isSignificant: true }, []],
  ["within chance anyway", { p: 0.2, isSignificant: false }, []],
  ["not tested", { p: null, isSignificant: false }, []],
])("a change that is %s", (_what, tested, said) => {
  const change = { previousCount: 90, previousScore: 20, previousLow: 15, previousHigh: 25, difference: 11, z: null, compared: null, ...tested };
  const summary: NonNullable<Measured["summary"]> = {
    metric: "nps", title: "", unit: "points", scale: { min: 0, max: 10 }, otherScales: [], count: 100, ...interval, outOf: null, evidence: "normal", bands: [], distribution: [], mean: null, share: null, change, weighted: null,
    definition: empty.definition,
  };
  expect(notesOf({ chart: "number", ...tile }, { ...empty, summary })).toEqual(said);
});

test("a response rate says that those asked lately may yet answer, and what its change counts", () => {
  const trend: NonNullable<Measured["trend"]> = { metric: "response_rate", title: "", unit: "percent", bucket: "day", timeZone: "UTC", period: { from: "", to: "" }, scale: { min: 0, max: 1 }, otherScales: [], points: [] };
  const change = { previousCount: 90, previousScore: 20, previousLow: 15, previousHigh: 25, difference: 0, z: 0, p: 1, isSignificant: false, compared: { answeringDays: 3, count: 80, score: 20 } };
  const summary: NonNullable<Measured["summary"]> = {
    metric: "response_rate", title: "", unit: "percent", scale: { min: 0, max: 1 }, otherScales: [], count: 100, ...interval, outOf: null, evidence: "normal", bands: [], distribution: [], mean: null, share: null, change, weighted: null,
    definition: empty.definition,
  };
  expect(notesOf({ chart: "trend", bucket: null, ...tile }, { ...empty, trend })).toEqual(["Those asked in the last days may yet answer."]);
  expect(notesOf({ chart: "number", ...tile }, { ...empty, summary, trend })).toEqual(["Compared by answers within 3 days"]);
});

test("the course of a need from facts says at what age cases are looked at, and from when on not all have had their time", () => {
  const points = [{ from: "2026-06-01T00:00:00.000Z", to: "2026-06-08T00:00:00.000Z", count: 12, ...interval, evidence: "limited" as const, weighted: null }];
  const trend: NonNullable<Measured["trend"]> = { metric: "fact_longest_silence", title: "", unit: "percent_over", bucket: "week", timeZone: "UTC", period: { from: "", to: "" }, scale: { min: 0, max: 1 }, otherScales: [], points };
  const noted = (ripeUntil: string) => notesOf({ chart: "trend", bucket: null, ...tile }, { ...empty, trend, fact: { measure: "longest_silence", unit: "days", limit: 3, ageDays: 10, ripeUntil } });
  expect(noted("2026-06-05T00:00:00.000Z")).toEqual(["Every case as it was 10 days after it began, so that the last ones stand beside the first.", expect.stringMatching(/^After .*5.* not all cases have had the time/u)]);
  expect(noted("2026-07-05T00:00:00.000Z")).toHaveLength(1);
});

test("of cases over a limit less is better", () => {
  expect(toneOfDifference({ unit: "percent_over", scale: { min: 0, max: 1 } }, { difference: 4, isDifferent: true })).toBe("target-missed");
});

test("stacked bars, of which only the largest are drawn, say how many are not", () => {
  const bands = [{ value: "web", label: null, count: 40, bands: [] }];
  expect(notesOf({ ...bars, metric: "nps", chart: "stacked" }, { ...empty, breakdown: { ...breakdown, groupsLeftOut: 1 }, bands })).toEqual(["2 further groups are not shown"]);
});

test.each([
  [{ min: 1, max: 5 }, 0.4, "target-met"],
  [{ min: 1, max: 5 }, -0.4, "target-missed"],
  // Where 1 is the best mark, more is worse.
  [{ min: 5, max: 1 }, 0.4, "target-missed"],
  [{ min: 5, max: 1 }, -0.4, "target-met"],
] as const)("a group on the scale %j that differs by %f is %s", (scale, difference, tone) => {
  expect(toneOfDifference({ unit: "scale", scale }, { difference, isDifferent: true })).toBe(tone);
  expect(toneOfDifference({ unit: "scale", scale }, { difference, isDifferent: false })).toBe("quiet");
});
