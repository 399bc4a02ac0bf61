// How many cases come through a row of steps.
import type { EventLog } from "./event-log.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** ordered: each step at some time after the one before. strict: right after it. any: all steps so far, in whatever order. */
export type FunnelKind = "ordered" | "strict" | "any";

export type FunnelStep = {
  activity: string;
  cases: number;
  /** Of all cases of the log. */
  share: number;
  /** Of the cases at the step before; of all cases for the first. */
  shareOfPrevious: number;
  /** From the step before to this one, null where there is none to speak of (the first step; any order). */
  seconds: Spread | null;
};

/** @param steps names of activities in the order wanted; one may stand there more than once */
export const runFunnel = (log: EventLog, steps: readonly string[], kind: FunnelKind): FunnelStep[] => {
  const wanted = steps.map((activity) => log.activities.indexOf(activity));
  const reached = wanted.map((): number[] => []);
  for (let place = 0; place < log.cases.length; place++) {
    const [from, to] = [log.offsets[place] ?? 0, log.offsets[place + 1] ?? 0];
    const times = kind === "any" ? anyOrder(log, from, to, wanted) : kind === "strict" ? rightAfter(log, from, to, wanted) : inOrder(log, from, to, wanted);
    times.forEach((gap, step) => reached[step]?.push(gap));
  }
  return steps.map((activity, step) => {
    const gaps = reached[step] ?? [];
    const before = step === 0 ? log.cases.length : (reached[step - 1]?.length ?? 0);
    return {
      activity,
      cases: gaps.length,
      share: log.cases.length === 0 ? 0 : gaps.length / log.cases.length,
      shareOfPrevious: before === 0 ? 0 : gaps.length / before,
      seconds: step === 0 || kind === "any" || gaps.length === 0 ? null : spreadOf(Float64Array.from(gaps)),
    };
  });
};

/** @returns milliseconds from step to step as far as the case comes: each step as early as it can be */
const inOrder = ({ steps, times }: EventLog, from: number, to: number, wanted: readonly number[]): number[] => {
  const gaps: number[] = [];
  let before = from;
  for (let at = from; at < to && gaps.length < wanted.length; at++) {
    if (steps[at] !== wanted[gaps.length]) continue;
    gaps.push((times[at] ?? 0) - (times[before] ?? 0));
    before = at;
  }
  return gaps;
};

/** The longest stretch of the case that begins with the first step and goes on without anything between. */
const rightAfter = ({ steps, times }: EventLog, from: number, to: number, wanted: readonly number[]): number[] => {
  let [start, longest] = [from, 0];
  for (let at = from; at < to; at++) {
    let length = 0;
    while (length < wanted.length && at + length < to && steps[at + length] === wanted[length]) length++;
    if (length > longest) [start, longest] = [at, length];
  }
  return Array.from({ length: longest }, (_, step) => (times[start + step] ?? 0) - (times[start + Math.max(0, step - 1)] ?? 0));
};

/** A step that is wanted twice must have been done twice, as in order and right after each other: the server counts the same. */
const anyOrder = ({ steps }: EventLog, from: number, to: number, wanted: readonly number[]): number[] => {
  const done = new Map<number, number>();
  for (const step of steps.subarray(from, to)) done.set(step, (done.get(step) ?? 0) + 1);
  let reached = 0;
  for (const step of wanted) {
    const left = done.get(step) ?? 0;
    if (left === 0) break;
    done.set(step, left - 1);
    reached++;
  }
  return Array.from({ length: reached }, () => 0);
};
