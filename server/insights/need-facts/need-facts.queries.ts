import type { Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { CaseValue } from "./case-spread.rules.ts";
import type { DatedEvent, SeenEvent } from "./need-fact-guesses.rules.ts";
import { isOpenEnded } from "./need-fact-cases.queries.ts";
import { noCases, type CaseSums } from "./need-facts.rules.ts";
import { casesWithin, startPlaced, type CasesAsked } from "./placed-cases.queries.ts";

const noSums: CaseSums = { ...noCases, median: null, p90: null };

/** Cases of a measure in a period and in the one before, from one pass where every case that counts has had its time; else the earlier period is looked
 *  at as it was known when it was as old as the later one is now. */
export const sumCases = async (analytics: AnalyticsStore, asked: CasesAsked, current: Period, previous: Period): Promise<{ current: CaseSums; previous: CaseSums }> => {
  const sum = (periods: readonly Period[], endMs: number): Promise<CaseSums[]> => sumPeriods(analytics, { ...asked, pieces: { ...asked.pieces, endMs } }, periods);
  const { endMs } = asked.pieces;
  if (!isOpenEnded(asked.measure)) {
    const [now = noSums, then = noSums] = await sum([current, previous], endMs);
    return { current: now, previous: then };
  }
  const [now = noSums] = await sum([current], endMs);
  const [then = noSums] = await sum([previous], endMs - (current.fromMs - previous.fromMs));
  return { current: now, previous: then };
};

const sumPeriods = async (analytics: AnalyticsStore, asked: CasesAsked, periods: readonly Period[]): Promise<CaseSums[]> => {
  const { pieces, cases } = startPlaced(analytics, asked);
  const rows = await analytics.query(
    `with ${cases},
     timed as (select customer, value, case ${periods.map((period, place) => `when ${casesWithin(pieces, period)} then ${place}`).join(" ")} end as place from placed),
     owned as (select value, place, count(*) over (partition by place, customer) as count_of_customer from timed where place is not null)
     select place, count(*) as count, sum(count_of_customer) as squares, sum(case when value > ${pieces.bind(asked.settings.limits[asked.measure] ?? 0)} then 1 else 0 end) as over_limit,
            ${analytics.dialect.quantile(0.5, "value")} as median, ${analytics.dialect.quantile(0.9, "value")} as p90
     from owned
     group by place`,
    pieces.values,
  );
  return periods.map((_, place): CaseSums => {
    const row = rows.find((one) => Number(one["place"]) === place);
    return row === undefined ? noSums : { count: Number(row["count"]), over: Number(row["over_limit"]), squares: Number(row["squares"]), median: Number(row["median"]), p90: Number(row["p90"]) };
  });
};

/** Cases by the whole number their value begins with, and how many of them are over the limit. */
export const tallyCaseValues = async (analytics: AnalyticsStore, asked: CasesAsked, period: Period): Promise<CaseValue[]> => {
  const { pieces, cases } = startPlaced(analytics, asked);
  const rows = await analytics.query(
    `with ${cases}
     select least(greatest(floor(value), -1), ${WHOLE_MAX}) as whole, count(*) as count, sum(case when value > ${pieces.bind(asked.settings.limits[asked.measure] ?? 0)} then 1 else 0 end) as over_limit
     from placed
     where ${casesWithin(pieces, period)}
     group by whole
     order by whole`,
    pieces.values,
  );
  return rows.map((row) => ({ whole: Number(row["whole"]), count: Number(row["count"]), over: Number(row["over_limit"]) }));
};

// More than ten years of days: so that a wrong date is one row more, and no million.
const WHOLE_MAX = 4_000;

export type FoundCase = { customer: string; ms: number; value: number };

/** The cases behind a measure, worst first. */
export const listCases = async (
  analytics: AnalyticsStore,
  asked: CasesAsked & { period: Period; isOver: boolean; after: FoundCase | null; limit: number },
): Promise<FoundCase[]> => {
  const { pieces, cases } = startPlaced(analytics, asked);
  const conditions = [casesWithin(pieces, asked.period)];
  if (asked.isOver) conditions.push(`value > ${pieces.bind(asked.settings.limits[asked.measure] ?? 0)}`);
  if (asked.after !== null) {
    const [value, ms] = [pieces.bind(asked.after.value), pieces.bind(asked.after.ms)];
    conditions.push(`(value < ${value} or (value = ${value} and ms < ${ms}) or (value = ${value} and ms = ${ms} and customer > cast(${pieces.bind(asked.after.customer)} as uuid)))`);
  }
  const rows = await analytics.query(
    `with ${cases}
     select customer, ms, cast(value as double) as value
     from placed
     where ${conditions.join(" and ")}
     order by value desc, ms desc, customer
     limit ${pieces.bind(asked.limit)}`,
    pieces.values,
  );
  return rows.map((row) => ({ customer: String(row["customer"]), ms: Number(row["ms"]), value: Number(row["value"]) }));
};

const EVENTS_MAX = 300;

/** Facts by name, most frequent first, and when the last one came. */
export const listSeenEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<{ events: SeenEvent[]; lastMs: number | null }> => {
  const rows = await analytics.query(
    `select name, min(type) as type, count(*) as count, max(epoch_ms("at")) as last
     from experience
     where workspace_id = cast($1 as uuid) and record = 'interaction' and type not in ('identify', 'group', 'alias')
     group by name
     order by count desc, name
     limit ${EVENTS_MAX}`,
    [workspaceId],
  );
  const events = rows.map((row) => ({ name: String(row["name"]), type: String(row["type"]), count: Number(row["count"]) }));
  return { events, lastMs: rows.length === 0 ? null : Math.max(...rows.map((row) => Number(row["last"]))) };
};

/** Facts that carry dates, and how often each came last of those with the same date of the same customer. */
export const listDatedEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<DatedEvent[]> => {
  const rows = await analytics.query(
    `with told as (
       select dated.name as property, dated.moment as moment, fact.customer as customer, fact.name as name, fact.ms as ms
       from (select id, name, moment from details where workspace_id = cast($1 as uuid) and moment is not null) dated
       join (select id, customer, name, epoch_ms("at") as ms from experience where workspace_id = cast($1 as uuid) and record = 'interaction' and customer is not null) fact on fact.id = dated.id
     ),
     placed as (select property, name, ms = max(ms) over same and count(*) over same > 1 as is_last, count(*) over same > 1 as is_repeated from told window same as (partition by property, customer, moment))
     select property, name, count(*) as count, sum(case when is_last then 1 else 0 end) as last
     from placed
     where is_repeated
     group by property, name
     order by count desc
     limit ${EVENTS_MAX}`,
    [workspaceId],
  );
  return rows.map((row) => ({ property: String(row["property"]), name: String(row["name"]), count: Number(row["count"]), last: Number(row["last"]) }));
};

/** Names of properties with short texts or dates, most frequent first. */
export const listDetailNames = async (analytics: AnalyticsStore, workspaceId: string): Promise<{ name: string; isDate: boolean }[]> => {
  const rows = await analytics.query(
    `select name, count(moment) > 0 as is_date, count(*) as count from details where workspace_id = cast($1 as uuid) and number is null group by name order by count desc limit ${EVENTS_MAX}`,
    [workspaceId],
  );
  return rows.map((row) => ({ name: String(row["name"]), isDate: row["is_date"] === true }));
};
