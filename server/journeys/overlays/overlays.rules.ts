// Puts what was counted by touchpoint and channel together by step.
import { around, wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { z95 } from "../../customers/scores/normal.rules.ts";
import { joinCustomerSums, varianceOf, voicesOf, type CustomerSums, type Sums } from "../definitions/sums.rules.ts";
import type { MapCard } from "../maps/document.contract.ts";
import type { Fork } from "../maps/forks.rules.ts";
import { evidenceOf } from "../touchpoints/touchpoints.rules.ts";
import type { OverlayNeed, OverlayReply, OverlayStep, OverlayWord, StepFeeling } from "./overlays.contract.ts";
import { failuresAt, sharesWith, stepsAt, type BoundStep, type Spot } from "./spots.rules.ts";

/** Of one touchpoint and channel, which may come in several parts; null stands for all channels that no step names. `ofKnown` are interactions of known customers. */
export type SpotCount = Spot & { interactions: number; ofKnown: number; scores: CustomerSums; effort: CustomerSums };
type NeedCount = Pick<OverlayNeed, "need" | "met" | "unmet" | "mixed"> & { spokenSquares: number };
export type ReadCount = Spot & { modelVersions: readonly string[]; comments: number; spokenSquares: number; positive: number; negative: number; needs: readonly NeedCount[] };
/** Promises to so many different customers, of whom so many were let down; `felt`: what they scored there afterwards, where counted by touchpoint. */
export type PromiseCount = Spot & { kept: number; broken: number; customers: number; letDown: number; felt: { kept: CustomerSums; broken: CustomerSums } };
/** Different customers on any step, on each, of each those who met one of its failures (null: it has none), and for each fork those on any way and on each. */
export type StepCustomers = { everybody: number; steps: readonly number[]; failed: readonly (number | null)[]; ways: readonly (readonly number[])[] };
/** Somebody for whom the next step came later than planned: when the step was met, and when the next. */
export type LateCustomer = { customer: string; leftMs: number; cameMs: number };
/** Customers whose next step was the one at this place, where several may be. */
export type WayTaken = { next: number; wentOn: number; medianSeconds: number };
/** Customers who went on from the step at this place to the next, and how long that took them. `met` counts all who met the step; `ways` are those taken, where
 *  there are several; `late` are examples, if any were asked for. */
export type StepWait = { at: number; met: number; wentOn: number; medianSeconds: number; withinPlanned: number; ways: readonly WayTaken[]; late: readonly LateCustomer[] };
/** The median with what it surely lies between, and how many times each customer met a touchpoint of the step again. */
export type StepTimes = StepWait & { lowSeconds: number | null; highSeconds: number | null; again: Sums };

export type Counted = {
  spots: readonly SpotCount[];
  customers: StepCustomers;
  readings: readonly ReadCount[];
  promises: readonly PromiseCount[];
  waits: readonly StepTimes[];
  words: readonly (readonly OverlayWord[])[];
};

/** What every step of a map shows.
 *  @param bound steps of the map in their order; `counted.words` has one list for each
 *  @param cards of the map */
export const layOver = (bound: readonly BoundStep[], cards: readonly MapCard[], counted: Counted): OverlayStep[] => {
  const placed = counted.spots.map((count) => ({ ...count, steps: stepsAt(bound, count), failures: failuresAt(bound, count) }));
  const read = counted.readings.map((count) => ({ ...count, steps: stepsAt(bound, count) }));
  const promised = counted.promises.map((count) => ({ ...count, steps: stepsAt(bound, count) }));
  return bound.map(({ step, matches, failures }, at) => {
    const own = placed.filter(({ steps }) => steps.includes(at));
    const ownRead = read.filter(({ steps }) => steps.includes(at));
    const interactions = total(own, ({ interactions: count }) => count);
    const customers = counted.customers.steps[at] ?? 0;
    const scores = joinCustomerSums(own.map((one) => one.scores));
    return {
      stepId: step.id,
      isBound: matches.length > 0,
      sharesWith: sharesWith(bound, at),
      interactions,
      customers,
      share: ratio(customers, counted.customers.everybody),
      evidence: evidenceOf(interactions, scores.count),
      feeling: { measured: estimateMean(scores), inferred: inferredOf(ownRead), assumed: assumedOf(cards, step.id) },
      designed: { before: half(step.designed.before), during: half(step.designed.during), after: half(step.designed.after) },
      effort: effortOf(joinCustomerSums(own.map(({ effort }) => effort)), step.childMapId === null ? counted.waits.find((one) => one.at === at)?.again : undefined),
      needs: needsOf(ownRead),
      words: [...(counted.words[at] ?? [])],
      ...onwardOf(bound, at, counted.waits),
      promises: promisesOf(promised.filter(({ steps }) => steps.includes(at))),
      failures: failures.length === 0 ? null : {
        interactions: total(placed.filter((one) => one.failures.includes(at)), ({ interactions: count }) => count),
        customers: counted.customers.failed[at] ?? 0,
        share: ratio(counted.customers.failed[at] ?? 0, customers),
      },
    };
  });
};

/** How customers parted where they go one of several ways.
 *  @param forks of the same steps, as `counted.ways` has them */
export const showForks = (bound: readonly BoundStep[], forks: readonly Fork[], counted: StepCustomers): OverlayReply["forks"] =>
  forks.map(({ ways }, at) => {
    const [everybody = 0, ...own] = counted.ways[at] ?? [];
    return {
      customers: everybody,
      ways: ways.map((places, way) => ({
        stepIds: places.flatMap((place) => bound[place]?.step.id ?? []),
        customers: own[way] ?? 0,
        share: places.some((place) => (bound[place]?.matches.length ?? 0) > 0) ? ratio(own[way] ?? 0, everybody) : null,
      })),
    };
  });

/** Mean of values on -1 to 1 with its 95 % interval: mean ± 1.96 standard errors; where all are alike, Wilson's at their count. What one customer says several
 *  times is one voice.
 *  @returns null when there are none; ends null for one voice
 *  Source: as metrics do it (definitions of the scores). */
export const estimateMean = (sums: CustomerSums): { mean: number; low: number | null; high: number | null; count: number } | null => {
  const { count, sum } = sums;
  if (count === 0) return null;
  const mean = sum / count;
  const voices = voicesOf(sums);
  if (voices <= 1) return { mean, low: null, high: null, count };
  const variance = varianceOf(sums);
  if (variance > 0) return { mean, ...around(mean, Math.sqrt(variance / voices), { low: -1, high: 1 }), count };
  const wilson = wilsonInterval(((mean + 1) / 2) * voices, voices);
  return wilson === null ? { mean, low: null, high: null, count } : { mean, low: 2 * wilson.low - 1, high: 2 * wilson.high - 1, count };
};

const inferredOf = (read: readonly ReadCount[]): StepFeeling["inferred"] => {
  const [positive, negative] = [total(read, (one) => one.positive), total(read, (one) => one.negative)];
  const mean = estimateMean({ count: total(read, ({ comments }) => comments), sum: positive - negative, squares: positive + negative, spokenSquares: total(read, ({ spokenSquares }) => spokenSquares) });
  return mean === null ? null : { ...mean, modelVersions: [...new Set(read.flatMap(({ modelVersions }) => modelVersions))].toSorted() };
};

const assumedOf = (cards: readonly MapCard[], stepId: string): number | null => {
  const felt = cards.flatMap((card) => (card.stepId === stepId && card.feeling !== null ? [card.feeling / 2] : []));
  return felt.length === 0 ? null : total(felt, (one) => one) / felt.length;
};

// Going on from step to step within a map of its own is no coming again.
const effortOf = (sums: CustomerSums, again: Sums | undefined): OverlayStep["effort"] => {
  const asked = estimateMean(sums);
  if (asked !== null) return { kind: "asked", ...asked };
  if (again === undefined || again.count === 0) return null;
  const perCustomer = again.sum / again.count;
  // Where nobody, or everybody alike, came again there is an error still: no less than of counts by chance (Poisson) with one more in all.
  const half = z95 * Math.sqrt(Math.max(varianceOf(again), perCustomer + 1 / again.count) / again.count);
  return { kind: "repeats", perCustomer, low: again.count < 2 ? null : Math.max(0, perCustomer - half), high: again.count < 2 ? null : perCustomer + half, count: again.count };
};

const needsOf = (read: readonly ReadCount[]): OverlayNeed[] => {
  const sums = Map.groupBy(read.flatMap(({ needs }) => needs), ({ need }) => need);
  return [...sums]
    .map(([need, own]) => {
      const [met, unmet, mixed] = [total(own, (one) => one.met), total(own, (one) => one.unmet), total(own, (one) => one.mixed)];
      return { need, met, unmet, mixed, voices: voicesOf({ count: met + unmet + mixed, spokenSquares: total(own, (one) => one.spokenSquares) }) };
    })
    .filter(({ voices }) => voices > 0)
    .toSorted((one, other) => other.unmet - one.unmet || other.met - one.met);
};

const onwardOf = (bound: readonly BoundStep[], at: number, waits: readonly StepTimes[]): Pick<OverlayStep, "next" | "withinPlanned"> => {
  const [step, wait] = [bound[at], waits.find((one) => one.at === at)];
  const next = step?.next === null || step?.next === undefined ? undefined : bound[step.next];
  if (next === undefined || wait === undefined || wait.wentOn === 0) return { next: null, withinPlanned: null };
  return {
    next: { stepId: next.step.id, ways: waysOnward(bound, step, wait), customers: wait.wentOn, medianSeconds: wait.medianSeconds, lowSeconds: wait.lowSeconds, highSeconds: wait.highSeconds, share: wait.wentOn / wait.met },
    withinPlanned: step?.step.nextWithinHours === null ? null : wait.withinPlanned / wait.wentOn,
  };
};

const waysOnward = (bound: readonly BoundStep[], step: BoundStep | undefined, { ways }: StepWait): NonNullable<OverlayStep["next"]>["ways"] => {
  const { next: first = null, orNext = [] } = step ?? {};
  if (first === null || orNext.length === 0) return [];
  return [first, ...orNext].flatMap((place) => {
    const [way, taken] = [bound[place], ways.find(({ next }) => next === place)];
    return way === undefined ? [] : [{ stepId: way.step.id, customers: taken?.wentOn ?? 0, medianSeconds: taken?.medianSeconds ?? null }];
  });
};

const promisesOf = (promises: readonly PromiseCount[]): OverlayStep["promises"] => {
  const [kept, broken] = [total(promises, (one) => one.kept), total(promises, (one) => one.broken)];
  return kept + broken === 0 ? null : { kept, broken, customers: total(promises, ({ customers }) => customers) };
};

const half = (feeling: number | null): number | null => (feeling === null ? null : feeling / 2);
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const total = <One>(list: readonly One[], of: (one: One) => number): number => list.reduce((sum, one) => sum + of(one), 0);
