import { z } from "zod";
import { boxOf, listOffsets, type Box, type OffsetPiece, type Period } from "#customers";
import type { AnalyticsRow, AnalyticsStore, AnalyticsValue } from "#platform/analytics";
import { peopleWithin } from "./people.queries.ts";
import type { People } from "./people.queries.ts";
import { dimensionNames, type BucketName, type DimensionName, type MeasureName, type Scale } from "./metrics.contract.ts";
import type { ScaleCount } from "./metrics.rules.ts";

/** What narrows every query. Names are compared as written; the empty name means "not named". */
export type Selection = Period & {
  workspaceId: string;
  touchpoint?: string[] | undefined;
  channel?: string[] | undefined;
  stage?: string[] | undefined;
  environment?: string[] | undefined;
  product?: string[] | undefined;
  source?: string[] | undefined;
  survey?: string[] | undefined;
  /** Members who served in the interaction a feeling is about. */
  member?: string[] | undefined;
  /** Teams they were in then, and departments these belonged to. */
  team?: string[] | undefined;
  department?: string[] | undefined;
  /** 1 (Monday) to 7 by the clock of a zone. */
  weekday?: { days: string[]; timeZone: string } | undefined;
  /** An answer must be of somebody in each of them. */
  people?: readonly People[] | undefined;
};

/** Where answers stand: a table or query with the columns of `experience`, and the conditions that leave those of some metrics, by `kind`. */
export type RowSource = { from: (query: QueryParts) => string; where: (query: QueryParts) => string; measures: readonly MeasureName[]; usual: (measure: MeasureName) => Scale };

/** A way to split: the name of the group as SQL, empty where there is none, and what must be joined to the answers to know it. */
export type Split = (query: QueryParts) => { name: string; join: string };

/** Sums per metric, period, scale and box: several tiles with their change, from one pass over the answers. */
export const tallyPeriods = async (
  analytics: AnalyticsStore,
  selection: Selection,
  previous: Period,
  source: RowSource,
): Promise<{ measure: MeasureName; isCurrent: boolean; scale: Scale; box: Box }[]> => {
  const query = startQuery(analytics, selection, { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) });
  // Most often the periods touch; then one comparison tells them apart.
  const isAdjacent = previous.toMs === selection.fromMs;
  const current = isAdjacent ? `(${column} >= ${query.time(selection.fromMs)})` : `(${query.within(selection)})`;
  const either = isAdjacent ? "" : ` and (${current} or (${query.within(previous)}))`;
  const rows = await analytics.query(
    `select kind as metric, ${current} as is_current, ${boxColumns}
     from ${source.from(query)}
     where ${query.where} and ${source.where(query)} and ${isOnScale}${either}
     group by kind, ${current}, scale_min, scale_max, ${box}`,
    query.values,
  );
  return rows.flatMap((row) => {
    const { metric, is_current: isCurrent, ...read } = periodRow.parse(row);
    const measure = source.measures.find((known) => known === metric);
    return measure === undefined ? [] : splitBox(source.usual(measure), read).map((one) => ({ measure, isCurrent, ...one }));
  });
};

/** Sums per metric, local bucket, scale and box. `key` is the local day a bucket starts on. */
export const tallyBuckets = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<{ measure: MeasureName; key: string; scale: Scale; box: Box }[]> => {
  const query = startQuery(analytics, selection, selection);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  const rows = await analytics.query(
    `select kind as metric, ${key} as key, ${boxColumns}
     from ${asked.source.from(query)}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by kind, ${key}, scale_min, scale_max, ${box}`,
    query.values,
    { limitRows: 200_000 },
  );
  return rows.flatMap((row) => {
    const { metric, key: start, ...read } = bucketRow.parse(row);
    const measure = asked.source.measures.find((known) => known === metric);
    return measure === undefined ? [] : splitBox(asked.source.usual(measure), read).map((one) => ({ measure, key: start.slice(0, 10), ...one }));
  });
};

