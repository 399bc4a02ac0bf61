import { logGamma } from "../../customers/scores/gamma.rules.ts";

/** Chance of a value at least this large under the chi-square distribution: the upper regularised gamma function Q(k/2, x/2).
 *  @param statistic 0 or more  @param degrees whole, at least 1
 *  @returns 0…1
 *  Source: Numerical Recipes 6.2 (series below a + 1, continued fraction above); Lanczos for ln Γ. */
export const chiSquareP = (statistic: number, degrees: number): number => {
  const [a, x] = [degrees / 2, statistic / 2];
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
};

export type ChiSquare = { statistic: number; degrees: number; p: number; cramersV: number; sparseShare: number };

/** Pearson's test of independence, without continuity correction. Empty rows and columns are left out.
 *  @param table counts, one array per row, all of one length
 *  @returns null when fewer than two rows or columns hold anything
 *  Source: Pearson 1900; Cramér 1946 for V; Cochran 1954 for the share of expected counts under 5. */
export const testIndependence = (table: readonly (readonly number[])[]): ChiSquare | null => {
  const columnSums = (table[0] ?? []).map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const rowSums = table.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const total = rowSums.reduce((sum, one) => sum + one, 0);
  const [rows, columns] = [rowSums.filter((sum) => sum > 0).length, columnSums.filter((sum) => sum > 0).length];
  if (rows < 2 || columns < 2) return null;
  let statistic = 0;
  let sparse = 0;
  for (const [index, row] of table.entries()) {
    for (const [column, seen] of row.entries()) {
      const expected = ((rowSums[index] ?? 0) * (columnSums[column] ?? 0)) / total;
      if (expected === 0) continue;
      statistic += (seen - expected) ** 2 / expected;
      if (expected < 5) sparse += 1;
    }
  }
  const degrees = (rows - 1) * (columns - 1);
  return { statistic, degrees, p: chiSquareP(statistic, degrees), cramersV: Math.sqrt(statistic / (total * (Math.min(rows, columns) - 1))), sparseShare: sparse / (rows * columns) };
};

const STEPS = 500;
const TINY = 1e-300;

const lowerBySeries = (a: number, x: number): number => {
  let [term, sum] = [1 / a, 1 / a];
  for (let n = 1; n < STEPS && Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
};

const upperByFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < STEPS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / nonZero(an * d + b);
    c = nonZero(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return Math.exp(a * Math.log(x) - x - logGamma(a)) * h;
};

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
