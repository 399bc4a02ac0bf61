import { compareEstimates, estimateNps, passesFalseDiscovery, type Comparison, type Estimate } from "../../customers/scores/comparisons.rules.ts";
import { comparedMin, evidenceOf } from "../../customers/scores/evidence.rules.ts";
import { leastVariance } from "../../customers/scores/intervals.rules.ts";
import { compareTallies, compareWeighted, scoreTally, type Measure } from "../../customers/scores/scores.rules.ts";
import { countAnswers, countBand, joinTallies, subtractTally, type Tally } from "../../customers/scores/tallies.rules.ts";
import { weightedScoreOf } from "./report-scores.rules.ts";
import type { Groups, Waves } from "./reports.contract.ts";

/** Source: Benjamini & Hochberg 1995, at one in ten as the other screens do. */
const FALSE_DISCOVERY_RATE = 0.1;

export type NamedTally = { name: string; tally: Tally; label?: string | null };
/** @property overlaps people can be in several groups, so that they are no independent samples */
export type GroupsManner = { isWeighted: boolean; overlaps: boolean };
const PLAIN: GroupsManner = { isWeighted: false, overlaps: false };

/** A score with its count and how far it may be trusted, and by weights where they are wanted. */
export function scoreOf(measure: Measure, tally: Tally, isWeighted = false) {
  const scored = scoreTally(measure, tally);
  return { ...scored, evidence: evidenceOf(scored.count), weighted: isWeighted ? weightedScoreOf(measure, tally) : null };
}

/** Groups beside each other, most answers first, each tested against all the others together.
 *  @param groups the empty name is "not named" */
export function compareGroups(measure: Measure, groups: readonly NamedTally[], manner: GroupsManner = PLAIN): Groups["groups"] {
  const compare = manner.isWeighted ? compareWeighted : compareTallies;
  const whole = joinTallies(groups.map(({ tally }) => tally));
  const ordered = groups.toSorted((one, other) => countAnswers(other.tally) - countAnswers(one.tally) || (one.name < other.name ? -1 : 1));
  const tests = ordered.map(({ tally }) => {
    return manner.overlaps ? null : compare(measure, tally, subtractTally(whole, tally));
  });
  const ps = tests.flatMap((test) => (test === null ? [] : [test.p]));
  const passing = passesFalseDiscovery(ps, FALSE_DISCOVERY_RATE);
  const isPassing = new Map(ps.map((p, index) => [p, passing[index] ?? false] as const));
  return ordered.map(({ name, label, tally }, index) => {
    const test = tests[index] ?? null;
    return { value: name === "" ? null : name, label: label ?? null, ...scoreOf(measure, tally, manner.isWeighted), versusRest: test === null ? null : { ...test, isDifferent: isPassing.get(test.p) ?? false } };
  });
}

/** Waves in their order, each tested against the one before as independent samples. */
export function compareWaves(measure: Measure, waves: readonly NamedTally[], isWeighted = false): Waves["waves"] {
  return waves.map(({ name, label, tally }, index) => {
    const before = waves[index - 1];
    const test = before === undefined ? null : (isWeighted ? compareWeighted : testWaves)(measure, tally, before.tally);
    return { key: name, label: label ?? null, ...scoreOf(measure, tally, isWeighted), change: test === null ? null : { ...test, isSignificant: test.p < 0.05 } };
  });
}

/** The test of two waves: of net promoter scores the plain z test of two trinomial samples, never with less spread than so few answers leave open, else
 *  that of the metric.
 *  @returns null with under ten answers in a wave, or when neither has any spread
 *  Source: z = (NPS1 − NPS2) / √(Var1/n1 + Var2/n2), Rocks, The American Statistician 2016. */
export function testWaves(measure: Measure, wave: Tally, before: Tally): Comparison | null {
  if (measure.metric !== "nps") return compareTallies(measure, wave, before);
  if (countAnswers(wave) < comparedMin || countAnswers(before) < comparedMin) return null;
  const [one, other] = [wave, before].map((tally) => withLeastError(countAnswers(tally), estimateNps({
    promoters: countBand(tally, "nps", measure.scale, "promoters"), passives: countBand(tally, "nps", measure.scale, "passives"), detractors: countBand(tally, "nps", measure.scale, "detractors"),
  }, "plain")));
  return one === undefined || other === undefined || one === null || other === null ? null : compareEstimates(one, other);
}

// From all in one group to all in the other: answers that are all alike say that others are rare, not that there are none.
const NET_SPAN = 200;
const withLeastError = (count: number, estimate: Estimate | null): Estimate | null =>
  estimate && { ...estimate, standardError: Math.max(estimate.standardError, Math.sqrt(leastVariance(NET_SPAN, count) / count)) };
