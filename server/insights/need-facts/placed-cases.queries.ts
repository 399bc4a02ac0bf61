// Cases where they stand: at the place, with the team and of the people of the fact with which they began.
import type { Period } from "#customers";
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import { dimensionNames } from "../metrics/metrics.contract.ts";
import { startQuery, type Selection, type Split } from "../metrics/metrics.queries.ts";
import { clockOffset, DAY_MS, startCases, type CasePieces } from "./case-pieces.queries.ts";
import { casesOf } from "./need-fact-cases.queries.ts";
import type { BucketName } from "../metrics/metrics.contract.ts";
import type { MeasureName, NeedFactSettings } from "./need-facts.contract.ts";

/** `selection`: what cases are narrowed to; its period is not asked, since a case may have begun long before it counts. */
export type CasesAsked = { measure: MeasureName; settings: NeedFactSettings; pieces: Parameters<typeof startCases>[1]; selection: Selection };

/** Begins a query of cases.
 *  @returns common table expressions that end in `placed`: `customer`, `ms`, `value`, and `name` of the group, empty without a split */
export const startPlaced = (analytics: AnalyticsStore, { measure, settings, pieces: given, selection }: CasesAsked, split: Split | null = null): { pieces: CasePieces; cases: string } => {
  if (split === null && !isNarrowed(selection)) {
    const pieces = startCases(selection.workspaceId, given);
    return { pieces, cases: `${casesOf(measure, pieces, settings)}, placed as (select customer, ms, value, '' as name from cases)` };
  }
  const query = startQuery(analytics, selection, { fromMs: 0, toMs: given.endMs }, "interaction");
  const pieces = startCases(selection.workspaceId, given, query);
  const { name, join } = split === null ? { name: "''", join: "" } : split(query);
  return {
    pieces,
    cases: `${casesOf(measure, pieces, settings)},
     stood as (select id as fact_id, ${name} as group_name from experience ${join} where ${query.where}),
     placed as (select cases.customer as customer, cases.ms as ms, cases.value as value, stood.group_name as name from cases join stood on stood.fact_id = cases.id)`,
  };
};

const isNarrowed = (selection: Selection): boolean => dimensionNames.some((name) => selection[name] !== undefined) || (selection.people ?? []).length > 0;

export type CaseCount = { count: number; over: number };

/** Cases per local day, and how many of them were over the limit. */
export const tallyCaseDays = async (analytics: AnalyticsStore, asked: CasesAsked, period: Period): Promise<(CaseCount & { day: string })[]> => {
  const { pieces, cases } = startPlaced(analytics, asked);
  const rows = await analytics.query(
    `with ${cases}
     select cast(floor((ms + ${clockOffset(pieces, "ms")}) / ${DAY_MS}.0) as integer) as day, ${countsOver(pieces, asked)}
     from placed
     where ${casesWithin(pieces, period)}
     group by day
     order by day`,
    pieces.values,
  );
  return rows.map((row) => ({ day: new Date(Number(row["day"]) * DAY_MS).toISOString().slice(0, 10), count: Number(row["count"]), over: Number(row["over_limit"]) }));
};

const GROUPS_MAX = 20_000;

/** `squares`: the sum over customers of the square of how many of the cases are theirs; `shared`: of that number times how many they have in all groups. */
export type CaseGroup = CaseCount & { name: string; people: number; squares: number; shared: number };
export type CaseGroups = { groups: CaseGroup[]; total: CaseCount & { squares: number }; left: number };

/** Cases per group of a split, with how many people they are of; most cases first.
 *  @returns `total`: of all groups, also of those `left` that are too many to be listed */
export const tallyCaseGroups = async (analytics: AnalyticsStore, asked: CasesAsked, { period, split }: { period: Period; split: Split | null }): Promise<CaseGroups> => {
  const { pieces, cases } = startPlaced(analytics, asked, split);
  const rows = await analytics.query(
    `with ${cases},
     ${ofCustomers(pieces, asked, { period, name: "name" })}
     select *, sum(count) over () as count_of_all, sum(over_limit) over () as over_of_all, sum(shared) over () as squares_of_all, count(*) over () as group_count
     from (${sumsOfCustomers}) grouped
     order by count desc, name
     limit ${GROUPS_MAX}`,
    pieces.values,
    { limitRows: GROUPS_MAX },
  );
  const [first] = rows;
  return {
    groups: rows.map(readGroup),
    total: { count: Number(first?.["count_of_all"] ?? 0), over: Number(first?.["over_of_all"] ?? 0), squares: Number(first?.["squares_of_all"] ?? 0) },
    left: Number(first?.["group_count"] ?? 0) - rows.length,
  };
};

