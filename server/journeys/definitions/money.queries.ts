// What interactions carry of money, and what customers paid. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, texts, type JourneyQuery } from "../paths/selection.queries.ts";
import type { CountedAmount, CountedName, Money } from "./money.rules.ts";

const EVENTS_MAX = 200;
const PAID_EVENTS_MAX = 50;

export type CountedEvents = { events: CountedName[]; firstMs: number | null; lastMs: number | null };

/** Facts by name, most frequent first, and the time they lie in. */
export const countEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<CountedEvents> => {
  const rows = await analytics.query(
    `select name, count(*) as count, min(epoch_ms("at")) as first, max(epoch_ms("at")) as last
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
    `select fact.name as name, count(distinct fact.id) as count
     from (select id, name from experience where workspace_id = cast($1 as uuid) and record = 'interaction') fact
     join (select id from details where workspace_id = cast($1 as uuid) and number is not null) paid on paid.id = fact.id
     group by fact.name
     order by count desc, name
     limit ${PAID_EVENTS_MAX}`,
    [workspaceId],
  );
  return rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) }));
};

/** Numbers and currencies that some facts carry, most frequent first. */
export const countAmounts = async (analytics: AnalyticsStore, workspaceId: string, names: readonly string[]): Promise<{ amounts: CountedAmount[]; currencies: CountedName[] }> => {
  const rows = await analytics.query(
    `select detail.name as name, case when detail.number is null then upper(detail.text) end as currency, count(*) as count, avg(detail.number) as mean
     from (select id from experience where workspace_id = cast($1 as uuid) and record = 'interaction' and name in (select unnest(from_json($2, '["varchar"]')))) fact
     join (select id, name, number, text from details where workspace_id = cast($1 as uuid) and (number is not null or lower(name) in ('currency', 'currencycode', 'currency_code'))) detail on detail.id = fact.id
     group by detail.name, currency
     order by count desc, name
     limit 100`,
    [workspaceId, JSON.stringify(names)],
  );
  return {
    amounts: rows.filter((row) => row["mean"] !== null).map((row) => ({ name: String(row["name"]), count: Number(row["count"]), mean: Number(row["mean"]) })),
    currencies: rows.filter((row) => row["currency"] !== null).map((row) => ({ name: String(row["currency"]), count: Number(row["count"]) })),
  };
};

/** Purchases as a table of a query: `payer` (that column of `experience`), `ms`, `amount` and `paid_seq`, the order of arrival.
 *  @param conditions on rows of `experience` */
export const paymentsOf = (query: JourneyQuery, { workspaceId, payer, conditions }: { workspaceId: string; payer: "customer" | "customer_no"; conditions: string }, { property, times, purchases }: Money): string => {
  const [amount, pieces] = [query.bind(property), times === null ? null : query.bind(times)];
  const valueOf = (name: string): string => `max(case when name = ${name} then number end)`;
  return `select ${payer} as payer, ms, amount, paid_seq
     from (
       select id as detail_id, ${valueOf(amount)}${pieces === null ? "" : ` * ${valueOf(pieces)}`} as amount
       from details
       where workspace_id = cast(${query.bind(workspaceId)} as uuid) and number is not null and name in (${pieces === null ? amount : `${amount}, ${pieces}`})
       group by id
     ) detail
     join (
       select id as fact_id, ${payer}, epoch_ms(${momentColumn}) as ms, seq as paid_seq
       from experience
       where ${conditions} and record = 'interaction' and name in (select unnest(${texts(query, purchases)}))
     ) fact on fact_id = detail_id
     where amount is not null`;
};
