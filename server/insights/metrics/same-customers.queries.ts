// What the same customers answered in two periods.
import { z } from "zod";
import type { CustomerDay, CustomerSums, OffsetPiece, Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { DimensionName, MeasureName, Scale } from "./metrics.contract.ts";
import { box, column, dimensions, localTime, startQuery, type QueryParts, type RowSource, type Selection } from "./metrics.queries.ts";

/** One metric on one scale, with the score each value counts as (null: the value itself), of every so-manieth customer. */
export type Scored = { measure: MeasureName; scale: Scale; every: number; scores: ReadonlyMap<number, number> | null };

/** Answers as they are summed: of all together or of each of some groups, each counted once or by its weight. */
export type Way = { isWeighted: boolean } & ({ by: null } | { by: DimensionName; names: readonly string[] });

/** Sums over customers per metric and way, of each group by itself. Where there are very many answers, every so-manieth customer stands for the others. */
export const sumCustomers = async (
  analytics: AnalyticsStore,
  selection: Selection,
  previous: Period,
  asked: { source: RowSource; scored: readonly Scored[]; ways: readonly Way[] },
): Promise<{ measure: MeasureName; way: Way; name: string; sums: CustomerSums }[]> => {
  const query = startQuery(analytics, selection, { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) });
  // Most often the periods touch; then one comparison tells them apart.
  const isAdjacent = previous.toMs === selection.fromMs;
  const now = isAdjacent ? `${column} >= ${query.time(selection.fromMs)}` : query.within(selection);
  const either = isAdjacent ? "" : ` and ((${now}) or (${query.within(previous)}))`;
  const scores = asked.scored.map((one) => `when kind = '${one.measure}' then ${scoreOf(one)}`).join(" ");
  const onScale = asked.scored.map((one) => isOnScaleOf(one, asked.source)).join(" or ");
  // Who is looked at comes first: comparing the scale of every answer took a third of the whole query.
  const every = `case kind ${asked.scored.map((one) => `when '${one.measure}' then ${one.every}`).join(" ")} end`;
  const names = asked.ways.flatMap(({ by }) => (by === null ? [] : [`, ${dimensions[by]} as of_${by}`]));
  const people = asked.ways.map((way, place) =>
    `select ${place} as way, ${way.by === null ? "''" : `of_${way.by}`} as name, kind, ${[1, 0].map((period) => sumsOfPeriod(period, way.isWeighted)).join(", ")}
     from scored where score is not null${isIn(way, query)} group by ${way.by === null ? "" : `of_${way.by}, `}kind, customer_no`);
  const rows = await analytics.query(
    `with scored as (
       select kind, customer_no, (${now}) as is_now, cast(case ${scores} end as double) as score, weight${names.join("")}
       from ${asked.source.from(query)}
       where ${query.where} and ${asked.source.where(query)} and customer_no is not null and case when customer_no % ${every} = 0 then ${onScale} else false end${either}
     ),
     people as (${people.join(" union all ")})
     select way, name, kind as metric, count(*) as customers, count(*) filter (where c1 > 0 and c0 > 0) as both, count(*) filter (where c1 > 0) as "customersNow", count(*) filter (where c0 > 0) as "customersBefore",
       ${[1, 0].flatMap((period) => ["c", "w", "s", "e", "v", "q"].map((sum) => `sum(${sum}${period}) as ${sum}${period}`)).join(", ")},
       ${products.map((name) => `sum(${name.slice(0, 2)} * ${name.slice(2)}) as ${name}`).join(", ")}
     from people group by way, name, kind`,
    query.values,
  );
  return rows.flatMap((row) => {
    const { metric, way: place, name, ...sums } = sumsRow.parse(row);
    const way = asked.ways[place];
    return asked.scored.flatMap(({ measure }) => (measure === metric && way !== undefined ? [{ measure, way, name, sums }] : []));
  });
};

