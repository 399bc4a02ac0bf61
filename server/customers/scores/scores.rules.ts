import { compareEstimates, estimateNps, estimateShare, type Comparison, type Estimate } from "./comparisons.rules.ts";
import { around, netPromoterScore, npsInterval, wilsonInterval, type Interval, type NpsCounts } from "./intervals.rules.ts";
import type { BandName, MeasureName, Scale } from "./scores.contract.ts";
import { bandOf, bestBandOf, formulaOf, listBands } from "./scales.rules.ts";
import { estimateStrata } from "./strata.rules.ts";
import { countAnswers, countBand, momentsOfBoxes, momentsOfValues, withoutWeights, type Tally } from "./tallies.rules.ts";
import { estimateWeighted, type WeightedEstimate } from "./weighting.rules.ts";

/** One metric over the answers of one scale. */
export type Measure<Name extends MeasureName = MeasureName> = { metric: Name; scale: Scale };

export type Score = { count: number; score: number | null; low: number | null; high: number | null };

/** Scores a tally without weights: net points (NPS, sentiment, needs) with the adjusted Wald interval, percent (satisfied, answered) with Wilson's,
 *  or the mean value with mean ± 1.96 standard errors.
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
      return { count, score: estimate.mean, ...intervalOf(measure, estimate) };
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

/** The same score with every answer counted by its weight, and the linearised interval around it. */
export const scoreWeighted = (measure: Measure, tally: Tally): (WeightedEstimate & Interval) | null => {
  const estimate = estimateWeighted(momentsOf(measure, tally));
  return estimate === null ? null : { ...estimate, ...intervalOf(measure, estimate) };
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
  return { score, ...(isCensus ? { low: score, high: score } : intervalOf(measure, estimate)), designEffect };
};

/** Tests whether two groups of different people scored differently, on the adjusted counts the intervals use.
 *  @returns first minus second as scored (not adjusted), with the z and p of the adjusted test; null when it cannot be tested.
 *  The same people asked twice need the variance of their own differences instead. */
export const compareTallies = (measure: Measure, first: Tally, second: Tally): Comparison | null => {
  const before = scoreTally(measure, second).score;
  const after = scoreTally(measure, first).score;
  if (before === null || after === null) return null;
  const [one, other] = [estimateOf(measure, first), estimateOf(measure, second)];
  const tested = one === null || other === null ? null : compareEstimates(one, other);
  return tested === null ? null : { ...tested, difference: after - before };
};

/** Tests whether two weighted scores differ, by their linearised standard errors. */
export const compareWeighted = (measure: Measure, first: Tally, second: Tally): Comparison | null => {
  const [one, other] = [estimateWeighted(momentsOf(measure, first)), estimateWeighted(momentsOf(measure, second))];
  if (one === null || other === null || one.standardError === null || other.standardError === null) return null;
  return compareEstimates(
    { value: one.mean, standardError: one.standardError },
    { value: other.mean, standardError: other.standardError },
  );
};

const estimateOf = (measure: Measure, tally: Tally): Estimate | null => {
  switch (formulaOf(measure.metric)) {
    case "net":
      return estimateNps(netCounts(measure, tally), "adjusted");
    case "share":
      return estimateShare(countIn(measure, tally, bestBandOf(measure.metric)), countAnswers(tally));
    case "mean": {
      const estimate = estimateWeighted(momentsOfValues(withoutWeights(tally)));
      if (estimate === null || estimate.standardError === null) return null;
      return { value: estimate.mean, standardError: estimate.standardError };
    }
  }
};

const momentsOf = ({ metric, scale }: Measure, tally: Tally) => {
  const bands = listBands(metric);
  switch (formulaOf(metric)) {
    case "net":
      return momentsOfBoxes(tally, (box) => netPoints[bands.indexOf(bandOf(metric, scale, box))] ?? 0);
    case "share":
      return momentsOfBoxes(tally, (box) => (bandOf(metric, scale, box) === bands[0] ? 100 : 0));
    case "mean":
      return momentsOfValues(tally);
  }
};

/** Points of the best, the middle and the worst band. */
const netPoints = [100, 0, -100] as const;

// Where all answers are alike a standard error of 0 would promise certainty that five answers cannot give. A measure with
// two ends never varies more than a share does, so Wilson's interval at the effective count bounds it; the net promoter
// score takes its own adjusted interval there.
const intervalOf = (measure: Measure, estimate: WeightedEstimate): Interval => {
  const limits = limitsOf(measure);
  if (estimate.standardError !== null && estimate.standardError > 0) return around(estimate.mean, estimate.standardError, limits);
  if (formulaOf(measure.metric) === "net") return npsInterval(alikeCounts(estimate)) ?? limits;
  const width = limits.high - limits.low;
  const position = wilsonInterval(((estimate.mean - limits.low) / width) * estimate.effectiveCount, estimate.effectiveCount);
  return position === null ? limits : { low: limits.low + position.low * width, high: limits.low + position.high * width };
};

const alikeCounts = ({ mean, effectiveCount }: WeightedEstimate): NpsCounts => ({
  promoters: mean > 0 ? effectiveCount : 0,
  passives: mean === 0 ? effectiveCount : 0,
  detractors: mean < 0 ? effectiveCount : 0,
});

const limitsOf = ({ metric, scale }: Measure): Interval => {
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
