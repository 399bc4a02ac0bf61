import { z } from "zod";
import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { MixCount, ModelCount } from "./breaks.rules.ts";
import type { BucketName, Scale } from "./metrics.contract.ts";
import { isOnScale, localTime, startQuery, type RowSource, type Selection } from "./metrics.queries.ts";

/** Answers per local bucket, channel, scale and size of weight. */
export const countMix = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; usual: Scale; bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<MixCount[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  const [min, max] = [`coalesce(scale_min, ${query.bind(asked.usual.min)})`, `coalesce(scale_max, ${query.bind(asked.usual.max)})`];
  const rows = await analytics.query(
    `select ${key} as key, coalesce(channel, '') as channel, ${min} as low, ${max} as high, ${weightClass} as weight_class, count(*) as count, min(weight) as least, max(weight) as most
     from ${asked.source.from(query)}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by all
     limit ${rowsMax}`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const { key: start, channel, low, high, weight_class: size, count, least, most } = mixRow.parse(row);
    return { key: start.slice(0, 10), channel, scale: `${low}-${high}`, count, weightClass: size, leastWeight: least, mostWeight: most };
  });
};

// Nearly all answers weigh 1, and are spared the logarithm. What weighs nearly nothing is of the lightest size.
const weightClass = "case when weight = 1 then 0 when weight <= 0.06 then -4 else cast(least(12, round(log2(weight))) as integer) end";

/** Which models read comments of the workspace. Nearly always it is one, and nothing more need be asked. */
export const listReadingModels = async (analytics: AnalyticsStore, workspaceId: string): Promise<string[]> => {
  const rows = await analytics.query(
    `select distinct model_version
     from readings
     where workspace_id = cast($1 as uuid) and model_version is not null
     order by model_version
     limit 1000`,
    [workspaceId],
  );
  return rows.map((row) => String(row["model_version"]));
};

/** Comments per local bucket and the model that read them. */
export const countModels = async (analytics: AnalyticsStore, selection: Selection, asked: { source: RowSource; bucket: BucketName; offsets: readonly OffsetPiece[] }): Promise<ModelCount[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  const rows = await analytics.query(
    `select ${key} as key, model_version as model, count(*) as count
     from ${asked.source.from(query)}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale} and model_version is not null
     group by all
     limit ${rowsMax}`,
    query.values,
    { limitRows: rowsMax },
  );
  return rows.map((row) => {
    const { key: start, model, count } = modelRow.parse(row);
    return { key: start.slice(0, 10), model, count };
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
const mixRow = z.object({ key: z.string(), channel: z.string(), low: z.number(), high: z.number(), weight_class: z.number(), count: z.number(), least: z.number(), most: z.number() });
const modelRow = z.object({ key: z.string(), model: z.string(), count: z.number() });
