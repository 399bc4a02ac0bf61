// Which rows stand behind a part of a factor: the ones its figure was counted from.
import { thirdOf } from "./contrasts.rules.ts";
import { listUsedRows, type Table } from "./correlations.rules.ts";
import type { FactorPart, Missing } from "./drivers.contract.ts";

export type AskedPart = { factor: number; part: FactorPart; missing: Missing; range: { min: number; max: number } | null };

/** Rows of a part of a factor, those with the lowest outcome first, of equal ones the later one. Thirds are those of the contrasts, which leave out
 *  rows where anything is missing; behind a gap that was filled in there is nobody.
 *  @param table columns of the factors, then the outcome; NaN is missing */
export const listRowsBehind = (table: Table, { factor, part, missing, range }: AskedPart): number[] => {
  const [values, outcome] = [table.columns[factor], table.columns.at(-1)];
  const valueAt = (row: number): number => values?.[row] ?? Number.NaN;
  const outcomeAt = (row: number): number => outcome?.[row] ?? Number.NaN;
  const isThird = part === "low" || part === "middle" || part === "high";
  const pairing = missing === "listwise" || (isThird && missing === "pairwise") ? "listwise" : "pairwise";
  const rows = [...listUsedRows(table, pairing)].filter((row) => !Number.isNaN(valueAt(row)) && !Number.isNaN(outcomeAt(row)));
  const scale = range ?? spanOf(rows.map(valueAt));
  return rows.filter((row) => isPart(valueAt(row), part, scale)).toSorted((one, other) => outcomeAt(one) - outcomeAt(other) || other - one);
};

const isPart = (value: number, part: FactorPart, scale: { min: number; max: number }): boolean => {
  switch (part) {
    case "all":
      return true;
    case "some":
      return value > 0;
    case "none":
      return value <= 0;
    case "low":
      return thirdOf(value, scale) === -1;
    case "middle":
      return thirdOf(value, scale) === 0;
    case "high":
      return thirdOf(value, scale) === 1;
  }
};

// Two hundred thousand values are too many to be given to a function one by one.
const spanOf = (values: readonly number[]): { min: number; max: number } =>
  values.reduce(({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }), { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY });
