import { compareEstimates, estimateShare, passesFalseDiscovery, type Comparison, type Estimate } from "../../customers/scores/comparisons.rules.ts";
import { comparedMin } from "../../customers/scores/evidence.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { voicesOf } from "../../journeys/definitions/sums.rules.ts";
import type { MeasureName, NeedFact, NeedFactGroup, NeedFactSettings, NeedName } from "./need-facts.contract.ts";

type Kind = { need: NeedName; unit: NeedFact["unit"] };

/** The need a measure speaks of, and what its values are. */
export const measureKinds: Record<MeasureName, Kind> = {
  repeated_contacts: { need: "EASY", unit: "count" },
  channel_switches: { need: "EASY", unit: "count" },
  steps_to_goal: { need: "EASY", unit: "count" },
  promise_off: { need: "EXPECT", unit: "days" },
  promise_late: { need: "PROMISE", unit: "days" },
  longest_silence: { need: "INFORM", unit: "days" },
  asked_again: { need: "INDIVID", unit: "share" },
  time_to_remedy: { need: "RIGHT", unit: "days" },
  reopened: { need: "RIGHT", unit: "share" },
};

// In the order in which they are shown, need by need.
const measureOrder = [
  "repeated_contacts", "channel_switches", "steps_to_goal", "promise_off", "promise_late", "longest_silence", "asked_again", "time_to_remedy", "reopened",
] as const satisfies readonly MeasureName[];

/** Names of the facts a measure is made of; empty where it lacks one, and so cannot be measured. */
export const factsOf = (measure: MeasureName, settings: NeedFactSettings): string[] => {
  const both = (first: readonly string[], second: readonly string[]): string[] => (first.length === 0 || second.length === 0 ? [] : [...new Set([...first, ...second])]);
  switch (measure) {
    case "repeated_contacts":
    case "channel_switches":
      return settings.contacts;
    case "steps_to_goal":
      return settings.goals;
    case "promise_off":
    case "promise_late":
      return [...new Set(settings.promises.flatMap(({ done }) => done))];
    case "longest_silence":
      return both(settings.opened, settings.closed);
    case "asked_again":
      return settings.questions;
    case "time_to_remedy":
      return both(settings.failures, settings.remedies);
    case "reopened":
      return [...new Set([...settings.remedies, ...settings.contacts])];
  }
};

/** What a measure is counted from, in words that stay the same while it does: guesses name the facts they find most often first. */
export const basisOf = (measure: MeasureName, settings: NeedFactSettings): { facts: string[]; limit: number } => ({ facts: factsOf(measure, settings).toSorted(), limit: settings.limits[measure] ?? 0 });

/** The same of several, without those that cannot be measured. */
export const basesOf = (settings: NeedFactSettings, measures: readonly MeasureName[]): { measure: MeasureName; facts: string[]; limit: number }[] =>
  measures.flatMap((measure) => (factsOf(measure, settings).length === 0 ? [] : [{ measure, ...basisOf(measure, settings) }]));

/** Measures whose cases may come to be over the limit however long ago they began. */
export const openEnded = ["channel_switches", "longest_silence"] as const satisfies readonly MeasureName[];

const DAY_MS = 86_400_000;
const DAYS_MORE = 7;
const SWITCHING_DAYS = 14;

/** The age at which cases of a measure are looked at where days or weeks stand beside each other: with the same time behind them, or the last ones would
 *  always look better. A silence is looked for in its limit and a week more, changes of the channel in two weeks.
 *  @returns milliseconds; null where every case that counts has had its time anyway */
export const ageOf = (measure: MeasureName, { limits }: Pick<NeedFactSettings, "limits">): number | null => {
  if (measure === "channel_switches") return SWITCHING_DAYS * DAY_MS;
  return measure === "longest_silence" ? (Math.ceil(limits.longest_silence ?? 0) + DAYS_MORE) * DAY_MS : null;
};

/** Days between a day and the time from which all of its cases have had the time to be over the limit. */
export const maturingDays = (measure: MeasureName, settings: Pick<NeedFactSettings, "limits">): number => {
  const limit = settings.limits[measure] ?? 0;
  switch (measure) {
    case "repeated_contacts":
      return (Math.floor(limit) + 1) * 7;
    case "channel_switches":
    case "longest_silence":
      return (ageOf(measure, settings) ?? 0) / DAY_MS;
    case "promise_off":
    case "promise_late":
    case "time_to_remedy":
      return Math.ceil(limit);
    case "reopened":
      return 14;
    case "steps_to_goal":
    case "asked_again":
      return 0;
  }
};

/** Cases, those over the limit, and the sum over customers of the square of how many are theirs. */
export type CustomerCases = { count: number; over: number; squares: number };

/** Sums of one measure in one period. */
export type CaseSums = CustomerCases & { median: number | null; p90: number | null };

const RATE = 0.05;
const GROUP_RATE = 0.1;
/** Fewer cases make no number. */
export const CELL_MIN = 5;

