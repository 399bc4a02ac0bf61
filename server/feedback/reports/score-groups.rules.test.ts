// The vectors printed in the reference for scores, through the same path the report takes: boxes, tally, score.
import { describe, expect, test } from "vitest";
import { reportScore, scaleOfBoxes, tallyOf, type ScoreBox } from "./report-scores.rules.ts";
import { compareGroups, compareWaves, testWaves } from "./score-groups.rules.ts";

const box = (number: number, count: number, part: string): ScoreBox => ({ part, number, count, weights: count, squaredWeights: count });
const nps = { min: 0, max: 10 };
const npsTally = ([promoters, passives, detractors]: readonly number[]) =>
  tallyOf([box(10, promoters ?? 0, "0-10"), box(7, passives ?? 0, "0-10"), box(0, detractors ?? 0, "0-10")].filter(({ count }) => count > 0), nps);
const npsMeasure = { metric: "nps", scale: nps } as const;

describe("the score of a question", () => {
  test.each([
    [[10, 5, 5], 25, -11.72, 55.19], [[50, 30, 20], 30, 14.05, 44.2], [[500, 300, 200], 30, 25.08, 34.74], [[3, 1, 1], 40, -29.78, 79.78], [[5, 0, 0], 100, 17.49, 100],
    [[0, 10, 0], 0, -18.47, 18.47], [[10, 6, 4], 30, -5.72, 57.9], [[9, 1, 0], 90, 38.08, 100], [[15, 14, 7], 22.22, -2.98, 44.01],
  ])("NPS of %j is %f between %f and %f", (counts, score, low, high) => {
    const report = reportScore("nps", nps, npsTally(counts), false);
    expect(report.score).toBeCloseTo(score, 2);
    expect(report.low).toBeCloseTo(low, 2);
    expect(report.high).toBeCloseTo(high, 2);
  });

  test("CSAT of 42, 32, 10, 9, 14 is 74 of 107: 69.16 % between 59.87 and 77.12", () => {
    const scale = { min: 1, max: 5 };
    const report = reportScore("csat", scale, tallyOf([[5, 42], [4, 32], [3, 10], [2, 9], [1, 14]].map(([value = 0, count = 0]) => box(value, count, "1-5")), scale), false);
    expect(report.score).toBeCloseTo(69.16, 2);
    expect(report.low).toBeCloseTo(59.87, 2);
    expect(report.high).toBeCloseTo(77.12, 2);
    expect(report.bands).toEqual([{ name: "satisfied", count: 74, share: 74 / 107 }, { name: "unsatisfied", count: 33, share: 33 / 107 }]);
  });

  test("CES is a mean with the share of 5–7 beside it", () => {
    const scale = { min: 1, max: 7 };
    const report = reportScore("ces", scale, tallyOf([[7, 4], [6, 3], [5, 1], [3, 1], [1, 1]].map(([value = 0, count = 0]) => box(value, count, "1-7")), scale), false);
    expect(report.score).toBeCloseTo(5.5, 10);
    expect(report.share?.score).toBeCloseTo(80, 10);
  });

  test("a scale of five and one of seven are never mixed: the one most answers use is scored", () => {
    const boxes = [box(5, 10, "1-5"), box(5, 30, "1-7"), box(1, 30, "1-7")];
    const scale = scaleOfBoxes(boxes);
    expect(scale).toEqual({ min: 1, max: 7 });
    expect(reportScore("rating", scale ?? nps, tallyOf(boxes, scale ?? nps), false)).toMatchObject({ count: 60, score: 3, metric: "rating", bands: [] });
  });

  test("the raked toy case moves the promoter score from 20 to 14, on 94.49 effective answers", () => {
    // Cells F-old 20, M-old 30, F-young 40, M-young 10 with weights 1, 4/3, 3/4, 1; promoters minus detractors −4, 0, 24, 0.
    const weighted = (number: number, count: number, weight: number): ScoreBox => ({ part: "0-10", number, count, weights: count * weight, squaredWeights: count * weight * weight });
    const boxes = [
      weighted(0, 4, 1), weighted(7, 16, 1), weighted(7, 30, 4 / 3), weighted(10, 24, 0.75), weighted(7, 16, 0.75), weighted(7, 10, 1),
    ];
    const report = reportScore("nps", nps, tallyOf(boxes, nps), true);
    expect(report.score).toBeCloseTo(20, 10);
    expect(report.weighted?.score).toBeCloseTo(14, 10);
    expect(report.weighted?.effectiveCount).toBeCloseTo(94.49, 2);
  });
});

describe("two waves", () => {
  test.each([
    [[250, 150, 100], [220, 150, 130], 12, 2.374, 0.0176], [[60, 25, 15], [45, 30, 25], 25, 2.275, 0.0229], [[260, 140, 100], [220, 150, 130], 14, 2.761, 0.0058],
  ])("%j after %j differ by %f points, z %f, p %f", (now, before, difference, z, p) => {
    const tested = testWaves(npsMeasure, npsTally(now), npsTally(before));
    expect(tested?.difference).toBeCloseTo(difference, 10);
    expect(tested?.z).toBeCloseTo(z, 3);
    expect(tested?.p).toBeCloseTo(p, 4);
  });

  test("20 points between groups of 100 are not significant", () => {
    const [, second] = compareWaves(npsMeasure, [{ name: "2026-04-01", tally: npsTally([40, 30, 30]) }, { name: "2026-05-01", tally: npsTally([50, 30, 20]) }]);
    expect(second?.change).toMatchObject({ isSignificant: false });
    expect(second?.change?.difference).toBeCloseTo(20, 10);
    expect(second?.change?.z).toBeCloseTo(1.754, 3);
  });

  test("twelve promoters are no sure rise from nine promoters in ten, and nine answers are not tested", () => {
    const before = npsTally([450, 0, 50]);
    expect(testWaves(npsMeasure, npsTally([12, 0, 0]), before)?.p).toBeGreaterThan(0.1);
    expect(testWaves(npsMeasure, npsTally([120, 0, 0]), before)?.p).toBeLessThan(0.001);
    expect(testWaves(npsMeasure, npsTally([9, 0, 0]), before)).toBeNull();
  });

  test("the first has nothing before it", () => {
    expect(compareWaves(npsMeasure, [{ name: "1", tally: npsTally([1, 1, 1]) }])[0]?.change).toBeNull();
  });
});

describe("groups", () => {
  test("only the one that differs from the rest is marked, and small ones are not tested", () => {
    const groups = compareGroups(npsMeasure, [
      { name: "web", tally: npsTally([100, 50, 50]) }, { name: "email", tally: npsTally([40, 60, 100]) }, { name: "", tally: npsTally([72, 60, 68]) }, { name: "qr", tally: npsTally([2, 1, 1]) },
    ]);
    expect(groups.map(({ value, versusRest }) => [value, versusRest?.isDifferent ?? null])).toEqual([[null, false], ["email", true], ["web", true], ["qr", null]]);
  });
});
