import { z } from "zod";
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { MixCount } from "./breaks.rules.ts";
import type { BucketName, Scale } from "./metrics.contract.ts";
import { isOnScale, localTime, startQuery, type RowSource, type Selection } from "./metrics.queries.ts";

/** Answers per local bucket, channel and scale, and whether any of them weighs other than 1. */
export const countMix = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; usual: Scale; bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<MixCount[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  const [min, max] = [`coalesce(scale_min, ${query.bind(asked.usual.min)})`, `coalesce(scale_max, ${query.bind(asked.usual.max)})`];
  const rows = await analytics.query(
    `select ${key} as key, coalesce(channel, '') as channel, ${min} as low, ${max} as high, count(*) as count, min(weight) as least, max(weight) as most
     from ${asked.source.from(query)}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by all
     limit ${rowsMax}`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const { key: start, channel, low, high, count, least, most } = mixRow.parse(row);
    return { key: start.slice(0, 10), channel, scale: `${low}-${high}`, count, isWeighted: least !== 1 || most !== 1 };
  });
};

/** Which surveys the answers came from. */
export const listSurveysOf = async (analytics: AnalyticsStore, selection: Selection, source: RowSource): Promise<Set<string>> => {
  const query = startQuery(analytics, selection, selection);
  const rows = await analytics.query(
    `select distinct cast(survey_id as varchar) as survey
     from ${source.from(query)}
     where ${query.where} and ${source.where(query)} and survey_id is not null`,
    query.values,
  );
  return new Set(rows.map((row) => String(row["survey"])));
};

const rowsMax = 200_000;
const mixRow = z.object({ key: z.string(), channel: z.string(), low: z.number(), high: z.number(), count: z.number(), least: z.number(), most: z.number() });
