// What customers did while a map's period lasted, case by case. SQL of the analytics store.
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import type { AnalyticsStore, AnalyticsRow } from "#platform/analytics";
import { LEFT_AFTER_DAYS } from "../definitions/definitions.contract.ts";
import { isOfEffort, isScore } from "../definitions/definitions.queries.ts";
import { paymentsOf } from "../definitions/money.queries.ts";
import type { Money } from "../definitions/money.rules.ts";
import { ORDER_TOLD_MS } from "../definitions/purchases.queries.ts";
import { noSums, type Sums } from "../definitions/sums.rules.ts";
import { joinCustomers, spotTable } from "../overlays/spots.queries.ts";
import type { Spot } from "../overlays/spots.rules.ts";
import { momentColumn, orderedMoment, startJourneyQuery, texts, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import type { Activities } from "./activities.rules.ts";
import { measureNames, type Clusterings, type MeasureName, type Variant } from "./deviations.rules.ts";

export const DAY_MS = 86_400_000;
/** A case of more interactions is no journey somebody planned, and its alignment would take as long as those of a thousand others. */
export const TRACE_MAX = 1_000;
const PLACES_MAX = 20_000;
const VARIANTS_MAX = 300_000;
const EFFECT_DAYS = 7;

export type MetSpot = Spot & { interactions: number };

/** Touchpoints and channels met in the period, most frequent first, and about how many customers met them.
 *  @returns `leftOut`: interactions at the rarest ones, which are not told one by one and stand on no trace */
export const listMetSpots = async (analytics: AnalyticsStore, selection: JourneySelection): Promise<{ spots: MetSpot[]; customers: number; leftOut: number }> => {
  const query = startJourneyQuery(analytics, selection);
  const counting = startJourneyQuery(analytics, selection);
  const [rows, [people]] = await Promise.all([
    analytics.query(
      `select touchpoint, coalesce(channel, '') as channel, count(*) as interactions, cast(sum(count(*)) over () as bigint) as everything from experience where ${isMeeting(query)}
       group by touchpoint, coalesce(channel, '') order by interactions desc, touchpoint, channel limit ${PLACES_MAX}`,
      query.values,
      { limitRows: PLACES_MAX },
    ),
    analytics.query(`select ${analytics.dialect.distinctApproximately("customer")} as people from experience where ${isMeeting(counting)}`, counting.values),
  ]);
  const spots = rows.map((row) => ({ touchpoint: String(row["touchpoint"]), channel: row["channel"] === "" ? null : String(row["channel"]), interactions: Number(row["interactions"]) }));
  const told = spots.reduce((sum, { interactions }) => sum + interactions, 0);
  return { spots, customers: Number(people?.["people"] ?? 0), leftOut: Number(rows[0]?.["everything"] ?? 0) - told };
};

/** How traces are cut and named. `spots` and `activities.codes` go together; `every`: one customer in so many is looked at. */
export type Traces = { spots: readonly Spot[]; activities: Activities; gapMs: number | null; every: number };
/** `knownUntilMs`: the last fact of the workspace; what happened since nobody knows. */
export type Surroundings = { contacts: readonly string[]; money: Money | null; knownUntilMs: number };

/** `rareCases`: cases of the ways taken least, which are not among `variants`. */
export type CountedVariants = { variants: Variant[]; besideCases: number; longCases: number; rareCases: number; clustering: Clusterings };

/** Cases by what was done and how the customer came. One row is a variant and stratum with the sums of what goes with it; one scan of the
 *  period for the traces and one each for feelings, contacts and later interactions carry it. A way is counted in all its strata or in none: kept only
 *  where it is frequent, it would be missing among those it is compared with.
 *  @param most rows; the ways taken most, by everybody, as far as these go */
export const countVariants = async (analytics: AnalyticsStore, selection: JourneySelection, traces: Traces, around: Surroundings, most = VARIANTS_MAX): Promise<CountedVariants> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with ${casesOf(query, selection, traces)},
     journeys as materialized (select * from cases where last_ms is not null and steps <= ${TRACE_MAX}),
     ${effectsOf(query, selection, around, traces.every)},
     told as (
       select journeys.customer_no as customer_no, journeys.variant as variant, journeys.stratum as stratum, felt.feeling as feeling, felt.effort as effort,
              ${around.contacts.length === 0 ? "cast(null as double)" : "case when repeated.customer_no is null then 0 else 1 end"} as repeat_contact,
              case when last_ms + ${LEFT_AFTER_DAYS * DAY_MS} > ${query.bind(around.knownUntilMs)} then null when returned.customer_no is null then 1 else 0 end as leaving,
              ${around.money === null ? "cast(null as double)" : "coalesce(paid.revenue, 0)"} as revenue
       from journeys
       left join felt on felt.customer_no = journeys.customer_no and felt.case_no = journeys.case_no
       left join repeated on repeated.customer_no = journeys.customer_no and repeated.case_no = journeys.case_no
       left join returned on returned.customer_no = journeys.customer_no and returned.case_no = journeys.case_no
       left join paid on paid.customer_no = journeys.customer_no and paid.case_no = journeys.case_no
     ),
     split as (select variant, stratum, count(*) as cases, ${measureNames.map((name) => sumsOf(name)).join(", ")} from told group by variant, stratum),
     ranked as (select *, sum(cases) over (partition by variant) as everybody from split),
     placed as (select *, row_number() over (order by everybody desc, variant, stratum) as place from ranked),
     counted as (select * from (select *, max(place) over (partition by variant) as last_place from placed) whole where last_place <= ${query.bind(most)})
     select (place - 1) // ${LINES} as portion, string_agg(line, chr(${LINE_END}) order by place) as lines
     from (select place, ${lineOf} as line from counted) lined
     group by portion
     union all by name
     select case when last_ms is null then 'beside' else 'long' end as variant, count(*) as cases from cases where last_ms is null or steps > ${TRACE_MAX} group by last_ms is null
     union all by name
     select 'rare' as variant, (select count(*) from told) - (select coalesce(sum(cases), 0) from counted) as cases
     ${traces.gapMs === null ? "" : `union all by name ${clustersOf}`}
     order by portion`,
    query.values,
    { timeoutMs: 60_000 },
  );
  const left = (name: string): number => Number(rows.find((row) => row["variant"] === name)?.["cases"] ?? 0);
  const variants: Variant[] = [];
  for (const { lines } of rows) {
    if (typeof lines === "string") for (const line of lines.split(String.fromCharCode(LINE_END))) variants.push(readLine(line));
    await breathe();
  }
  return { variants, besideCases: left("beside"), longCases: left("long"), rareCases: left("rare"), clustering: readClustering(rows.find((row) => row["variant"] === CLUSTERS)) };
};

export type FoundCase = { customer: string; fromMs: number; toMs: number };

/** Cases that did one of these things, the latest first.
 *  @param variants places among activities, joined by commas; null: any on the map */
export const listCases = async (analytics: AnalyticsStore, selection: JourneySelection, traces: Traces, variants: readonly string[] | null, limit: number): Promise<FoundCase[]> => {
  const query = startJourneyQuery(analytics, selection);
  const rows = await analytics.query(
    `with ${casesOf(query, selection, traces)}
     select customer, from_ms, to_ms from cases ${joinCustomers(query, selection, "cases")}
     where last_ms is not null and steps <= ${TRACE_MAX} ${variants === null ? "" : `and variant in (select unnest(${texts(query, variants)}))`}
     order by to_ms desc, customer
     limit ${query.bind(limit)}`,
    query.values,
    { timeoutMs: 60_000 },
  );
  return rows.map((row) => ({ customer: String(row["customer"]), fromMs: Number(row["from_ms"]), toMs: Number(row["to_ms"]) }));
};

export type MetEvent = Spot & { customer: string; ms: number };

/** Everything that was met in a few cases, in order: of each what lies in its own time, as one customer may have met more in between than all of them. */
export const listMetEvents = async (analytics: AnalyticsStore, selection: JourneySelection, cases: readonly FoundCase[]): Promise<MetEvent[]> => {
  const query = startJourneyQuery(analytics, selection);
  const ms = `epoch_ms(${momentColumn})`;
  const isOfCase = cases.map(({ customer, fromMs, toMs }) => `(customer = cast(${query.bind(customer)} as uuid) and ${ms} >= ${query.bind(fromMs)} and ${ms} <= ${query.bind(toMs)})`);
  const limit = cases.length * TRACE_MAX;
  const rows = await analytics.query(
    `select customer, touchpoint, coalesce(channel, '') as channel, ${ms} as ms from experience where ${isMeeting(query)} and (${isOfCase.join(" or ")}) order by customer, ms, seq limit ${query.bind(limit)}`,
    query.values,
    { limitRows: limit },
  );
  return rows.map((row) => {
    const event = eventRow.parse(row);
    return { ...event, channel: event.channel === "" ? null : event.channel };
  });
};

const eventRow = z.object({ customer: z.string(), touchpoint: z.string(), channel: z.string(), ms: z.number() });

const isMeeting = (query: JourneyQuery): string => `${query.where} and record = 'interaction' and customer_no is not null and touchpoint is not null`;

// Lists sorted within each case take a quarter of the time of an aggregate told in which order to read. `moment` orders interactions of one millisecond as they came, where only the first of a case is looked for.
// Cases are numbered on from one customer to the next, as in paths.
const casesOf = (query: JourneyQuery, selection: JourneySelection, { spots, activities, gapMs, every }: Traces): string => {
  const isOnMap = activities.codes.map((code) => (activities.activities[code]?.steps.length ?? 0) > 0 ? 1 : 0);
  const cut = gapMs === null
    ? "cut as (select *, 0 as case_no from met)"
    : `gaps as (select *, ms - lag(ms) over (partition by customer_no order by ms, seq) as gap_ms from met),
     cut as (select *, sum(case when gap_ms is null or gap_ms > ${query.bind(gapMs)} then 1 else 0 end) over (order by customer_no, ms, seq rows between unbounded preceding and current row) as case_no from gaps)`;
  const places = spotTable(query, selection, spots.map(({ touchpoint, channel }) => ({ touchpoint, channel: channel ?? "" })), { code: activities.codes, is_on_map: isOnMap });
  return `met as (
       select customer_no, code, is_on_map, epoch_ms(${momentColumn}) as ms, seq, coalesce(channel, '') as way, gap_s, ${orderedMoment(query, selection)} as moment
       from experience join ${places} on spot_no = touchpoint_no and spot_channel = coalesce(channel, '')
       where ${isMeeting(query)} and ${isLookedAt(every)}
     ),
     ${cut},
     cases as materialized (
       select customer_no, case_no, array_to_string(list_transform(list_sort(list(row(ms, seq, code))), lambda one: one[3]), ',') as variant, count(*) as steps, min(ms) as from_ms, max(ms) as to_ms, max(case when is_on_map = 1 then ms end) as last_ms,
              arg_min(way, moment) || case when min(gap_s) is null then ' new' when arg_min(coalesce(gap_s, -1), moment) < 0 then ' new' when arg_min(coalesce(gap_s, -1), moment) <= ${LEFT_AFTER_DAYS * 86_400} then ' recent' else ' returned' end as stratum
       from cut group by customer_no, case_no
     )`;
};

/** That the customer of a row is one of those looked at, always the same ones. */
const isLookedAt = (every: number): string => (every > 1 ? `hash(customer_no) % ${every} = 0` : "true");

const effectsOf = (query: JourneyQuery, { workspaceId, fromMs, toMs }: JourneySelection, { contacts, money }: Surroundings, every: number): string => {
  // What happened to others is left out before it is joined: it is most of it.
  const workspace = `workspace_id = cast(${query.bind(workspaceId)} as uuid)`;
  const whose = `${workspace} and ${isLookedAt(every)}`;
  const [from, feltUntil, seenUntil] = [query.time(fromMs), query.time(toMs + EFFECT_DAYS * DAY_MS), query.time(toMs + LEFT_AFTER_DAYS * DAY_MS)];
  const later = `and ms >= from_ms and ms < to_ms + ${EFFECT_DAYS * DAY_MS}`;
  const paid = money === null
    ? "select cast(null as integer) as customer_no, 0 as case_no, 0 as revenue where false"
    : `select journeys.customer_no as customer_no, case_no, sum(amount) as revenue
       from journeys join (
         ${paymentsOf(query, { workspaceId, payer: "customer_no", conditions: `${whose} and customer_no is not null and ${momentColumn} >= ${query.time(fromMs - ORDER_TOLD_MS)} and ${momentColumn} < ${query.time(toMs)}`, sinceMs: fromMs }, money)}
       ) payment on payer = journeys.customer_no and ms >= from_ms and ms <= to_ms
       group by journeys.customer_no, case_no`;
  return `felt as (
       select journeys.customer_no as customer_no, case_no, avg(normalised) as feeling, avg(case when ${isOfEffort} then normalised end) as effort
       from journeys join (
         select customer_no as feeler, epoch_ms(${momentColumn}) as ms, kind, normalised from experience
         where ${whose} and ${isScore} and ${momentColumn} >= ${from} and ${momentColumn} < ${feltUntil}
       ) score on feeler = journeys.customer_no ${later}
       group by journeys.customer_no, case_no
     ),
     contact as (
       select customer_no as caller, epoch_ms(${momentColumn}) as ms, lead(epoch_ms(${momentColumn})) over (partition by customer_no order by ${momentColumn}, seq) as next_ms from experience
       where ${whose} and record = 'interaction' and customer_no is not null and touchpoint in (select unnest(${texts(query, contacts)})) and ${momentColumn} >= ${from} and ${momentColumn} < ${feltUntil}
     ),
     repeated as (select distinct journeys.customer_no as customer_no, case_no from journeys join contact on caller = journeys.customer_no ${later} and next_ms - ms <= ${EFFECT_DAYS * DAY_MS} and next_ms < to_ms + ${EFFECT_DAYS * DAY_MS}),
     returned as (
       select distinct journeys.customer_no as customer_no, case_no from journeys join (
         select customer_no as seen, epoch_ms(${momentColumn}) as ms from experience
         where ${whose} and record = 'interaction' and customer_no is not null and ${momentColumn} >= ${from} and ${momentColumn} < ${seenUntil}
       ) again on seen = journeys.customer_no and ms > last_ms and ms <= last_ms + ${LEFT_AFTER_DAYS * DAY_MS}
     ),
     paid as (${paid})`;
};

const columnOf: Record<MeasureName, string> = { feeling: "feeling", effort: "effort", repeatContact: "repeat_contact", leaving: "leaving", revenue: "revenue" };
const sumsOf = (name: MeasureName): string => `count(${columnOf[name]}) as ${name}_count, sum(${columnOf[name]}) as ${name}_sum, sum(${columnOf[name]} * ${columnOf[name]}) as ${name}_squares`;

// Variants come as text, some thousand in a row: a hundred thousand rows of seventeen cells took as long to bring over as all the counting. Both characters
// between are none that a channel is called by.
const LINES = 5_000;
const [CELL_END, LINE_END] = [31, 30];
const lineOf = `concat_ws(chr(${CELL_END}), variant, translate(stratum, chr(${CELL_END}) || chr(${LINE_END}), '  '), cases, ${measureNames.map((name) => `case when ${name}_count > 0 then ${name}_count || ' ' || ${name}_sum || ' ' || ${name}_squares else '' end`).join(", ")})`;

const readLine = (line: string): Variant => {
  const [variant = "", stratum = "", cases, feeling, effort, repeatContact, leaving, revenue] = line.split(String.fromCharCode(CELL_END));
  return {
    codes: variant.split(",").map(Number), stratum, cases: Number(cases),
    measures: { feeling: readSums(feeling), effort: readSums(effort), repeatContact: readSums(repeatContact), leaving: readSums(leaving), revenue: readSums(revenue) },
  };
};

const readSums = (cell = ""): Sums => {
  if (cell === "") return noSums;
  const [count, sum, squares] = cell.split(" ").map(Number);
  return { count: count ?? 0, sum: sum ?? 0, squares: squares ?? 0 };
};

const CLUSTERS = 'clusters';
// One row: of each measure the squared distances from the mean of those alike, summed up by case and by customer. Where the cases of a customer are as
// unlike as those of different ones both come to the same. It counts all cases, so that the limit never cuts it off.
const clustersOf = `select '${CLUSTERS}' as variant, (select count(*) from told) as cases, ${measureNames.map((name) => `sum(${columnOf[name]}_own * ${columnOf[name]}_own) as ${name}_sum, sum(${columnOf[name]}_each) as ${name}_squares, sum(${columnOf[name]}_known) / nullif(sum(case when ${columnOf[name]}_known > 0 then 1 else 0 end), 0) as ${name}_count`).join(", ")}
       from (
         select customer_no, ${measureNames.map((name) => `sum(${columnOf[name]}) as ${columnOf[name]}_own, sum(${columnOf[name]} * ${columnOf[name]}) as ${columnOf[name]}_each, cast(count(${columnOf[name]}) as double) as ${columnOf[name]}_known`).join(", ")}
         from (select customer_no, ${measureNames.map((name) => `${columnOf[name]} - avg(${columnOf[name]}) over (partition by stratum) as ${columnOf[name]}`).join(", ")} from told) apart
         group by customer_no
       ) own`;

// Where all are alike nothing tells how alike those of one customer are: each customer counts once then.
const readClustering = (row: AnalyticsRow | undefined): Clusterings =>
  row === undefined ? {} : Object.fromEntries(measureNames.map((name) => {
    const [own, each, casesEach] = [Number(row[`${name}_sum`] ?? 0), Number(row[`${name}_squares`] ?? 0), Number(row[`${name}_count`] ?? 1)];
    return [name, { inflation: Math.max(1, each > 0 ? own / each : casesEach) }];
  }));
