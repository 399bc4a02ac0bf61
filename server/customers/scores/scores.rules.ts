import { compareEstimates, estimateNps, estimateShare, type Comparison, type Estimate } from "./comparisons.rules.ts";
import { comparedMin } from "./evidence.rules.ts";
import { around, errorOfMean, intervalOfMean, netPromoterScore, npsInterval, wilsonInterval, type Interval, type MeanEstimate, type NpsCounts } from "./intervals.rules.ts";
import type { BandName, MeasureName, Scale } from "./scores.contract.ts";
import { bandOf, bestBandOf, formulaOf, listBands } from "./scales.rules.ts";
import { estimateStrata } from "./strata.rules.ts";
import { countAnswers, countBand, momentsOfBoxes, momentsOfValues, withoutWeights, type Tally } from "./tallies.rules.ts";
import { estimateWeighted, type Moments, type WeightedEstimate } from "./weighting.rules.ts";

/** One metric over the answers of one scale. */
export type Measure<Name extends MeasureName = MeasureName> = { metric: Name; scale: Scale };

export type Score = { count: number; score: number | null; low: number | null; high: number | null };

/** Scores a tally without weights: net points (NPS, sentiment, needs) with the adjusted Wald interval, percent (satisfied, answered) with Wilson's,
 *  or the mean value with its t interval.
 *  @returns unrounded numbers; null instead of a score when there are no answers */
export const scoreTally = (measure: Measure, tally: Tally): Score => {
  const count = countAnswers(tally);
  switch (formulaOf(measure.metric)) {
    case "net": {
      const counts = netCounts(measure, tally);
      return { count, score: netPromoterScore(counts), ...orNull(npsInterval(counts)) };
    }
    case "share":
      return shareOf(measure, tally, bestBandOf(measure.metric));
    case "mean": {
      const estimate = estimateWeighted(momentsOfValues(withoutWeights(tally)));
      if (estimate === null) return { count, score: null, low: null, high: null };
      return { count, score: estimate.mean, ...withinLimits(measure, estimate) };
    }
  }
};

/** Percent of answers in one band, with the 95 % Wilson interval. */
export const shareOf = (measure: Measure, tally: Tally, band: BandName): Score => {
  const count = countAnswers(tally);
  const inBand = countIn(measure, tally, band);
  const interval = wilsonInterval(inBand, count);
  return {
    count,
    score: count === 0 ? null : (100 * inBand) / count,
    low: interval === null ? null : 100 * interval.low,
    high: interval === null ? null : 100 * interval.high,
  };
};

/** The same score with every answer counted by its weight, and the t interval of its linearised error at the effective count. */
export const scoreWeighted = (measure: Measure, tally: Tally): (WeightedEstimate & Interval) | null => {
  const estimate = estimateWeighted(momentsOf(measure, tally));
  if (estimate === null) return null;
  const standardError = errorOfMean(estimate, limitsOf(measure))?.standardError ?? null;
  return { ...estimate, standardError, ...withinLimits(measure, estimate) };
};

/** The score over a population that was sampled stratum by stratum, each by its true size, with the interval of that design.
 *  @returns null without answers in every stratum, or where fewer exist than answered; without an interval where one answer alone stands for others */
export const scoreStrata = (measure: Measure, strata: readonly { population: number; tally: Tally }[]): { score: number; low: number | null; high: number | null; designEffect: number } | null => {
  const estimate = estimateStrata(strata.map(({ population, tally }) => ({ population, moments: momentsOf(measure, withoutWeights(tally)) })));
  if (estimate === null) return null;
  const { mean: score, standardError, designEffect } = estimate;
  if (standardError === null) return { score, low: null, high: null, designEffect };
  // Who all answered are not a sample.
  const isCensus = strata.every(({ population, tally }) => population === countAnswers(tally));
  const interval = standardError > 0 ? around(score, standardError, limitsOf(measure)) : withinLimits(measure, estimate);
  return { score, ...(isCensus ? { low: score, high: score } : interval), designEffect };
};

