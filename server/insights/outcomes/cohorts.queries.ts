import type { OffsetPiece } from "#customers";
import type { AnalyticsStore } from "#platform/analytics";
import { readCustomer, type OutcomeCustomer } from "./groups.queries.ts";
import { amountsOf, purchasesNamed, startPieces, type Facts, type Money, type Pieces } from "./outcome-pieces.queries.ts";

/** Customers who first bought in one week or month and bought in another, by the local days these start on. */
export type CohortCount = { start: string; key: string; customers: number; amount: number | null };

export type CohortsAsked = { purchase: readonly string[] | null; money: Money | null; bucket: "week" | "month"; offsets: readonly OffsetPiece[]; fromMs: number; toMs: number };

const ROWS_MAX = 100_000;

/** One row per first and later week or month; the scan of `experience` by name carries it. */
export const countCohorts = async (analytics: AnalyticsStore, facts: Facts, asked: CohortsAsked): Promise<CohortCount[]> => {
  const pieces = startPieces(facts.workspaceId);
  const rows = await analytics.query(
    `with ${keyedPurchases(pieces, analytics, facts, asked)}
     select "start", "key", count(distinct customer) as customers, sum(amount) as amount
     from keyed
     group by 1, 2
     order by 1, 2`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map((row) => ({ start: String(row["start"]), key: String(row["key"]), customers: Number(row["customers"]), amount: row["amount"] === null ? null : Number(row["amount"]) }));
};

/** Customers who first bought in one of some weeks or months, and what they bought in the later one of each; those who spent most there first. */
export const listCohortCustomers = async (
  analytics: AnalyticsStore, facts: Facts, asked: CohortsAsked & { cells: readonly { start: string; key: string }[]; again: boolean | null; after: { amount: number; id: string } | null; limit: number },
): Promise<OutcomeCustomer[]> => {
  const pieces = startPieces(facts.workspaceId);
  const keyed = keyedPurchases(pieces, analytics, facts, asked);
  const cells = asked.cells.map(({ start, key }) => ({ start: pieces.bind(start), key: pieces.bind(key) }));
  if (cells.length === 0) return [];
  const isThen = `"key" = case "start" ${cells.map(({ start, key }) => `when ${start} then ${key}`).join(" ")} end`;
  const conditions = [asked.again === null ? "true" : asked.again ? "times > 0" : "times = 0"];
  if (asked.after !== null) {
    const amount = pieces.bind(asked.after.amount);
    conditions.push(`(amount < ${amount} or (amount = ${amount} and customer > cast(${pieces.bind(asked.after.id)} as uuid)))`);
  }
  const rows = await analytics.query(
    `with ${keyed},
     per as (
       select customer, count(distinct case when ${isThen} then ms end) as times, sum(case when ${isThen} then coalesce(amount, 0) else 0 end) as amount, max(case when ${isThen} then ms end) as last_ms
       from keyed
       where "start" in (${cells.map(({ start }) => start).join(", ")})
       group by customer
     )
     select customer, times, amount, last_ms
     from per
     where ${conditions.join(" and ")}
     order by amount desc, customer
     limit ${pieces.bind(asked.limit)}`,
    pieces.values,
  );
  return rows.map(readCustomer);
};

// Common table expressions that end in `keyed`: purchases of those who first bought in the period, with the local days on which their week or month and the first one start.
const keyedPurchases = (pieces: Pieces, analytics: AnalyticsStore, facts: Facts, asked: CohortsAsked): string => {
  const key = `substr(cast(${analytics.dialect.bucket(asked.bucket, `make_timestamp((ms + ${offsetAt(asked.offsets)}) * 1000)`)} as varchar), 1, 10)`;
  const paid = asked.money === null ? "select cast(null as uuid) as id, cast(null as double) as amount where false" : amountsOf(pieces, asked.money);
  return `bought as (${purchasesNamed(pieces, facts, asked.purchase, asked.money)}),
     paid as (${paid}),
     timed as (select customer, ms, ${key} as "key", amount, min(ms) over (partition by customer) as first_ms, min(${key}) over (partition by customer) as "start" from bought left join paid on paid.id = bought.id),
     keyed as (select customer, ms, "key", amount, "start" from timed where first_ms >= ${pieces.bind(asked.fromMs)} and first_ms < ${pieces.bind(asked.toMs)})`;
};

// Milliseconds between UTC and the clock of the workspace; whole numbers computed here, never text from outside.
const offsetAt = ([first, ...others]: readonly OffsetPiece[]): string => {
  if (first === undefined) return "0";
  const later = others.toReversed().map(({ fromMs, offsetSeconds }) => `when ms >= ${Math.trunc(fromMs)} then ${Math.trunc(offsetSeconds) * 1000}`);
  return later.length === 0 ? String(Math.trunc(first.offsetSeconds) * 1000) : `case ${later.join(" ")} else ${Math.trunc(first.offsetSeconds) * 1000} end`;
};
