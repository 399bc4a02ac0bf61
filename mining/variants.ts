// Variants: the different sequences of activities, and how many cases took each.
import { fitnessOf, makeLineCost } from "./alignment.ts";
import type { EventLog } from "./event-log.ts";

/** `example` is the place of the first case that took it. */
export type Variant = { path: string[]; cases: number; example: number };

export type Variants = {
  /** By cases, the most first; where equal, the one seen first. */
  list: Variant[];
  /** Place in the list of each case. */
  byCase: Int32Array;
};

export const listVariants = (log: EventLog): Variants => {
  const { firstCases, counts, variantOf } = groupCases(log);
  const order = firstCases.map((_, number) => number).toSorted((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  const placeOf = new Int32Array(order.length);
  order.forEach((number, place) => (placeOf[number] = place));
  const list = order.map((number) => {
    const example = firstCases[number] ?? 0;
    return { path: Array.from(stepsOf(log, example), (step) => log.activities[step] ?? ""), cases: counts[number] ?? 0, example };
  });
  return { list, byCase: variantOf.map((number) => placeOf[number] ?? 0) };
};

const stepsOf = (log: EventLog, place: number): Int32Array => log.steps.subarray(log.offsets[place], log.offsets[place + 1]);

/** Cases whose steps are the same have the same hash; those of one hash are compared step by step. */
const groupCases = (log: EventLog): { firstCases: number[]; counts: number[]; variantOf: Int32Array } => {
  const byHash = new Map<number, number[]>();
  const firstCases: number[] = [];
  const counts: number[] = [];
  const variantOf = new Int32Array(log.cases.length);
  for (let place = 0; place < log.cases.length; place++) {
    const hash = hashOf(log, place);
    const candidates = byHash.get(hash) ?? [];
    let variant = candidates.find((candidate) => isSame(log, firstCases[candidate] ?? 0, place));
    if (variant === undefined) {
      variant = firstCases.push(place) - 1;
      counts.push(0);
      candidates.push(variant);
      byHash.set(hash, candidates);
    }
    counts[variant] = (counts[variant] ?? 0) + 1;
    variantOf[place] = variant;
  }
  return { firstCases, counts, variantOf };
};

// Fowler-Noll-Vo over 32 bits, stirred so that the high bits of a step count as well.
const hashOf = ({ offsets, steps }: EventLog, place: number): number => {
  let hash = 0x811c9dc5;
  for (let at = offsets[place] ?? 0; at < (offsets[place + 1] ?? 0); at++) {
    hash = Math.imul(hash ^ (steps[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
};

const isSame = ({ offsets, steps }: EventLog, one: number, other: number): boolean => {
  const [first, second] = [offsets[one] ?? 0, offsets[other] ?? 0];
  const length = (offsets[one + 1] ?? 0) - first;
  if ((offsets[other + 1] ?? 0) - second !== length) return false;
  for (let at = 0; at < length; at++) {
    if (steps[first + at] !== steps[second + at]) return false;
  }
  return true;
};

export type Conformance = {
  /** Mean over cases of 1 - cost / (|t| + |m|). */
  meanFitness: number;
  /** How many cases have each cost, the least cost first. */
  costs: { cost: number; cases: number }[];
};

/** Compares each case with a line of planned steps; a variant is reckoned once for all its cases.
 *  @returns null of a log without cases */
export const compareWithLine = (log: EventLog, variants: Variants, line: readonly string[]): Conformance | null => {
  if (log.cases.length === 0) return null;
  const numbers = new Map(log.activities.map((activity, step) => [activity, step]));
  // A planned step that nobody took has a number that no event bears.
  const costOf = makeLineCost(line.map((step, place) => numbers.get(step) ?? -1 - place));
  const costs = new Map<number, number>();
  let fitness = 0;
  for (const { example, cases } of variants.list) {
    const [from, to] = [log.offsets[example] ?? 0, log.offsets[example + 1] ?? 0];
    const cost = costOf(log.steps, from, to);
    fitness += cases * fitnessOf(cost, to - from, line.length);
    costs.set(cost, (costs.get(cost) ?? 0) + cases);
  }
  return { meanFitness: fitness / log.cases.length, costs: [...costs].map(([cost, cases]) => ({ cost, cases })).toSorted((one, other) => one.cost - other.cost) };
};