/** Tests whether two groups of different people scored differently, by the estimates the intervals use.
 *  @returns first minus second as scored (not adjusted), with the z and p of the test; null with under ten answers on a side.
 *  The same people asked twice need the variance of their own differences instead. */
export const compareTallies = (measure: Measure, first: Tally, second: Tally): Comparison | null => {
  if (areTooFew(first, second)) return null;
  const before = scoreTally(measure, second).score;
  const after = scoreTally(measure, first).score;
  if (before === null || after === null) return null;
  const [one, other] = [estimateTally(measure, first), estimateTally(measure, second)];
  const tested = one === null || other === null ? null : compareEstimates(one, other);
  return tested === null ? null : { ...tested, difference: after - before };
};

/** Tests whether two weighted scores differ, by the linearised errors of their intervals.
 *  @returns null with under ten answers on a side */
export const compareWeighted = (measure: Measure, first: Tally, second: Tally): Comparison | null => {
  if (areTooFew(first, second)) return null;
  const [one, other] = [estimateMean(measure, momentsOf(measure, first)), estimateMean(measure, momentsOf(measure, second))];
  return one === null || other === null ? null : compareEstimates(one, other);
};

const areTooFew = (first: Tally, second: Tally): boolean => countAnswers(first) < comparedMin || countAnswers(second) < comparedMin;

/** What a test knows of a score without weights: adjusted counts for net points and shares, for means the error of their interval. */
export const estimateTally = (measure: Measure, tally: Tally): Estimate | null => {
  switch (formulaOf(measure.metric)) {
    case "net":
      return estimateNps(netCounts(measure, tally), "adjusted");
    case "share":
      return estimateShare(countIn(measure, tally, bestBandOf(measure.metric)), countAnswers(tally));
    case "mean":
      return estimateMean(measure, momentsOfValues(withoutWeights(tally)));
  }
};

const estimateMean = (measure: Measure, moments: Moments): Estimate | null => {
  const estimate = estimateWeighted(moments);
  const error = estimate === null ? null : errorOfMean(estimate, limitsOf(measure));
  return estimate === null || error === null ? null : { value: estimate.mean, ...error };
};

const momentsOf = (measure: Measure, tally: Tally) =>
  formulaOf(measure.metric) === "mean" ? momentsOfValues(tally) : momentsOfBoxes(tally, (box) => scoreOfBox(measure, box) ?? 0);

/** What one value counts as in the score: points, percent, or null where it counts as itself. */
export const scoreOfBox = ({ metric, scale }: Measure, box: number): number | null => {
  const bands = listBands(metric);
  switch (formulaOf(metric)) {
    case "net":
      return netPoints[bands.indexOf(bandOf(metric, scale, box))] ?? 0;
    case "share":
      return bandOf(metric, scale, box) === bands[0] ? 100 : 0;
    case "mean":
      return null;
  }
};

/** Points of the best, the middle and the worst band. */
const netPoints = [100, 0, -100] as const;

const withinLimits = (measure: Measure, estimate: MeanEstimate): Interval => intervalOfMean(estimate, limitsOf(measure)) ?? limitsOf(measure);

/** The ends a score can reach. */
export const limitsOf = ({ metric, scale }: Measure): Interval => {
  switch (formulaOf(metric)) {
    case "net":
      return { low: -100, high: 100 };
    case "share":
      return { low: 0, high: 100 };
    case "mean":
      return { low: Math.min(scale.min, scale.max), high: Math.max(scale.min, scale.max) };
  }
};

const netCounts = (measure: Measure, tally: Tally): NpsCounts => {
  const [promoters, passives, detractors] = listBands(measure.metric).map((band) => countIn(measure, tally, band));
  return { promoters: promoters ?? 0, passives: passives ?? 0, detractors: detractors ?? 0 };
};

const countIn = ({ metric, scale }: Measure, tally: Tally, band: BandName): number => countBand(tally, metric, scale, band);

const orNull = (interval: Interval | null): { low: number | null; high: number | null } => interval ?? { low: null, high: null };
