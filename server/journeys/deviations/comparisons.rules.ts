// What goes with a deviation: cases with it against cases without it, among those who are alike.
import { z95 } from "../../customers/scores/normal.rules.ts";
import type { DeviationComparison } from "./deviations.contract.ts";

/** Sums over cases of which a value is known. */
export type Sums = { count: number; sum: number; squares: number };
export type Sides = { with: Sums; without: Sums };

/** Fewest cases on a side from which a difference is told. */
export const ENOUGH = 30;

export const noSums: Sums = { count: 0, sum: 0, squares: 0 };
export const addSums = (one: Sums, other: Sums): Sums => ({ count: one.count + other.count, sum: one.sum + other.sum, squares: one.squares + other.squares });

/** With against without, stratum by stratum, each weighted by its cases with the deviation, so that both sides are made up alike.
 *  @param strata those who are alike are in one
 *  @param isShare values are 0 and 1: spreads then count one success and one failure more, so that all alike is not taken for certainty
 *  @returns `compared` is null below 30 cases on a side, counted in strata that hold both
 *  Source: post-stratification to those with it (standardisation to the exposed); Agresti & Caffo, The American Statistician 2000, for shares. */
export const compareSides = (strata: readonly Sides[], isShare: boolean): DeviationComparison => {
  const all = strata.reduce((sum, stratum) => ({ with: addSums(sum.with, stratum.with), without: addSums(sum.without, stratum.without) }), { with: noSums, without: noSums });
  const shown = { with: meanOf(all.with), without: meanOf(all.without) };
  const used = strata.filter((stratum) => stratum.with.count > 0 && stratum.without.count > 0);
  const [held, others] = [countOf(used, "with"), countOf(used, "without")];
  if (held < ENOUGH || others < ENOUGH) return { ...shown, compared: null };
  const [spread, otherSpread] = [varianceWithin(used.map((one) => one.with), isShare), varianceWithin(used.map((one) => one.without), isShare)];
  let [difference, variance] = [0, 0];
  for (const stratum of used) {
    const weight = stratum.with.count / held;
    difference += weight * (stratum.with.sum / stratum.with.count - stratum.without.sum / stratum.without.count);
    variance += weight ** 2 * (spread / stratum.with.count + otherSpread / stratum.without.count);
  }
  const half = z95 * Math.sqrt(variance);
  return { ...shown, compared: { with: held, without: others, difference, low: difference - half, high: difference + half } };
};

const meanOf = ({ count, sum }: Sums): { count: number; mean: number } | null => (count === 0 ? null : { count, mean: sum / count });
const countOf = (strata: readonly Sides[], side: keyof Sides): number => strata.reduce((sum, stratum) => sum + stratum[side].count, 0);

// One spread for all strata of a side: those with few cases would have none of their own.
const varianceWithin = (strata: readonly Sums[], isShare: boolean): number => {
  const count = strata.reduce((sum, one) => sum + one.count, 0);
  if (isShare) {
    const share = (strata.reduce((sum, one) => sum + one.sum, 0) + 1) / (count + 2);
    return share * (1 - share);
  }
  const degrees = count - strata.length;
  return degrees <= 0 ? 0 : Math.max(0, strata.reduce((sum, one) => sum + one.squares - one.sum ** 2 / one.count, 0)) / degrees;
};
