import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { twoSidedP } from "../../customers/scores/normal.rules.ts";
import { testIndependence, type ChiSquare } from "./chi-square.rules.ts";

export type CorrectionName = "none" | "bonferroni" | "benjamini_hochberg";
export type CrosstabInput = {
  rows: readonly { key: string; label: string }[];
  columns: readonly { key: string; label: string; count: number }[];
  /** Respondents by row and column. */
  counts: readonly (readonly number[])[];
  /** Sums of weights by row and column, and of each column the sums of weights and of their squares; null to count everybody once. */
  weights: { cells: readonly (readonly number[])[]; columns: readonly { weights: number; squaredWeights: number }[] } | null;
  correction: CorrectionName;
  /** A respondent may stand in several columns; the columns are then no independent samples. */
  columnsOverlap: boolean;
  /** A respondent may stand in several rows, as in a question with several choices: rows can be tested each, the whole table cannot. */
  rowsOverlap: boolean;
};
export type CrosstabLine = { key: string; label: string; count: number; share: number | null; weightedShare: number | null; cells: { count: number; share: number | null; weightedShare: number | null; higherThan: string }[] };
export type CrosstabTable = { columns: { key: string; label: string; letter: string; count: number; isTested: boolean }[]; lines: CrosstabLine[]; count: number; chiSquare: ChiSquare | null };

/** Columns with fewer answers, or fewer effective ones where they are weighted, are shown and not tested. Source: survey practice, 30 as the least for a normal approximation. */
export const TESTED_MIN = 30;
const ALPHA = 0.05;

/** Counts, column shares, letters of the columns each share is significantly above, and the chi-square of the whole.
 *  Every pair of tested columns is compared row by row with the pooled z test of two shares, two-sided at 5 %; Bonferroni multiplies by the
 *  pairs of the row, Benjamini–Hochberg looks at all pairs of the table. Shares of 0 and 1 are not compared, since their spread is unknown.
 *  With weights, weighted shares are compared on effective counts (Kish 1965); the chi-square stays that of the plain counts. */
export function crosstabulate(input: CrosstabInput): CrosstabTable {
  const bases = input.columns.map(({ count }, column) => effectiveCount(input, column, count));
  const columns = input.columns.map((column, index) => ({ ...column, letter: letterOf(index), isTested: !input.columnsOverlap && Math.min(column.count, bases[index] ?? 0) >= TESTED_MIN }));
  const testedShare = (row: number, column: number): number =>
    input.weights === null ? ratio(input.counts[row]?.[column] ?? 0, columns[column]?.count ?? 0) ?? 0 : weightedShareOf(input, row, column) ?? 0;
  const tests = input.counts.flatMap((_line, row) => pairsOf(columns.map(({ isTested }) => isTested)).flatMap(([one, other]) => {
    const [first, second] = [one, other].map((column) => ({ successes: testedShare(row, column) * (bases[column] ?? 0), count: bases[column] ?? 0 }));
    const p = first === undefined || second === undefined ? null : compareShares(first, second);
    return p === null ? [] : [{ row, one, other, p }];
  }));
  const passes = passing(tests, input.correction);
  const differing = Map.groupBy(tests.filter((_test, index) => passes[index] === true), ({ row }) => row);
  const total = input.columnsOverlap ? Math.max(0, ...columns.map(({ count }) => count)) : columns.reduce((sum, { count }) => sum + count, 0);
  const lines = input.rows.map(({ key, label }, row) => {
    const line = input.counts[row] ?? [];
    const shares = columns.map(({ count }, column) => (count === 0 ? null : (line[column] ?? 0) / count));
    const above = shares.map((_share, column) => (differing.get(row) ?? [])
      .filter((test) => test.one === column || test.other === column)
      .map((test) => (test.one === column ? test.other : test.one))
      .filter((other) => testedShare(row, column) > testedShare(row, other))
      .map((other) => columns[other]?.letter ?? "").sort().join(" "));
    const count = line.reduce((sum, cell) => sum + cell, 0);
    return {
      key, label, count, share: total === 0 || input.columnsOverlap ? null : count / total, weightedShare: input.columnsOverlap ? null : weightedShareOf(input, row, null),
      cells: shares.map((share, column) => ({ count: line[column] ?? 0, share, weightedShare: weightedShareOf(input, row, column), higherThan: above[column] ?? "" })),
    };
  });
  return { columns, lines, count: total, chiSquare: input.columnsOverlap || input.rowsOverlap ? null : testIndependence(input.counts) };
}

// Of one column, or of all together.
function weightedShareOf({ weights }: CrosstabInput, row: number, column: number | null): number | null {
  if (weights === null) return null;
  const columns = column === null ? weights.columns.map((_, index) => index) : [column];
  return ratio(columns.reduce((sum, index) => sum + (weights.cells[row]?.[index] ?? 0), 0), columns.reduce((sum, index) => sum + (weights.columns[index]?.weights ?? 0), 0));
}

function effectiveCount({ weights }: CrosstabInput, column: number, count: number): number {
  const base = weights?.columns[column];
  if (base === undefined) return count;
  return base.squaredWeights > 0 ? base.weights ** 2 / base.squaredWeights : 0;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Two-sided p of the pooled z test of two independent shares.
 *  @returns null when either share is 0 or 1
 *  Source: Fleiss, Statistical Methods for Rates and Proportions, 2.4; without continuity correction, so that z² is Pearson's chi-square. */
export function compareShares(first: { successes: number; count: number }, second: { successes: number; count: number }): number | null {
  if ([first, second].some(({ successes, count }) => successes <= 0 || successes >= count)) return null;
  const pooled = (first.successes + second.successes) / (first.count + second.count);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.count + 1 / second.count));
  return twoSidedP((first.successes / first.count - second.successes / second.count) / error);
}

function passing(tests: readonly { row: number; p: number }[], correction: CorrectionName): boolean[] {
  switch (correction) {
    case "none":
      return tests.map(({ p }) => p < ALPHA);
    case "bonferroni": {
      const byRow = Map.groupBy(tests, ({ row }) => row);
      return tests.map(({ row, p }) => p * (byRow.get(row)?.length ?? 0) < ALPHA);
    }
    case "benjamini_hochberg":
      return passesFalseDiscovery(tests.map(({ p }) => p), ALPHA);
  }
}

function pairsOf(isTested: readonly boolean[]): [number, number][] {
  return isTested.flatMap((first, one) => isTested.flatMap((second, other): [number, number][] => (first && second && one < other ? [[one, other]] : [])));
}

// A … Z, AA, AB …
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
