// How much of the variance of an outcome each factor stands for, from one correlation matrix whose last row is the outcome.
import { cellOf, invert, leading, rootOf, SINGULAR_BELOW, type Matrix } from "./matrices.rules.ts";

/** With 2^15 sets of factors a share takes 5 ms, with every factor more twice as long. */
export const FACTORS_MAX = 15;

/** Share of the outcome's variance that each set of factors explains (R² of least squares with an intercept).
 *  A factor that follows from those in the set adds nothing, so sets of resampled rows without variance are no fault.
 *  @param matrix correlations or covariances, the outcome last
 *  @returns at index 0b101 that of the first and the third factor together
 *  Source: sweep operator (Beaton 1964), one step per set, since each set grows from the one without its last factor. */
export const explainEverySet = (matrix: Matrix, kept?: SetsWork): Float64Array => {
  const factors = matrix.size - 1;
  const work = kept ?? prepareSets(factors);
  const { explained, levels } = work;
  levels[0]?.set(matrix.cells);
  explained[0] = 0;
  const total = cellOf(matrix, factors, factors);
  if (total > 0) grow(matrix, work, { depth: 0, from: 0, set: 0 }, total);
  else explained.fill(0);
  return explained;
};

/** Room for the sets of so many factors, so that a thousand resamples need it once. */
export type SetsWork = { explained: Float64Array; levels: Float64Array[]; weights: Float64Array; sizes: Uint8Array };

export const prepareSets = (factors: number): SetsWork => {
  const sizes = new Uint8Array(2 ** factors);
  for (let set = 1; set < sizes.length; set += 1) sizes[set] = (sizes[set >> 1] ?? 0) + (set & 1);
  return {
    explained: new Float64Array(2 ** factors),
    levels: Array.from({ length: factors + 1 }, () => new Float64Array((factors + 1) ** 2)),
    weights: orderWeights(factors),
    sizes,
  };
};

const grow = (original: Matrix, work: SetsWork, at: { depth: number; from: number; set: number }, total: number): void => {
  const { size } = original;
  const outcome = size - 1;
  const here = work.levels[at.depth];
  const next = work.levels[at.depth + 1];
  if (here === undefined) return;
  for (let factor = at.from; factor < outcome; factor += 1) {
    const set = at.set | (1 << factor);
    const pivot = here[factor * size + factor] ?? 0;
    const isFree = pivot > SINGULAR_BELOW * (original.cells[factor * size + factor] ?? 0);
    const shared = here[factor * size + outcome] ?? 0;
    work.explained[set] = (work.explained[at.set] ?? 0) + (isFree ? (shared * shared) / pivot / total : 0);
    if (!isFree || next === undefined) {
      grow(original, work, { depth: at.depth, from: factor + 1, set }, total);
      continue;
    }
    sweep(here, next, size, factor);
    grow(original, work, { depth: at.depth + 1, from: factor + 1, set }, total);
  }
};

// What is left of the later factors and the outcome once this factor is known. Only the upper half right of the factor is used.
const sweep = (from: Float64Array, into: Float64Array, size: number, factor: number): void => {
  const pivot = from[factor * size + factor] ?? 1;
  for (let row = factor + 1; row < size; row += 1) {
    const slope = (from[factor * size + row] ?? 0) / pivot;
    for (let column = row; column < size; column += 1) into[row * size + column] = (from[row * size + column] ?? 0) - slope * (from[factor * size + column] ?? 0);
  }
};

// Share of all orders in which exactly a given set of s factors comes before a given factor: s! (k - s - 1)! / k!.
const orderWeights = (factors: number): Float64Array => {
  const weights = new Float64Array(factors + 1);
  weights[0] = 1 / factors;
  for (let size = 1; size < factors; size += 1) weights[size] = ((weights[size - 1] ?? 0) * size) / (factors - size);
  return weights;
};

/** What each factor adds to R², as the mean over all orders in which factors can be entered; the values add up to R².
 *  Source: Lindeman, Merenda & Gold 1980; Grömping, "Relative Importance for Linear Regression in R", J. Stat. Software 17(1), 2006. The same as the Shapley value of R². */
export const shareByOrder = (explained: Float64Array, { weights, sizes }: Pick<SetsWork, "weights" | "sizes">): Float64Array => {
  const factors = Math.round(Math.log2(explained.length));
  const values = new Float64Array(factors);
  let without = 0;
  for (let set = 0; set < explained.length; set += 1) {
    const size = sizes[set] ?? 0;
    const value = explained[set] ?? 0;
    const added = (weights[size] ?? 0) * value;
    without += added;
    // A factor of the set gains what the set explains as one that it completed, and is not charged for it as one that it is missing from.
    const gained = added + (size === 0 ? 0 : (weights[size - 1] ?? 0) * value);
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const factor = 31 - Math.clz32(rest & -rest);
      values[factor] = (values[factor] ?? 0) + gained;
    }
  }
  return values.map((value) => value - without);
};

/** What each factor's nearest uncorrelated stand-in explains, handed back to the factors; the values add up to R².
 *  Source: Johnson, "A Heuristic Method for Estimating the Relative Weight of Predictor Variables", Multivariate Behavioral Research 35(1), 2000. */
export const relativeWeights = (matrix: Matrix): Float64Array | null => {
  const factors = matrix.size - 1;
  const root = rootOf(leading(matrix, factors));
  const inverse = invert(root);
  if (inverse === null) return null;
  const slopes = Float64Array.from({ length: factors }, (_, row) => sumOver(factors, (at) => cellOf(inverse, row, at) * cellOf(matrix, at, factors)));
  return Float64Array.from({ length: factors }, (_, row) => sumOver(factors, (at) => cellOf(root, row, at) ** 2 * (slopes[at] ?? 0) ** 2));
};

/** Standardised slopes and how much the others inflate the variance of each (VIF, 1 = not at all); null where a factor follows from the others. */
export const slopesOf = (matrix: Matrix): { slopes: Float64Array; inflation: Float64Array } | null => {
  const factors = matrix.size - 1;
  const inverse = invert(leading(matrix, factors));
  if (inverse === null) return null;
  return {
    slopes: Float64Array.from({ length: factors }, (_, row) => sumOver(factors, (at) => cellOf(inverse, row, at) * cellOf(matrix, at, factors))),
    inflation: Float64Array.from({ length: factors }, (_, at) => cellOf(inverse, at, at)),
  };
};

/** The first factor that follows from those before it, and which of them it follows from; null where each has something of its own. */
export const findRedundant = (matrix: Matrix): { factor: number; from: number[] } | null => {
  const factors = matrix.size - 1;
  for (let factor = 1; factor < factors; factor += 1) {
    // The factor takes the place of the outcome, after those before it.
    const before = leading(matrix, factor + 1);
    const fit = slopesOf(before);
    if (fit === null) return null;
    const explained = sumOver(factor, (at) => (fit.slopes[at] ?? 0) * cellOf(before, at, factor));
    if (1 - explained <= SINGULAR_BELOW) return { factor, from: [...fit.slopes.keys()].filter((at) => Math.abs(fit.slopes[at] ?? 0) > 1e-6) };
  }
  return null;
};

const sumOver = (length: number, term: (at: number) => number): number => {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += term(at);
  return sum;
};
