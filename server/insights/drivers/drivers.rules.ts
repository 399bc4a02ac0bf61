// What goes with an outcome, and how much: shares of explained variance with their intervals, the base they rest on, and what to beware of.
import { z95 } from "../../customers/scores/normal.rules.ts";
import { noMoments, estimateWeighted } from "../../customers/scores/weighting.rules.ts";
import { contrastFactors, type Range } from "./contrasts.rules.ts";
import { correlate, addUnits, gatherUnits, listUsedRows, usable, type Missing as Pairing, type Table } from "./correlations.rules.ts";
import type { Driver, DriversFault, DriverWarning, Drivers, Missing } from "./drivers.contract.ts";
import { explainEverySet, FACTORS_MAX, findRedundant, prepareSets, relativeWeights, shareByOrder, slopesOf } from "./importance.rules.ts";
import { fillMeans, IMPUTATIONS, keepAnswered, startFilling } from "./imputation.rules.ts";
import { cellOf, type Matrix } from "./matrices.rules.ts";
import { poolDrivers, poolResamplings } from "./pooling.rules.ts";
import { seededRandom, startResampling, type Resampling, type ShareInterval } from "./resampling.rules.ts";

export type DriversChoices = { missing: Missing; seed: number; names: readonly string[]; ranges: readonly (Range | null)[]; rowsMin?: number };
type RowsChoices = DriversChoices & { missing: Pairing };

/** Everything but the intervals, and what draws them: the caller decides how often, and may let others work in between. */
export type Prepared = { ok: true; drivers: Drivers; resampling: Resampling } | { ok: false; fault: DriversFault };

/** Above this mean correlation between factors, people answered by a general impression more than factor by factor. Source: survey practice on halo, r > 0.6. */
const HALO_ABOVE = 0.6;
/** Above this the others tell most of a factor, so that its share is mostly a matter of how it is split. Source: rule of thumb, VIF 5 = R² of 0.8. */
const INFLATION_ABOVE = 5;
const FEW_ROWS = 100;
const ROWS_PER_FACTOR = 10;
const LITTLE_EXPLAINED = 0.1;
const MUCH_LOST_BELOW = 0.8;
const MUCH_FILLED_ABOVE = 0.5;

/** Measures what factors explain of an outcome.
 *  @param table columns of the factors in the order of `names`, then the outcome; NaN is missing
 *  @param choices.ranges scale of each factor, or null for the span of its values
 *  @param choices.rowsMin fewer rows behind a correlation give no result, whatever else there is to say of them */
export const prepareDrivers = (table: Table, choices: DriversChoices): Prepared => {
  const refusal = refuse(table, choices.names.length);
  if (refusal !== null) return { ok: false, fault: refusal };
  const { missing } = choices;
  return missing === "listwise" || missing === "pairwise" ? prepareRows(table, { ...choices, missing }) : prepareFilled(table, { ...choices, missing });
};

// With as many slopes as rows every line fits.
const rowsNeeded = ({ names, rowsMin }: DriversChoices): number => Math.max(names.length + 2, rowsMin ?? 0);

const prepareFilled = (table: Table, choices: DriversChoices & { missing: "mean" | "multiple" }): Prepared => {
  const answered = keepAnswered(table);
  const known = choices.names.map((_, factor) => countKnown(answered, factor));
  const [needed, fewest] = [rowsNeeded(choices), Math.min(...known)];
  if (fewest < needed) return { ok: false, fault: { fault: "too_few_rows", n: fewest, needed } };
  const constant = choices.names.find((_, factor) => isConstant(answered.columns[factor] ?? new Float64Array(), [...(answered.columns[factor]?.keys() ?? [])]));
  if (constant !== undefined) return { ok: false, fault: { fault: "constant_factor", factor: constant } };
  const { share, tables } = fillGaps(answered, choices);
  const prepared: Extract<Prepared, { ok: true }>[] = [];
  for (const [at, fill] of tables.entries()) {
    // One table after the other: ten at once would take ten times the memory. Each draws its own rows.
    const one = prepareRows(fill(), { ...choices, missing: "listwise", seed: choices.seed + at });
    if (!one.ok) return one;
    prepared.push(one);
  }
  const pooled = poolDrivers(prepared.map(({ drivers }) => drivers));
  const [first] = prepared;
  if (pooled === null || first === undefined) throw new Error("A filled table is missing.");
  const drivers = sayFilled(pooled, { table, known, share, missing: choices.missing, seed: choices.seed });
  return { ok: true, drivers, resampling: prepared.length === 1 ? first.resampling : poolResamplings(prepared.map(({ resampling }) => resampling), prepared.map((one) => one.drivers)) };
};