/** How many answers there are per metric, local day, scale and box, and what they come to, with nothing by weight. */
export const countDays = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; offsets: readonly OffsetPiece[] },
): Promise<{ measure: MeasureName; day: string; scale: Scale; box: number; count: number; sum: number }[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, asked.offsets));
  const rows = await analytics.query(
    `select kind as metric, ${day} as day, scale_min, scale_max, ${box} as box, count(*) as count, sum(value) as sum
     from ${asked.source.from(query)}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by kind, ${day}, scale_min, scale_max, ${box}`,
    query.values,
    { limitRows: 200_000 },
  );
  return rows.flatMap((row) => {
    const read = dayRow.parse(row);
    const measure = asked.source.measures.find((known) => known === read.metric);
    const scale = scaleOf(asked.source.usual(measure ?? "custom"), read);
    return measure === undefined || boxOf(scale, read.box) === null ? [] : [{ measure, day: read.day.slice(0, 10), scale, box: read.box, count: read.count, sum: read.sum }];
  });
};

export type GroupBox = { name: string; scale: Scale; box: Box };

/** The same as `tallyBuckets` for each of some groups of a split, from one pass for all of them. */
export const tallyGroupBuckets = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; split: Split; names: readonly string[]; bucket: BucketName; offsets: readonly OffsetPiece[] },
): Promise<(GroupBox & { key: string })[]> => {
  if (asked.names.length === 0) return [];
  const query = startQuery(analytics, selection, selection);
  const { name, join } = asked.split(query);
  const key = analytics.dialect.bucket(asked.bucket, localTime(query, asked.offsets));
  const rows = await analytics.query(
    `select ${name} as name, ${key} as key, ${boxColumns}
     from ${asked.source.from(query)} ${join}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale} and ${name} in (${asked.names.map((one) => query.bind(one)).join(", ")})
     group by ${name}, ${key}, scale_min, scale_max, ${box}`,
    query.values,
    { limitRows: 200_000 },
  );
  return rows.flatMap((row) => {
    const { name: group, key: start, ...read } = groupBucketRow.parse(row);
    return splitBox(usualOf(asked.source), read).map((one) => ({ name: group, key: start.slice(0, 10), ...one }));
  });
};

/** Sums per group, scale and box of one metric. The empty name stands for answers where it is not named.
 *  @returns null when there are so many groups that only the largest can be shown: see `tallyLargestGroups` */
export const tallyGroups = async (analytics: AnalyticsStore, selection: Selection, asked: { source: RowSource; split: Split }): Promise<GroupBox[] | null> => {
  const query = startQuery(analytics, selection, selection);
  const { name, join } = asked.split(query);
  const rows = await analytics.query(
    `select ${name} as name, ${boxColumns}
     from ${asked.source.from(query)} ${join}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by ${name}, scale_min, scale_max, ${box}
     limit ${groupRowsMax + 1}`,
    query.values,
    { limitRows: groupRowsMax + 1 },
  );
  return rows.length > groupRowsMax ? null : readGroupRows(usualOf(asked.source), rows);
};

/** The same for the hundred groups with most answers, that of what is not named among them, in two passes: a source that puts an order number into the channel
 *  must not bring a million groups over. All other groups come together under a name of their own. */
export const tallyLargestGroups = async (
  analytics: AnalyticsStore,
  selection: Selection,
  asked: { source: RowSource; split: Split },
): Promise<{ listed: GroupBox[]; others: GroupBox[]; leftOut: number }> => {
  const query = startQuery(analytics, selection, selection);
  const { name, join } = asked.split(query);
  const from = `${asked.source.from(query)} ${join}`;
  const where = `${query.where} and ${asked.source.where(query)} and ${isOnScale}`;
  const isListed = `${name} in (select name from (select ${name} as name, count(*) as answers from ${from} where ${where} group by ${name} order by ${name} = '' desc, answers desc, name limit 100) largest)`;
  const rows = await analytics.query(
    `select case when is_listed then name else '' end as name, is_listed, count(distinct name) as group_count, ${boxColumns}
     from (select ${name} as name, ${isListed} as is_listed, value, scale_min, scale_max, weight from ${from} where ${where}) answers
     group by case when is_listed then name else '' end, is_listed, scale_min, scale_max, ${box}`,
    query.values,
    { limitRows: groupRowsMax * 2 },
  );
  const parts = [true, false].map((wanted) => rows.filter((row) => row["is_listed"] === wanted));
  const [listed = [], others = []] = parts;
  const otherCounts = others.map((row) => Number(row["group_count"]));
  return {
    listed: readGroupRows(usualOf(asked.source), listed),
    others: readGroupRows(usualOf(asked.source), others),
    // Groups left out are counted in the fullest box, so this is the least there can be.
    leftOut: Math.max(0, ...otherCounts),
  };
};

