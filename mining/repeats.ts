// What comes later, what is done again, and what goes round in circles.
import { LogTooLarge, type EventLog } from "./event-log.ts";
import { PairCounts } from "./dependencies.ts";

export type LaterPair = { from: string; to: string; count: number };

/** Looks at so many pairs at most, about five seconds of work, and remembers so many different ones, half a gigabyte. */
const PAIRS_MAX = 1_000_000_000;
const DIFFERENT_PAIRS_MAX = 4_000_000;

/** Counts each pair of places i < j of a case: ABAB holds AA 1, AB 3, BA 1 and BB 1.
 *  @throws LogTooLarge when long cases with very many activities would take minutes */
export const countLater = (log: EventLog, pairsMax = PAIRS_MAX): LaterPair[] => {
  const counts = new PairCounts(log.activities.length);
  const seen = new Float64Array(log.activities.length);
  let looked = 0;
  for (let place = 0; place < log.cases.length; place++) {
    const met: number[] = [];
    for (let at = log.offsets[place] ?? 0; at < (log.offsets[place + 1] ?? 0); at++) {
      const step = log.steps[at] ?? 0;
      looked += met.length;
      if (looked > pairsMax || counts.list().length > DIFFERENT_PAIRS_MAX) throw new LogTooLarge(`There are too many pairs of an activity and a later one. Choose fewer activities, or shorter cases.`);
      for (const before of met) counts.add(before, step, seen[before] ?? 0);
      if (seen[step] === 0) met.push(step);
      seen[step] = (seen[step] ?? 0) + 1;
    }
    for (const step of met) seen[step] = 0;
  }
  return counts.list().map(({ from, to, count }) => ({ from: log.activities[from] ?? "", to: log.activities[to] ?? "", count }));
};

export type Rework = { activity: string; cases: number };

/** @returns activities that cases do at least `times` times, and in how many cases; the most first */
export const listRework = (log: EventLog, times = 2): Rework[] => {
  const counts = new Int32Array(log.activities.length);
  const cases = new Int32Array(log.activities.length);
  for (let place = 0; place < log.cases.length; place++) {
    const steps = log.steps.subarray(log.offsets[place], log.offsets[place + 1]);
    for (const step of steps) {
      counts[step] = (counts[step] ?? 0) + 1;
      if (counts[step] === times) cases[step] = (cases[step] ?? 0) + 1;
    }
    for (const step of steps) counts[step] = 0;
  }
  const rework = log.activities.map((activity, step) => ({ activity, cases: cases[step] ?? 0 }));
  return rework.filter((entry) => entry.cases > 0).toSorted((one, other) => other.cases - one.cases);
};

/** Steps that were gone through again at once: a loop of one is the same activity twice in a row. */
export type Loop = { steps: string[]; cases: number; rounds: number };

/** Longer circles are seldom told apart from two journeys. */
const LOOP_STEPS_MAX = 5;

/** @returns loops of up to five steps by cases, the most first; `rounds` counts how often they were gone through again.
 *  A circle counts once, from where it was entered: in ABABA it is AB twice. */
export const listLoops = (log: EventLog): Loop[] => {
  const loops = new Map<string, Loop & { lastCase: number }>();
  for (let place = 0; place < log.cases.length; place++) {
    const steps = log.steps.subarray(log.offsets[place], log.offsets[place + 1]);
    for (let at = 0; at + 1 < steps.length; ) {
      const found = loopAt(steps, at);
      if (found === null) {
        at++;
        continue;
      }
      const key = steps.subarray(at, at + found.length).join(" ");
      const loop = loops.get(key) ?? { steps: Array.from(steps.subarray(at, at + found.length), (step) => log.activities[step] ?? ""), cases: 0, rounds: 0, lastCase: -1 };
      loop.rounds += found.rounds;
      if (loop.lastCase !== place) loop.cases++;
      loop.lastCase = place;
      loops.set(key, loop);
      at += found.length * (found.rounds + 1);
    }
  }
  return [...loops.values()].toSorted((one, other) => other.cases - one.cases).map(({ steps, cases, rounds }) => ({ steps, cases, rounds }));
};

/** The shortest block that is repeated from here on; shortest first, so that AAAA is a loop of one. */
const loopAt = (steps: Int32Array, from: number): { length: number; rounds: number } | null => {
  for (let length = 1; length <= LOOP_STEPS_MAX; length++) {
    let same = 0;
    while (from + length + same < steps.length && steps[from + same] === steps[from + length + same]) same++;
    if (same >= length) return { length, rounds: Math.floor(same / length) };
  }
  return null;
};
