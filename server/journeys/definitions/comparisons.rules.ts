// With something against without it, among those who are alike.
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { twoSidedP } from "../../customers/scores/normal.rules.ts";
import { addSums, joinSums, varianceOf, type Sums } from "./sums.rules.ts";

/** Fewest on a side from which a difference is told. */
const ENOUGH = 30;

/** Outcomes of those who are alike. */
export type Sides = { with: Sums; without: Sums };

/** Where one customer stands for several: her outcomes go together, so that they tell less than as many of different customers.
 *  `inflation`: how many times larger that makes the variance. `chanceVariance`: of the difference, if it made none.
 *  `customers`: different ones on each side. */
export type Clustering = { inflation: number; chanceVariance?: number; customers?: { with: number; without: number } };

/** `chanceError`: standard error of the difference if it made none. */
export type Comparison = { with: number; without: number; withMean: number; withoutMean: number; difference: number; low: number; high: number; chanceError: number; p: number };

/** With against without, stratum by stratum, each weighted by those with it, so that both sides are made up alike.
 *  @param isShare values are 0 and 1
 *  @returns null below 30 (customers) on a side, counted in strata that hold both
 *  Source: direct standardisation to those with it; shares: stratified Newcombe interval, Yan & Su, Stat. Med. 2010; means: Welch 1947;
 *  clusters: effective counts, Korn & Graubard, Survey Methodology 1998. */
export const compareAlike = (strata: readonly Sides[], isShare: boolean, clustering: Clustering = { inflation: 1 }): Comparison | null => {
  const used = strata.filter((one) => one.with.count > 0 && one.without.count > 0);
  const [held, others] = [joinSums(used.map((one) => one.with)), joinSums(used.map((one) => one.without))];
  const { inflation, chanceVariance = 0, customers = { with: held.count / inflation, without: others.count / inflation } } = clustering;
  if (customers.with < ENOUGH || customers.without < ENOUGH) return null;
  const withMean = meanOf(held);
  let [withoutMean, thinning, chance] = [0, 0, 0];
  for (const one of used) {
    const weight = one.with.count / held.count;
    withoutMean += weight * meanOf(one.without);
    thinning += weight ** 2 / one.without.count;
    chance += weight ** 2 * varianceOf(addSums(one.with, one.without)) * (1 / one.with.count + 1 / one.without.count);
  }
  const difference = withMean - withoutMean;
  const sides = { withMean, withoutMean, withCount: held.count / inflation, withoutCount: 1 / (thinning * inflation) };
  const { low, high } = isShare ? betweenShares(sides) : betweenMeans(sides, varianceOf(held), varianceOf(others));
  const chanceError = Math.sqrt(Math.max(chance, chanceVariance));
  return { with: held.count, without: others.count, withMean, withoutMean, difference, low, high, chanceError, p: chanceError > 0 ? twoSidedP(difference / chanceError) : 1 };
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

const meanOf = ({ count, sum }: Sums): number => sum / count;
