// How surely one activity leads to another, by the measures of the heuristics miner.
import type { EventLog } from "./event-log.ts";
import { makePairIndex } from "./path-graph.ts";

export type Dependency = { from: string; to: string; count: number; measure: number };

export type Dependencies = {
  /** (|a>b| - |b>a|) / (|a>b| + |b>a| + 1) of each pair that follows directly, |a>a| / (|a>a| + 1) of a loop; as first seen. */
  list: Dependency[];
  /** (|aba| + |bab|) / (.. + 1) of pairs that go back and forth. */
  loopsOfTwo: Dependency[];
};

/** Source: A. Weijters, W. van der Aalst, A. Alves de Medeiros, "Process Mining with the HeuristicsMiner Algorithm", 2006. */
export const measureDependencies = (log: EventLog): Dependencies => {
  const direct = new PairCounts(log.activities.length);
  const backAndForth = new PairCounts(log.activities.length);
  for (let place = 0; place < log.cases.length; place++) {
    const start = log.offsets[place] ?? 0;
    for (let at = start + 1; at < (log.offsets[place + 1] ?? 0); at++) {
      const [before, step] = [log.steps[at - 1] ?? 0, log.steps[at] ?? 0];
      direct.add(before, step);
      if (at - 2 >= start && log.steps[at - 2] === step && before !== step) backAndForth.add(step, before);
    }
  }
  const say = (counts: PairCounts, measure: (there: number, back: number, isLoop: boolean) => number): Dependency[] =>
    counts.list().map(({ from, to, count }) => ({ from: log.activities[from] ?? "", to: log.activities[to] ?? "", count, measure: measure(count, counts.of(to, from), from === to) }));
  return {
    list: say(direct, measureOf),
    loopsOfTwo: say(backAndForth, (there, back) => (there + back) / (there + back + 1)),
  };
};

const measureOf = (there: number, back: number, isLoop: boolean): number => (isLoop ? there / (there + 1) : (there - back) / (there + back + 1));

/** Pairs rarer than this share of the greatest around both their ends count as noise. */
const NOISE = 0.05;

/** The dependencies a picture of the process would show: sure ones after noise is taken away, and both ways of loops of two.
 *  @param least from which measure on, 0.5 as usual */
export const sureDependencies = ({ list, loopsOfTwo }: Dependencies, least = 0.5): Dependency[] => {
  const greatest = new Map<string, number>();
  for (const { from, to, count } of list) {
    for (const end of [from, to]) greatest.set(end, Math.max(greatest.get(end) ?? 0, count));
  }
  const kept = list.filter(({ from, to, count }) => count >= NOISE * Math.min(greatest.get(from) ?? 0, greatest.get(to) ?? 0));
  const counts = new Map(kept.map(({ from, to, count }) => [keyOf(from, to), count]));
  const loops = new Map(loopsOfTwo.flatMap(({ from, to, measure }) => (measure >= least ? [[keyOf(from, to), measure] as const, [keyOf(to, from), measure] as const] : [])));
  return kept.flatMap(({ from, to, count }) => {
    const measure = Math.max(measureOf(count, counts.get(keyOf(to, from)) ?? 0, from === to), loops.get(keyOf(from, to)) ?? -1);
    return measure >= least ? [{ from, to, count, measure }] : [];
  });
};

const keyOf = (from: string, to: string): string => JSON.stringify([from, to]);

/** Whether two activities after `first` are both done or one instead of the other.
 *  @returns (|b>c| + |c>b|) / (|a>b| + |a>c| + 1): from 0.65 on usually both */
export const bothAfter = ({ list }: Pick<Dependencies, "list">, first: string, one: string, other: string): number => {
  const count = (from: string, to: string): number => list.find((dependency) => dependency.from === from && dependency.to === to)?.count ?? 0;
  return (count(one, other) + count(other, one)) / (count(first, one) + count(first, other) + 1);
};

export class PairCounts {
  readonly #width: number;
  readonly #number: (from: number, to: number) => number;
  readonly #pairs: { from: number; to: number; count: number }[] = [];
  readonly #known = new Map<number, number>();

  constructor(activities: number) {
    this.#width = activities;
    this.#number = makePairIndex(activities);
  }

  add(from: number, to: number, times = 1): void {
    const number = this.#number(from, to);
    const pair = this.#pairs[number];
    if (pair !== undefined) pair.count += times;
    else {
      this.#pairs.push({ from, to, count: times });
      this.#known.set(from * this.#width + to, number);
    }
  }

  of(from: number, to: number): number {
    return this.#pairs[this.#known.get(from * this.#width + to) ?? -1]?.count ?? 0;
  }

  list(): readonly { from: number; to: number; count: number }[] {
    return this.#pairs;
  }
}