/** How many people are in each group; nobody known is one person each time. */
export const countPeople = async (analytics: AnalyticsStore, selection: Selection, asked: { source: RowSource; split: Split }): Promise<Map<string, number>> => {
  const query = startQuery(analytics, selection, selection);
  const { name, join } = asked.split(query);
  const rows = await analytics.query(
    `select ${name} as name, count(distinct coalesce(customer, id)) as people
     from ${asked.source.from(query)} ${join}
     where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     group by ${name}
     order by people
     limit ${groupRowsMax}`,
    query.values,
    { limitRows: groupRowsMax },
  );
  return new Map(rows.map((row) => [String(row["name"]), Number(row["people"])]));
};

/** Both from one pass, for groups of people: reading a long list of them, or the answers twice, takes longer than counting.
 *  @returns null when there are so many groups that only the largest can be shown */
export const tallyPeople = async (analytics: AnalyticsStore, selection: Selection, asked: { source: RowSource; split: Split }): Promise<{ boxes: GroupBox[]; people: Map<string, number> } | null> => {
  const query = startQuery(analytics, selection, selection);
  const { name, join } = asked.split(query);
  const rows = await analytics.query(
    `with answers as materialized (
       select ${name} as name, value, scale_min, scale_max, weight, coalesce(customer, id) as person
       from ${asked.source.from(query)} ${join}
       where ${query.where} and ${asked.source.where(query)} and ${isOnScale}
     )
     select name, cast(null as bigint) as people, ${boxColumns} from answers group by name, scale_min, scale_max, ${box}
     union all
     select name, count(distinct person), ${Array.from({ length: 11 }, () => "null").join(", ")} from answers group by name
     limit ${groupRowsMax + 1}`,
    query.values,
    { limitRows: groupRowsMax + 1 },
  );
  if (rows.length > groupRowsMax) return null;
  const counted = rows.filter((row) => row["people"] !== null);
  return { boxes: readGroupRows(usualOf(asked.source), rows.filter((row) => row["people"] === null)), people: new Map(counted.map((row) => [String(row["name"]), Number(row["people"])])) };
};

export const readGroupRows = (usual: Scale, rows: readonly AnalyticsRow[]): GroupBox[] =>
  rows.flatMap((row) => {
    const { name, ...read } = groupRow.parse(row);
    return splitBox(usual, read).map((one) => ({ name, ...one }));
  });

/** How many answers of a metric stand on which scale. */
export const countScales = async (analytics: AnalyticsStore, selection: Selection, source: RowSource): Promise<ScaleCount[]> => {
  const query = startQuery(analytics, selection, selection);
  const rows = await analytics.query(
    `select scale_min, scale_max, count(*) as count
     from ${source.from(query)}
     where ${query.where} and ${source.where(query)} and ${isOnScale}
     group by scale_min, scale_max`,
    query.values,
  );
  return rows.map((row) => {
    const { count, ...read } = scaleRow.parse(row);
    return { ...scaleOf(usualOf(source), read), count };
  });
};

