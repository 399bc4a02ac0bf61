import { compareEstimates, passesFalseDiscovery, type Estimate } from "../../customers/scores/comparisons.rules.ts";
import { comparedMin } from "../../customers/scores/evidence.rules.ts";
import { testSameCustomers, type SameCustomers } from "../../customers/scores/same-customers.rules.ts";

/** The answers of one group in one period. `score` is a mean over its answers (a share and the net promoter score are means too); `estimate` is what a
 *  test knows of it, null where nothing is known of how its answers spread. */
export type GroupScore = { name: string; count: number; score: number; estimate: Estimate | null };

export type Contribution = {
  name: string;
  previousCount: number;
  count: number;
  /** Null where the group had no answers in that period. */
  previousScore: number | null;
  score: number | null;
  /** Part of the whole change that comes from the group's own score having moved. */
  within: number;
  /** Part that comes from the group having become a larger or smaller share of all answers. */
  mix: number;
  /** Of the group's own change, two-sided; null when a side has too few answers. */
  p: number | null;
  isSignificant: boolean;
};

export type Decomposition = { previousScore: number; score: number; difference: number; within: number; mix: number; contributions: Contribution[] };

const FALSE_DISCOVERY_RATE = 0.1;

/** Splits the change of a mean into what each group brought by moving itself and by its share growing or shrinking. All parts add up to the
 *  difference exactly. Groups are tested together (Benjamini-Hochberg, 10 %).
 *  @param before groups of the period before, @param after groups of the period, both in any order
 *  @param same by name, groups many of whose customers answered in both periods
 *  @returns contributions, the largest in size first; null when a period has no answers
 *  Source: Kitagawa, "Components of a Difference Between Two Rates", JASA 1955. */
export const decomposeChange = (before: readonly GroupScore[], after: readonly GroupScore[], same: ReadonlyMap<string, SameCustomers> = new Map()): Decomposition | null => {
  const [previousCount, count] = [countOf(before), countOf(after)];
  if (previousCount === 0 || count === 0) return null;
  const [previousScore, score] = [meanOf(before, previousCount), meanOf(after, count)];
  const middle = (previousScore + score) / 2;
  const pairs = pairGroups(before, after);
  const tests = pairs.map(([was, is]) => testChange(was, is, same));
  const passed = passesFalseDiscovery(tests.map((p) => p ?? 1), FALSE_DISCOVERY_RATE);
  const contributions = pairs.map(([was, is], place): Contribution => {
    const [shareBefore, shareNow] = [(was?.count ?? 0) / previousCount, (is?.count ?? 0) / count];
    // A group that was not there, or is gone, did not move itself: all it brings is its share.
    const [from, to] = [was?.score ?? is?.score ?? 0, is?.score ?? was?.score ?? 0];
    const p = tests[place] ?? null;
    return {
      name: is?.name ?? was?.name ?? "",
      previousCount: was?.count ?? 0,
      count: is?.count ?? 0,
      previousScore: was?.score ?? null,
      score: is?.score ?? null,
      within: ((shareBefore + shareNow) / 2) * (to - from),
      mix: (shareNow - shareBefore) * ((from + to) / 2 - middle),
      p,
      isSignificant: p !== null && passed[place] === true,
    };
  });
  return {
    previousScore,
    score,
    difference: score - previousScore,
    within: contributions.reduce((sum, one) => sum + one.within, 0),
    mix: contributions.reduce((sum, one) => sum + one.mix, 0),
    contributions: contributions.toSorted((one, other) => sizeOf(other) - sizeOf(one) || (one.name < other.name ? -1 : 1)),
  };
};

const sizeOf = ({ within, mix }: Contribution): number => Math.abs(within + mix);
const countOf = (groups: readonly GroupScore[]): number => groups.reduce((sum, { count }) => sum + count, 0);
const meanOf = (groups: readonly GroupScore[], count: number): number => groups.reduce((sum, group) => sum + group.count * group.score, 0) / count;

const pairGroups = (before: readonly GroupScore[], after: readonly GroupScore[]): [GroupScore | undefined, GroupScore | undefined][] => {
  const [was, is] = [new Map(before.map((group) => [group.name, group])), new Map(after.map((group) => [group.name, group]))];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => [was.get(name), is.get(name)]);
};

const testChange = (was: GroupScore | undefined, is: GroupScore | undefined, same: ReadonlyMap<string, SameCustomers>): number | null => {
  if (was === undefined || is === undefined || was.count < comparedMin || is.count < comparedMin) return null;
  const strangers = was.estimate === null || is.estimate === null ? null : compareEstimates(is.estimate, was.estimate);
  const own = same.get(is.name);
  return (strangers === null || own === undefined ? strangers : testSameCustomers(strangers, own))?.p ?? null;
};
