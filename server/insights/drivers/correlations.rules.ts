// From rows of numbers to correlation matrices: of all rows, and of rows drawn again and again.
import { identity, isPositive, makePositive, type Matrix } from "./matrices.rules.ts";

/** Columns of numbers of one length; NaN is a value that is missing. The outcome is the last of `columns`. Without weights every row weighs 1. */
export type Table = { columns: readonly Float64Array[]; weights: Float64Array | null };

/** listwise: only rows where nothing is missing. pairwise: every correlation from the rows that have both its values. */
export type Missing = "listwise" | "pairwise";

/** Rows, or blocks of rows, that are drawn again as one. `sums` holds so many figures of each, beside one another. */
export type Units = { count: number; width: number; sums: Float64Array; missing: Missing; variables: number };

/** Up to so many rows each is a unit of its own, and the bootstrap is the usual one. More rows are dealt at random into so many blocks, whose
 *  cross-products are drawn instead: rows of a block are an independent draw themselves, so the spread between blocks shows that between rows,
 *  and every figure here is made from sums over rows. The spread comes out within 1 / √(2 × 4,096) = 1.1 %, half of what 1,000 draws leave uncertain. */
export const UNITS_MAX = 4_096;

// Listwise: Σw, Σwx of each variable, Σwxy of each pair and of each with itself. Pairwise: the six sums of each pair over the rows that have both.
const PAIR_SUMS = 6;
const widthOf = (variables: number, missing: Missing): number =>
  missing === "listwise" ? 1 + variables + (variables * (variables + 1)) / 2 : PAIR_SUMS * ((variables * (variables - 1)) / 2);

/** Rows that count: with a usable weight, and with every value where they go by list. */
export const listUsedRows = ({ columns, weights }: Table, missing: Missing): Int32Array => {
  const rows = columns[0]?.length ?? 0;
  const used: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    if (weights !== null && !((weights[row] ?? 0) > 0)) continue;
    let known = 0;
    for (const column of columns) if (!Number.isNaN(column[row] ?? Number.NaN)) known += 1;
    if (missing === "listwise" ? known === columns.length : known > 1) used.push(row);
  }
  return Int32Array.from(used);
};

/** Adds rows up into units.
 *  @param random at least 0 and below 1, which decides what rows share a block; not asked where each is a unit */
export const gatherUnits = (table: Table, rows: Int32Array, missing: Missing, random: () => number): Units => {
  const variables = table.columns.length;
  const width = widthOf(variables, missing);
  const count = Math.min(rows.length, UNITS_MAX);
  const units: Units = { count, width, sums: new Float64Array(count * width), missing, variables };
  const dealt = rows.length > UNITS_MAX ? shuffle(rows, random) : rows;
  // Sums of values near 0 keep their digits; a correlation is the same whatever is taken away from every value.
  const columns = table.columns.map((column) => centred(column, rows));
  const values = new Float64Array(variables);
  for (let at = 0; at < dealt.length; at += 1) {
    const row = dealt[at] ?? 0;
    for (let variable = 0; variable < variables; variable += 1) values[variable] = columns[variable]?.[row] ?? Number.NaN;
    const weight = table.weights === null ? 1 : (table.weights[row] ?? 0);
    const start = (at % count) * width;
    if (missing === "listwise") addRow(units.sums, start, values, weight);
    else addPairs(units.sums, start, values, weight);
  }
  return units;
};

const shuffle = (rows: Int32Array, random: () => number): Int32Array => {
  const dealt = rows.slice();
  for (let at = dealt.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = dealt[at] ?? 0;
    dealt[at] = dealt[other] ?? 0;
    dealt[other] = kept;
  }
  return dealt;
};

const centred = (column: Float64Array, rows: Int32Array): Float64Array => {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  const mean = count === 0 ? 0 : sum / count;
  return column.map((value) => value - mean);
};

const addRow = (sums: Float64Array, start: number, values: Float64Array, weight: number): void => {
  let at = start;
  sums[at] = (sums[at] ?? 0) + weight;
  at += 1;
  for (let one = 0; one < values.length; one += 1) {
    sums[at] = (sums[at] ?? 0) + weight * (values[one] ?? 0);
    at += 1;
  }
  for (let one = 0; one < values.length; one += 1) {
    const weighted = weight * (values[one] ?? 0);
    for (let other = one; other < values.length; other += 1) {
      sums[at] = (sums[at] ?? 0) + weighted * (values[other] ?? 0);
      at += 1;
    }
  }
};

