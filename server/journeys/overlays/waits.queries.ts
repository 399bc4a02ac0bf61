// How long customers took from a step of a map to the next one.
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import { millisecondsOf, orderedMoment, PATIENCE_MS, startJourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import { noSums } from "../definitions/sums.rules.ts";
import type { LateCustomer, StepTimes, StepWait, WayTaken } from "./overlays.rules.ts";
import { joinCustomers, spotTable } from "./spots.queries.ts";
import type { BoundStep, Spot } from "./spots.rules.ts";

/** Steps, ways and examples of all steps of several maps are far fewer. */
const ROWS_MAX = 100_000;

/** From each customer's first meeting of a step to the first meeting of the next one after it, and how often she met a touchpoint of it again.
 *  @param every only one customer in so many is looked at, always the same ones: their order must be sorted out, which takes ten times as long as counting */
export const measureWaits = (analytics: AnalyticsStore, selection: JourneySelection, bound: readonly BoundStep[], every: number): Promise<StepTimes[]> =>
  measure(analytics, selection, bound.map((step) => laidBehind(step, 0, every)), { examples: 0, isTold: true });

/** Waits alone, of several maps in their order.
 *  @param examples customers to be told of each step for whom the next came too late, the latest first */
export const measureWaitsOfMaps = async (analytics: AnalyticsStore, selection: JourneySelection, maps: readonly { bound: readonly BoundStep[]; every: number }[], examples = 0): Promise<StepWait[][]> => {
  const begins = maps.map((_, place) => maps.slice(0, place).reduce((sum, { bound }) => sum + bound.length, 0));
  const waits = await measure(analytics, selection, maps.flatMap(({ bound, every }, place) => bound.map((step) => laidBehind(step, begins[place] ?? 0, every))), { examples, isTold: false });
  return maps.map(({ bound }, place) => {
    const begin = begins[place] ?? 0;
    return waits.filter(({ at }) => at >= begin && at < begin + bound.length).map((wait) => ({ ...wait, at: wait.at - begin, ways: wait.ways.map((way) => ({ ...way, next: way.next - begin })) }));
  });
};

/** Of each step one customer in so many. Numbers written out are compared as rows are read, before anything is joined. */
const looked = (every: readonly number[]): string => {
  const each = [...new Set(every)];
  if (each.every((one) => one === 1)) return "";
  const isAny = each.map((one) => `hash(customer_no) % ${Math.round(one)} = 0`).join(" or ");
  return each.length === 1 ? `and ${isAny}` : `and (${isAny}) and hash(customer_no) % cast(every as ubigint) = 0`;
};

type LaidStep = BoundStep & { every: number };

/** A step among those of several maps, one map behind the other. */
const laidBehind = (step: BoundStep, begin: number, every: number): LaidStep => ({
  ...step, every, next: step.next === null ? null : begin + step.next, orNext: (step.orNext ?? []).map((next) => begin + next),
});

// The places in order of the two waits that the median of all lies between in nineteen of twenty samples, whatever waits look like.
// Source: Conover, Practical Nonparametric Statistics 1999, section 3.2, by the normal approximation.
const Z95 = 1.96;
const low = `floor((n - ${Z95} * sqrt(n)) / 2)`;
const high = `ceil(1 + (n + ${Z95} * sqrt(n)) / 2)`;

const measure = async (analytics: AnalyticsStore, selection: JourneySelection, bound: readonly LaidStep[], { examples, isTold }: { examples: number; isTold: boolean }): Promise<StepTimes[]> => {
  const query = startJourneyQuery(analytics, selection);
  const spots = bound.flatMap(({ matches, every }, at) => withoutCovered(matches).map((place) => ({ ...place, at, every })));
  // Whichever of several ways a customer takes, its first step ends the wait.
  const onward = bound.flatMap(({ step, next: first, orNext = [] }, at) =>
    (first === null ? [] : [first, ...orNext].map((next) => ({ at, next, limitMs: step.nextWithinHours === null ? -1 : Math.round(step.nextWithinHours * 3_600_000) }))));
  if (spots.length === 0 || (onward.length === 0 && !isTold)) return [];
  const forksAt = new Set(bound.flatMap(({ orNext = [] }, at) => (orNext.length > 0 ? [at] : [])));
  const whole = (numbers: readonly number[]): string => `unnest(cast(${query.bind(`[${numbers.join(",")}]`)} as bigint[]))`;
  const rows = await analytics.query(
    `with onward as (select ${whole(onward.map(({ at }) => at))} as from_step, ${whole(onward.map(({ next }) => next))} as next_step, ${whole(onward.map(({ limitMs }) => limitMs))} as limit_ms),
     met as materialized (
       select customer_no, step, spot_no, ${orderedMoment(query, selection)} as moment
       from experience join ${spotTable(query, selection, spots, { step: spots.map(({ at }) => at), every: spots.map(({ every }) => every) })}
         on spot_no = touchpoint_no and (spot_channel is null or spot_channel = channel)
       where ${query.where} and record = 'interaction' and customer_no is not null ${looked(spots.map(({ every }) => every))}
     ),
     began as materialized (select customer_no, step, min(moment) as moment from met group by customer_no, step),
     leaving as materialized (select customer_no, from_step, next_step, limit_ms, moment from began join onward on from_step = step),
     gone as materialized (
       select leaving.customer_no as customer_no, from_step as step, limit_ms, ${millisecondsOf("leaving.moment")} as left_ms, ${millisecondsOf("min(met.moment)")} - ${millisecondsOf("leaving.moment")} as wait_ms${forksAt.size === 0 ? "" : ", arg_min(next_step, row(met.moment, next_step)) as taken"}
       from leaving join met on met.customer_no = leaving.customer_no and met.step = next_step
       where met.moment > leaving.moment
       group by leaving.customer_no, from_step, limit_ms, leaving.moment
     ),
     reached as (
       select step, count(*) as went_on, ${analytics.dialect.quantile(0.5, "wait_ms")} as median_ms, sum(case when wait_ms <= limit_ms then 1 else 0 end) as in_time
       from gone group by step
     )${isTold ? `, between_which as (
       select step, max(case when place = ${low} then wait_ms end) as low_ms, max(case when place = ${high} then wait_ms end) as high_ms
       from (select step, wait_ms, row_number() over (partition by step order by wait_ms) as place, count(*) over (partition by step) as n from gone) ordered
       group by step
     ), again as (
       select step, sum(times) as again, sum(times * times) as again_squares
       from (select customer_no, step, sum(times - 1) as times from (select customer_no, step, spot_no, count(*) as times from met group by customer_no, step, spot_no) here group by customer_no, step) own
       group by step
     )` : ""}
     select all_met.step as step, people, coalesce(went_on, 0) as went_on, coalesce(median_ms, 0) as median_ms, coalesce(in_time, 0) as in_time${isTold ? ", low_ms, high_ms, again, again_squares" : ""}
     from (select step, count(*) as people from began group by step) all_met
     left join reached on reached.step = all_met.step
     ${isTold ? "left join between_which on between_which.step = all_met.step left join again on again.step = all_met.step" : ""}
     ${forksAt.size === 0 ? "" : `union all by name select step, taken, count(*) as went_on, ${analytics.dialect.quantile(0.5, "wait_ms")} as median_ms from gone group by step, taken`}
     ${examples === 0 ? "" : `union all by name select step, customer, left_ms, wait_ms from (
       select *, row_number() over (partition by step order by left_ms desc, customer) as place from gone ${joinCustomers(query, selection, "gone")} where limit_ms >= 0 and wait_ms > limit_ms
     ) late where place <= ${query.bind(examples)}`}`,
    query.values,
    { timeoutMs: PATIENCE_MS, limitRows: ROWS_MAX },
  );
  return readTimes(rows, { fromMs: selection.fromMs, forksAt, isTold });
};

const readTimes = (rows: readonly AnalyticsRow[], { fromMs, forksAt, isTold }: { fromMs: number; forksAt: ReadonlySet<number>; isTold: boolean }): StepTimes[] => {
  const late = Map.groupBy(rows.filter((row) => typeof row["customer"] === "string"), (row) => Number(row["step"]));
  const lateAt = (at: number): LateCustomer[] => (late.get(at) ?? []).map((row) => {
    const leftMs = Number(row["left_ms"]) + fromMs;
    return { customer: String(row["customer"]), leftMs, cameMs: leftMs + Number(row["wait_ms"]) };
  });
  const taken = Map.groupBy(rows.filter((row) => typeof row["taken"] === "number"), (row) => Number(row["step"]));
  const waysAt = (at: number): WayTaken[] => (forksAt.has(at) ? (taken.get(at) ?? []) : []).map((row) => ({ next: Number(row["taken"]), wentOn: Number(row["went_on"]), medianSeconds: Number(row["median_ms"]) / 1000 }));
  return rows.filter((row) => typeof row["people"] === "number").map((row) => {
    const at = Number(row["step"]);
    const [met, wentOn] = [Number(row["people"]), Number(row["went_on"])];
    const again = isTold ? { count: met, sum: Number(row["again"]), squares: Number(row["again_squares"]) } : noSums;
    return {
      at, met, wentOn, medianSeconds: Number(row["median_ms"]) / 1000, lowSeconds: secondsIn(row, "low_ms"), highSeconds: secondsIn(row, "high_ms"), again,
      withinPlanned: Number(row["in_time"]), ways: waysAt(at), late: lateAt(at),
    };
  });
};

const secondsIn = (row: AnalyticsRow, name: string): number | null => (row[name] === null || row[name] === undefined ? null : Number(row[name]) / 1000);

/** A touchpoint through any channel takes in the same through one: otherwise what was met once would be counted twice. */
const withoutCovered = (matches: readonly Spot[]): Spot[] => {
  const whole = new Set(matches.flatMap(({ touchpoint, channel }) => (channel === null ? [touchpoint] : [])));
  const apart = matches.filter(({ touchpoint, channel }) => channel === null || !whole.has(touchpoint));
  return [...new Map(apart.map((place) => [JSON.stringify([place.touchpoint, place.channel]), place])).values()];
};
