// What many comments say together, for a person at a terminal.
import { NEEDS, type Need, type WordReading } from "@firsthand/text";
import { correctorsFor, type Correctors } from "@firsthand/server/insights/comments/corrected-shares.rules";
import { count, layOut, percent } from "./text-table.ts";

/** How many readings have each property: `sentiment neg`, `need EASY pos`, `language en`, `theme late parcels`, `urgent`, `unsure`. */
export type ReadingCounts = Map<string, number>;

/** @param themes of each reading, where they were asked for */
export const countReadings = (readings: readonly WordReading[], themes: readonly (readonly { name: string }[])[] | null): ReadingCounts => {
  const counts: ReadingCounts = new Map();
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const reading of readings) {
    add(`sentiment ${reading.sentiment}`);
    add(`emotion ${reading.emotion}`);
    add(`language ${reading.language}`);
    for (const need of NEEDS) if (reading.needs[need] !== undefined) add(`need ${need} ${reading.needs[need]}`);
    if (reading.isUrgent) add("urgent");
    if (reading.isUnsure) add("unsure");
  }
  for (const { name } of themes?.flat() ?? []) add(`theme ${name}`);
  return counts;
};

export const addCounts = (all: ReadingCounts, more: ReadingCounts): void => {
  for (const [key, added] of more) all.set(key, (all.get(key) ?? 0) + added);
};

const sentiments = [["pos", "positive"], ["neg", "negative"], ["mix", "both"], ["neu", "neutral"]] as const;

const needNames: Record<Need, string> = {
  EASY: "make it easy",
  EXPECT: "set expectations",
  PROMISE: "keep your promises",
  INFORM: "keep me informed",
  INDIVID: "treat me as an individual",
  RIGHT: "put it right",
};

/** Tables of counts and shares; all shares are of all comments.
 *  @param correctors for how far shares as read are from the truth; null where that was not measured */
export const writeSummary = (comments: number, counts: ReadingCounts, hasThemes: boolean, correctors: Correctors | null): string => {
  const cells = (key: string): [string, string] => cellsOf(counts.get(key) ?? 0, comments);
  const tone = sentiments.map(([key, name]) => [name, ...cells(`sentiment ${key}`), ""]);
  const needs = NEEDS.map((need) => [needNames[need], ...["pos", "neg", "mix"].flatMap((polarity) => cells(`need ${need} ${polarity}`)), ""]);
  const others = [["urgent", ...cells("urgent"), ""], ["not sure: a person should look", ...cells("unsure"), ""]];
  return [
    layOut([["sentiment", "comments", "share", ""], ...tone]),
    layOut([["need", "met", "", "unmet", "", "both", "", ""], ...needs]),
    ...writeCorrected(comments, counts, correctors),
    layOut([["emotion", "comments", "share", ""], ...ranked("emotion", counts, comments)]),
    layOut([["language", "comments", "share", ""], ...ranked("language", counts, comments)]),
    ...(hasThemes ? [layOut([["theme", "comments", "share", ""], ...ranked("theme", counts, comments)])] : []),
    layOut([["", "comments", "share", ""], ...others]),
  ].join("\n");
};

// As the screen of comments tells them: what is read wrongly is taken off, and the interval holds how much sources differ.
const writeCorrected = (comments: number, counts: ReadingCounts, correctors: Correctors | null): string[] => {
  const otherLanguages = [...counts].reduce((sum, [key, part]) => sum + (key.startsWith("language ") && key !== "language en" && key !== "language null" ? part : 0), 0);
  const valid = correctorsFor({ count: comments, otherLanguages }, correctors);
  if (valid === null) return [];
  const row = (name: string, { share, low, high }: { share: number; low: number; high: number }): string[] => [name, percent(share), `${percent(low)} to ${percent(high)}`, ""];
  return [layOut([
    ["corrected for what is read wrongly", "share", "95% interval", ""],
    ...sentiments.map(([key, name]) => row(name, valid.sentiments[key](counts.get(`sentiment ${key}`) ?? 0, comments))),
    ...NEEDS.flatMap((need) => [
      row(`${needNames[need]}: met`, valid.needs[need].met(counts.get(`need ${need} pos`) ?? 0, comments)),
      row(`${needNames[need]}: unmet`, valid.needs[need].unmet(counts.get(`need ${need} neg`) ?? 0, comments)),
    ]),
  ])];
};

const rowsMax = 10;
const themesMax = 25;

const ranked = (kind: string, counts: ReadingCounts, comments: number): string[][] => {
  const rows = [...counts].filter(([key]) => key.startsWith(`${kind} `)).toSorted(([one, first], [other, second]) => second - first || (one < other ? -1 : 1));
  return rows.slice(0, kind === "theme" ? themesMax : rowsMax).map(([key, part]) => [key === `${kind} null` ? "none told" : key.slice(kind.length + 1), ...cellsOf(part, comments), ""]);
};

const cellsOf = (part: number, whole: number): [string, string] => [count(part), percent(whole === 0 ? null : part / whole)];
