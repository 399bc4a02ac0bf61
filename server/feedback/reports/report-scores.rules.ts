import { evidenceOf } from "../../customers/scores/evidence.rules.ts";
import { intervalOfMean as intervalWithin, type MeanEstimate } from "../../customers/scores/intervals.rules.ts";
import type { Scale } from "../../customers/scores/scores.contract.ts";
import { bandsOf, readScale } from "../../customers/scores/scales.rules.ts";
import { scoreTally, scoreWeighted, shareOf, type Measure } from "../../customers/scores/scores.rules.ts";
import { countBand, momentsOfValues, withoutWeights, type Box, type Tally } from "../../customers/scores/tallies.rules.ts";
import { estimateWeighted } from "../../customers/scores/weighting.rules.ts";
import type { ReportScore, ScoreMetric } from "./reports.contract.ts";

export type ScoreBox = { part: string; number: number | null; count: number; weights: number; squaredWeights: number };

/** The score questions and what is made of them; a rating is a mean on its own scale. */
export const METRIC_OF = { nps: "nps", csat: "csat", ces: "ces", rating: "rating" } as const satisfies Record<string, ScoreMetric>;

/** The rules of scores know three formulas; a rating is the mean, as the effort score is. */
export const measureOf = (metric: ScoreMetric, scale: Scale): Measure => ({ metric: metric === "rating" ? "ces" : metric, scale });

/** The scale most answers were given on; a question whose scale changed between versions is scored on that one alone. */
export function scaleOfBoxes(boxes: readonly ScoreBox[]): Scale | null {
  const counts = new Map<string, number>();
  for (const { part, count } of boxes) counts.set(part, (counts.get(part) ?? 0) + count);
  const [most] = [...counts].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return most === undefined ? null : readScale(most[0]);
}

/** Counts of one scale as the rules of scores want them. */
export function tallyOf(boxes: readonly ScoreBox[], scale: Scale): Tally {
  const text = `${scale.min}-${scale.max}`;
  const byValue = new Map<number, Box>();
  for (const { part, number, count, weights, squaredWeights } of boxes) {
    if (part !== text || number === null) continue;
    const before = byValue.get(number);
    byValue.set(number, scaled(number, { count: count + (before?.count ?? 0), weights: weights + (before?.weights ?? 0), squaredWeights: squaredWeights + (before?.squaredWeights ?? 0) }));
  }
  return [...byValue.values()].toSorted((one, other) => one.value - other.value);
}

const scaled = (value: number, { count, weights, squaredWeights }: { count: number; weights: number; squaredWeights: number }): Box => ({
  value, count, weights, squaredWeights, values: count * value, squaredValues: count * value * value,
  weightedValues: weights * value, squaredWeightsValues: squaredWeights * value, squaredWeightedValues: squaredWeights * value * value,
});

/** Everything a card says about a score question.
 *  @param isWeighted also score by the weights in the tally */
export function reportScore(metric: ScoreMetric, scale: Scale, tally: Tally, isWeighted: boolean): ReportScore {
  const measure = measureOf(metric, scale);
  const scored = scoreTally(measure, tally);
  const mean = estimateWeighted(momentsOfValues(withoutWeights(tally)));
  const easy = metric === "ces" ? shareOf(measure, tally, "easy") : null;
  return {
    metric, unit: metric === "nps" ? "points" : metric === "csat" ? "percent" : "scale", scale, ...scored, evidence: evidenceOf(scored.count),
    mean: mean === null ? null : { value: mean.mean, ...intervalOfMean(mean, scale) },
    bands: metric === "rating" ? [] : bandsOf[metric].map((name) => {
      const count = countBand(tally, metric, scale, name);
      return { name, count, share: scored.count === 0 ? 0 : count / scored.count };
    }),
    share: easy === null ? null : { band: "easy", score: easy.score, low: easy.low, high: easy.high },
    weighted: isWeighted ? weightedScoreOf(measure, tally) : null,
  };
}

/** The score with every answer by its weight.
 *  @returns null when there are no answers */
export function weightedScoreOf(measure: Measure, tally: Tally): ReportScore["weighted"] {
  const weighted = scoreWeighted(measure, tally);
  return weighted === null ? null : { score: weighted.mean, low: weighted.low, high: weighted.high, effectiveCount: weighted.effectiveCount, designEffect: weighted.designEffect };
}

/** The interval of a mean, inside its scale where it has one; without ends where one answer alone shows no spread. */
export function intervalOfMean(estimate: MeanEstimate, limits: Scale | null): { low: number | null; high: number | null } {
  const ends = limits === null ? null : { low: Math.min(limits.min, limits.max), high: Math.max(limits.min, limits.max) };
  return (estimate.standardError === null ? null : intervalWithin(estimate, ends)) ?? { low: null, high: null };
}
