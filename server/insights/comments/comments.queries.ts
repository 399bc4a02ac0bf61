import { z } from "zod";
import type { Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { DimensionName } from "../metrics/metrics.contract.ts";
import { dimensions, startQuery, type QueryParts, type Selection } from "../metrics/metrics.queries.ts";
import { texts, uuids } from "../metrics/people.queries.ts";
import type { ReadingCounts } from "./comments.rules.ts";
import { emotionNames, needNames, sentimentNames, type CommentFilters, type NeedName } from "./comments.contract.ts";

/** What is asked of readings beside what narrows every query of feelings. */
export type ReadingFilters = Pick<CommentFilters, "need" | "polarity" | "sentiment" | "emotion" | "language" | "urgent" | "unsure" | "comment"> & {
  /** Comments with one of these themes. */
  themeIds?: readonly string[] | undefined;
  /** Comments that name one of these, as the copy holds them. */
  named?: readonly string[] | undefined;
};

export type CommentPlace = { id: string; at: string; customer: string | null; touchpoint: string | null; channel: string | null; stage: string | null };

/** Comments that were read, newest first.
 *  @param asked.after sort key (at, id) of the last one of the page before */
export const listCommentPlaces = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { filters: ReadingFilters; after: { at: string; id: string } | null; limit: number },
): Promise<CommentPlace[]> => {
  const query = startQuery(analytics, selection, selection);
  const readings = narrowReadings(query, asked.filters);
  const conditions = [query.where, "kind = 'comment'"];
  if (asked.after !== null) {
    const at = analytics.dialect.timestamp(query.bind(asked.after.at.replace(/Z$/u, "")));
    conditions.push(`("at" < ${at} or ("at" = ${at} and id < cast(${query.bind(asked.after.id)} as uuid)))`);
  }
  const rows = await analytics.query(
    `select comment.id as id, "at", customer, touchpoint, channel, stage
     from (select id, "at", customer, touchpoint, channel, stage from experience where ${conditions.join(" and ")}) comment
     join (select id from readings where ${readings}) reading on reading.id = comment.id
     order by "at" desc, comment.id desc
     limit ${query.bind(asked.limit)}`,
    query.values,
  );
  return rows.map((row) => placeRow.parse(row));
};

/** How many comments of a period were read as what: one row for the period and one for the one before it, from one pass. */
export const countReadings = async (
  analytics: AnalyticsStore,
  selection: Selection,
  previous: Period,
  filters: ReadingFilters,
): Promise<{ current: ReadingCounts; previous: ReadingCounts }> => {
  const query = startQuery(analytics, selection, { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) });
  const readings = narrowReadings(query, filters);
  const [isCurrent, isPrevious] = [query.within(selection), query.within(previous)];
  const rows = await analytics.query(
    `select is_current, count(*) as count, ${sums.join(", ")}
     from (select id, (${isCurrent}) as is_current from experience where ${query.where} and kind = 'comment' and ((${isCurrent}) or (${isPrevious}))) comment
     join (select * from readings where ${readings}) reading on reading.id = comment.id
     group by is_current`,
    query.values,
  );
  const read = (isWanted: boolean): ReadingCounts => readCounts(rows.find((row) => row["is_current"] === isWanted) ?? {});
  return { current: read(true), previous: read(false) };
};

/** The same by touchpoint, channel, survey, team and so on, most comments first. The empty name stands for comments where it is not named. */
export const countReadingsBy = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { by: DimensionName; filters: ReadingFilters; limit: number },
): Promise<{ name: string; counts: ReadingCounts }[]> => {
  const query = startQuery(analytics, selection, selection);
  const readings = narrowReadings(query, asked.filters);
  const rows = await analytics.query(
    `select name, count(*) as count, ${sums.join(", ")}
     from (select id, ${dimensions[asked.by]} as name from experience where ${query.where} and kind = 'comment') comment
     join (select * from readings where ${readings}) reading on reading.id = comment.id
     group by name
     order by count desc, name
     limit ${query.bind(asked.limit)}`,
    query.values,
  );
  return rows.map((row) => ({ name: String(row["name"]), counts: readCounts(row) }));
};

