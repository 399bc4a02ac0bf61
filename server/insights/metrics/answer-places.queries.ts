import { z } from "zod";
import type { Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { AnswerPlace } from "./answers.rules.ts";
import type { Scale } from "./metrics.contract.ts";
import { bare, box, column, isOnScale, startQuery, type QueryParts, type RowSource, type Selection } from "./metrics.queries.ts";

type Page = { after: { at: string; id: string } | null; limit: number };
type Listed = Page & { from: RowSource["from"] };

/** The answers behind a number, newest first.
 *  @param asked.boxes only answers in these boxes; all when null
 *  @param asked.after sort key (at, id) of the last answer of the page before */
export const listAnswerPlaces = (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: Page & { source: RowSource; usual: Scale; scale: Scale; boxes: readonly number[] | null; value: number | null },
): Promise<AnswerPlace[]> =>
  listPlaces(analytics, selection, { ...asked, from: asked.source.from }, (query) => {
    const { usual } = asked;
    return [
      asked.source.where(query),
      isOnScale,
      `coalesce(scale_min, ${query.bind(usual.min)}) = ${query.bind(asked.scale.min)}`,
      `coalesce(scale_max, ${query.bind(usual.max)}) = ${query.bind(asked.scale.max)}`,
      ...(asked.boxes === null ? [] : [`${box} in (${asked.boxes.map((one) => query.bind(one)).join(", ")})`]),
      ...(asked.value === null ? [] : [`value = ${query.bind(asked.value)}`]),
    ];
  });

/** The newest scores, comments and choices of any kind. */
export const listLatestPlaces = (analytics: AnalyticsStore, selection: Selection, limit: number): Promise<AnswerPlace[]> =>
  listPlaces(analytics, selection, { after: null, limit, from: () => "experience" }, () => ["kind in ('nps', 'csat', 'ces', 'stars', 'rating', 'comment', 'choice')"]);

// The newest answers mostly lie in the last part of the period, which costs a fraction of reading all of it.
const newestShare = 1 / 64;

const listPlaces = async (analytics: AnalyticsStore, selection: Selection, page: Listed, narrow: (query: QueryParts) => string[]): Promise<AnswerPlace[]> => {
  const endMs = page.after === null ? selection.toMs : Math.min(selection.toMs, Date.parse(page.after.at) + 1);
  const recentMs = Math.floor(endMs - (endMs - selection.fromMs) * newestShare);
  const recent = await listPlacesWithin(analytics, selection, { fromMs: recentMs, toMs: endMs }, page, narrow);
  return recent.length === page.limit ? recent : listPlacesWithin(analytics, selection, { fromMs: selection.fromMs, toMs: endMs }, page, narrow);
};

const listPlacesWithin = async (
  analytics: AnalyticsStore,
  selection: Selection,
  period: Period,
  page: Listed,
  narrow: (query: QueryParts) => string[],
): Promise<AnswerPlace[]> => {
  const query = startQuery(analytics, selection, period);
  const conditions = [query.where, ...narrow(query)];
  if (page.after !== null) {
    const at = analytics.dialect.timestamp(query.bind(bare(page.after.at)));
    conditions.push(`(${column} < ${at} or (${column} = ${at} and id < cast(${query.bind(page.after.id)} as uuid)))`);
  }
  const rows = await analytics.query(
    `select id, ${column}, customer, touchpoint, channel, stage, value
     from ${page.from(query)}
     where ${conditions.join(" and ")}
     order by ${column} desc, id desc
     limit ${query.bind(page.limit)}`,
    query.values,
  );
  return rows.map((row) => placeRow.parse(row));
};

const placeRow = z.object({
  id: z.string(),
  at: z.string(),
  customer: z.string().nullable(),
  touchpoint: z.string().nullable(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  value: z.number().nullable(),
});
