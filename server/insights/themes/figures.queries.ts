import { z } from "zod";
import type { OffsetPiece, Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { needNames, sentimentName, type NeedName, type SentimentName } from "../comments/comments.contract.ts";
import { narrowReadings, type ReadingFilters } from "../comments/comments.queries.ts";
import type { BucketName } from "../metrics/metrics.contract.ts";
import { column, localTime, startQuery, type QueryParts, type Selection } from "../metrics/metrics.queries.ts";
import { uuids } from "../metrics/people.queries.ts";

/** Which theme each theme counts for; themes that are in neither list are not counted. */
export type Roots = { themeIds: readonly string[]; rootIds: readonly string[] };

export type ThemeCounts = { count: number; positive: number; negative: number; unmet: Record<NeedName, number> };

/** Comments of each theme in a period and the one before it, and those of any. A comment counts once for a theme, however many of its merged ones it has. */
export const countThemes = async (
  analytics: AnalyticsStore,
  selection: Selection,
  previous: Period,
  asked: { filters: ReadingFilters; roots: Roots },
): Promise<{ themes: { themeId: string; isCurrent: boolean; counts: ThemeCounts }[]; all: { current: number; previous: number; withTheme: number } }> => {
  const query = startQuery(analytics, selection, { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) });
  const [isCurrent, isPrevious] = [query.within(selection), query.within(previous)];
  const sums = ["sum(case when sentiment = 'pos' then 1 else 0 end) as positive", "sum(case when sentiment = 'neg' then 1 else 0 end) as negative", ...needNames.map((need) => `sum(case when ${needColumn(need)} = -1 then 1 else 0 end) as ${needColumn(need)}`)];
  const rows = await analytics.query(
    `with comment as materialized (
       select place.id as id, is_current, sentiment, ${needNames.map(needColumn).join(", ")}
       from (select id, (${isCurrent}) as is_current from experience where ${query.where} and kind = 'comment' and ((${isCurrent}) or (${isPrevious}))) place
       join (select * from readings where ${narrowReadings(query, asked.filters)}) reading on reading.id = place.id
     ), themed as materialized (select distinct root_id, id from (${rootRows(query, selection.workspaceId, asked.roots)}) rooted)
     select 'theme' as part, cast(root_id as varchar) as theme_id, is_current, count(*) as count, ${sums.join(", ")}
     from themed join comment on comment.id = themed.id
     group by root_id, is_current
     union all
     select 'all', '', is_current, count(*), ${sums.map(() => "0").join(", ")} from comment group by is_current
     union all
     select 'some', '', true, count(*), ${sums.map(() => "0").join(", ")} from comment where is_current and id in (select id from themed)`,
    query.values,
  );
  const read = rows.map((row) => countRow.parse(row));
  const of = (part: string, isWanted: boolean): number => read.find((row) => row.part === part && row.is_current === isWanted)?.count ?? 0;
  return {
    themes: read.flatMap((row) => (row.part === "theme" ? [{ themeId: row.theme_id, isCurrent: row.is_current, counts: { count: row.count, positive: row.positive, negative: row.negative, unmet: unmetOf(row) } }] : [])),
    all: { current: of("all", true), previous: of("all", false), withTheme: of("some", true) },
  };
};

/** Comments of each theme by local bucket; the theme without an id stands for all comments. */
export const countThemeBuckets = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { filters: ReadingFilters; roots: Roots; bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<{ themeId: string; key: string; count: number }[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  return countBy(analytics, query, selection.workspaceId, { ...asked, key: `cast(${key} as varchar)` });
};

/** The same by stretches of time, the latest being 0. */
export const countThemeStretches = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { filters: ReadingFilters; roots: Roots; stretchMs: number; stretches: number },
): Promise<{ themeId: string; key: string; count: number }[]> => {
  const query = startQuery(analytics, selection, selection);
  const cases = Array.from({ length: asked.stretches }, (_, place) => `when ${column} >= ${query.time(selection.toMs - (place + 1) * asked.stretchMs)} then '${place}'`);
  return countBy(analytics, query, selection.workspaceId, { ...asked, key: `case ${cases.join(" ")} end` });
};

