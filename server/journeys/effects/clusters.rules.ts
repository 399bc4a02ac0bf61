// Values of those who are alike, and how far several of one customer say the same.
import type { Clustering, Sides } from "../definitions/comparisons.rules.ts";
import { sumsOf } from "../definitions/sums.rules.ts";
import { drawSum } from "./shuffles.rules.ts";

/** Outcomes of those who are alike; `owners` are the customers they are of, by number, in the same order. */
export type Stratum = { with: number[]; without: number[]; owners: { with: number[]; without: number[] } };

/** What each customer adds to the difference if it made none. */
export type Clusters = Clustering & { turns: Float64Array };

export const toSides = (strata: readonly Stratum[]): Sides[] => strata.map((one) => ({ with: sumsOf(one.with), without: sumsOf(one.without) }));

const isUsed = (one: Stratum): boolean => one.with.length > 0 && one.without.length > 0;
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much less several paths of one customer tell than as many of different customers.
 *  @returns null where every customer has one alone
 *  Source: linearised variance of a stratified mean, summed by cluster; Särndal, Swensson & Wretman, Model Assisted Survey Sampling, 1992. */
export const findClusters = (strata: readonly Stratum[]): Clusters | null => {
  const used = strata.filter(isUsed);
  const held = used.reduce((sum, one) => sum + one.with.length, 0);
  const customers = { with: new Set(used.flatMap(({ owners }) => owners.with)), without: new Set(used.flatMap(({ owners }) => owners.without)) };
  const everybody = new Set([...customers.with, ...customers.without]);
  const paths = used.reduce((sum, one) => sum + one.with.length + one.without.length, 0);
  if (everybody.size === paths) return null;
  const turns = new Map<number, number>();
  const rests = new Map<number, number>();
  let each = 0;
  for (const one of used) {
    const pooled = meanOf([...one.with, ...one.without]);
    for (const side of ["with", "without"] as const) {
      const [values, mean, part] = [one[side], meanOf(one[side]), side === "with" ? 1 / held : -one.with.length / held / one.without.length];
      for (const [at, value] of values.entries()) {
        const owner = one.owners[side][at] ?? -1;
        const rest = part * (value - mean);
        each += rest ** 2;
        rests.set(owner, (rests.get(owner) ?? 0) + rest);
        turns.set(owner, (turns.get(owner) ?? 0) + part * (value - pooled));
      }
    }
  }
  const together = [...rests.values()].reduce((sum, rest) => sum + rest ** 2, 0);
  return {
    // Where all are alike nothing tells how alike those of one customer are: each customer counts once then.
    inflation: Math.max(1, each > 0 ? together / each : paths / everybody.size),
    chanceVariance: [...turns.values()].reduce((sum, turn) => sum + turn ** 2, 0),
    customers: { with: customers.with.size, without: customers.without.size },
    turns: Float64Array.from(turns.values()),
  };
};

/** The largest differences, in standard errors, that labels without meaning show: one per round.
 *  @param largest so far, one per round; raised in place
 *  @param clusters where customers have several paths: then all labels of a customer are turned round together, or none
 *  Source: Cameron, Gelbach & Miller, Review of Economics and Statistics 90, 2008, for turning by cluster. */
export const raiseByShuffles = (largest: number[], strata: readonly Stratum[], { chanceError, clusters }: { chanceError: number; clusters: Clusters | null }, random: () => number): void => {
  if (!(chanceError > 0)) return;
  if (clusters !== null) {
    for (const [round, before] of largest.entries()) largest[round] = Math.max(before, Math.abs(turnBlindly(clusters.turns, random)) / chanceError);
    return;
  }
  const used = strata.filter(isUsed);
  const all = used.map((one) => [...one.with, ...one.without]);
  const held = used.reduce((sum, one) => sum + one.with.length, 0);
  const totals = all.map((values) => values.reduce((sum, value) => sum + value, 0));
  for (const [round, before] of largest.entries()) {
    let difference = 0;
    for (const [at, one] of used.entries()) {
      const drawn = drawSum(all[at] ?? [], one.with.length, random);
      difference += (one.with.length / held) * (drawn / one.with.length - ((totals[at] ?? 0) - drawn) / one.without.length);
    }
    largest[round] = Math.max(before, Math.abs(difference) / chanceError);
  }
};

// One number drawn gives the signs of thirty-two customers.
const turnBlindly = (turns: Float64Array, random: () => number): number => {
  let [sum, bits] = [0, 0];
  for (let at = 0; at < turns.length; at += 1) {
    if (at % 32 === 0) bits = Math.floor(random() * 4_294_967_296);
    sum += ((bits >>> at % 32) & 1) === 1 ? (turns[at] ?? 0) : -(turns[at] ?? 0);
  }
  return sum;
};
