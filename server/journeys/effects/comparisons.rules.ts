// Paths with something against paths without it, among those who are alike.
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { twoSidedP } from "../../customers/scores/normal.rules.ts";
import { drawSum } from "./shuffles.rules.ts";

/** Outcomes of those who are alike. */
export type Stratum = { with: number[]; without: number[] };

/** Fewest paths on a side from which a difference is told. */
export const ENOUGH = 30;

/** `chanceError`: standard error of the difference if it made none. */
export type Comparison = { with: number; without: number; withMean: number; withoutMean: number; difference: number; low: number; high: number; chanceError: number; p: number };

/** With against without, stratum by stratum, each weighted by its paths with it, so that both sides are made up alike.
 *  @param isShare values are 0 and 1
 *  @returns null below 30 on a side, counted in strata that hold both
 *  Source: direct standardisation to those with it; shares: stratified Newcombe interval, Yan & Su, Stat. Med. 2010; means: Welch 1947. */
export const compareAlike = (strata: readonly Stratum[], isShare: boolean): Comparison | null => {
  const used = strata.filter((one) => one.with.length > 0 && one.without.length > 0);
  const held = used.flatMap((one) => one.with);
  const others = used.flatMap((one) => one.without);
  if (held.length < ENOUGH || others.length < ENOUGH) return null;
  const withMean = meanOf(held);
  let [withoutMean, thinning, chance] = [0, 0, 0];
  for (const one of used) {
    const weight = one.with.length / held.length;
    withoutMean += weight * meanOf(one.without);
    thinning += weight ** 2 / one.without.length;
    chance += weight ** 2 * varianceOf([...one.with, ...one.without]) * (1 / one.with.length + 1 / one.without.length);
  }
  const difference = withMean - withoutMean;
  const sides = { withMean, withoutMean, withCount: held.length, withoutCount: 1 / thinning };
  const { low, high } = isShare ? betweenShares(sides) : betweenMeans(sides, varianceOf(held), varianceOf(others));
  const chanceError = Math.sqrt(chance);
  return { with: held.length, without: others.length, withMean, withoutMean, difference, low, high, chanceError, p: chanceError > 0 ? twoSidedP(difference / chanceError) : 1 };
};

type SidesOf = { withMean: number; withoutMean: number; withCount: number; withoutCount: number };

/** Source: Newcombe, Stat. Med. 17, 1998, method 10. */
const betweenShares = ({ withMean, withoutMean, withCount, withoutCount }: SidesOf): { low: number; high: number } => {
  const none = { low: 0, high: 1 };
  const own = wilsonInterval(withMean * withCount, withCount) ?? none;
  const other = wilsonInterval(withoutMean * withoutCount, withoutCount) ?? none;
  const difference = withMean - withoutMean;
  return { low: difference - Math.hypot(withMean - own.low, other.high - withoutMean), high: difference + Math.hypot(own.high - withMean, withoutMean - other.low) };
};

const betweenMeans = ({ withMean, withoutMean, withCount, withoutCount }: SidesOf, variance: number, otherVariance: number): { low: number; high: number } => {
  const [own, other] = [variance / withCount, otherVariance / withoutCount];
  const degrees = own + other === 0 ? withCount : (own + other) ** 2 / (own ** 2 / (withCount - 1) + other ** 2 / Math.max(1, withoutCount - 1));
  const half = studentPoint(degrees) * Math.sqrt(own + other);
  return { low: withMean - withoutMean - half, high: withMean - withoutMean + half };
};

/** The 97.5 % point of Student's t. Source: Abramowitz & Stegun 26.7.5; right to three decimals from ten degrees on. */
export const studentPoint = (degrees: number): number => {
  const z = 1.959963984540054;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3);
};

/** The largest differences, in standard errors, that labels without meaning show: one per round.
 *  @param largest so far, one per round; raised in place */
export const raiseByShuffles = (largest: number[], strata: readonly Stratum[], chanceError: number, random: () => number): void => {
  if (!(chanceError > 0)) return;
  const used = strata.filter((one) => one.with.length > 0 && one.without.length > 0);
  const all = used.map((one) => [...one.with, ...one.without]);
  const held = used.reduce((sum, one) => sum + one.with.length, 0);
  const totals = all.map((values) => values.reduce((sum, value) => sum + value, 0));
  for (const [round, before] of largest.entries()) {
    let difference = 0;
    for (const [at, one] of used.entries()) {
      const drawn = drawSum(all[at] ?? [], one.with.length, random);
      difference += (one.with.length / held) * (drawn / one.with.length - ((totals[at] ?? 0) - drawn) / one.without.length);
    }
    largest[round] = Math.max(before, Math.abs(difference) / chanceError);
  }
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return values.length < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};