/** Cases per day, week or month of the workspace's clock, named by its first day.
 *  @param group of a split, to count in it alone */
export const tallyCaseBuckets = async (
  analytics: AnalyticsStore, asked: CasesAsked, { period, bucket, group = null }: { period: Period; bucket: BucketName; group?: { split: Split; name: string } | null },
): Promise<CaseGroup[]> => {
  const { pieces, cases } = startPlaced(analytics, asked, group?.split ?? null);
  const start = analytics.dialect.bucket(bucket, `make_timestamp((ms + ${clockOffset(pieces, "ms")}) * 1000)`);
  const rows = await analytics.query(
    `with ${cases},
     ${ofCustomers(pieces, asked, { period, name: `substr(cast(${start} as varchar), 1, 10)`, ...(group === null ? {} : { only: `name = ${pieces.bind(group.name)}` }) })}
     ${sumsOfCustomers}
     order by name`,
    pieces.values,
  );
  return rows.map(readGroup);
};

const CELLS_MAX = 100_000;

/** Cases per group and per day, week or month, most of them once a group: `group` is the name of the group, `name` the first day of the stretch.
 *  @param only names of the groups asked for; null: all of a split that has few */
export const tallyCaseCells = async (
  analytics: AnalyticsStore, asked: CasesAsked, { period, bucket, split, only }: { period: Period; bucket: BucketName; split: Split; only: readonly string[] | null },
): Promise<(CaseCount & { group: string; name: string; squares: number })[]> => {
  const { pieces, cases } = startPlaced(analytics, asked, split);
  const start = analytics.dialect.bucket(bucket, `make_timestamp((ms + ${clockOffset(pieces, "ms")}) * 1000)`);
  const wanted = only === null ? "true" : `name in (${only.map((name) => pieces.bind(name)).join(", ")})`;
  const rows = await analytics.query(
    `with ${cases},
     of_customers as (
       select name as group_name, substr(cast(${start} as varchar), 1, 10) as bucket_name, customer, ${countsOver(pieces, asked)}
       from placed
       where ${casesWithin(pieces, period)} and ${wanted}
       group by group_name, bucket_name, customer
     )
     select group_name, bucket_name, sum(count) as count, sum(over_limit) as over_limit, sum(count * count) as squares
     from of_customers
     group by group_name, bucket_name
     order by group_name, bucket_name`,
    pieces.values,
    { limitRows: CELLS_MAX },
  );
  return rows.map((row) => ({ group: String(row["group_name"]), name: String(row["bucket_name"]), count: Number(row["count"]), over: Number(row["over_limit"]), squares: Number(row["squares"]) }));
};

// Customer by customer first: many cases of one are not many customers.
const ofCustomers = (pieces: CasePieces, asked: CasesAsked, { period, name, only = "true" }: { period: Period; name: string; only?: string }): string =>
  `grouped_cases as (select ${name} as group_key, customer, ${countsOver(pieces, asked)} from placed where ${casesWithin(pieces, period)} and ${only} group by group_key, customer),
   of_customers as (select *, sum(count) over (partition by customer) as count_in_all from grouped_cases)`;

const sumsOfCustomers =
  "select group_key as name, sum(count) as count, sum(over_limit) as over_limit, count(*) as people, sum(count * count) as squares, sum(count * count_in_all) as shared from of_customers group by group_key";

const readGroup = (row: AnalyticsRow): CaseGroup => ({
  name: String(row["name"]), count: Number(row["count"]), over: Number(row["over_limit"]), people: Number(row["people"]), squares: Number(row["squares"]), shared: Number(row["shared"]),
});

const countsOver = (pieces: CasePieces, { settings, measure }: CasesAsked): string =>
  `count(*) as count, sum(case when value > ${pieces.bind(settings.limits[measure] ?? 0)} then 1 else 0 end) as over_limit`;

export const casesWithin = (pieces: CasePieces, { fromMs, toMs }: Period): string => `(ms >= ${pieces.bind(fromMs)} and ms < ${pieces.bind(toMs)})`;