/** What every so-manieth customer answered on each local day, from one metric on one scale. */
export const listCustomerDays = async (
  analytics: AnalyticsStore,
  selection: Selection,
  { source, scored, offsets }: { source: RowSource; scored: Scored; offsets: readonly OffsetPiece[] },
): Promise<CustomerDay[]> => {
  const query = startQuery(analytics, selection, selection);
  const day = analytics.dialect.bucket("day", localTime(query, offsets));
  const rows = await analytics.query(
    `select customer_no as customer, cast(${day} as varchar) as day, count(*) as count, sum(score) as score, sum(score * score) as squared
     from (
       select ${column}, customer_no, cast(${scoreOf(scored)} as double) as score
       from ${source.from(query)}
       where ${query.where} and ${source.where(query)} and customer_no is not null and case when customer_no % ${scored.every} = 0 then ${isOnScaleOf(scored, source)} else false end
     ) answered
     where score is not null
     group by customer_no, ${day}`,
    query.values,
    { limitRows: DAYS_OF_CUSTOMERS_MAX },
  );
  return rows.map((row) => customerDayRow.parse(row));
};

const DAYS_OF_CUSTOMERS_MAX = 200_000;

// Names and numbers of our own, never text from outside.
const scoreOf = ({ scores }: Pick<Scored, "scores">): string => (scores === null ? "value" : `case ${box} ${[...scores].map(([value, score]) => `when ${value} then ${score}`).join(" ")} end`);

const isOnScaleOf = ({ measure, scale }: Pick<Scored, "measure" | "scale">, source: RowSource): string => {
  const usual = source.usual(measure);
  return `(kind = '${measure}' and coalesce(scale_min, ${usual.min}) = ${scale.min} and coalesce(scale_max, ${usual.max}) = ${scale.max} and value >= ${Math.min(scale.min, scale.max)} and value <= ${Math.max(scale.min, scale.max)})`;
};

// A source that puts an order number into the channel must not bring a million groups over.
const isIn = (way: Way, query: QueryParts): string =>
  way.by === null ? "" : way.names.length === 0 ? " and false" : ` and of_${way.by} in (${way.names.map((name) => query.bind(name)).join(", ")})`;

// A case within a sum takes half as long as a filter behind it, and what is the same where all weigh 1 is summed once: with tens of thousands of customers this is
// what the whole query takes.
const sumsOfPeriod = (period: number, isWeighted: boolean): string => {
  const sum = (term: string): string => `sum(case when is_now then ${period === 1 ? term : "0"} else ${period === 1 ? "0" : term} end)`;
  const terms = isWeighted
    ? { c: sum(one), w: sum("weight"), s: sum("weight * score"), e: sum("weight * weight"), v: sum("weight * weight * score"), q: sum("weight * weight * score * score") }
    : { w: sum(one), c: `w${period}`, e: `w${period}`, s: sum("score"), v: `s${period}`, q: sum("score * score") };
  return Object.entries(terms).map(([name, term]) => `${term} as ${name}${period}`).join(", ");
};

const one = "cast(1 as double)";

const products = ["w1w1", "s1w1", "s1s1", "w0w0", "s0w0", "s0s0", "w1w0", "w1s0", "s1w0", "s1s0"] as const;

const number = z.coerce.number();
const customerDayRow = z.object({ customer: number, day: z.string().transform((day) => Math.round(Date.parse(day.slice(0, 10)) / 86_400_000)), count: number, score: number, squared: number });
const sumsRow = z.object({
  metric: z.string(), way: number, name: z.string(), customers: number, both: number, customersNow: number, customersBefore: number,
  c1: number, w1: number, s1: number, e1: number, v1: number, q1: number, c0: number, w0: number, s0: number, e0: number, v0: number, q0: number,
  w1w1: number, s1w1: number, s1s1: number, w0w0: number, s0w0: number, s0s0: number, w1w0: number, w1s0: number, s1w0: number, s1s0: number,
});
