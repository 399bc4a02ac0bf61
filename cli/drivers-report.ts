import type { Driver, Drivers, DriverWarning } from "@firsthand/server/insights/drivers/drivers.contract";
import { count, layOut, percent, printable } from "./text-table.ts";

/** One object, each factor on a line of its own. */
export const writeJson = (outcome: string, drivers: Drivers): string => {
  const { factors, warnings, ...base } = drivers;
  const head = JSON.stringify({ outcome, ...base }).slice(1, -1);
  const lines = (entries: readonly unknown[]): string => (entries.length === 0 ? "[]" : `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]`);
  return `{${head},\n"factors":${lines(factors)},\n"warnings":${lines(warnings.map((warning) => ({ ...warning, message: sayWarning(warning) })))}}\n`;
};

/** A table for people, the most important factor first: numbers rounded, warnings in words below. */
export const writeTable = (outcome: string, drivers: Drivers): string => {
  const { r2, adjustedR2, bootstraps, factors, warnings } = drivers;
  const base = sayBase(drivers);
  const head = ["factor", "share", "95% interval", "rank", "LMG", "Johnson", "alone", "last", "r", "VIF", "mean", "n", ""];
  const lines = factors.toSorted((one, other) => other.lmg - one.lmg).map(lineOf);
  return [
    `Associated with ${printable(outcome)}: R² ${r2.toFixed(4)} (adjusted ${adjustedR2.toFixed(4)}).\n`,
    `Base: ${base}.${bootstraps === 0 ? "" : ` Intervals: ${count(bootstraps)} bootstraps, seed ${drivers.seed}.`}\n\n`,
    layOut([head, ...lines]),
    ...(warnings.length === 0 ? [] : ["\n"]),
    ...warnings.map((warning) => `* ${sayWarning(warning)}\n`),
  ].join("");
};

const sayBase = ({ n, rows, missing, fewestRows, filled, imputations }: Drivers): string => {
  switch (missing) {
    case "listwise":
      return `${count(n)} of ${count(rows)} rows, those with a value in every column (listwise)`;
    case "pairwise":
      return `${count(n)} of ${count(rows)} rows; each correlation from the rows with both values, at least ${count(fewestRows)} (pairwise)`;
    case "mean":
      return `${count(n)} of ${count(rows)} rows, those with the outcome and a factor; ${percent(filled)} of the factors' values are filled with the mean`;
    case "multiple":
      return `${count(n)} of ${count(rows)} rows, those with the outcome and a factor; ${percent(filled)} of the factors' values are filled ${imputations} times with answers of rows alike, combined by Rubin's rules`;
  }
};

const lineOf = (factor: Driver): string[] => [
  printable(factor.factor),
  percent(factor.lmgShare),
  factor.lmgShareLow === null || factor.lmgShareHigh === null ? "–" : `${percent(factor.lmgShareLow)} to ${percent(factor.lmgShareHigh)}`,
  factor.rankLow === null || factor.rankHigh === null ? "–" : factor.rankLow === factor.rankHigh ? String(factor.rankLow) : `${factor.rankLow}–${factor.rankHigh}`,
  factor.lmg.toFixed(4),
  factor.johnson?.toFixed(4) ?? "–",
  factor.first.toFixed(4),
  factor.last.toFixed(4),
  factor.correlation.toFixed(2),
  factor.vif?.toFixed(2) ?? "–",
  factor.mean.toFixed(2),
  count(factor.n),
  "",
];

/** A warning in words. */
const sayWarning = (warning: DriverWarning): string => {
  switch (warning.code) {
    case "few_rows":
      return `Only ${count(warning.n)} rows: shares of so few move a lot from sample to sample. Read the intervals, not the order.`;
    case "few_rows_per_factor":
      return `${count(warning.n)} rows for ${warning.factors} factors are fewer than ten each: R² is too high. Use fewer factors.`;
    case "rows_lost":
      return `Only ${count(warning.n)} of ${count(warning.of)} rows with an outcome have a value in every column. The others may differ; compare with --missing pairwise.`;
    case "pairs_differ":
      return `Correlations rest on different rows, the least supported on ${count(warning.fewest)} of ${count(warning.of)}. Compare with --missing listwise.`;
    case "matrix_repaired":
      return "Correlations from different rows contradicted one another and were moved to the nearest ones that data can have.";
    case "means_filled":
      return `${percent(warning.share)} of the factors' values are filled with the mean: that flattens factors that are missing often, and the intervals do not know of it. Compare with --missing multiple.`;
    case "much_filled":
      return `${printable(warning.factor)} is missing in ${percent(warning.share)} of the rows: its share rests mostly on what the others tell of it.`;
    case "weights_unsteady":
      return `Weights differ so much that a few rows decide (design effect ${warning.designEffect.toFixed(1)}).`;
    case "little_explained":
      return `The factors go with only ${percent(warning.r2)} of the outcome's variance: what matters most may not be among them.`;
    case "halo":
      return `Factors are so alike (mean correlation ${warning.meanCorrelation.toFixed(2)}) that people may have answered by a general impression. Differences between shares mean little.`;
    case "inflated":
      return `${printable(warning.factor)} is mostly told by the other factors (VIF ${warning.vif.toFixed(1)}): its share depends on how what they have in common is split.`;
    case "direction_turns":
      return `${printable(warning.factor)} goes with the outcome in one direction alone and in the other beside the rest: do not read its share as an effect.`;
    case "order_open":
      return `The order at the top is open: ${printable(warning.factor)} is largest here, but ${warning.rivals.map(printable).join(", ")} could be as well.`;
  }
};