const fillGaps = (answered: Table, { missing, seed }: DriversChoices): { share: number; tables: (() => Table)[] } => {
  const means = fillMeans(answered);
  // Without a gap the tables would all be the same.
  if (missing === "mean" || means.share === 0) return { share: means.share, tables: [() => means.table] };
  const { share, fill } = startFilling(answered, seededRandom(seed));
  return { share, tables: Array.from({ length: IMPUTATIONS }, () => fill) };
};

const sayFilled = (drivers: Drivers, given: { table: Table; known: readonly number[]; share: number; missing: "mean" | "multiple"; seed: number }): Drivers => {
  const { table, known, share, missing, seed } = given;
  const factors = drivers.factors.map((factor, at) => ({ ...factor, n: known[at] ?? 0 }));
  const much = factors.flatMap(({ factor, n }): DriverWarning[] => (1 - n / drivers.n > MUCH_FILLED_ABOVE ? [{ code: "much_filled", factor, share: 1 - n / drivers.n }] : []));
  const means: DriverWarning[] = missing === "mean" && share > 0 ? [{ code: "means_filled", share }] : [];
  return {
    ...drivers, missing, seed, factors, filled: share, imputations: missing === "multiple" && share > 0 ? IMPUTATIONS : 0,
    rows: table.columns[0]?.length ?? 0, outcomeRows: countKnown(table, drivers.factors.length), fewestRows: Math.min(...known), warnings: [...means, ...much, ...drivers.warnings],
  };
};

const prepareRows = (table: Table, choices: RowsChoices): Prepared => {
  const factors = choices.names.length;
  const { missing } = choices;
  const random = seededRandom(choices.seed);
  const rows = listUsedRows(table, missing);
  const counts = missing === "listwise" ? countAll(table, rows) : countPairs(table, rows);
  const smallest = Math.min(...counts.values());
  const needed = rowsNeeded(choices);
  if (rows.length === 0 || smallest < needed) return { ok: false, fault: { fault: "too_few_rows", n: Math.min(smallest, rows.length), needed } };
  const constant = table.columns.findIndex((column) => isConstant(column, rows));
  if (constant !== -1) return { ok: false, fault: constant === factors ? { fault: "constant_outcome" } : { fault: "constant_factor", factor: choices.names[constant] ?? "" } };
  const units = gatherUnits(table, rows, missing, random);
  const total = new Float64Array(units.width);
  addUnits(units, new Int32Array(units.count).fill(1), total);
  const found = correlate(total, units);
  const redundant = findRedundant(found);
  if (redundant !== null && (missing === "listwise" || redundant.from.length === 1)) {
    return { ok: false, fault: { fault: "collinear", factor: choices.names[redundant.factor] ?? "", from: redundant.from.map((at) => choices.names[at] ?? "") } };
  }
  const { matrix, isRepaired } = usable(found, missing);
  const drivers = describe({ table, choices, rows, counts, matrix, isRepaired });
  return { ok: true, drivers, resampling: startResampling(units, random) };
};

const refuse = (table: Table, factors: number): DriversFault | null => {
  if (factors < 2) return { fault: "too_few_factors", needed: 2 };
  if (factors > FACTORS_MAX) return { fault: "too_many_factors", factors, most: FACTORS_MAX };
  if (table.columns.length !== factors + 1) throw new Error("A table of drivers has a column per factor and one of the outcome.");
  return null;
};

/** Puts the intervals of the draws so far into the result, and says where the order of factors is open. */
export const finishDrivers = (drivers: Drivers, intervals: readonly ShareInterval[], bootstraps: number): Drivers => {
  if (bootstraps === 0) return drivers;
  const factors = drivers.factors.map((factor, at) => {
    const { low = null, high = null, rankLow = null, rankHigh = null, missingInfo = null } = intervals[at] ?? {};
    return { ...factor, lmgShareLow: low, lmgShareHigh: high, rankLow, rankHigh, missingInfo };
  });
  const [first, ...others] = factors.toSorted((one, other) => other.lmg - one.lmg);
  const rivals = others.filter(({ rankLow }) => rankLow === 1).map(({ factor }) => factor);
  const open: DriverWarning[] = first === undefined || rivals.length === 0 ? [] : [{ code: "order_open", factor: first.factor, rivals }];
  return { ...drivers, bootstraps, factors, warnings: [...drivers.warnings, ...open] };
};

type Counts = { pair: (one: number, other: number) => number; values: () => number[] };

const countPairs = (table: Table, rows: Int32Array): Counts => {
  const size = table.columns.length;
  const counts = new Int32Array(size * size);
  for (const row of rows) {
    for (let one = 0; one < size; one += 1) {
      if (Number.isNaN(table.columns[one]?.[row] ?? Number.NaN)) continue;
      for (let other = one; other < size; other += 1) if (!Number.isNaN(table.columns[other]?.[row] ?? Number.NaN)) counts[one * size + other] = (counts[one * size + other] ?? 0) + 1;
    }
  }
  const pair = (one: number, other: number): number => counts[Math.min(one, other) * size + Math.max(one, other)] ?? 0;
  return { pair, values: () => Array.from({ length: size }, (_, one) => Array.from({ length: size - one - 1 }, (__, after) => pair(one, one + 1 + after))).flat() };
};

// Where nothing is missing every pair rests on every row.
const countAll = ({ columns }: Table, { length }: Int32Array): Counts => ({ pair: () => length, values: () => columns.map(() => length) });

const isConstant = (column: Float64Array, rows: Iterable<number>): boolean => {
  let known = Number.NaN;
  for (const row of rows) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(known)) known = value;
    else if (value !== known) return false;
  }
  return true;
};

type Found = { table: Table; choices: RowsChoices; rows: Int32Array; counts: Counts; matrix: Matrix; isRepaired: boolean };

const describe = (found: Found): Drivers => {
  const { table, choices, rows, counts, matrix } = found;
  const factors = choices.names.length;
  const work = prepareSets(factors);
  const explained = explainEverySet(matrix, work);
  const r2 = explained.at(-1) ?? 0;
  const [byOrder, byWeights, fit] = [shareByOrder(explained, work), relativeWeights(matrix), slopesOf(matrix)];
  const means = choices.names.map((_, factor) => averageOf(table, rows, factor, choices.ranges[factor] ?? null));
  const complete = choices.missing === "listwise" ? rows : listUsedRows(table, "listwise");
  const contrasts = contrastFactors(table, complete, means.map(({ min, max }) => ({ min, max })));
  const list = choices.names.map((factor, at): Driver => {
    const lmg = byOrder[at] ?? 0;
    const johnson = byWeights?.[at] ?? null;
    const correlation = cellOf(matrix, at, factors);
    const slope = fit?.slopes[at] ?? null;
    return {
      factor, lmg, lmgShare: r2 > 0 ? lmg / r2 : null, lmgShareLow: null, lmgShareHigh: null, rankLow: null, rankHigh: null, missingInfo: null,
      johnson, johnsonShare: johnson === null || r2 <= 0 ? null : johnson / r2,
      first: correlation ** 2, last: r2 - (explained[explained.length - 1 - 2 ** at] ?? 0), pratt: slope === null ? null : slope * correlation,
      slope, vif: fit?.inflation[at] ?? null, n: counts.pair(at, factors), correlation, ...averages(means[at]), contrast: contrasts[at] ?? null,
    };
  });
  const used = choices.missing === "listwise" ? rows : rows.filter((row) => !Number.isNaN(table.columns[factors]?.[row] ?? Number.NaN));
  const n = used.length;
  const fewestRows = Math.min(...counts.values());
  const outcomeRows = countKnown(table, factors);
  const result: Drivers = {
    n, rows: table.columns[0]?.length ?? 0, outcomeRows, fewestRows, effectiveN: effective(table, used), missing: choices.missing, filled: 0, imputations: 0,
    r2, adjustedR2: 1 - ((1 - r2) * (fewestRows - 1)) / (fewestRows - factors - 1), meanCorrelation: meanCorrelationOf(matrix, factors), bootstraps: 0, seed: choices.seed, factors: list, warnings: [],
  };
  return { ...result, warnings: warningsOf(result, found) };
};

