// How customers felt where they were: what they said, and beside it what was read in their comments.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import { isScore } from "../definitions/definitions.queries.ts";
import { startJourneyQuery } from "./selection.queries.ts";
import type { JourneySelection } from "./selection.queries.ts";

export type Feeling = { name: string; mean: number | null; count: number; readMean: number | null; readCount: number };

/** Feelings at touchpoints or in stages, by their names. A comment that came with a score is felt once as said and once as read. */
export const listFeelings = async (analytics: AnalyticsStore, selection: JourneySelection, place: "touchpoint" | "stage"): Promise<Feeling[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with felt as (
       select id, ${place} as place, case when ${isScore} then normalised end as normalised
       from experience
       where ${query.where} and record = 'perception' and ${place} is not null
     )
     select place as name, avg(normalised) as mean, count(normalised) as count, avg(sentiment_score) as read_mean, count(sentiment_score) as read_count
     from felt
     left join readings on readings.id = felt.id
     group by place
     order by count(*) desc, place
     limit 5000`,
    query.values,
  );
  return rows.map((row) => {
    const { name, mean, count, read_mean: readMean, read_count: readCount } = feelingRow.parse(row);
    return { name, mean, count, readMean, readCount };
  });
};

const feelingRow = z.object({ name: z.string(), mean: z.number().nullable(), count: z.number(), read_mean: z.number().nullable(), read_count: z.number() });
