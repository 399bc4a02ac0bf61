import type { AnalyticsStore } from "#platform/analytics";
import { DAY_MS, factsNamed, purchasesNamed, startPieces, type Facts, type Pieces } from "./outcome-pieces.queries.ts";

/** When the clock starts: at a customer's first purchase in a time, or for all who are still there at one moment. */
export type Start = { at: "first"; fromMs: number; toMs: number } | { at: "moment"; ms: number };
export type GroupsPiece = ((pieces: Pieces) => string) | null;
/** Customers of a group who left, or were last watched, after so many whole days. `back`: of those who left, how many came again later. */
export type SpanCount = { group: string | null; days: number; left: number; censored: number; back: number };

const ROWS_MAX = 200_000;

type Asked = { purchase: readonly string[] | null; start: Start; groups: GroupsPiece };
/** How leaving is known: by so many days without a purchase, or by a fact that says so. */
export type Leaving = { by: "silence"; days: number } | { by: "event"; event: readonly string[] };

/** Common table expressions that end in `spans`, and pieces of SQL on these. */
type Spans = { tables: string; isLeft: string; leftMs: string; watchedMs: string; isBack: string };

/** How long customers stayed until they left, or were last watched. One row per group and day; the scan of `experience` carries it. */
export const countSpans = async (analytics: AnalyticsStore, facts: Facts, asked: Asked & { leaving: Leaving }): Promise<SpanCount[]> => {
  const pieces = startPieces(facts.workspaceId);
  const { tables, isLeft, leftMs, watchedMs, isBack } = spansOf(pieces, facts, asked);
  const rows = await analytics.query(
    `with ${tables}
     select ${nameOf(asked)} as name, cast(floor((case when ${isLeft} then ${leftMs} else ${watchedMs} end) / ${DAY_MS}.0) as bigint) as days,
       sum(case when ${isLeft} then 1 else 0 end) as "left", sum(case when ${isLeft} then 0 else 1 end) as censored,
       sum(case when ${isLeft} and ${isBack} then 1 else 0 end) as back
     from spans ${joinGroups(pieces, asked)}
     group by 1, 2
     order by 1, 2`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map(readSpan);
};

export type SpanCustomer = { id: string; days: number; hasLeft: boolean };

/** Customers of a curve on one day: those who were still watched then, or had left by then; who stayed longest first.
 *  @param group the empty text for those of no group; null where there are none */
export const listSpanCustomers = async (
  analytics: AnalyticsStore, facts: Facts, asked: Asked & { leaving: Leaving; group: string | null; day: number; isGone: boolean; after: { days: number; id: string } | null; limit: number },
): Promise<SpanCustomer[]> => {
  const pieces = startPieces(facts.workspaceId);
  const { tables, isLeft, leftMs, watchedMs } = spansOf(pieces, facts, asked);
  const stayed = `select spans.customer as customer, ${nameOf(asked)} as name, (${isLeft}) as has_left, greatest(0, cast(floor((case when ${isLeft} then ${leftMs} else ${watchedMs} end) / ${DAY_MS}.0) as bigint)) as days
     from spans ${joinGroups(pieces, asked)}`;
  const day = pieces.bind(asked.day);
  const conditions = [asked.isGone ? `has_left and days < ${day}` : `days >= ${day}`];
  if (asked.group !== null) conditions.push(`name = ${pieces.bind(asked.group)}`);
  if (asked.after !== null) {
    const days = pieces.bind(asked.after.days);
    conditions.push(`(days < ${days} or (days = ${days} and customer > cast(${pieces.bind(asked.after.id)} as uuid)))`);
  }
  const rows = await analytics.query(
    `with ${tables}, stayed as (${stayed})
     select customer, days, has_left
     from stayed
     where ${conditions.join(" and ")}
     order by days desc, customer
     limit ${pieces.bind(asked.limit)}`,
    pieces.values,
  );
  return rows.map((row) => ({ id: String(row["customer"]), days: Number(row["days"]), hasLeft: row["has_left"] === true }));
};

const nameOf = ({ groups }: Asked): string => (groups === null ? "null" : "coalesce(grouped.name, '')");
const joinGroups = (pieces: Pieces, { groups }: Asked): string => (groups === null ? "" : `left join (${groups(pieces)}) grouped on grouped.customer = spans.customer`);

const spansOf = (pieces: Pieces, facts: Facts, { leaving, ...asked }: Asked & { leaving: Leaving }): Spans =>
  leaving.by === "silence" ? silentSpans(pieces, facts, { ...asked, days: leaving.days }) : leavingSpans(pieces, facts, { ...asked, event: leaving.event });

// Until they first bought nothing for so many days; the leaving is dated to the end of those days, so that everybody is watched to the end and nothing later is used.
const silentSpans = (pieces: Pieces, facts: Facts, { purchase, days, start }: Asked & { days: number }): Spans => {
  const silence = pieces.bind(days * DAY_MS);
  const end = pieces.bind(facts.endMs);
  // At one moment only those are still there who bought in the days before it.
  const since = start.at === "first" ? "" : ` where ms >= ${pieces.bind(start.ms - days * DAY_MS)}`;
  const began = start.at === "first" ? "min(first_ms)" : pieces.bind(start.ms);
  const held = start.at === "first" ? `first_ms >= ${pieces.bind(start.fromMs)} and first_ms < ${pieces.bind(start.toMs)}` : `first_ms < ${pieces.bind(start.ms)}`;
  return {
    tables: `bought as (${purchasesNamed(pieces, facts, purchase)}),
     steps as (
       select customer, ms, lead(ms) over (partition by customer order by ms) as next_ms, min(ms) over (partition by customer) as first_ms
       from bought${since}
     ),
     spans as (
       select customer, ${began} as began_ms, max(ms) as last_ms,
              min(case when coalesce(next_ms, ${end}) - ms >= ${silence} then ms end) as silent_ms
       from steps
       where ${held}
       group by customer
     )`,
    isLeft: "silent_ms is not null", leftMs: `silent_ms + ${silence} - began_ms`, watchedMs: `${end} - began_ms`, isBack: "last_ms > silent_ms",
  };
};

// Until a fact said that they left.
const leavingSpans = (pieces: Pieces, facts: Facts, { purchase, event, start }: Asked & { event: readonly string[] }): Spans => {
  const end = pieces.bind(facts.endMs);
  const began = start.at === "first" ? "came.first_ms" : `greatest(came.first_ms, ${pieces.bind(start.ms)})`;
  const held = start.at === "first"
    ? `came.first_ms >= ${pieces.bind(start.fromMs)} and came.first_ms < ${pieces.bind(start.toMs)}`
    : `came.first_ms < ${pieces.bind(start.ms)} and (went.left_ms is null or went.left_ms >= ${pieces.bind(start.ms)})`;
  return {
    tables: `came as (select customer, min(ms) as first_ms from (${purchasesNamed(pieces, facts, purchase)}) bought group by customer),
     went as (select customer, min(ms) as left_ms from (${factsNamed(pieces, facts, event)}) leaving group by customer),
     spans as (
       select came.customer as customer, ${began} as began_ms, went.left_ms as left_ms
       from came
       left join went on went.customer = came.customer and went.left_ms >= came.first_ms
       where ${held}
     )`,
    isLeft: "left_ms is not null", leftMs: "left_ms - began_ms", watchedMs: `${end} - began_ms`, isBack: "false",
  };
};

const readSpan = (row: Record<string, unknown>): SpanCount => ({
  group: row["name"] === null ? null : String(row["name"]), days: Math.max(0, Number(row["days"])), left: Number(row["left"]), censored: Number(row["censored"]), back: Number(row["back"]),
});
