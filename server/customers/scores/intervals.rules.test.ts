import { describe, expect, test } from "vitest";
import { adjustNpsCounts, intervalOfMean, netPromoterScore, npsInterval, npsStandardError, wilsonInterval } from "./intervals.rules.ts";
import { twoSidedP, z95 } from "./normal.rules.ts";
import { t95, twoSidedStudentP } from "./student.rules.ts";

const counts = (promoters: number, passives: number, detractors: number) => ({ promoters, passives, detractors });

/** Percentage points a share of 20,000 draws is off by. */
const drawError = (percent: number): number => Math.sqrt((percent * (100 - percent)) / 20_000);

/** Percent of all samples, each with its chance, whose interval holds the true score. */
const coverage = ([promoters, passives, detractors]: readonly [number, number, number], count: number): { plain: number; adjusted: number } => {
  const truth = 100 * (promoters - detractors);
  const logs = Array.from({ length: count + 1 }, (_none, many) => Array.from({ length: many }, (_one, index) => Math.log(index + 1)).reduce((sum, log) => sum + log, 0));
  const logOf = (many: number, share: number): number => many * Math.log(share) - (logs[many] ?? 0);
  const covered = { plain: 0, adjusted: 0 };
  for (let first = 0; first <= count; first++) {
    for (let second = 0; first + second <= count; second++) {
      const sample = counts(first, second, count - first - second);
      const chance = 100 * Math.exp((logs[count] ?? 0) + logOf(first, promoters) + logOf(second, passives) + logOf(count - first - second, detractors));
      const adjusted = npsInterval(sample) ?? { low: 1, high: 0 };
      if (adjusted.low <= truth + 1e-9 && adjusted.high >= truth - 1e-9) covered.adjusted += chance;
      if (Math.abs((netPromoterScore(sample) ?? 0) - truth) <= z95 * npsStandardError(sample) + 1e-9) covered.plain += chance;
    }
  }
  return covered;
};

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
    [3, 1, 26, -76.67, 11.24, -92.29, -47.1],
    [1436, 968, 342, 39.84, 1.33, 37.18, 42.41],
    [1268, 935, 447, 30.98, 1.44, 28.12, 33.77],
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

  test.each([
    // The plain interval of the same table, which nothing shows: past 100 it is not even possible.
    [50, 30, 20, 14.69, 45.31], [500, 300, 200, 25.16, 34.84], [10, 6, 4, -4.23, 64.23], [9, 1, 0, 71.41, 108.59], [15, 14, 7, -2.26, 46.7],
  ])("%i/%i/%i has the plain interval %f to %f", (promoters, passives, detractors, low, high) => {
    const answers = counts(promoters, passives, detractors);
    const [score, half] = [netPromoterScore(answers) ?? Number.NaN, z95 * npsStandardError(answers)];
    expect([(score - half).toFixed(2), (score + half).toFixed(2)]).toEqual([low.toFixed(2), high.toFixed(2)]);
  });

  test.each([
    // promoters, passives, detractors in percent, count, percent of samples whose interval holds the true score: plain (20,000 draws gave), adjusted
    [90, 8, 2, 10, 64.94, 65.6, 92.98, 92.8], [90, 8, 2, 30, 84.13, 83.8, 95.78, 95.7], [90, 8, 2, 50, 91.03, 91.2, 96.61, 96.4],
    [50, 30, 20, 10, 89.62, 89.5, 96.25, 96.3], [50, 30, 20, 30, 93.55, 93.5, 94.61, 94.6], [50, 30, 20, 100, 94.48, 94.3, 94.91, 95.1],
  ])("of %i/%i/%i %% and %i answers the adjusted interval holds the truth about as often as it promises", (promoters, passives, detractors, count, plain, drawnPlain, adjusted, drawnAdjusted) => {
    const covered = coverage([promoters / 100, passives / 100, detractors / 100], count);
    expect(covered.plain).toBeCloseTo(plain, 2);
    expect(covered.adjusted).toBeCloseTo(adjusted, 2);
    // The reference drew 20,000 samples; these are all there are, each with its chance.
    expect(Math.abs(covered.plain - drawnPlain)).toBeLessThan(3 * drawError(plain));
    expect(Math.abs(covered.adjusted - drawnAdjusted)).toBeLessThan(3 * drawError(adjusted));
  });

  test("nobody answering gives no score and no interval", () => {
    expect(netPromoterScore(counts(0, 0, 0))).toBeNull();
    expect(npsInterval(counts(0, 0, 0))).toBeNull();
  });

  test("a dismissed question is nobody's answer: one promoter scores 100 with a count of 1", () => {
    expect(netPromoterScore(counts(1, 0, 0))).toBe(100);
    // 60/20/20 and 50 who dismissed it: +40, where a tool that counts those too shows 26.67.
    expect(netPromoterScore(counts(60, 20, 20))).toBe(40);
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

/** Percent of all samples of so many answers on a scale from 1, each with its chance, whose t interval holds the true mean; and with 1.96 errors instead. */
const coverageOfMean = (shares: readonly number[], count: number): { mine: number; plain: number } => {
  const truth = shares.reduce((sum, share, place) => sum + share * (place + 1), 0);
  const logs = Array.from({ length: count + 1 }, (_none, many) => Array.from({ length: many }, (_one, index) => Math.log(index + 1)).reduce((sum, log) => sum + log, 0));
  const held = { mine: 0, plain: 0 };
  const add = (place: number, left: number, so: { log: number; sum: number; squares: number }): void => {
    const take = (own: number) => ({ log: so.log + (own === 0 ? 0 : own * Math.log(shares[place] ?? 0)) - (logs[own] ?? 0), sum: so.sum + own * (place + 1), squares: so.squares + own * (place + 1) ** 2 });
    if (place < shares.length - 1) return Array.from({ length: left + 1 }, (_one, own) => own).forEach((own) => add(place + 1, left - own, take(own)));
    const { log, sum, squares } = take(left);
    const mean = sum / count;
    const standardError = Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - 1) / count);
    const interval = intervalOfMean({ mean, standardError, effectiveCount: count }, { low: 1, high: shares.length });
    const chance = 100 * Math.exp(log + (logs[count] ?? 0));
    if (interval !== null && interval.low <= truth + 1e-9 && interval.high >= truth - 1e-9) held.mine += chance;
    if (Math.abs(mean - truth) <= z95 * standardError + 1e-9) held.plain += chance;
  };
  add(0, count, { log: 0, sum: 0, squares: 0 });
  return held;
};

