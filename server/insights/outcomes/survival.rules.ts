import { chiSquareP } from "../../feedback/reports/chi-square.rules.ts";
import { z95 } from "../../customers/scores/normal.rules.ts";
import { solve } from "./linear.rules.ts";

/** How many left, and how many were last seen still there, after so much time. One entry per time. */
export type Leaving = { time: number; left: number; censored: number };
export type Step = { time: number; atRisk: number; left: number; share: number; low: number | null; high: number | null };
export type Curve = { count: number; left: number; steps: Step[]; median: { time: number | null; low: number | null; high: number | null } };
export type LogRank = { statistic: number; degrees: number; p: number; expected: number[] };

/** Share still there over time (Kaplan–Meier), with 95 % intervals by Greenwood's variance on the log-log scale, which keep within 0 and 1.
 *  @param leavings one entry per time, in any order; who left and who was last seen at the same time were both at risk then
 *  @returns a step wherever somebody left; no interval where nobody is left to vary (share 0 or 1)
 *  Source: Kaplan & Meier, JASA 1958; Kalbfleisch & Prentice 1980 (log-log); as R survival survfit(conf.type = "log-log"). */
export const survive = (leavings: readonly Leaving[]): Curve => {
  const ordered = leavings.toSorted((a, b) => a.time - b.time);
  const count = ordered.reduce((sum, { left, censored }) => sum + left + censored, 0);
  const steps: Step[] = [];
  let [atRisk, share, variance] = [count, 1, 0];
  for (const { time, left, censored } of ordered) {
    if (left > 0) {
      share *= 1 - left / atRisk;
      variance += atRisk === left ? 0 : left / (atRisk * (atRisk - left));
      steps.push({ time, atRisk, left, share, ...logLogInterval(share, variance) });
    }
    atRisk -= left + censored;
  }
  return { count, left: ordered.reduce((sum, { left }) => sum + left, 0), steps, median: medianOf(steps) };
};

const logLogInterval = (share: number, variance: number): { low: number | null; high: number | null } => {
  if (share <= 0 || share >= 1) return { low: null, high: null };
  const spread = (z95 * Math.sqrt(variance)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(spread), high: share ** Math.exp(-spread) };
};

const HALF = 0.5;
const ROUNDING = 1e-12;

// Where the share is exactly a half between two steps, the middle of them, as survfit has it.
const medianOf = (steps: readonly Step[]): Curve["median"] => {
  const firstBelow = (value: (step: Step) => number | null): number | null => {
    const at = steps.findIndex((step) => { const read = value(step); return read !== null && read <= HALF + ROUNDING; });
    const found = steps[at];
    if (found === undefined) return null;
    const isHalf = Math.abs((value(found) ?? 0) - HALF) <= ROUNDING;
    return isHalf ? (found.time + (steps[at + 1]?.time ?? found.time)) / 2 : found.time;
  };
  return { time: firstBelow(({ share }) => share), low: firstBelow(({ low, share }) => (share === 0 ? 0 : low)), high: firstBelow(({ high }) => high) };
};

/** Share still there at a time: that of the last step up to it. */
export const shareAt = (curve: Curve, time: number): { share: number; low: number | null; high: number | null } => {
  const step = curve.steps.findLast((one) => one.time <= time);
  return step === undefined ? { share: 1, low: null, high: null } : { share: step.share, low: step.low, high: step.high };
};

/** How many had been seen for at least so long and had not left before. */
export const countAtRisk = (leavings: readonly Leaving[], time: number): number =>
  leavings.reduce((sum, one) => (one.time >= time ? sum + one.left + one.censored : sum), 0);

/** Tests whether groups leave alike (log-rank, every time weighing the same).
 *  @param groups the leavings of each group
 *  @returns null with fewer than two groups that hold anybody, or when nobody left
 *  Source: Mantel 1966; Peto & Peto 1972; covariance as in R survdiff. */
export const compareCurves = (groups: readonly (readonly Leaving[])[]): LogRank | null => {
  const held = groups.filter((group) => group.some(({ left, censored }) => left + censored > 0));
  if (held.length < 2) return null;
  const { observed, expected, covariance } = sumRanks(held);
  if (observed.every((left) => left === 0)) return null;
  // The differences add up to nothing, so one of them says what the others did.
  const differences = observed.map((left, group) => left - (expected[group] ?? 0)).slice(0, -1);
  const weights = solve(covariance.slice(0, -1).map((row) => row.slice(0, -1)), differences);
  if (weights === null) return null;
  const statistic = differences.reduce((sum, difference, group) => sum + difference * (weights[group] ?? 0), 0);
  return { statistic, degrees: held.length - 1, p: chiSquareP(statistic, held.length - 1), expected };
};

type Ranks = { observed: number[]; expected: number[]; covariance: number[][] };

const sumRanks = (groups: readonly (readonly Leaving[])[]): Ranks => {
  const counts = new Map<number, { left: number[]; gone: number[] }>();
  const none = (): number[] => groups.map(() => 0);
  for (const [group, leavings] of groups.entries()) for (const { time, left, censored } of leavings) {
    const at = counts.get(time) ?? { left: none(), gone: none() };
    at.left[group] = (at.left[group] ?? 0) + left;
    at.gone[group] = (at.gone[group] ?? 0) + left + censored;
    counts.set(time, at);
  }
  const atRisk = groups.map((leavings) => leavings.reduce((sum, { left, censored }) => sum + left + censored, 0));
  const sums: Ranks = { observed: none(), expected: none(), covariance: groups.map(none) };
  for (const [, { left, gone }] of [...counts].toSorted(([a], [b]) => a - b)) {
    addTime(sums, left, atRisk);
    for (const group of atRisk.keys()) atRisk[group] = (atRisk[group] ?? 0) - (gone[group] ?? 0);
  }
  return sums;
};

// The hypergeometric mean and covariance of who of those at risk leaves at one time.
const addTime = ({ observed, expected, covariance }: Ranks, left: readonly number[], atRisk: readonly number[]): void => {
  const [all, gone] = [sumOf(atRisk), sumOf(left)];
  if (gone === 0) return;
  const spread = all > 1 ? (gone * (all - gone)) / (all - 1) : 0;
  for (const [group, risked] of atRisk.entries()) {
    observed[group] = (observed[group] ?? 0) + (left[group] ?? 0);
    expected[group] = (expected[group] ?? 0) + (gone * risked) / all;
    const row = covariance[group] ?? [];
    for (const [other, alsoRisked] of atRisk.entries()) row[other] = (row[other] ?? 0) + spread * (risked / all) * ((group === other ? 1 : 0) - alsoRisked / all);
  }
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