/** First and last score or comment, and how many there are. */
export const findSpan = async (analytics: AnalyticsStore, workspaceId: string): Promise<{ first: string | null; last: string | null; count: number }> => {
  const [row] = await analytics.query(
    `select min(${column}) as first, max(${column}) as last, count(*) as count
     from experience
     where workspace_id = cast($1 as uuid) and record = 'perception'
       and (kind = 'comment' or (kind in ('nps', 'csat', 'ces', 'stars', 'rating') and value is not null))`,
    [workspaceId],
  );
  return spanRow.parse(row);
};

// `at` is a word of the language to DuckDB, so it stands in quotes.
export const column = "\"at\"";

/** The same as `boxOf` in scales.rules.ts: the whole value reached on the way up. */
export const box = "case when scale_min > scale_max then ceil(value) else floor(value) end";

// An answer off its scale is no answer. Without a scale 0–10 holds all usual ones; what is off the metric's own is left
// out when rows are read. Longer scales than 0–100 are never scored and would bring thousands of boxes.
// Nearly all answers have both ends, and comparing these takes a quarter off a whole query; the last line says the same of any answer.
export const isOnScale = `(case
  when scale_min <= scale_max then value >= scale_min and value <= scale_max and scale_max - scale_min <= 100
  when scale_min > scale_max then value >= scale_max and value <= scale_min and scale_min - scale_max <= 100
  else value >= coalesce(least(scale_min, scale_max), 0) and value <= coalesce(greatest(scale_min, scale_max), 10) and coalesce(abs(scale_max - scale_min), 10) <= 100 end)`;

export const boxColumns = `scale_min, scale_max, ${box} as box, count(*) as count,
       sum(weight) as weights, sum(weight * weight) as squared_weights,
       sum(value) as value_sum, sum(value * value) as squared_values,
       sum(weight * value) as weighted_values, sum(weight * weight * value) as squared_weights_values,
       sum(weight * weight * value * value) as squared_weighted_values`;

/** The same of rows that were put together so before. */
export const boxSums = ["count", "weights", "squared_weights", "value_sum", "squared_values", "weighted_values", "squared_weights_values", "squared_weighted_values"].map((name) => `sum(${name}) as ${name}`).join(", ");

const groupRowsMax = 20_000;

/** What answers are split by, as SQL. */
export const dimensions: Record<DimensionName, string> = {
  touchpoint: "coalesce(touchpoint, '')",
  channel: "coalesce(channel, '')",
  stage: "coalesce(stage, '')",
  environment: "coalesce(environment, '')",
  product: "coalesce(product, '')",
  source: "coalesce(source, '')",
  survey: "coalesce(cast(survey_id as varchar), '')",
  member: "coalesce(cast(member_id as varchar), '')",
  team: "coalesce(cast(team_id as varchar), '')",
  department: "coalesce(department, '')",
};

export type QueryParts = {
  where: string;
  values: AnalyticsValue[];
  bind: (value: AnalyticsValue) => string;
  time: (ms: number) => string;
  within: (period: Period) => string;
};

/** Begins a query of feelings, or of facts: what narrows it, and its values as they are bound. */
export const startQuery = (analytics: AnalyticsStore, selection: Selection, period: Period, record: "perception" | "interaction" = "perception"): QueryParts => {
  const values: AnalyticsValue[] = [];
  const bind = (value: AnalyticsValue): string => `$${values.push(value)}`;
  const time = (ms: number): string => analytics.dialect.timestamp(bind(bare(new Date(ms).toISOString())));
  const within = ({ fromMs, toMs }: Period): string => `${column} >= ${time(fromMs)} and ${column} < ${time(toMs)}`;
  const conditions = [`workspace_id = cast(${bind(selection.workspaceId)} as uuid)`, `record = '${record}'`, within(period)];
  for (const name of dimensionNames) {
    const wanted = selection[name];
    if (wanted !== undefined) conditions.push(isIn(name, wanted, bind));
  }
  const query = { values, bind, time, within };
  for (const people of selection.people ?? []) conditions.push(peopleWithin(query, people));
  if (selection.weekday !== undefined) {
    conditions.push(`${weekdayOf(localTime(query, listOffsets(period, selection.weekday.timeZone)))} in (${selection.weekday.days.map((one) => bind(one)).join(", ")})`);
  }
  return { ...query, where: conditions.join(" and ") };
};