/** Languages of a period, most comments first. */
export const countLanguages = async (analytics: AnalyticsStore, selection: Selection, filters: ReadingFilters): Promise<{ name: string; count: number }[]> => {
  const query = startQuery(analytics, selection, selection);
  const readings = narrowReadings(query, filters);
  const rows = await analytics.query(
    `select language as name, count(*) as count
     from (select id from experience where ${query.where} and kind = 'comment') comment
     join (select id, language from readings where ${readings}) reading on reading.id = comment.id
     where language is not null
     group by language
     order by count desc, language
     limit 20`,
    query.values,
  );
  return rows.map((row) => languageRow.parse(row));
};

const columnOf = (need: NeedName): string => `need_${need.toLowerCase()}`;
const signs = { pos: 1, mix: 0, neg: -1 } as const;

// Names come from closed lists, never as text from outside; the language is bound.
export const narrowReadings = (query: QueryParts, filters: ReadingFilters): string => {
  const conditions = [`workspace_id = cast($1 as uuid)`];
  if (filters.need !== undefined) conditions.push(filters.polarity === undefined ? `${columnOf(filters.need)} is not null` : `${columnOf(filters.need)} = ${signs[filters.polarity]}`);
  if (filters.sentiment !== undefined) conditions.push(`sentiment = '${filters.sentiment}'`);
  if (filters.emotion !== undefined) conditions.push(`emotion = '${filters.emotion}'`);
  if (filters.language !== undefined) conditions.push(`language = ${query.bind(filters.language)}`);
  if (filters.urgent !== undefined) conditions.push(filters.urgent ? "is_urgent" : "not is_urgent");
  if (filters.unsure !== undefined) conditions.push(filters.unsure ? "is_unsure" : "not is_unsure");
  if (filters.comment !== undefined) conditions.push(`id = cast(${query.bind(filters.comment)} as uuid)`);
  if (filters.themeIds !== undefined) conditions.push(`id in (select id from comment_themes where theme_id in (select unnest(${uuids(query, filters.themeIds)})))`);
  if (filters.named !== undefined) conditions.push(`id in (select id from comment_names where workspace_id = cast($1 as uuid) and value in (select unnest(${texts(query, filters.named)})))`);
  return conditions.join(" and ");
};

const sumOf = (name: string, condition: string): string => `sum(case when ${condition} then 1 else 0 end) as ${name}`;
const sums = [
  sumOf("urgent", "is_urgent"),
  sumOf("unsure", "is_unsure"),
  sumOf("other_languages", "language <> 'en'"),
  ...sentimentNames.map((name) => sumOf(`sentiment_${name}`, `sentiment = '${name}'`)),
  ...emotionNames.map((name) => sumOf(`emotion_${name}`, `emotion = '${name}'`)),
  ...needNames.flatMap((name) => [
    sumOf(`met_${columnOf(name)}`, `${columnOf(name)} = 1`),
    sumOf(`unmet_${columnOf(name)}`, `${columnOf(name)} = -1`),
    sumOf(`mixed_${columnOf(name)}`, `${columnOf(name)} = 0`),
  ]),
];

const readCounts = (row: Record<string, unknown>): ReadingCounts => {
  const of = (name: string): number => Number(row[name] ?? 0);
  const sentiment = (name: (typeof sentimentNames)[number]): number => of(`sentiment_${name}`);
  const emotion = (name: (typeof emotionNames)[number]): number => of(`emotion_${name}`);
  const need = (name: NeedName) => ({ met: of(`met_${columnOf(name)}`), unmet: of(`unmet_${columnOf(name)}`), mixed: of(`mixed_${columnOf(name)}`) });
  return {
    count: of("count"),
    urgent: of("urgent"),
    unsure: of("unsure"),
    otherLanguages: of("other_languages"),
    sentiments: { pos: sentiment("pos"), neg: sentiment("neg"), neu: sentiment("neu"), mix: sentiment("mix") },
    emotions: { anger: emotion("anger"), disgust: emotion("disgust"), fear: emotion("fear"), joy: emotion("joy"), sadness: emotion("sadness"), surprise: emotion("surprise") },
    needs: { EASY: need("EASY"), EXPECT: need("EXPECT"), PROMISE: need("PROMISE"), INFORM: need("INFORM"), INDIVID: need("INDIVID"), RIGHT: need("RIGHT") },
  };
};

const placeRow = z.object({
  id: z.string(), at: z.string(), customer: z.string().nullable(), touchpoint: z.string().nullable(), channel: z.string().nullable(), stage: z.string().nullable(),
});
const languageRow = z.object({ name: z.string(), count: z.number() });