const countBy = async (analytics: AnalyticsStore, query: QueryParts, workspaceId: string, asked: { filters: ReadingFilters; roots: Roots; key: string }): Promise<{ themeId: string; key: string; count: number }[]> => {
  const rows = await analytics.query(
    `with comment as materialized (
       select place.id as id, key
       from (select id, ${asked.key} as key from experience where ${query.where} and kind = 'comment') place
       join (select id from readings where ${narrowReadings(query, asked.filters)}) reading on reading.id = place.id
     )
     select cast(root_id as varchar) as theme_id, key, count(*) as count
     from (select distinct root_id, id from (${rootRows(query, workspaceId, asked.roots)}) rooted) themed
     join comment on comment.id = themed.id
     group by root_id, key
     union all
     select '', key, count(*) from comment group by key`,
    query.values,
    { limitRows: 200_000 },
  );
  return rows.map((row) => {
    const { theme_id: themeId, key, count } = bucketRow.parse(row);
    return { themeId, key: key.slice(0, 10), count };
  });
};

export type QuotePlace = { themeId: string; id: string; at: string; sentiment: SentimentName };

/** Comments that show what a theme is: of those that are surely of it the latest, their feelings in the shares they have in the theme
 *  (Sainte-Laguë), so that a theme of complaints is not shown by three praises that came last. */
export const listQuotePlaces = async (analytics: AnalyticsStore, selection: Selection, asked: { filters: ReadingFilters; roots: Roots; each: number }): Promise<QuotePlace[]> => {
  const query = startQuery(analytics, selection, selection);
  const rows = await analytics.query(
    `select cast(root_id as varchar) as theme_id, id, "at", sentiment
     from (
       select root_id, id, "at", sentiment, row_number() over (partition by root_id order by (place - 0.5) / of_feeling, "at" desc, id) as rank
       from (
         select root_id, comment.id as id, "at", sentiment,
           row_number() over (partition by root_id, sentiment order by (sure >= 0.8) desc, "at" desc, comment.id) as place,
           count(*) over (partition by root_id, sentiment) as of_feeling
         from (select root_id, id, max(sure) as sure from (${rootRows(query, selection.workspaceId, asked.roots)}) rooted group by root_id, id) themed
         join (select id, "at" from experience where ${query.where} and kind = 'comment') comment on comment.id = themed.id
         join (select id, sentiment from readings where ${narrowReadings(query, asked.filters)}) reading on reading.id = comment.id
       ) placed
     ) ranked
     where rank <= ${query.bind(asked.each)}
     order by root_id, rank`,
    query.values,
  );
  return rows.map((row) => {
    const { theme_id: themeId, id, at, sentiment } = quoteRow.parse(row);
    return { themeId, id, at, sentiment };
  });
};

const rootRows = (query: QueryParts, workspaceId: string, { themeIds, rootIds }: Roots): string =>
  `select root.root_id as root_id, comment_themes.id as id, comment_themes.sure as sure
       from comment_themes
       join (select unnest(${uuids(query, themeIds)}) as theme_id, unnest(${uuids(query, rootIds)}) as root_id) root on root.theme_id = comment_themes.theme_id
       where comment_themes.workspace_id = cast(${query.bind(workspaceId)} as uuid)`;

const needColumn = (need: NeedName): string => `need_${need.toLowerCase()}`;
const unmetOf = (row: z.infer<typeof countRow>): Record<NeedName, number> => ({
  EASY: row.need_easy, EXPECT: row.need_expect, PROMISE: row.need_promise, INFORM: row.need_inform, INDIVID: row.need_individ, RIGHT: row.need_right,
});
const countRow = z.object({
  part: z.string(), theme_id: z.string(), is_current: z.boolean(), count: z.number(), positive: z.number(), negative: z.number(),
  need_easy: z.number(), need_expect: z.number(), need_promise: z.number(), need_inform: z.number(), need_individ: z.number(), need_right: z.number(),
});
const bucketRow = z.object({ theme_id: z.string(), key: z.string(), count: z.number() });
const quoteRow = z.object({ theme_id: z.string(), id: z.string(), at: z.string(), sentiment: sentimentName });
