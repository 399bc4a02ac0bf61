import { chiSquareP } from "../../feedback/reports/chi-square.rules.ts";
import { t95, welchDegrees } from "../../customers/scores/student.rules.ts";

/** Sums over the amounts of one group; `rankSum` adds up their places among all groups, ties sharing the middle place. */
export type AmountSums = { count: number; sum: number; squares: number; rankSum: number };
export type Mean = { mean: number; low: number; high: number };

/** Mean of amounts with its 95 % t interval. Amounts have long tails: under about a hundred the median beside it says more.
 *  @returns null with fewer than two amounts */
export const meanOf = ({ count, sum, squares }: AmountSums): Mean | null => {
  if (count < 2) return null;
  const mean = sum / count;
  const half = t95(count - 1) * Math.sqrt(varianceOf({ count, sum, squares }) / count);
  return { mean, low: mean - half, high: mean + half };
};

/** Difference of two means, first minus second, by Welch's interval for unequal spreads.
 *  @returns null when either group has fewer than two amounts, or neither varies
 *  Source: Welch, Biometrika 1947; degrees of freedom by Satterthwaite. */
export const compareMeans = (first: AmountSums, second: AmountSums): { difference: number; low: number; high: number; standardError: number } | null => {
  if (first.count < 2 || second.count < 2) return null;
  const [one, other] = [varianceOf(first) / first.count, varianceOf(second) / second.count];
  if (one + other === 0) return null;
  const degrees = welchDegrees({ variance: one, degrees: first.count - 1 }, { variance: other, degrees: second.count - 1 });
  const difference = first.sum / first.count - second.sum / second.count;
  const standardError = Math.sqrt(one + other);
  const half = t95(degrees) * standardError;
  return { difference, low: difference - half, high: difference + half, standardError };
};

/** Tests whether groups spend alike by the places of their amounts, so that one huge order does not decide (Kruskal–Wallis).
 *  @param ties sum of t³ − t over runs of t equal amounts
 *  @returns null with fewer than two groups, or when all amounts are equal
 *  Source: Kruskal & Wallis, JASA 1952, with their correction for ties. */
export const compareRanks = (groups: readonly AmountSums[], ties: number): { statistic: number; degrees: number; p: number } | null => {
  const held = groups.filter(({ count }) => count > 0);
  const all = held.reduce((sum, { count }) => sum + count, 0);
  if (held.length < 2 || all < 3) return null;
  const correction = 1 - ties / (all ** 3 - all);
  if (correction <= 0) return null;
  const spread = held.reduce((sum, { count, rankSum }) => sum + rankSum ** 2 / count, 0);
  const statistic = Math.max(0, ((12 / (all * (all + 1))) * spread - 3 * (all + 1)) / correction);
  return { statistic, degrees: held.length - 1, p: chiSquareP(statistic, held.length - 1) };
};

// Sums of squares lose digits; a spread below zero is none.
const varianceOf = ({ count, sum, squares }: Pick<AmountSums, "count" | "sum" | "squares">): number => Math.max(0, (squares - sum ** 2 / count) / (count - 1));
