import { passesFalseDiscovery, type Comparison } from "../../customers/scores/comparisons.rules.ts";
import { testSameCustomers, type SameCustomers } from "../../customers/scores/same-customers.rules.ts";
import { evidenceOf } from "../../customers/scores/evidence.rules.ts";
import { hideSmallest } from "../../feedback/reports/small-groups.rules.ts";
import { isTooFewToShow } from "../../feedback/surveys/survey-settings.rules.ts";
import { fewestPeople, unitOf, usualScaleOf, type Metric } from "./metric-kinds.rules.ts";
import type { BandName, BreakdownGroup, Change, MetricSummary, Scale, TrendPoint, WeightedScore } from "./metrics.contract.ts";
import { boxesOf, isScoreable, listBands } from "../../customers/scores/scales.rules.ts";
import { compareTallies, compareWeighted, scoreTally, scoreWeighted, shareOf, type Measure } from "../../customers/scores/scores.rules.ts";
import { countAnswers, countBand, momentsOfValues, subtractTally, withoutWeights, type Tally } from "../../customers/scores/tallies.rules.ts";
import { estimateWeighted } from "../../customers/scores/weighting.rules.ts";

export type ScaleCount = Scale & { count: number };

/** Above this design effect a weighted figure rests on few answers. Source: survey practice, warn when deff > 2. */
const unsteadyDesignEffect = 2;

/** At most one in ten of the groups marked as different may be chance. */
const falseDiscoveryRate = 0.1;

/** Chooses the one scale a number is made from: the one asked for, else the one most answers use, else the usual one.
 *  @returns the scale, and all others that were answered on, which the number leaves out */
export const chooseScale = (
  metric: Metric,
  counts: readonly ScaleCount[],
  wanted: Scale | null,
): { scale: Scale; otherScales: ScaleCount[] } => {
  const ordered = counts.toSorted((a, b) => b.count - a.count || a.min - b.min || a.max - b.max);
  const { min, max } = wanted ?? ordered.find((scale) => isScoreable(metric.measure, scale)) ?? usualScaleOf(metric);
  return { scale: { min, max }, otherScales: ordered.filter((other) => !isSameScale(other, { min, max })) };
};

/** Everything a tile says about one metric in one period. */
export const summarise = (given: {
  metric: Metric;
  scale: Scale;
  otherScales: ScaleCount[];
  current: Tally;
  previous: Tally;
  /** Comments read in all, where the metric is of those that speak of something. */
  outOf?: number | null;
  /** What is compared instead, where what came in lately has not had its time. */
  settled?: Settled | null;
  /** Set where many customers answered in both periods. */
  same?: SameScores | null;
}): MetricSummary => {
  const { metric, scale, otherScales, current, previous, outOf = null, settled = null, same = null } = given;
  const { measure: name } = metric;
  const measure = { metric: name, scale };
  const scored = scoreTally(measure, current);
  const shared = sharedBands[name];
  return {
    metric: metric.key,
    title: metric.title,
    unit: unitOf(name),
    scale,
    otherScales,
    ...scored,
    outOf,
    evidence: evidenceOf(scored.count),
    bands: listBands(name).map((band) => withShare({ name: band, count: countBand(current, name, scale, band) }, scored.count)),
    distribution: boxesOf(scale).map((value) => withShare({ value, count: countBox(current, value) }, scored.count)),
    mean: estimateWeighted(momentsOfValues(withoutWeights(current)))?.mean ?? null,
    share: shared === undefined ? null : shareIn(measure, current, shared),
    change: settled === null ? changeOf(measure, { current, previous }, same?.plain ?? null) : settledChangeOf(measure, settled, same?.plain ?? null),
    weighted: weightedOf(measure, { current, previous }, same?.weighted ?? null),
    definition: metric.definition,
  };
};

/** Many customers of one metric who answered in both periods: by their answers, and by these as they weigh. */
export type SameScores = { plain: SameCustomers | null; weighted: SameCustomers | null };

/** Answers of two periods that all had the same number of days to come in. */
export type Settled = { answeringDays: number; current: Tally; previous: Tally };

/** One bucket of a trend. */
export const scoreBucket = (measure: Measure, bucket: { from: string; to: string }, tally: Tally): TrendPoint => {
  const scored = scoreTally(measure, tally);
  return { ...bucket, ...scored, evidence: evidenceOf(scored.count), weighted: weightedIntervalOf(measure, tally) };
};

/** Scores every group and tests each with at least ten answers against everything else in the whole; groups may share answers.
 *  @param groups `tested` where not all answers of a group can be compared
 *  @param whole of the answers that are tested */
export const scoreWithin = (
  measure: Measure,
  groups: readonly { value: string | null; label: string | null; tally: Tally; tested?: Tally }[],
  whole: Tally,
): BreakdownGroup[] => {
  const testAll = (compare: typeof compareTallies) => markDifferent(groups.map(({ tally, tested = tally }) => compare(measure, tested, subtractTally(whole, tested))));
  const isWeighted = weightedIntervalOf(measure, whole) !== null;
  const plain = testAll(compareTallies);
  const weighted = isWeighted ? testAll(compareWeighted) : [];
  return groups.map(({ value, label, tally }, index) => {
    const scored = scoreTally(measure, tally);
    const byWeight = isWeighted ? scoreWeighted(measure, tally) : null;
    return {
      value,
      label,
      ...scored,
      evidence: evidenceOf(scored.count),
      versusRest: plain[index] ?? null,
      weighted: byWeight && { score: byWeight.mean, low: byWeight.low, high: byWeight.high, versusRest: weighted[index] ?? null },
    };
  });
};

