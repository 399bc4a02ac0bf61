// Whether a factor costs more where it is bad than it earns where it is good: a straight line hides that.
import { z95 } from "../../customers/scores/normal.rules.ts";
import { invert, type Matrix } from "./matrices.rules.ts";
import type { Table } from "./correlations.rules.ts";

/** A change of the outcome, in its own units, with its 95 % interval and the rows that stand in the box. */
export type BoxEffect = { effect: number; low: number; high: number; n: number };

/** penalty: the low box against the middle · reward: the high box against the middle, both while the boxes of the other factors are held equal.
 *  `balance` is the reward less the penalty's size, both per step of the factor: below 0 it costs more than it earns. */
export type Contrast = { penalty: BoxEffect; reward: BoxEffect; balance: { value: number; low: number; high: number }; shape: ContrastShape };
export type ContrastShape = "costs_more" | "earns_more" | "even";

export type Range = { min: number; max: number };

/** Fewer rows in a box say nothing for certain. Source: the display rules of small numbers, 30. */
const BOX_ROWS_MIN = 30;

/** Boxes by thirds of the scale, ends included: of 1–5 those are 1–2, 3 and 4–5, of 0–10 they are 0–3, 4–6 and 7–10. */
export const thirdOf = (value: number, { min, max }: Range): -1 | 0 | 1 => {
  const third = (max - min) / 3;
  if (value < min + third) return -1;
  return value > max - third ? 1 : 0;
};

/** Penalties and rewards of all factors together, by least squares on boxes, with intervals that hold for unequal spread.
 *  @param rows rows where nothing is missing
 *  @param ranges the scale of each factor
 *  @returns null for a factor with a box of fewer than 30 rows
 *  Source: penalty-reward contrast, Brandt 1987; robust errors: White 1980 with n / (n - p) (HC1). */
export const contrastFactors = (table: Table, rows: Int32Array, ranges: readonly Range[]): (Contrast | null)[] => {
  const boxed = ranges.map((range, factor) => boxRows(table, rows, factor, range));
  const included = boxed.flatMap(({ counts }, factor) => (counts.every((count) => count >= BOX_ROWS_MIN) ? [factor] : []));
  const fit = fitBoxes(table, rows, included.map((factor) => boxed[factor]?.boxes ?? new Int8Array()));
  return boxed.map(({ counts, means }, factor) => {
    const place = included.indexOf(factor);
    if (fit === null || place === -1) return null;
    const [low, high] = [1 + 2 * place, 2 + 2 * place];
    const [below, above] = [means[1] - means[0], means[2] - means[1]];
    return contrastOf({
      penalty: fit.slopes[low] ?? 0, reward: fit.slopes[high] ?? 0, counts, below, above,
      errors: { penalty: fit.covarianceOf(low, low), reward: fit.covarianceOf(high, high), both: fit.covarianceOf(low, high) },
    });
  });
};

const contrastOf = (given: {
  penalty: number; reward: number; counts: readonly number[]; below: number; above: number; errors: { penalty: number; reward: number; both: number };
}): Contrast => {
  const { penalty, reward, counts, below, above, errors } = given;
  // The penalty is negative where the low box is worse, so adding it takes its size away.
  const value = reward / above + penalty / below;
  const error = Math.sqrt(Math.max(0, errors.reward / above ** 2 + errors.penalty / below ** 2 + (2 * errors.both) / (above * below)));
  const [low, high] = [value - z95 * error, value + z95 * error];
  return {
    penalty: effectOf(penalty, errors.penalty, counts[0] ?? 0),
    reward: effectOf(reward, errors.reward, counts[2] ?? 0),
    balance: { value, low, high },
    shape: high < 0 ? "costs_more" : low > 0 ? "earns_more" : "even",
  };
};

const effectOf = (effect: number, variance: number, n: number): BoxEffect => {
  const margin = z95 * Math.sqrt(Math.max(0, variance));
  return { effect, low: effect - margin, high: effect + margin, n };
};

type Boxed = { boxes: Int8Array; counts: [number, number, number]; means: [number, number, number] };

