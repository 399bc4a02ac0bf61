import type { AnalyticsStore } from "#platform/analytics";
import { DAY_MS, factsNamed, purchasesNamed, startPieces, type Facts, type Pieces } from "./outcome-pieces.queries.ts";

/** When the clock starts: at a customer's first purchase in a time, or for all who are still there at one moment. */
export type Start = { at: "first"; fromMs: number; toMs: number } | { at: "moment"; ms: number };
export type GroupsPiece = ((pieces: Pieces) => string) | null;
/** Customers of a group who left, or were last watched, after so many whole days. `back`: of those who left, how many came again later. */
export type SpanCount = { group: string | null; days: number; left: number; censored: number; back: number };

const ROWS_MAX = 200_000;

/** How long customers stayed until they first bought nothing for so many days; the leaving is dated to the end of those days, so that
 *  everybody is watched to the end and nothing later is used. One row per group and day; the scan of `experience` carries it. */
export const countSilences = async (analytics: AnalyticsStore, facts: Facts, asked: { purchase: readonly string[] | null; days: number; start: Start; groups: GroupsPiece }): Promise<SpanCount[]> => {
  const pieces = startPieces(facts.workspaceId);
  const { start } = asked;
  const silence = pieces.bind(asked.days * DAY_MS);
  const end = pieces.bind(facts.endMs);
  // At one moment only those are still there who bought in the days before it.
  const since = start.at === "first" ? "" : ` where ms >= ${pieces.bind(start.ms - asked.days * DAY_MS)}`;
  const began = start.at === "first" ? "min(first_ms)" : pieces.bind(start.ms);
  const held = start.at === "first" ? `first_ms >= ${pieces.bind(start.fromMs)} and first_ms < ${pieces.bind(start.toMs)}` : `first_ms < ${pieces.bind(start.ms)}`;
  const rows = await analytics.query(
    `with bought as (${purchasesNamed(pieces, facts, asked.purchase)}),
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
     )
     ${countedBy(pieces, asked.groups, `silent_ms + ${silence} - began_ms`, `${end} - began_ms`, "silent_ms is not null", "last_ms > silent_ms")}`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map(readSpan);
};

/** How long customers stayed until a fact said that they left. */
export const countLeavings = async (
  analytics: AnalyticsStore,
  facts: Facts,
  asked: { purchase: readonly string[] | null; event: readonly string[]; start: Start; groups: GroupsPiece },
): Promise<SpanCount[]> => {
  const pieces = startPieces(facts.workspaceId);
  const { start } = asked;
  const end = pieces.bind(facts.endMs);
  const began = start.at === "first" ? "came.first_ms" : `greatest(came.first_ms, ${pieces.bind(start.ms)})`;
  const held = start.at === "first"
    ? `came.first_ms >= ${pieces.bind(start.fromMs)} and came.first_ms < ${pieces.bind(start.toMs)}`
    : `came.first_ms < ${pieces.bind(start.ms)} and (went.left_ms is null or went.left_ms >= ${pieces.bind(start.ms)})`;
  const rows = await analytics.query(
    `with came as (select customer, min(ms) as first_ms from (${purchasesNamed(pieces, facts, asked.purchase)}) bought group by customer),
     went as (select customer, min(ms) as left_ms from (${factsNamed(pieces, facts, asked.event)}) leaving group by customer),
     spans as (
       select came.customer as customer, ${began} as began_ms, went.left_ms as left_ms
       from came
       left join went on went.customer = came.customer and went.left_ms >= came.first_ms
       where ${held}
     )
     ${countedBy(pieces, asked.groups, "left_ms - began_ms", `${end} - began_ms`, "left_ms is not null", "false")}`,
    pieces.values,
    { limitRows: ROWS_MAX },
  );
  return rows.map(readSpan);
};

const countedBy = (pieces: Pieces, groups: GroupsPiece, leftMs: string, watchedMs: string, isLeft: string, isBack: string): string => {
  const join = groups === null ? "" : `left join (${groups(pieces)}) grouped on grouped.customer = spans.customer`;
  return `select ${groups === null ? "null" : "coalesce(grouped.name, '')"} as name, cast(floor((case when ${isLeft} then ${leftMs} else ${watchedMs} end) / ${DAY_MS}.0) as bigint) as days,
       sum(case when ${isLeft} then 1 else 0 end) as "left", sum(case when ${isLeft} then 0 else 1 end) as censored,
       sum(case when ${isLeft} and ${isBack} then 1 else 0 end) as back
     from spans ${join}
     group by 1, 2
     order by 1, 2`;
};

const readSpan = (row: Record<string, unknown>): SpanCount => ({
  group: row["name"] === null ? null : String(row["name"]), days: Math.max(0, Number(row["days"])), left: Number(row["left"]), censored: Number(row["censored"]), back: Number(row["back"]),
});