const uuid = z.uuid();
const idColumns: Partial<Record<DimensionName, string>> = { survey: "survey_id", member: "member_id", team: "team_id" };

// Ids are compared as ids: turning two million of them into text takes longer than all the rest of a tile.
const isIn = (name: DimensionName, wanted: readonly string[], bind: QueryParts["bind"]): string => {
  const column = idColumns[name];
  if (column === undefined) return `${dimensions[name]} in (${wanted.map((one) => bind(one)).join(", ")})`;
  // A tile may keep whatever was written; what is no id is nobody's.
  const ids = wanted.filter((one) => uuid.safeParse(one).success);
  const either = [...(ids.length === 0 ? [] : [`${column} in (${ids.map((id) => `cast(${bind(id)} as uuid)`).join(", ")})`]), ...(wanted.includes("") ? [`${column} is null`] : [])];
  return either.length === 0 ? "false" : `(${either.join(" or ")})`;
};

/** 1 (Monday) to 7 as text. */
export const weekdayOf = (time: string): string => `cast(isodow(${time}) as varchar)`;

// Times in the copy are UTC and carry no zone.
export const bare = (time: string): string => time.replace(/Z$/u, "");

// Offsets are whole seconds computed here, never text from outside.
export const localTime = (query: Pick<QueryParts, "time">, [first, ...others]: readonly OffsetPiece[]): string => {
  const shifted = ({ offsetSeconds }: OffsetPiece): string => (offsetSeconds === 0 ? column : `${column} + interval ${offsetSeconds} second`);
  if (first === undefined) return column;
  const later = others.toReversed().map((piece) => `when ${column} >= ${query.time(piece.fromMs)} then ${shifted(piece)}`);
  return later.length === 0 ? shifted(first) : `case ${later.join(" ")} else ${shifted(first)} end`;
};

const scaleCells = { scale_min: z.number().nullable(), scale_max: z.number().nullable() };
const boxRow = z.object({
  ...scaleCells,
  box: z.number(),
  count: z.number(),
  weights: z.number(),
  squared_weights: z.number(),
  value_sum: z.number(),
  squared_values: z.number(),
  weighted_values: z.number(),
  squared_weights_values: z.number(),
  squared_weighted_values: z.number(),
});
const periodRow = boxRow.extend({ metric: z.string(), is_current: z.boolean() });
const bucketRow = boxRow.extend({ metric: z.string(), key: z.string() });
const dayRow = z.object({ ...scaleCells, metric: z.string(), day: z.string(), box: z.number(), count: z.number(), sum: z.number() });
const groupRow = boxRow.extend({ name: z.string() });
const groupBucketRow = groupRow.extend({ key: z.string() });
const scaleRow = z.object({ ...scaleCells, count: z.number() });
const spanRow = z.object({ first: z.string().nullable(), last: z.string().nullable(), count: z.number() });
export const usualOf = ({ measures: [measure], usual }: RowSource): Scale => usual(measure ?? "custom");

const scaleOf = (usual: Scale, row: { scale_min: number | null; scale_max: number | null }): Scale => ({ min: row.scale_min ?? usual.min, max: row.scale_max ?? usual.max });

/** @returns one scale and box, or none when the box is off the scale the answers are taken to stand on */
const splitBox = (usual: Scale, row: z.infer<typeof boxRow>): { scale: Scale; box: Box }[] => {
  const scale = scaleOf(usual, row);
  if (boxOf(scale, row.box) === null) return [];
  const read = {
    value: row.box,
    count: row.count,
    weights: row.weights,
    squaredWeights: row.squared_weights,
    values: row.value_sum,
    squaredValues: row.squared_values,
    weightedValues: row.weighted_values,
    squaredWeightsValues: row.squared_weights_values,
    squaredWeightedValues: row.squared_weighted_values,
  };
  return [{ scale, box: read }];
};
