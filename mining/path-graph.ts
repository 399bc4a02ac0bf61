// The directly-follows graph: what customers did next, how often, and after how long.
import type { EventLog } from "./event-log.ts";
import { spreadOf, type Spread } from "./spread.ts";

export type PathNode = { activity: string; count: number; cases: number };

/** `count` is how often `to` came right after `from`, `cases` in how many cases, `seconds` how long that took. */
export type PathEdge = { from: string; to: string; count: number; cases: number; seconds: Spread };

/** In how many cases an activity is the first or the last. */
export type PathEnd = { activity: string; cases: number };

/** Each list by count, the greatest first; where counts are equal, what was seen first. */
export type PathGraph = { cases: number; events: number; nodes: PathNode[]; edges: PathEdge[]; starts: PathEnd[]; ends: PathEnd[] };

/** Up to so many activities, pairs are counted in a square of numbers (16 MB), which is faster than looking them up. */
const SQUARE_MAX = 2_000;

/** @returns the graph of a log; the counts of its edges together are events - cases */
export const makePathGraph = (log: EventLog): PathGraph => {
  const { pairs, found } = countPairs(log);
  const durations = gatherDurations(log, pairs, found);
  const edges = durations.map((milliseconds, at) => ({
    from: log.activities[found.from[at] ?? 0] ?? "",
    to: log.activities[found.to[at] ?? 0] ?? "",
    count: milliseconds.length,
    cases: found.cases[at] ?? 0,
    seconds: spreadOf(milliseconds),
  }));
  const events = log.steps.length;
  return { cases: log.cases.length, events, nodes: countNodes(log), edges: edges.toSorted((one, other) => other.count - one.count), starts: countEnds(log, 0), ends: countEnds(log, 1) };
};

type Pairs = { from: number[]; to: number[]; counts: number[]; cases: number[] };

/** @returns of each event the place in `found` of the pair that it closes, -1 for the first of a case */
const countPairs = ({ activities, offsets, steps }: EventLog): { pairs: Int32Array; found: Pairs } => {
  const known = makePairIndex(activities.length);
  const found: Pairs = { from: [], to: [], counts: [], cases: [] };
  const lastCase: number[] = [];
  const pairs = new Int32Array(steps.length).fill(-1);
  for (let place = 0; place + 1 < offsets.length; place++) {
    const end = offsets[place + 1] ?? 0;
    for (let at = (offsets[place] ?? 0) + 1; at < end; at++) {
      const [from, to] = [steps[at - 1] ?? 0, steps[at] ?? 0];
      const pair = known(from, to);
      if (pair === found.counts.length) {
        found.from.push(from);
        found.to.push(to);
        found.counts.push(0);
        found.cases.push(0);
        lastCase.push(-1);
      }
      pairs[at] = pair;
      found.counts[pair] = (found.counts[pair] ?? 0) + 1;
      if (lastCase[pair] !== place) found.cases[pair] = (found.cases[pair] ?? 0) + 1;
      lastCase[pair] = place;
    }
  }
  return { pairs, found };
};

/** @returns a function that numbers pairs of activities in the order first seen */
export const makePairIndex = (activities: number): ((from: number, to: number) => number) => {
  let count = 0;
  if (activities <= SQUARE_MAX) {
    const square = new Int32Array(activities * activities);
    return (from, to) => (square[from * activities + to] ||= ++count) - 1;
  }
  const numbers = new Map<number, number>();
  return (from, to) => {
    const key = from * activities + to;
    const number = numbers.get(key);
    if (number !== undefined) return number;
    numbers.set(key, count);
    return count++;
  };
};

const gatherDurations = ({ steps, times }: EventLog, pairs: Int32Array, { counts }: Pairs): Float64Array[] => {
  const all = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  const next = new Int32Array(counts.length);
  for (let pair = 1; pair < counts.length; pair++) next[pair] = (next[pair - 1] ?? 0) + (counts[pair - 1] ?? 0);
  const starts = next.slice();
  for (let at = 0; at < steps.length; at++) {
    const pair = pairs[at] ?? -1;
    if (pair < 0) continue;
    all[next[pair] ?? 0] = (times[at] ?? 0) - (times[at - 1] ?? 0);
    next[pair] = (next[pair] ?? 0) + 1;
  }
  return counts.map((_, pair) => all.subarray(starts[pair], next[pair]));
};

const countNodes = ({ activities, offsets, steps }: EventLog): PathNode[] => {
  const [counts, cases, lastCase] = [new Int32Array(activities.length), new Int32Array(activities.length), new Int32Array(activities.length).fill(-1)];
  for (let place = 0; place + 1 < offsets.length; place++) {
    for (let at = offsets[place] ?? 0; at < (offsets[place + 1] ?? 0); at++) {
      const step = steps[at] ?? 0;
      counts[step] = (counts[step] ?? 0) + 1;
      if (lastCase[step] !== place) cases[step] = (cases[step] ?? 0) + 1;
      lastCase[step] = place;
    }
  }
  const nodes = activities.map((activity, step) => ({ activity, count: counts[step] ?? 0, cases: cases[step] ?? 0 }));
  return nodes.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count);
};

/** @param side 0 for the first activity of each case, 1 for the last */
const countEnds = ({ activities, offsets, steps }: EventLog, side: 0 | 1): PathEnd[] => {
  const counts = new Map<number, number>();
  for (let place = 0; place + 1 < offsets.length; place++) {
    const step = steps[(offsets[place + side] ?? 0) - side] ?? 0;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].map(([step, cases]) => ({ activity: activities[step] ?? "", cases })).toSorted((one, other) => other.cases - one.cases);
};