describe("the t interval of a mean", () => {
  test.each([
    [[0.05, 0.05, 0.1, 0.3, 0.5], 10, 85.64, 99.42], [[0.05, 0.05, 0.1, 0.3, 0.5], 30, 92.46, 93.68], [[0.02, 0.03, 0.05, 0.2, 0.7], 10, 78.1, 99.82],
    [[0.02, 0.03, 0.05, 0.2, 0.7], 20, 88.07, 99.06], [[0.2, 0.2, 0.2, 0.2, 0.2], 12, 92.07, 94.95], [[0.1, 0.0001, 0.0001, 0.0001, 0.8997], 12, 71.3, 99.95],
  ])("of answers that spread like %j, %i of them, holds the truth about as often as it promises: not %f but %f percent", (shares, count, plain, mine) => {
    const held = coverageOfMean(shares, count);
    expect(held.plain).toBeCloseTo(plain, 0);
    expect(held.mine).toBeCloseTo(mine, 1);
  });

  test("of one answer leaves all of its scale open, and without a scale is none", () => {
    expect(intervalOfMean({ mean: 5, standardError: null, effectiveCount: 1 }, { low: 1, high: 5 })).toEqual({ low: 1, high: 5 });
    expect(intervalOfMean({ mean: 5, standardError: null, effectiveCount: 1 }, null)).toBeNull();
  });
});

describe("the two-sided p value of Student's distribution", () => {
  test.each([
    // Percentage points of the usual tables, and t of sleep in R.
    [12.7062047, 1, 0.05], [4.30265273, 2, 0.05], [2.228138852, 10, 0.05], [3.169272667, 10, 0.01], [1.983971519, 100, 0.05], [-1.860813467, 17.776474, 0.07939414], [2.469, 1e9, 0.01354925],
  ])("of t = %f with %f degrees of freedom is %f", (t, degrees, p) => {
    expect(Math.abs(twoSidedStudentP(t, degrees) / p - 1)).toBeLessThan(1e-5);
    expect(twoSidedStudentP(t95(degrees), degrees)).toBeCloseTo(0.05, 3);
  });
  test("is 1 where nothing can be told", () => {
    expect([twoSidedStudentP(3, 0), twoSidedStudentP(0, 5)]).toEqual([1, 1]);
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
