// What the same customers answered in two periods.
import { z } from "zod";
import type { CustomerSums, Period } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import type { MeasureName, Scale } from "./metrics.contract.ts";
import { box, isOnScale, startQuery, type RowSource, type Selection } from "./metrics.queries.ts";

/** One metric on one scale, with the score each value counts as; null: the value itself. */
export type Scored = { measure: MeasureName; scale: Scale; scores: ReadonlyMap<number, number> | null };

/** Sums over customers per metric. Where there are very many answers, every so-manieth customer stands for the others. */
export const sumCustomers = async (analytics: AnalyticsStore, selection: Selection, previous: Period, asked: { source: RowSource; scored: readonly Scored[]; every: number }): Promise<Map<MeasureName, CustomerSums>> => {
  const query = startQuery(analytics, selection, { fromMs: Math.min(selection.fromMs, previous.fromMs), toMs: Math.max(selection.toMs, previous.toMs) });
  const [now, before] = [query.within(selection), query.within(previous)];
  // Names and numbers of our own, never text from outside.
  const scores = asked.scored.map(({ measure, scores: each }) => `when kind = '${measure}' then ${each === null ? "value" : `case ${box} ${[...each].map(([value, score]) => `when ${value} then ${score}`).join(" ")} end`}`).join(" ");
  const onScale = asked.scored.map(({ measure, scale }) => {
    const usual = asked.source.usual(measure);
    return `(kind = '${measure}' and coalesce(scale_min, ${usual.min}) = ${scale.min} and coalesce(scale_max, ${usual.max}) = ${scale.max})`;
  }).join(" or ");
  const rows = await analytics.query(
    `with scored as (
       select kind, customer_no, (${now}) as is_now, cast(case ${scores} end as double) as score
       from ${asked.source.from(query)}
       where ${query.where} and ${asked.source.where(query)} and ${isOnScale} and ((${now}) or (${before})) and (${onScale}) and customer_no % ${asked.every} = 0
     ),
     people as (
       select kind, customer_no,
         cast(count(*) filter (where is_now) as double) as n1, coalesce(sum(score) filter (where is_now), 0) as s1, coalesce(sum(score * score) filter (where is_now), 0) as q1,
         cast(count(*) filter (where not is_now) as double) as n0, coalesce(sum(score) filter (where not is_now), 0) as s0, coalesce(sum(score * score) filter (where not is_now), 0) as q0
       from scored where score is not null group by kind, customer_no
     )
     select kind as metric, count(*) as customers, count(*) filter (where n1 > 0 and n0 > 0) as both, count(*) filter (where n1 > 0) as "customersNow", count(*) filter (where n0 > 0) as "customersBefore",
       ${["n1", "s1", "q1", "n0", "s0", "q0"].map((name) => `sum(${name}) as ${name}`).join(", ")},
       ${products.map((name) => `sum(${name.slice(0, 2)} * ${name.slice(2)}) as ${name}`).join(", ")}
     from people group by kind`,
    query.values,
  );
  return new Map(rows.flatMap((row) => {
    const { metric, ...sums } = sumsRow.parse(row);
    return asked.scored.flatMap(({ measure }) => (measure === metric ? [[measure, sums] as const] : []));
  }));
};

const products = ["n1n1", "s1n1", "s1s1", "n0n0", "s0n0", "s0s0", "n1n0", "n1s0", "s1n0", "s1s0"] as const;

const number = z.coerce.number();
const sumsRow = z.object({
  metric: z.string(), customers: number, both: number, customersNow: number, customersBefore: number, n1: number, s1: number, q1: number, n0: number, s0: number, q0: number,
  n1n1: number, s1n1: number, s1s1: number, n0n0: number, s0n0: number, s0s0: number, n1n0: number, n1s0: number, s1n0: number, s1s0: number,
});