const markDifferent = (tests: readonly (Comparison | null)[]): BreakdownGroup["versusRest"][] => {
  const ps = tests.flatMap((test) => (test === null ? [] : [test.p]));
  const passing = passesFalseDiscovery(ps, falseDiscoveryRate);
  const isPassing = new Map(ps.map((p, index) => [p, passing[index] ?? false]));
  return tests.map((test) => test && { ...test, isDifferent: isPassing.get(test.p) ?? false });
};

/** Leaves out groups of so few people that their answers could be traced, and those by which these could be worked out.
 *  @param peopleIn how many people are in a group
 *  @param all how many people there are when groups may share them; null when they do not
 *  @returns the groups in their order, and how many are left out */
export const withoutFewPeople = <Group>(groups: readonly Group[], peopleIn: (group: Group) => number, all: number | null): { shown: Group[]; hidden: number } => {
  const counted = groups.map((group) => ({ group, count: peopleIn(group) }));
  if (all === null) {
    const { shown, hidden } = hideSmallest(counted, fewestPeople, 0);
    return { shown: shown.map(({ group }) => group), hidden };
  }
  const shown = counted.filter(({ count }) => !isTooFewToShow(count, fewestPeople) && !isTooFewToShow(all - count, fewestPeople));
  return { shown: shown.map(({ group }) => group), hidden: counted.length - shown.length };
};

/** So many groups of a list in its order. What is not named stands among them, however few it is: else nobody could tell whether there is any. */
export const firstGroups = <Group extends { name: string }>(groups: readonly Group[], most: number): Group[] => {
  const first = groups.slice(0, most);
  const unnamed = groups.slice(most).find(({ name }) => name === "");
  return unnamed === undefined ? first : [...first.slice(0, -1), unnamed];
};

const changeOf = (measure: Measure, { current, previous }: { current: Tally; previous: Tally }, same: SameCustomers | null): Change | null => {
  const before = scoreTally(measure, previous);
  if (before.count === 0 || countAnswers(current) === 0) return null;
  const { score } = scoreTally(measure, current);
  return change(before, score, compareTallies(measure, current, previous), same);
};

// While nobody asked in this period has had all the days, what was before is told and nothing is tested.
const settledChangeOf = (measure: Measure, { answeringDays, current, previous }: Settled, same: SameCustomers | null): Change | null => {
  const before = scoreTally(measure, previous);
  if (before.count === 0) return null;
  const { count, score } = scoreTally(measure, current);
  return { ...change(before, score, compareTallies(measure, current, previous), same), compared: { answeringDays, count, score } };
};

const weightedOf = (measure: Measure, { current, previous }: { current: Tally; previous: Tally }, same: SameCustomers | null): WeightedScore | null => {
  const weighted = scoreWeighted(measure, current);
  const before = scoreWeighted(measure, previous);
  if (weighted === null || (isEven(weighted.designEffect) && (before === null || isEven(before.designEffect)))) return null;
  const { mean, low, high, effectiveCount, designEffect } = weighted;
  return {
    score: mean,
    low,
    high,
    effectiveCount,
    designEffect,
    isUnsteady: designEffect > unsteadyDesignEffect,
    change:
      before === null
        ? null
        : change({ count: countAnswers(previous), score: before.mean, low: before.low, high: before.high }, mean, compareWeighted(measure, current, previous), same),
  };
};

const change = (
  before: { count: number; score: number | null; low: number | null; high: number | null },
  score: number | null,
  strangers: Comparison | null,
  same: SameCustomers | null,
): Change => {
  const isPaired = same !== null && strangers !== null;
  const test = isPaired ? testSameCustomers(strangers, same) : strangers;
  return {
    previousCount: before.count,
    previousScore: before.score,
    previousLow: before.low,
    previousHigh: before.high,
    difference: score === null || before.score === null ? null : score - before.score,
    z: test?.z ?? null,
    p: test?.p ?? null,
    isSignificant: test !== null && test.p < 0.05,
    ...(isPaired ? { sameCustomers: { both: same.both, customers: same.customers } } : {}),
    compared: null,
  };
};

/** The score by weights with its interval; null where all answers weigh the same. */
export const weightedIntervalOf = (measure: Measure, tally: Tally): TrendPoint["weighted"] => {
  const weighted = scoreWeighted(measure, tally);
  if (weighted === null || isEven(weighted.designEffect)) return null;
  return { score: weighted.mean, low: weighted.low, high: weighted.high };
};

/** Whether answers of two periods weigh differently from one another. */
export const hasUnevenWeights = (measure: Measure, current: Tally, previous: Tally): boolean => [current, previous].some((tally) => weightedIntervalOf(measure, tally) !== null);

// All weights are equal exactly when the design effect is 1; sums of a million weights carry some rounding.
const isEven = (designEffect: number): boolean => Math.abs(designEffect - 1) < 1e-9;

/** Bands whose share stands beside a mean. */
const sharedBands: Partial<Record<Measure["metric"], BandName>> = { ces: "easy", stars: "top_box" };

const shareIn = (measure: Measure, tally: Tally, band: BandName): MetricSummary["share"] => {
  const { score, low, high } = shareOf(measure, tally, band);
  return { band, score, low, high };
};

const countBox = (tally: Tally, value: number): number => tally.find((box) => box.value === value)?.count ?? 0;

const withShare = <Part extends { count: number }>(part: Part, count: number): Part & { share: number } => ({
  ...part,
  share: count === 0 ? 0 : part.count / count,
});

const isSameScale = (first: Scale, second: Scale): boolean => first.min === second.min && first.max === second.max;
