import type { Tile, TileNumbers } from "./tiles.contract.ts";

/** Smaller groups could tell who answered. Source: the usual rule of employee and patient surveys, at least five. */
const fewestPeople = 5;

type Counted = { count: number };

/** Numbers as somebody outside may see them: no names, no ids of people, no group of fewer than five answers, and what people wrote only when
 *  it may be shown, without addresses and numbers to reach them. */
export const withoutPeople = (tile: Tile, numbers: TileNumbers, { showsComments }: { showsComments: boolean }): TileNumbers => {
  if (numbers.state !== "measured") return numbers.state === "failed" ? { ...numbers, message: "This tile could not be measured." } : numbers;
  const excluded: TileNumbers = { state: "excluded", tileId: numbers.tileId, reason: "personal" };
  if (tile.chart === "answers" && !showsComments) return excluded;
  if ("split" in tile && tile.split === "member") return excluded;
  const { summary, trend, breakdown, bands, heat, answers } = numbers;
  return {
    ...numbers,
    summary: summary === null || isEnough(summary) ? summary : { ...summary, ...silent, bands: [], distribution: [], mean: null, share: null, change: null, weighted: null },
    trend: trend === null ? null : { ...trend, points: trend.points.map(hushed) },
    breakdown: breakdown === null ? null : { ...breakdown, groups: breakdown.groups.filter(isEnough), groupsLeftOut: breakdown.groupsLeftOut + breakdown.groups.filter((group) => !isEnough(group)).length },
    bands: bands === null ? null : bands.filter(isEnough),
    heat: heat === null ? null : heat.map((row) => ({ ...row, points: row.points.map(hushed) })),
    answers:
      answers === null
        ? null
        : answers.map((answer) => ({ ...answer, customer: null, responseId: null, surveyId: null, comment: answer.comment === null ? null : maskContacts(answer.comment) })),
  };
};

/** Takes out of a text what reaches a person: mail addresses and numbers of seven digits and more. */
export const maskContacts = (text: string): string =>
  text.replace(/[^\s@<>"]{1,64}@[^\s@<>"]{1,255}\.[a-z]{2,24}/giu, "[address]").replace(/\+?\d(?:[ ()/.-]?\d){6,20}/gu, "[number]");

const silent = { score: null, low: null, high: null };

const isEnough = ({ count }: Counted): boolean => count >= fewestPeople;

const hushed = <Point extends Counted>(point: Point): Point | (Point & typeof silent & { weighted: null }) => (isEnough(point) ? point : { ...point, ...silent, weighted: null });
