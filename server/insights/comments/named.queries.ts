import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import { startQuery, type Selection } from "../metrics/metrics.queries.ts";
import { texts } from "../metrics/people.queries.ts";
import { narrowReadings, type ReadingFilters } from "./comments.queries.ts";

export type NamedCount = { value: string; name: string; count: number; pos: number; neg: number; neu: number; mix: number };

/** One row is one thing that comments of a period name, the most named of each kind first, and how those comments feel; a comment counts once for
 *  a thing, by however many names. Beside them: how many comments there are. The names of the comments asked about alone are put together.
 *  @param asked.present what things count as that were read under another name, by what was read */
export const countNamed = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { filters: ReadingFilters; present: ReadonlyMap<string, string>; limit: number },
): Promise<{ count: number; items: NamedCount[] }> => {
  const query = startQuery(analytics, selection, selection);
  const sums = ["pos", "neg", "neu", "mix"].map((name) => `sum(case when sentiment = '${name}' then 1 else 0 end) as ${name}`);
  const rows = await analytics.query(
    `with comment as materialized (
       select place.id as id, sentiment
       from (select id from experience where ${query.where} and kind = 'comment') place
       join (select id, sentiment from readings where ${narrowReadings(query, asked.filters)}) reading on reading.id = place.id
     ), named as materialized (
       select comment.id as id, max(sentiment) as sentiment, coalesce(present, value) as value, max(name) as name
       from comment
       join (select id, value, name from comment_names where workspace_id = cast($1 as uuid)) comment_names on comment_names.id = comment.id
       left join (select unnest(${texts(query, [...asked.present.keys()])}) as former, unnest(${texts(query, [...asked.present.values()])}) as present) other on former = value
       group by comment.id, coalesce(present, value)
     ), counted as (
       select value, max(name) as name, count(*) as count, ${sums.join(", ")}
       from named
       group by value
     )
     select value, name, count, pos, neg, neu, mix
     from (select *, row_number() over (partition by split_part(value, ':', 1) order by count desc, value) as rank from counted) ranked
     where rank <= ${query.bind(asked.limit)}
     union all
     select '', '', count(*), 0, 0, 0, 0 from comment
     order by count desc, value`,
    query.values,
  );
  const read = rows.map((row) => namedRow.parse(row));
  return { count: read.find(({ value }) => value === "")?.count ?? 0, items: read.filter(({ value }) => value !== "") };
};

const namedRow = z.object({ value: z.string(), name: z.string(), count: z.number(), pos: z.number(), neg: z.number(), neu: z.number(), mix: z.number() });
