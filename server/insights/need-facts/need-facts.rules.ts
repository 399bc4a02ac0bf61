import { compareEstimates, estimateShare, passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { comparedMin } from "../../customers/scores/evidence.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import type { MeasureName, NeedFact, NeedFactSettings, NeedName } from "./need-facts.contract.ts";

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

/** Sums of one measure in one period. */
export type CaseSums = { count: number; over: number; median: number | null; p90: number | null };

const RATE = 0.05;
const CELL_MIN = 5;

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
      over: { count: current.over, share: current.over / current.count, ...(wilsonInterval(current.over, current.count) ?? { low: null, high: null }) },
      change: current.count < comparedMin || previous.count < comparedMin ? null : compare(current, previous),
    };
  });
  const tested = measures.flatMap(({ change }) => (change === null ? [] : [change]));
  for (const [place, passes] of passesFalseDiscovery(tested.map(({ p }) => p), RATE).entries()) {
    const change = tested[place];
    if (change !== undefined) change.isSignificant = passes;
  }
  return measures;
};

const compare = (current: CaseSums, previous: CaseSums): NonNullable<NeedFact["change"]> => {
  const tested = compareEstimates(estimateShare(current.over, current.count), estimateShare(previous.over, previous.count));
  const previousShare = previous.over / previous.count;
  return { previousCount: previous.count, previousShare, difference: current.over / current.count - previousShare, p: tested?.p ?? 1, isSignificant: false };
};
