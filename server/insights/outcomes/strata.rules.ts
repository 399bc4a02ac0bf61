import { z95 } from "../../customers/scores/normal.rules.ts";

/** One group within one stratum (customers alike in a trait): how many, how many of them did it, and their amounts. */
export type StratumCell = { count: number; hits: number; sum: number; squares: number };
export type Stratum = { name: string; cells: ReadonlyMap<string, StratumCell> };
export type Adjusted = { share: number; low: number; high: number; mean: number; meanLow: number; meanHigh: number };

/** What each group would show if all groups were mixed as everybody is: shares and means per stratum, weighted by the size of the stratum.
 *  Strata in which a group is missing are left out for all, since nothing can be said of it there.
 *  @param fewest a group with fewer in a stratum counts as missing there
 *  @returns by group, and the share of customers whose stratum was left out
 *  Source: direct standardisation, Fleiss, Statistical Methods for Rates and Proportions, 14.3. */
export const standardise = (strata: readonly Stratum[], groups: readonly string[], fewest: number): { groups: Map<string, Adjusted>; leftOut: number } => {
  const sizes = strata.map(({ cells }) => groups.reduce((sum, group) => sum + (cells.get(group)?.count ?? 0), 0));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const full = strata.map(({ cells }) => groups.every((group) => (cells.get(group)?.count ?? 0) >= Math.max(2, fewest)));
  const kept = sizes.reduce((sum, size, index) => (full[index] === true ? sum + size : sum), 0);
  if (kept === 0) return { groups: new Map(), leftOut: all === 0 ? 0 : 1 };
  const adjusted = groups.map((group) => [group, weigh(strata.flatMap(({ cells }, index) => {
    const cell = cells.get(group);
    return full[index] === true && cell !== undefined ? [{ cell, weight: (sizes[index] ?? 0) / kept }] : [];
  }))] as const);
  return { groups: new Map(adjusted), leftOut: 1 - kept / all };
};

const weigh = (parts: readonly { cell: StratumCell; weight: number }[]): Adjusted => {
  let [share, shareVariance, mean, meanVariance] = [0, 0, 0, 0];
  for (const { cell: { count, hits, sum, squares }, weight } of parts) {
    // One success and one failure more, so that a stratum where all did it is not taken for certain.
    const smoothed = (hits + 1) / (count + 2);
    share += (weight * hits) / count;
    shareVariance += (weight ** 2 * smoothed * (1 - smoothed)) / count;
    mean += (weight * sum) / count;
    meanVariance += (weight ** 2 * Math.max(0, squares - sum ** 2 / count)) / (count * (count - 1));
  }
  const [half, meanHalf] = [z95 * Math.sqrt(shareVariance), z95 * Math.sqrt(meanVariance)];
  return { share, low: Math.max(0, share - half), high: Math.min(1, share + half), mean, meanLow: mean - meanHalf, meanHigh: mean + meanHalf };
};

/** How much likelier one group does it than another, stratum by stratum (Mantel–Haenszel odds ratio).
 *  @returns null when no stratum holds somebody who did and somebody who did not in both
 *  Source: Mantel & Haenszel 1959; interval by Robins, Breslow & Greenland 1986. */
export const commonOdds = (strata: readonly Stratum[], first: string, second: string): { ratio: number; low: number; high: number } | null => {
  let [r, s, pr, pspr, qs] = [0, 0, 0, 0, 0];
  for (const { cells } of strata) {
    const [one, other] = [cells.get(first), cells.get(second)];
    const total = (one?.count ?? 0) + (other?.count ?? 0);
    if (one === undefined || other === undefined || one.count === 0 || other.count === 0) continue;
    const [a, b, c, d] = [one.hits, one.count - one.hits, other.hits, other.count - other.hits];
    const [ri, si, p, q] = [(a * d) / total, (b * c) / total, (a + d) / total, (b + c) / total];
    r += ri;
    s += si;
    pr += p * ri;
    pspr += p * si + q * ri;
    qs += q * si;
  }
  if (r === 0 || s === 0) return null;
  const error = Math.sqrt(pr / (2 * r ** 2) + pspr / (2 * r * s) + qs / (2 * s ** 2));
  const ratio = r / s;
  return { ratio, low: ratio * Math.exp(-z95 * error), high: ratio * Math.exp(z95 * error) };
};