const boxRows = (table: Table, rows: Int32Array, factor: number, range: Range): Boxed => {
  const boxes = new Int8Array(rows.length);
  const counts: Boxed["counts"] = [0, 0, 0];
  const weights: Boxed["counts"] = [0, 0, 0];
  const sums: Boxed["means"] = [0, 0, 0];
  const column = table.columns[factor];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const value = column?.[row] ?? Number.NaN;
    const box = thirdOf(value, range);
    const weight = table.weights === null ? 1 : (table.weights[row] ?? 0);
    boxes[at] = box;
    const place = box === -1 ? 0 : box === 0 ? 1 : 2;
    counts[place] += 1;
    weights[place] += weight;
    sums[place] += weight * value;
  }
  return { boxes, counts, means: [sums[0] / weights[0], sums[1] / weights[1], sums[2] / weights[2]] };
};

type BoxFit = { slopes: Float64Array; covarianceOf: (one: number, other: number) => number };

// Row by row only the constant and one column per factor that is not in its middle box are other than 0.
const fitBoxes = (table: Table, rows: Int32Array, boxes: readonly Int8Array[]): BoxFit | null => {
  const size = 1 + 2 * boxes.length;
  if (boxes.length === 0 || rows.length <= size) return null;
  const outcome = table.columns.at(-1) ?? new Float64Array();
  const active = new Int32Array(boxes.length + 1);
  const activate = (at: number): number => {
    let count = 1;
    for (let factor = 0; factor < boxes.length; factor += 1) {
      const box = boxes[factor]?.[at] ?? 0;
      if (box !== 0) active[count++] = 1 + 2 * factor + (box === 1 ? 1 : 0);
    }
    return count;
  };
  const weightOf = (row: number): number => (table.weights === null ? 1 : (table.weights[row] ?? 0));
  const products: Matrix = { size, cells: new Float64Array(size * size) };
  const shared = new Float64Array(size);
  eachRow(rows, activate, (row, count) => {
    addOuter(products, active, count, weightOf(row));
    for (let one = 0; one < count; one += 1) shared[active[one] ?? 0] = (shared[active[one] ?? 0] ?? 0) + weightOf(row) * (outcome[row] ?? 0);
  });
  const inverse = invert(products);
  if (inverse === null) return null;
  const slopes = Float64Array.from({ length: size }, (_, row) => shared.reduce((sum, value, at) => sum + value * (inverse.cells[row * size + at] ?? 0), 0));
  const scatter: Matrix = { size, cells: new Float64Array(size * size) };
  eachRow(rows, activate, (row, count) => {
    let error = outcome[row] ?? 0;
    for (let one = 0; one < count; one += 1) error -= slopes[active[one] ?? 0] ?? 0;
    addOuter(scatter, active, count, (weightOf(row) * error) ** 2);
  });
  const correction = rows.length / (rows.length - size);
  return { slopes, covarianceOf: (one, other) => correction * sandwich(inverse, scatter, one, other) };
};

const eachRow = (rows: Int32Array, activate: (at: number) => number, take: (row: number, count: number) => void): void => {
  for (let at = 0; at < rows.length; at += 1) take(rows[at] ?? 0, activate(at));
};

const addOuter = ({ size, cells }: Matrix, active: Int32Array, count: number, weight: number): void => {
  for (let one = 0; one < count; one += 1) {
    const start = (active[one] ?? 0) * size;
    for (let other = 0; other < count; other += 1) {
      const at = start + (active[other] ?? 0);
      cells[at] = (cells[at] ?? 0) + weight;
    }
  }
};

const sandwich = (inverse: Matrix, scatter: Matrix, one: number, other: number): number => {
  const { size } = inverse;
  let sum = 0;
  for (let row = 0; row < size; row += 1) {
    const left = inverse.cells[one * size + row] ?? 0;
    for (let column = 0; column < size; column += 1) sum += left * (scatter.cells[row * size + column] ?? 0) * (inverse.cells[column * size + other] ?? 0);
  }
  return sum;
};
