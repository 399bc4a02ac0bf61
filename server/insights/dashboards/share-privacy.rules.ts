import { withoutFewPeople } from "../metrics/metrics.rules.ts";
import { fewestPeople } from "../metrics/metric-kinds.rules.ts";
import type { Measured, Tile, TileNumbers } from "./tiles.contract.ts";

type Counted = { count: number };

/** How many people are behind the figures of a tile. What is not named counts as nobody. */
export type PeopleBehind = {
  whole: number;
  /** In the period before. */
  previous: number;
  /** People whom the filters a visitor chose leave out: of few, their answers are what is missing from the whole. */
  leftOut: readonly number[];
  /** By value of a group, the empty text where it is not named; null where groups of few people were hidden before. */
  groups: ReadonlyMap<string, number> | null;
  /** By start of a bucket. */
  points: ReadonlyMap<string, number>;
  /** The same by group. */
  cells: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

/** Numbers as somebody outside may see them: no names, no ids of people, nothing of fewer than five people and nothing from which that could be
 *  worked out, and what people wrote only when it may be shown.
 *  @param people null where each answer is a person of its own */
export const withoutPeople = (tile: Tile, numbers: TileNumbers, { showsComments, people }: { showsComments: boolean; people: PeopleBehind | null }): TileNumbers => {
  if (numbers.state !== "measured") return numbers.state === "failed" ? { ...numbers, message: "This tile could not be measured." } : numbers;
  if ((tile.chart === "answers" && !showsComments) || ("split" in tile && tile.split === "member")) return { state: "excluded", tileId: numbers.tileId, reason: "personal" };
  const answers = numbers.answers?.map((answer) => ({ ...answer, customer: null, responseId: null, surveyId: null, comment: answer.comment === null ? null : maskContacts(answer.comment) })) ?? null;
  if (people !== null && [people.whole, ...people.leftOut].some(isFew)) return { ...hushedWhole(numbers), answers };
  return { ...numbers, answers, ...summaryOf(numbers, people), ...groupsOf(numbers, people), trend: trendOf(numbers, people) };
};

/** Takes out of a text what reaches a person: mail addresses and numbers of seven digits and more. */
export const maskContacts = (text: string): string =>
  text.replace(/[^\s@<>"]{1,64}@[^\s@<>"]{1,255}\.[a-z]{2,24}/giu, "[address]").replace(/\+?\d(?:[ ()/.-]?\d){6,20}/gu, "[number]");

const isFew = (count: number): boolean => count > 0 && count < fewestPeople;
/** Several answers may be one person's, and none is nobody's. */
const peopleIn = ({ count }: Counted, known: number | undefined): number => Math.min(count, known ?? 0);

const silent = { score: null, low: null, high: null };
type Point = NonNullable<Measured["trend"]>["points"][number];
const hushed = (point: Point): Point => ({ ...point, ...silent, weighted: null });

type Total = NonNullable<Measured["breakdown"]>["total"];
const hushedTotal = (total: Total): Total => ({ ...total, ...silent, weighted: null });

const hushedWhole = (numbers: Measured): Measured => ({
  ...numbers,
  summary: numbers.summary === null ? null : hushedSummary(numbers.summary),
  trend: numbers.trend === null ? null : { ...numbers.trend, points: numbers.trend.points.map(hushed) },
  breakdown: numbers.breakdown === null ? null : { ...numbers.breakdown, total: hushedTotal(numbers.breakdown.total), groups: [], hiddenGroups: numbers.breakdown.hiddenGroups + numbers.breakdown.groups.length },
  bands: numbers.bands === null ? null : [],
  heat: numbers.heat === null ? null : [],
  spread: numbers.spread === null ? null : [],
});

const hushedSummary = (summary: NonNullable<Measured["summary"]>): NonNullable<Measured["summary"]> => ({ ...summary, ...silent, bands: [], distribution: [], mean: null, share: null, change: null, weighted: null });

const summaryOf = ({ summary }: Measured, people: PeopleBehind | null): Pick<Measured, "summary"> => {
  if (summary === null || isFew(summary.count)) return { summary: summary === null ? null : hushedSummary(summary) };
  const before = summary.change === null ? 0 : people === null ? summary.change.previousCount : peopleIn({ count: summary.change.previousCount }, people.previous);
  // Who has the change and the score of now has the score of before.
  return { summary: isFew(before) ? { ...summary, change: null, weighted: summary.weighted === null ? null : { ...summary.weighted, change: null } } : summary };
};

const trendOf = ({ trend }: Measured, people: PeopleBehind | null): Measured["trend"] => (trend === null ? null : { ...trend, points: hushFew(trend.points, people?.points ?? null) });

/** Points of few people without their scores; where these could be worked out from all others together, the next smallest goes too. */
const hushFew = (points: readonly Point[], people: ReadonlyMap<string, number> | null): Point[] => {
  const { shown } = withoutFewPeople(points, (point) => (people === null ? point.count : peopleIn(point, people.get(point.from))), null);
  const open = new Set(shown);
  return points.map((point) => (open.has(point) ? point : hushed(point)));
};

const groupsOf = ({ breakdown, bands, heat }: Measured, people: PeopleBehind | null): Pick<Measured, "breakdown" | "bands" | "heat"> => {
  if (breakdown === null) return { breakdown, bands, heat };
  const known = people?.groups;
  const { shown, hidden } = known === null && people !== null ? { shown: breakdown.groups, hidden: 0 } : withoutFewPeople(breakdown.groups, (group) => (known == null ? group.count : peopleIn(group, known.get(group.value ?? ""))), null);
  const open = new Set(shown.map(({ value }) => value));
  return {
    breakdown: { ...breakdown, total: isFew(breakdown.total.count) ? hushedTotal(breakdown.total) : breakdown.total, groups: shown, hiddenGroups: breakdown.hiddenGroups + hidden },
    bands: bands?.filter(({ value }) => open.has(value)) ?? null,
    heat: heat?.filter(({ value }) => open.has(value)).map((row) => ({ ...row, points: hushFew(row.points, people === null ? null : (people.cells.get(row.value ?? "") ?? new Map())) })) ?? null,
  };
};
