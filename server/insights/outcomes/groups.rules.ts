import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { testIndependence } from "../../feedback/reports/chi-square.rules.ts";
import { compareMeans, compareRanks, meanOf, type AmountSums } from "./amounts.rules.ts";
import type { GroupingKey, GroupsReply, OutcomeGroup } from "./outcomes.contract.ts";
import { commonOdds, standardise, type Adjusted, type Stratum } from "./strata.rules.ts";

/** Sums of one group within one stratum. */
export type GroupSums = AmountSums & { group: string; stratum: string; again: number; left: number };
type Given = { groups: readonly GroupSums[]; ties: number; medians: ReadonlyMap<string, number>; hasMoney: boolean; hasEvent: boolean; by: GroupingKey; adjust: string | null };
type Joined = AmountSums & { name: string; again: number; left: number };

/** Groups of fewer customers are not shown: numbers about four people are numbers about people. */
export const CELL_MIN = 5;
const order = ["best", "middle", "worst"];

/** Shares and amounts of groups with their intervals and tests; who belongs to no group stands last, and beside the tests.
 *  @param given.ties for the ranks of amounts among customers of groups */
export const summariseGroups = (given: Given): Pick<GroupsReply, "groups" | "tests" | "contrast" | "adjustment"> => {
  const joined = joinStrata(given.groups).toSorted((a, b) => placeOf(a, given.by) - placeOf(b, given.by) || b.count - a.count);
  const tested = joined.filter(({ name, count }) => !isUnknown(name) && count >= CELL_MIN);
  const strata = listStrata(given.groups);
  const names = tested.map(({ name }) => name);
  const adjusted = given.adjust === null ? null : standardise(strata, names, 2);
  const [better, worse] = [tested[0], tested.at(-1)];
  const isContrast = better !== undefined && worse !== undefined && better !== worse && !given.by.startsWith("trait:");
  return {
    groups: joined.map((group) => showGroup(group, given, adjusted?.groups.get(group.name))),
    tests: {
      again: asTest(testIndependence(tested.map(({ again, count }) => [again, count - again]))),
      amount: given.hasMoney && tested.length === joined.filter(({ name }) => !isUnknown(name)).length ? compareRanks(tested, given.ties) : null,
    },
    contrast: isContrast ? { better: better.name, worse: worse.name, amount: given.hasMoney ? withoutError(compareMeans(better, worse)) : null, odds: commonOdds(strata, better.name, worse.name) } : null,
    adjustment: adjusted === null || given.adjust === null ? null : { trait: given.adjust.slice("trait:".length), strata: strata.length, leftOut: adjusted.leftOut },
  };
};

const isUnknown = (name: string): boolean => name === "none" || name === "";
const placeOf = ({ name }: Joined, by: GroupingKey): number => (isUnknown(name) ? 99 : by.startsWith("trait:") ? 0 : order.indexOf(name));

const asTest = (tested: { statistic: number; degrees: number; p: number } | null) => (tested === null ? null : { statistic: tested.statistic, degrees: tested.degrees, p: tested.p });
const withoutError = (compared: { difference: number; low: number; high: number } | null) => (compared === null ? null : { difference: compared.difference, low: compared.low, high: compared.high });

const joinStrata = (groups: readonly GroupSums[]): Joined[] => {
  const joined = new Map<string, Joined>();
  for (const { group: name, ...part } of groups) {
    const sum = joined.get(name) ?? { name, count: 0, again: 0, left: 0, sum: 0, squares: 0, rankSum: 0 };
    joined.set(name, {
      name, count: sum.count + part.count, again: sum.again + part.again, left: sum.left + part.left,
      sum: sum.sum + part.sum, squares: sum.squares + part.squares, rankSum: sum.rankSum + part.rankSum,
    });
  }
  return [...joined.values()];
};

const listStrata = (groups: readonly GroupSums[]): Stratum[] =>
  [...Map.groupBy(groups, ({ stratum }) => stratum)].map(([name, own]) => ({
    name, cells: new Map(own.map(({ group, count, again, sum, squares }) => [group, { count, hits: again, sum, squares }])),
  }));

const showGroup = (group: Joined, { hasMoney, hasEvent, medians }: Given, adjusted: Adjusted | undefined): OutcomeGroup => {
  if (group.count < CELL_MIN) return { name: group.name, count: group.count, isHidden: true, again: null, left: null, amount: null, adjusted: null };
  const mean = hasMoney ? meanOf(group) : null;
  return {
    name: group.name, count: group.count, isHidden: false,
    again: shareOf(group.again, group.count),
    left: hasEvent ? shareOf(group.left, group.count) : null,
    amount: mean === null ? null : { ...mean, median: medians.get(group.name) ?? 0, total: group.sum },
    adjusted: adjusted === undefined ? null : {
      share: adjusted.share, low: adjusted.low, high: adjusted.high,
      mean: hasMoney ? adjusted.mean : null, meanLow: hasMoney ? adjusted.meanLow : null, meanHigh: hasMoney ? adjusted.meanHigh : null,
    },
  };
};

const shareOf = (hits: number, count: number) => ({ count: hits, share: hits / count, ...(wilsonInterval(hits, count) ?? { low: null, high: null }) });
