import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { amountsOf, purchasesNamed, startPieces, type Facts, type Money } from "./outcome-pieces.queries.ts";

/** Customers who first bought in one week or month and bought in another, by the local days these start on. */
export type CohortCount = { start: string; key: string; customers: number; amount: number | null };

const ROWS_MAX = 100_000;

/** One row per first and later week or month; the scan of `experience` by name carries it. */
export const countCohorts = async (
  analytics: AnalyticsStore,
  facts: Facts,
  asked: { purchase: readonly string[] | null; money: Money | null; bucket: "week" | "month"; offsets: readonly OffsetPiece[]; fromMs: number; toMs: number },
): Promise<CohortCount[]> => {
  const pieces = startPieces(facts.workspaceId);
  const key = analytics.dialect.bucket(asked.bucket, `make_timestamp((ms + ${offsetAt(asked.offsets)}) * 1000)`);
  const paid = asked.money === null ? "select cast(null as uuid) as id, cast(null as double) as amount where false" : amountsOf(pieces, asked.money);
  const rows = await analytics.query(
    `with bought as (${purchasesNamed(pieces, facts, asked.purchase, asked.money)}),
     paid as (${paid}),
     keyed as (select customer, ${key} as "key", amount, min(ms) over (partition by customer) as first_ms, min(${key}) over (partition by customer) as "start" from bought left join paid on paid.id = bought.id)
     select cast("start" as varchar) as "start", cast("key" as varchar) as "key", count(distinct customer) as customers, sum(amount) as amount
     from keyed
     where first_ms >= ${pieces.bind(asked.fromMs)} and first_ms < ${pieces.bind(asked.toMs)}
     group by 1, 2
     order by 1, 2`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => ({ start: String(row["start"]).slice(0, 10), key: String(row["key"]).slice(0, 10), customers: Number(row["customers"]), amount: row["amount"] === null ? null : Number(row["amount"]) }));
};

// Milliseconds between UTC and the clock of the workspace; whole numbers computed here, never text from outside.
const offsetAt = ([first, ...others]: readonly OffsetPiece[]): string => {
  if (first === undefined) return "0";
  const later = others.toReversed().map(({ fromMs, offsetSeconds }) => `when ms >= ${Math.trunc(fromMs)} then ${Math.trunc(offsetSeconds) * 1000}`);
  return later.length === 0 ? String(Math.trunc(first.offsetSeconds) * 1000) : `case ${later.join(" ")} else ${Math.trunc(first.offsetSeconds) * 1000} end`;
};
