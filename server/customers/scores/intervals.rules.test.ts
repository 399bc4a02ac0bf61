import { describe, expect, test } from "vitest";
import { adjustNpsCounts, netPromoterScore, npsInterval, npsStandardError, wilsonInterval } from "./intervals.rules.ts";
import { twoSidedP, z95 } from "./normal.rules.ts";

const counts = (promoters: number, passives: number, detractors: number) => ({ promoters, passives, detractors });

describe("the net promoter score and its adjusted Wald interval", () => {
  test.each([
    // promoters, passives, detractors, score, plain standard error, low, high (before the cut at ±100)
    [50, 30, 20, 30, 7.81, 14.05, 44.2],
    [500, 300, 200, 30, 2.47, 25.08, 34.74],
    [10, 6, 4, 30, 17.46, -5.72, 57.9],
    [9, 1, 0, 90, 9.49, 38.08, 100],
    [15, 14, 7, 22.22, 12.49, -2.98, 44.01],
    [10, 5, 5, 25, 18.54, -11.72, 55.19],
    [3, 1, 1, 40, 35.78, -29.78, 79.78],
    [5, 0, 0, 100, 0, 17.49, 100],
    [0, 10, 0, 0, 0, -18.47, 18.47],
    [0, 0, 5, -100, 0, -100, -17.49],
    [1, 0, 0, 100, 0, -48.5, 98.5],
  ])("%i promoters, %i passives and %i detractors score %f", (promoters, passives, detractors, score, error, low, high) => {
    const answers = counts(promoters, passives, detractors);
    expect(netPromoterScore(answers)).toBeCloseTo(score, 2);
    expect(npsStandardError(answers)).toBeCloseTo(error, 2);
    const interval = npsInterval(answers);
    expect(interval?.low).toBeCloseTo(low, 2);
    expect(interval?.high).toBeCloseTo(high, 2);
  });

  test.each([
    [10, 5, 5, 36.34, 21.74, 33.46],
    [50, 30, 20, 15.31, 29.13, 15.08],
    [500, 300, 200, 4.84, 29.91, 4.83],
    [3, 1, 1, 70.12, 25, 54.78],
    [5, 0, 0, 0, 62.5, 45.01],
    [0, 10, 0, 0, 0, 18.47],
  ])("%i/%i/%i has the plain half width %f and the adjusted centre %f ± %f", (promoters, passives, detractors, plain, centre, half) => {
    const answers = counts(promoters, passives, detractors);
    const adjusted = adjustNpsCounts(answers);
    expect(z95 * npsStandardError(answers)).toBeCloseTo(plain, 2);
    expect(netPromoterScore(adjusted)).toBeCloseTo(centre, 2);
    expect(z95 * npsStandardError(adjusted)).toBeCloseTo(half, 2);
  });

  test("nobody answering gives no score and no interval", () => {
    expect(netPromoterScore(counts(0, 0, 0))).toBeNull();
    expect(npsInterval(counts(0, 0, 0))).toBeNull();
  });

  test("a dismissed question is nobody's answer: one promoter scores 100 with a count of 1", () => {
    expect(netPromoterScore(counts(1, 0, 0))).toBe(100);
  });
});

describe("the Wilson interval of a share", () => {
  test.each([
    [80, 100, 71.12, 86.66],
    [9, 10, 59.58, 98.21],
    [10, 10, 72.25, 100],
    [74, 107, 59.87, 77.12],
    [0, 10, 0, 27.75],
  ])("%i of %i lies between %f and %f percent", (successes, count, low, high) => {
    const interval = wilsonInterval(successes, count);
    expect(100 * (interval?.low ?? Number.NaN)).toBeCloseTo(low, 2);
    expect(100 * (interval?.high ?? Number.NaN)).toBeCloseTo(high, 2);
  });

  test("no answers have no interval", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe("the two-sided p value of the normal distribution", () => {
  test.each([
    [0, 1],
    [1, 0.31731050786],
    [-1.959963984540054, 0.05],
    [2.374, 0.017596],
    [2.761, 0.005762],
    [4, 0.00006334248],
    [8, 1.244e-15],
  ])("of z = %f is %f", (z, p) => {
    expect(Math.abs(twoSidedP(z) / p - 1)).toBeLessThan(1e-3);
  });
});