const addPairs = (sums: Float64Array, start: number, values: Float64Array, weight: number): void => {
  let at = start;
  for (let first = 0; first < values.length; first += 1) {
    const one = values[first] ?? Number.NaN;
    for (let second = first + 1; second < values.length; second += 1) {
      const other = values[second] ?? Number.NaN;
      if (!Number.isNaN(one) && !Number.isNaN(other)) {
        sums[at] = (sums[at] ?? 0) + weight;
        sums[at + 1] = (sums[at + 1] ?? 0) + weight * one;
        sums[at + 2] = (sums[at + 2] ?? 0) + weight * other;
        sums[at + 3] = (sums[at + 3] ?? 0) + weight * one * one;
        sums[at + 4] = (sums[at + 4] ?? 0) + weight * other * other;
        sums[at + 5] = (sums[at + 5] ?? 0) + weight * one * other;
      }
      at += PAIR_SUMS;
    }
  }
};

/** The sums of units that each count so many times. */
export const addUnits = ({ count, width, sums }: Units, times: Int32Array, total: Float64Array): void => {
  total.fill(0);
  for (let unit = 0; unit < count; unit += 1) {
    const often = times[unit] ?? 0;
    if (often === 0) continue;
    const start = unit * width;
    for (let at = 0; at < width; at += 1) total[at] = (total[at] ?? 0) + often * (sums[start + at] ?? 0);
  }
};

/** Correlations from sums. A variable without variance is taken to go with nothing. */
export const correlate = (total: Float64Array, { variables, missing }: Pick<Units, "variables" | "missing">): Matrix =>
  missing === "listwise" ? correlateRows(total, variables) : correlatePairs(total, variables);

const correlateRows = (total: Float64Array, variables: number): Matrix => {
  const weights = total[0] ?? 0;
  const matrix = identity(variables);
  const covariances = new Float64Array(variables * variables);
  let at = 1 + variables;
  for (let one = 0; one < variables; one += 1) {
    for (let other = one; other < variables; other += 1) {
      const products = total[at] ?? 0;
      const left = products - ((total[1 + one] ?? 0) * (total[1 + other] ?? 0)) / weights;
      covariances[one * variables + other] = one === other ? withoutDust(left, products) : left;
      at += 1;
    }
  }
  for (let one = 0; one < variables; one += 1) {
    for (let other = one + 1; other < variables; other += 1) {
      const scale = Math.sqrt((covariances[one * (variables + 1)] ?? 0) * (covariances[other * (variables + 1)] ?? 0));
      place(matrix, one, other, scale > 0 ? (covariances[one * variables + other] ?? 0) / scale : 0);
    }
  }
  return matrix;
};

const correlatePairs = (total: Float64Array, variables: number): Matrix => {
  const matrix = identity(variables);
  let at = 0;
  for (let first = 0; first < variables; first += 1) {
    for (let second = first + 1; second < variables; second += 1) {
      const weights = total[at] ?? 0;
      const [one = 0, other = 0, ones = 0, others = 0, products = 0] = total.subarray(at + 1, at + PAIR_SUMS);
      const scale = Math.sqrt(withoutDust(ones - (one * one) / weights, ones) * withoutDust(others - (other * other) / weights, others));
      place(matrix, first, second, weights > 0 && scale > 0 ? (products - (one * other) / weights) / scale : 0);
      at += PAIR_SUMS;
    }
  }
  return matrix;
};

// Where all values are the same, the subtraction leaves rounding dust of about 1e-16 of the squares.
const withoutDust = (left: number, squares: number): number => (left > 1e-12 * squares ? left : 0);

const place = ({ size, cells }: Matrix, one: number, other: number, value: number): void => {
  const clamped = Math.max(-1, Math.min(1, value));
  cells[one * size + other] = clamped;
  cells[other * size + one] = clamped;
};

/** A matrix that data can have: by list it always is one (factors may still follow from one another); by pairs it may have to be mended. */
export const usable = (matrix: Matrix, missing: Missing): { matrix: Matrix; isRepaired: boolean } =>
  missing === "listwise" || isPositive(matrix) ? { matrix, isRepaired: false } : { matrix: makePositive(matrix), isRepaired: true };