const averages = (mean: Average | undefined): Pick<Driver, "mean" | "meanLow" | "meanHigh" | "min" | "max" | "performance" | "performanceLow" | "performanceHigh"> => {
  const { value = 0, error = 0, min = 0, max = 0 } = mean ?? {};
  const [low, high] = [value - z95 * error, value + z95 * error];
  const rescale = (on: number): number => (max > min ? (100 * (on - min)) / (max - min) : 0);
  return { mean: value, meanLow: low, meanHigh: high, min, max, performance: rescale(value), performanceLow: Math.max(0, rescale(low)), performanceHigh: Math.min(100, rescale(high)) };
};

type Average = { value: number; error: number; min: number; max: number };

// Over the rows its share rests on: those that also have the outcome.
const averageOf = (table: Table, rows: Int32Array, factor: number, range: Range | null): Average => {
  const [values, outcome] = [table.columns[factor], table.columns.at(-1)];
  const moments = { ...noMoments };
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = values?.[row] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(outcome?.[row] ?? Number.NaN)) continue;
    const weight = table.weights === null ? 1 : (table.weights[row] ?? 0);
    moments.count += 1;
    moments.weights += weight;
    moments.squaredWeights += weight ** 2;
    moments.weightedScores += weight * value;
    moments.squaredWeightsScores += weight ** 2 * value;
    moments.squaredWeightedScores += (weight * value) ** 2;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const estimate = estimateWeighted(moments);
  return { value: estimate?.mean ?? 0, error: estimate?.standardError ?? 0, min: range?.min ?? min, max: range?.max ?? max };
};

const countKnown = (table: Table, at: number): number => (table.columns[at] ?? new Float64Array()).reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);

/** Kish: (Σw)² / Σw². */
const effective = ({ weights }: Table, rows: Int32Array): number => {
  if (weights === null) return rows.length;
  let [sum, squares] = [0, 0];
  for (const row of rows) {
    sum += weights[row] ?? 0;
    squares += (weights[row] ?? 0) ** 2;
  }
  return (sum * sum) / squares;
};

const meanCorrelationOf = (matrix: Matrix, factors: number): number => {
  let sum = 0;
  for (let one = 0; one < factors; one += 1) for (let other = one + 1; other < factors; other += 1) sum += cellOf(matrix, one, other);
  return sum / ((factors * (factors - 1)) / 2);
};

// The usual F test of one slope: what it adds to all others, against what stays unexplained per degree of freedom.
const isSlopeCertain = ({ last }: Driver, { r2, fewestRows, factors }: Drivers): boolean => (last * (fewestRows - factors.length - 1)) / (1 - r2) > z95 ** 2;

const warningsOf = (drivers: Drivers, { table, isRepaired }: Found): DriverWarning[] => {
  const { n, fewestRows, outcomeRows, factors, missing, r2, meanCorrelation } = drivers;
  const base = missing === "listwise" ? n : fewestRows;
  const warnings: (DriverWarning | null)[] = [
    base < FEW_ROWS ? { code: "few_rows", n: base } : null,
    base < ROWS_PER_FACTOR * factors.length ? { code: "few_rows_per_factor", n: base, factors: factors.length } : null,
    missing === "listwise" && n < MUCH_LOST_BELOW * outcomeRows ? { code: "rows_lost", n, of: outcomeRows } : null,
    missing === "pairwise" && fewestRows < MUCH_LOST_BELOW * outcomeRows ? { code: "pairs_differ", fewest: fewestRows, of: outcomeRows } : null,
    isRepaired ? { code: "matrix_repaired" } : null,
    table.weights !== null && n / drivers.effectiveN > 2 ? { code: "weights_unsteady", designEffect: n / drivers.effectiveN } : null,
    r2 < LITTLE_EXPLAINED ? { code: "little_explained", r2 } : null,
    meanCorrelation > HALO_ABOVE ? { code: "halo", meanCorrelation } : null,
    ...factors.map((factor): DriverWarning | null => (factor.vif !== null && factor.vif > INFLATION_ABOVE ? { code: "inflated", factor: factor.factor, vif: factor.vif } : null)),
    ...factors.map((factor): DriverWarning | null => (factor.pratt !== null && factor.pratt < 0 && isSlopeCertain(factor, drivers) ? { code: "direction_turns", factor: factor.factor } : null)),
  ];
  return warnings.filter((warning) => warning !== null);
};