/** Measures with their share over the limit, interval and change; of several changes seen at once at most one in twenty may be chance.
 *  Fewer than five cases show no number: they would be numbers about people. */
export const summariseFacts = (settings: NeedFactSettings, sums: ReadonlyMap<MeasureName, { current: CaseSums; previous: CaseSums }>): NeedFact[] => {
  const measures = measureOrder.map((measure): NeedFact => {
    const shared = { measure, ...measureKinds[measure], facts: factsOf(measure, settings), limit: settings.limits[measure] ?? 0 };
    const found = sums.get(measure);
    if (found === undefined || found.current.count < CELL_MIN) return { ...shared, count: found?.current.count ?? 0, median: null, p90: null, over: null, change: null };
    const { current, previous } = found;
    return {
      ...shared, count: current.count, median: shared.unit === "share" ? null : current.median, p90: shared.unit === "share" ? null : current.p90,
      over: shareOver(current),
      change: compare(current, previous),
    };
  });
  const tested = measures.flatMap(({ change }) => (change === null ? [] : [change]));
  for (const [place, passes] of passesFalseDiscovery(tested.map(({ p }) => p), RATE).entries()) {
    const change = tested[place];
    if (change !== undefined) change.isSignificant = passes;
  }
  return measures;
};

export const noCases: CustomerCases = { count: 0, over: 0, squares: 0 };

/** Sums of parts that have no customer in common. */
export const sumOf = (parts: readonly CustomerCases[]): CustomerCases =>
  parts.reduce((sum, { count, over, squares }) => ({ count: sum.count + count, over: sum.over + over, squares: sum.squares + squares }), noCases);

/** The share of cases over the limit. Many cases of one customer are one voice, so the interval is that of as many customers as the cases tell as much as. */
export const shareOver = (cases: CustomerCases): NonNullable<NeedFact["over"]> => {
  const share = cases.over / cases.count;
  const voices = voicesIn(cases);
  return { count: cases.over, share, ...(wilsonInterval(share * voices, voices) ?? { low: null, high: null }) };
};

/** The same where it may be told: of fewer than five cases it would be a number about people. */
export const shareOverOfMany = (cases: CustomerCases): NeedFact["over"] => (cases.count < CELL_MIN ? null : shareOver(cases));

/** Groups of cases with their share over the limit, each against all others; of those said to differ at most a tenth may be chance.
 *  @param groups `shared`: the sum over customers of how many cases are theirs in the group, times how many in all */
export const compareGroups = <Group extends CustomerCases & { shared: number }>(groups: readonly Group[], total: CustomerCases): (Group & { share: NonNullable<NeedFact["over"]>; versusRest: NeedFactGroup["versusRest"] })[] => {
  const compared = groups.map((group) => {
    // What a customer has in the rest is what she has in all without what she has here.
    const rest = { count: total.count - group.count, over: total.over - group.over, squares: total.squares - 2 * group.shared + group.squares };
    const tested = test(group, rest);
    return { ...group, share: shareOver(group), versusRest: tested === null ? null : { difference: group.over / group.count - rest.over / rest.count, z: tested.z, p: tested.p, isDifferent: false } };
  });
  const tested = compared.flatMap(({ versusRest }) => versusRest ?? []);
  for (const [place, passes] of passesFalseDiscovery(tested.map(({ p }) => p), GROUP_RATE).entries()) {
    const one = tested[place];
    if (one !== undefined) one.isDifferent = passes;
  }
  return compared;
};

const compare = (current: CustomerCases, previous: CustomerCases): NeedFact["change"] => {
  const tested = test(current, previous);
  if (tested === null) return null;
  const previousShare = previous.over / previous.count;
  return { previousCount: previous.count, previousShare, difference: current.over / current.count - previousShare, z: tested.z, p: tested.p, isSignificant: false };
};

/** Two shares of cases as of different customers; whoever stands on both sides is taken for two, which finds rather less.
 *  @returns null where the cases of a side tell less than ten customers would */
const test = (one: CustomerCases, other: CustomerCases): Comparison | null =>
  voicesIn(one) < comparedMin || voicesIn(other) < comparedMin ? null : compareEstimates(estimateOver(one), estimateOver(other));

const estimateOver = (cases: CustomerCases): Estimate => {
  const voices = voicesIn(cases);
  return estimateShare((cases.over / cases.count) * voices, voices);
};

const voicesIn = ({ count, squares }: CustomerCases): number => voicesOf({ count, spokenSquares: squares });

// So many come in within a second or two when very much does.
const LAG_MAX_ROWS = 10_000;

/** Whether guesses may be made from the copy of facts: one that is made anew, or that lost its file and reads all again from the start, holds a part of them, and
 *  what is guessed from that would be noted as a change. */
export const holdsAllFacts = ({ state, lagRows }: { state: string; lagRows: number }): boolean => state === "following" && lagRows <= LAG_MAX_ROWS;
