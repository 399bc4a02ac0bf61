// What interactions carry of money, and what customers paid. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, texts, type JourneyQuery } from "../paths/selection.queries.ts";
import type { CountedAmount, CountedName, Money } from "./money.rules.ts";
import { isCurrency, purchasesOf } from "./purchases.queries.ts";

const EVENTS_MAX = 200;
const PAID_EVENTS_MAX = 50;

export type CountedEvents = { events: CountedName[]; firstMs: number | null; lastMs: number | null };

/** Facts by name, most frequent first, and the time they lie in. */
export const countEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<CountedEvents> => {
  const rows = await analytics.query(
    `select name, count(*) as count, epoch_ms(min("at")) as first, epoch_ms(max("at")) as last
     from experience
     where workspace_id = cast($1 as uuid) and record = 'interaction' and type not in ('identify', 'group', 'alias', 'note')
     group by name
     order by count desc, name
     limit ${EVENTS_MAX}`,
    [workspaceId],
  );
  return {
    events: rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) })),
    firstMs: rows.length === 0 ? null : Math.min(...rows.map((row) => Number(row["first"]))),
    lastMs: rows.length === 0 ? null : Math.max(...rows.map((row) => Number(row["last"]))),
  };
};

/** How many facts of each name carry money, most first. */
export const countPaidEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<CountedName[]> => {
  const rows = await analytics.query(
    `select name, count(*) as count
     from experience
     where workspace_id = cast($1 as uuid) and record = 'interaction' and id in (select id from details where workspace_id = cast($1 as uuid) and number is not null)
     group by name
     order by count desc, name
     limit ${PAID_EVENTS_MAX}`,
    [workspaceId],
  );
  return rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) }));
};

/** Numbers and currencies that some facts carry, most frequent first. */
export const countAmounts = async (analytics: AnalyticsStore, workspaceId: string, names: readonly string[]): Promise<{ amounts: CountedAmount[]; currencies: CountedName[] }> => {
  const rows = await analytics.query(
    `select case when detail.number is not null then detail.name end as property, case when detail.number is null then upper(detail.text) end as currency, count(*) as count, avg(detail.number) as mean
     from (select id from experience where workspace_id = cast($1 as uuid) and record = 'interaction' and name in (select unnest(from_json($2, '["varchar"]')))) fact
     join (select id, name, number, text from details where workspace_id = cast($1 as uuid) and (number is not null or (${isCurrency} and text <> ''))) detail on detail.id = fact.id
     group by property, currency
     order by count desc, property, currency
     limit 100`,
    [workspaceId, JSON.stringify(names)],
  );
  return {
    amounts: rows.filter((row) => row["mean"] !== null).map((row) => ({ name: String(row["property"]), count: Number(row["count"]), mean: Number(row["mean"]) })),
    currencies: rows.filter((row) => row["currency"] !== null).map((row) => ({ name: String(row["currency"]), count: Number(row["count"]) })),
  };
};

/** Names of the words some facts carry, and how many carry each, most first. */
export const countWords = async (analytics: AnalyticsStore, workspaceId: string, names: readonly string[]): Promise<CountedName[]> => {
  const rows = await analytics.query(
    `select detail.name as name, count(*) as count
     from (select id from experience where workspace_id = cast($1 as uuid) and record = 'interaction' and name in (select unnest(from_json($2, '["varchar"]')))) fact
     join (select id, name from details where workspace_id = cast($1 as uuid) and text is not null and number is null and moment is null) detail on detail.id = fact.id
     group by detail.name
     order by count desc, name
     limit 100`,
    [workspaceId, JSON.stringify(names)],
  );
  return rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) }));
};

/** What was paid since a moment, as a table of a query: `payer` (that column of `experience`), `ms`, `amount` and `paid_seq`, the order of arrival. One order is one payment.
 *  @param conditions on rows of `experience`: up to the end, and `ORDER_TOLD_MS` before the moment as well, so that what was told of an order then is known */
export const paymentsOf = (query: JourneyQuery, { workspaceId, payer, conditions, sinceMs }: { workspaceId: string; payer: "customer" | "customer_no"; conditions: string; sinceMs: number }, money: Money): string => {
  const facts = `select id as fact_id, ${payer} as payer, name as fact_name, epoch_ms(${momentColumn}) as fact_ms, seq as fact_seq
       from experience
       where ${conditions} and record = 'interaction' and name in (select unnest(${texts(query, money.purchases)}))`;
  return `select payer, ms, amount, seq as paid_seq from (${purchasesOf(query, { workspaceId, facts, orders: money.orders, money })}) bought where amount is not null and ms >= ${query.bind(sinceMs)}`;
};
