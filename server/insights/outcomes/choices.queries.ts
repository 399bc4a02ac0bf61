import type { AnalyticsStore } from "#platform/analytics";
import { DAY_MS, factsNamed, namesIn, startPieces } from "./outcome-pieces.queries.ts";
import type { CountedAmount, CountedEvent } from "./counting.rules.ts";

const EVENTS_MAX = 200;

/** Facts by name, most frequent first, and the time they lie in. */
export const countEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<{ events: CountedEvent[]; firstMs: number | null; lastMs: number | null }> => {
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
export const countPaidEvents = async (analytics: AnalyticsStore, workspaceId: string): Promise<CountedEvent[]> => {
  const rows = await analytics.query(
    `select fact.name as name, count(distinct fact.id) as count
     from (select id, name from experience where workspace_id = cast($1 as uuid) and record = 'interaction') fact
     join (select id from details where workspace_id = cast($1 as uuid) and number is not null) paid on paid.id = fact.id
     group by fact.name
     order by count desc, name
     limit 50`,
    [workspaceId],
  );
  return rows.map((row) => ({ name: String(row["name"]), count: Number(row["count"]) }));
};

/** Numbers and currencies that some facts carry, most frequent first. */
export const countAmounts = async (analytics: AnalyticsStore, workspaceId: string, names: readonly string[]): Promise<{ amounts: CountedAmount[]; currencies: CountedEvent[] }> => {
  const pieces = startPieces(workspaceId);
  const rows = await analytics.query(
    `select detail.name as name, case when detail.number is null then upper(detail.text) end as currency, count(*) as count, avg(detail.number) as mean
     from (select id from experience where ${pieces.workspace} and record = 'interaction' and ${namesIn(pieces, "name", names)}) fact
     join (select id, name, number, text from details where ${pieces.workspace} and (number is not null or lower(name) in ('currency', 'currencycode', 'currency_code'))) detail on detail.id = fact.id
     group by detail.name, currency
     order by count desc, name
     limit 100`,
    pieces.values,
  );
  return {
    amounts: rows.filter((row) => row["mean"] !== null).map((row) => ({ name: String(row["name"]), count: Number(row["count"]), mean: Number(row["mean"]) })),
    currencies: rows.filter((row) => row["currency"] !== null).map((row) => ({ name: String(row["currency"]), count: Number(row["count"]) })),
  };
};

/** Days that nine of ten gaps between two purchases of one customer stay under; null without any gap. */
export const findUsualGap = async (analytics: AnalyticsStore, workspaceId: string, names: readonly string[]): Promise<number | null> => {
  const pieces = startPieces(workspaceId);
  const [row] = await analytics.query(
    `with bought as (${factsNamed(pieces, { workspaceId, endMs: Number.MAX_SAFE_INTEGER, segments: null }, names)})
     select ${analytics.dialect.quantile(0.9, "gap")} as gap
     from (select ms - lag(ms) over (partition by customer order by ms) as gap from (select distinct customer, ms from bought) times) gaps
     where gap is not null`,
    pieces.values,
  );
  return row?.["gap"] == null ? null : Number(row["gap"]) / DAY_MS;
};
