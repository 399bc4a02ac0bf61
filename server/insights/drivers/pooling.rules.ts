// From the results of several filled tables to one, as uncertain as the gaps make it.
import { z95 } from "../../customers/scores/normal.rules.ts";
import { t95 } from "../../customers/scores/student.rules.ts";
import type { BoxEffect, Contrast } from "./contrasts.rules.ts";
import type { Driver, Drivers } from "./drivers.contract.ts";
import { rankInterval, type Resampling } from "./resampling.rules.ts";

/** `missingInfo`: the part of the variance that comes from how the tables differ, 0–1. */
export type Pooled = { estimate: number; low: number; high: number; missingInfo: number };

/** The estimate of several filled tables with its 95 % interval.
 *  @param variances squared standard errors within the tables, in the same order
 *  @param completeDegrees degrees of freedom there would be without gaps
 *  Source: Rubin 1987, 3.1 (total variance); Barnard & Rubin, Biometrika 86(4), 1999 (degrees of freedom). */
export const poolEstimates = (estimates: readonly number[], variances: readonly number[], completeDegrees: number): Pooled => {
  const estimate = meanOf(estimates);
  const between = varianceOf(estimates) * (1 + 1 / estimates.length);
  const total = meanOf(variances) + between;
  if (!(total > 0)) return { estimate, low: estimate, high: estimate, missingInfo: 0 };
  const missingInfo = between / total;
  const seen = ((completeDegrees + 1) / (completeDegrees + 3)) * completeDegrees * (1 - missingInfo);
  const known = missingInfo === 0 ? Number.POSITIVE_INFINITY : (estimates.length - 1) / missingInfo ** 2;
  const degrees = Number.isFinite(known) ? (known * seen) / (known + seen) : seen;
  const margin = t95(Math.max(1, degrees)) * Math.sqrt(total);
  return { estimate, low: estimate - margin, high: estimate + margin, missingInfo };
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const varianceOf = (values: readonly number[]): number => {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

/** Draws from one filled table after the other. A share's variance within a table is that of its draws. */
export const poolResamplings = (resamplings: readonly Resampling[], tables: readonly Drivers[]): Resampling => {
  const factors = tables[0]?.factors.length ?? 0;
  const degrees = degreesOf(tables);
  let draws = 0;
  const ranksOf = (factor: number): number[] => resamplings.flatMap(({ drawn }) => drawn.ranks[factor] ?? []);
  return {
    draw: () => {
      resamplings[draws % resamplings.length]?.draw();
      draws += 1;
    },
    intervals: () => Array.from({ length: factors }, (_, factor) => {
      const estimates = tables.map((table) => table.factors[factor]?.lmgShare ?? 0);
      const drawn = resamplings.flatMap((resampling) => resampling.drawn.shares[factor] ?? []).length;
      const variances = resamplings.map((resampling) => varianceOf(resampling.drawn.shares[factor] ?? [])).slice(0, drawn < 2 * tables.length ? 0 : undefined);
      const { low, high, missingInfo } = poolEstimates(estimates, variances, degrees);
      // A share lies between nothing and everything; the interval is symmetrical and does not know that.
      return { low: Math.max(0, low), high: Math.min(1, high), ...rankInterval(ranksOf(factor)), missingInfo };
    }),
    drawn: { shares: Array.from({ length: factors }, (_, factor) => resamplings.flatMap(({ drawn }) => drawn.shares[factor] ?? [])), ranks: Array.from({ length: factors }, (_, factor) => ranksOf(factor)) },
  };
};

const degreesOf = ([table]: readonly Drivers[]): number => Math.max(1, (table?.n ?? 1) - (table?.factors.length ?? 0) - 1);

/** One result of several: figures are means over the tables, so that shares still add up; means and effects get the interval of both uncertainties. */
export const poolDrivers = (tables: readonly Drivers[]): Drivers | null => {
  const [first] = tables;
  if (first === undefined || tables.length === 1) return first ?? null;
  const degrees = degreesOf(tables);
  const mean = (read: (table: Drivers) => number): number => meanOf(tables.map(read));
  const [r2, adjustedR2, meanCorrelation] = [mean((table) => table.r2), mean((table) => table.adjustedR2), mean((table) => table.meanCorrelation)];
  const factors = first.factors.map((_, at) => poolFactor(tables.flatMap((table) => table.factors[at] ?? []), r2, degrees));
  return { ...first, r2, adjustedR2, meanCorrelation, factors: factors.flatMap((factor) => factor ?? []) };
};

const poolFactor = (tables: readonly Driver[], r2: number, degrees: number): Driver | null => {
  const [first] = tables;
  if (first === undefined) return null;
  const mean = (read: (factor: Driver) => number): number => meanOf(tables.map(read));
  const known = (read: (factor: Driver) => number | null): number | null => {
    const values = tables.flatMap((factor) => read(factor) ?? []);
    return values.length < tables.length ? null : meanOf(values);
  };
  const [lmg, johnson] = [mean((factor) => factor.lmg), known((factor) => factor.johnson)];
  const rated = poolEstimates(tables.map((factor) => factor.mean), tables.map((factor) => ((factor.meanHigh - factor.mean) / z95) ** 2), degrees);
  const { min, max } = first;
  const rescale = (value: number): number => (max > min ? (100 * (value - min)) / (max - min) : 0);
  return {
    ...first, lmg, lmgShare: r2 > 0 ? lmg / r2 : null, johnson, johnsonShare: johnson === null || r2 <= 0 ? null : johnson / r2,
    first: mean((factor) => factor.first), last: mean((factor) => factor.last), pratt: known((factor) => factor.pratt), slope: known((factor) => factor.slope),
    vif: known((factor) => factor.vif), correlation: mean((factor) => factor.correlation),
    mean: rated.estimate, meanLow: rated.low, meanHigh: rated.high,
    performance: rescale(rated.estimate), performanceLow: Math.max(0, rescale(rated.low)), performanceHigh: Math.min(100, rescale(rated.high)),
    contrast: poolContrasts(tables.map(({ contrast }) => contrast), degrees),
  };
};

// Where the boxes of one table hold too few rows, the others would speak for it.
const poolContrasts = (given: readonly (Contrast | null)[], degrees: number): Contrast | null => {
  const tables = given.filter((contrast) => contrast !== null);
  if (tables.length < given.length) return null;
  const pool = (read: (contrast: Contrast) => { value: number; high: number }): Pooled => {
    const found = tables.map(read);
    return poolEstimates(found.map(({ value }) => value), found.map(({ value, high }) => ((high - value) / z95) ** 2), degrees);
  };
  const effect = (read: (contrast: Contrast) => BoxEffect): BoxEffect => {
    const { estimate, low, high } = pool((contrast) => ({ value: read(contrast).effect, high: read(contrast).high }));
    return { effect: estimate, low, high, n: Math.round(meanOf(tables.map((contrast) => read(contrast).n))) };
  };
  const { estimate: value, low, high } = pool((contrast) => contrast.balance);
  return { penalty: effect(({ penalty }) => penalty), reward: effect(({ reward }) => reward), balance: { value, low, high }, shape: high < 0 ? "costs_more" : low > 0 ? "earns_more" : "even" };
};
