import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import type { AmountSums } from "./amounts.rules.ts";
import type { GroupsPiece } from "./survival.queries.ts";
import { amountsOf, factsNamed, purchasesNamed, startPieces, type Facts, type Money, type Pieces } from "./outcome-pieces.queries.ts";

/** `fromMs` to `toMs`: when feelings were asked for and customers bought; the outcome is watched from `toMs` up to the end of the facts. */
export type GroupsAsked = { purchase: readonly string[] | null; event: readonly string[]; money: Money | null; fromMs: number; toMs: number; groups: GroupsPiece; strata: GroupsPiece };
export type GroupCount = AmountSums & { group: string; stratum: string; again: number; left: number };

const ROWS_MAX = 20_000;

/** What customers did after the time, one row per group and stratum, with the sums that tests need.
 *  One row of `per` is one customer who bought in the time; the scan of `experience` by name carries it. */
export const countGroups = async (analytics: AnalyticsStore, facts: Facts, asked: GroupsAsked): Promise<{ groups: GroupCount[]; ties: number; otherCurrencies: number }> => {
  const pieces = startPieces(facts.workspaceId);
  const rows = await analytics.query(
    `with ${perCustomer(pieces, facts, asked)},
     placed as (
       select *, name in ('', 'none') as is_unknown,
              rank() over (partition by name in ('', 'none') order by amount) + (count(*) over (partition by name in ('', 'none'), amount) - 1) / 2.0 as place,
              count(*) over (partition by name in ('', 'none'), amount) as alike
       from per
     )
     select name, stratum, count(*) as count, sum(case when times > 0 then 1 else 0 end) as again, sum(case when has_left then 1 else 0 end) as "left",
            sum(amount) as total, sum(amount * amount) as squares, sum(place) as rank_sum, sum(others) as others,
            sum(case when is_unknown then 0 else cast(alike as double) * alike - 1 end) as ties
     from placed
     group by name, stratum
     order by name, stratum`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  const sum = (column: string): number => rows.reduce((all, row) => all + Number(row[column] ?? 0), 0);
  return {
    groups: rows.map((row) => ({
      group: String(row["name"]), stratum: String(row["stratum"]), count: Number(row["count"]), again: Number(row["again"]), left: Number(row["left"]),
      sum: Number(row["total"]), squares: Number(row["squares"]), rankSum: Number(row["rank_sum"]),
    })),
    ties: sum("ties"), otherCurrencies: sum("others"),
  };
};

/** The middle amount of each group. */
export const findMedians = async (analytics: AnalyticsStore, facts: Facts, asked: GroupsAsked): Promise<Map<string, number>> => {
  const pieces = startPieces(facts.workspaceId);
  const rows = await analytics.query(
    `with ${perCustomer(pieces, facts, { ...asked, strata: null })}
     select name, ${analytics.dialect.quantile(0.5, "amount")} as middle from per group by name limit ${ROWS_MAX}`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return new Map(rows.map((row) => [String(row["name"]), Number(row["middle"])]));
};

export type OutcomeCustomer = { id: string; purchases: number; amount: number; lastMs: number | null };

/** The customers behind a cell, those who spent most first. */
export const listGroupCustomers = async (
  analytics: AnalyticsStore,
  facts: Facts,
  asked: GroupsAsked & { group: string; again: boolean | null; after: { amount: number; id: string } | null; limit: number },
): Promise<OutcomeCustomer[]> => {
  const pieces = startPieces(facts.workspaceId);
  const per = perCustomer(pieces, facts, { ...asked, strata: null });
  const conditions = [`name = ${pieces.bind(asked.group)}`];
  if (asked.again !== null) conditions.push(asked.again ? "times > 0" : "times = 0");
  if (asked.after !== null) {
    const amount = pieces.bind(asked.after.amount);
    conditions.push(`(amount < ${amount} or (amount = ${amount} and customer > cast(${pieces.bind(asked.after.id)} as uuid)))`);
  }
  const rows = await analytics.query(
    `with ${per}
     select customer, times, amount, last_ms
     from per
     where ${conditions.join(" and ")}
     order by amount desc, customer
     limit ${pieces.bind(asked.limit)}`,
    pieces.values,
  );
  return rows.map(readCustomer);
};

export const readCustomer = (row: AnalyticsRow): OutcomeCustomer => ({
  id: String(row["customer"]), purchases: Number(row["times"]), amount: Number(row["amount"]), lastMs: row["last_ms"] === null ? null : Number(row["last_ms"]),
});

// Lines of one order bear one time and are one purchase.
const perCustomer = (pieces: Pieces, facts: Facts, asked: GroupsAsked): string => {
  const [from, to] = [pieces.bind(asked.fromMs), pieces.bind(asked.toMs)];
  const paid = asked.money === null ? "select cast(null as uuid) as id, cast(null as double) as amount, false as is_other where false" : amountsOf(pieces, asked.money);
  const named = (piece: GroupsPiece): string => (piece === null ? "select cast(null as uuid) as customer, '' as name where false" : piece(pieces));
  return `bought as (${purchasesNamed(pieces, facts, asked.purchase, asked.money)}),
     paid as (${paid}),
     people as (select distinct customer from bought where ms >= ${from} and ms < ${to}),
     later as (
       select customer, count(distinct ms) as times, sum(coalesce(amount, 0)) as amount, sum(case when is_other then 1 else 0 end) as others, max(ms) as last_ms
       from bought left join paid on paid.id = bought.id where ms >= ${to} group by customer
     ),
     went as (select distinct customer from (${factsNamed(pieces, facts, asked.event)}) leaving where ms >= ${to}),
     grouped as (${named(asked.groups)}),
     layered as (${named(asked.strata)}),
     per as (
       select people.customer as customer, coalesce(grouped.name, 'none') as name, coalesce(layered.name, '') as stratum,
              coalesce(later.times, 0) as times, coalesce(later.amount, 0) as amount, coalesce(later.others, 0) as others, later.last_ms as last_ms, went.customer is not null as has_left
       from people
       left join grouped on grouped.customer = people.customer
       left join layered on layered.customer = people.customer
       left join later on later.customer = people.customer
       left join went on went.customer = people.customer
     )`;
};
