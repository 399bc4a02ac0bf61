// Pieces that queries of outcomes are put together from.
import { isInSegments, type GatheredSegment } from "#customers";
import type { AnalyticsValue } from "#platform/analytics";
import { isCurrency, purchasesOf } from "#journeys";
import { uuids } from "../metrics/people.queries.ts";
import type { FeelingName } from "./outcomes.contract.ts";

export const DAY_MS = 86_400_000;

/** What narrows a query of facts: whose, of customers in which segments (null: of all), up to when. `orders`: properties that say which order a purchase is about. */
export type Facts = { workspaceId: string; endMs: number; segments: readonly GatheredSegment[] | null; orders: readonly string[] };
export type Pieces = { values: AnalyticsValue[]; bind: (value: AnalyticsValue) => string; workspace: string };

export const startPieces = (workspaceId: string): Pieces => {
  const values: AnalyticsValue[] = [];
  const bind = (value: AnalyticsValue): string => `$${values.push(value)}`;
  return { values, bind, workspace: `workspace_id = cast(${bind(workspaceId)} as uuid)` };
};

export const namesIn = (pieces: Pieces, column: string, names: readonly string[]): string =>
  names.length === 0 ? "false" : `${column} in (${names.map((name) => pieces.bind(name)).join(", ")})`;

/** Facts of known customers before the end, with their times in milliseconds.
 *  @param names of facts; null for any that met something */
export const factsNamed = (pieces: Pieces, facts: Facts, names: readonly string[] | null): string => {
  const conditions = [
    pieces.workspace, "record = 'interaction'", "customer is not null", `epoch_ms("at") < ${pieces.bind(facts.endMs)}`,
    names === null ? "type not in ('identify', 'group', 'alias', 'note')" : namesIn(pieces, "name", names),
    ...(facts.segments === null ? [] : [isInSegments(facts.segments)]),
  ];
  return `select id, customer, epoch_ms("at") as ms, name, seq from experience where ${conditions.join(" and ")}`;
};

/** Purchases with the customer and the time of each; what is told of an order again is none, and all lines of one bear its time. */
export const purchasesNamed = (pieces: Pieces, facts: Facts, names: readonly string[] | null, money: Money | null = null): string => {
  const named = `select id as fact_id, customer as payer, ms as fact_ms, name as fact_name, seq as fact_seq from (${factsNamed(pieces, facts, names)}) named`;
  const bought = purchasesOf(pieces, { workspaceId: facts.workspaceId, facts: named, orders: facts.orders, money: money === null ? null : { property: money.amount, times: money.times } });
  return `select id, payer as customer, ms from (${bought}) bought`;
};

export type Money = { amount: string; times: string | null; currency: string | null };

/** Money by fact: `id`, `amount`, and `is_other` where it is in another currency and counts as nothing. */
export const amountsOf = (pieces: Pieces, money: Money): string => {
  const [amount, times] = [pieces.bind(money.amount), money.times === null ? null : pieces.bind(money.times)];
  const names = [amount, ...(times === null ? [] : [times])];
  const other = money.currency === null ? "false" : `coalesce(max(case when text is not null and number is null then upper(text) end), '') not in ('', ${pieces.bind(money.currency)})`;
  const product = times === null ? `max(case when name = ${amount} then number end)` : `max(case when name = ${amount} then number end) * max(case when name = ${times} then number end)`;
  return `select id, case when ${other} then 0 else ${product} end as amount, (${other}) as is_other
     from details where ${pieces.workspace} and (name in (${names.join(", ")}) or ${isCurrency}) group by id`;
};

/** One row per customer: the group of a feeling given in a time, by the last answer; who gave none has no row. */
export const feelingGroups = (pieces: Pieces, feeling: FeelingName, period: { fromMs: number; toMs: number }): string => {
  const within = `${pieces.workspace} and record = 'perception' and customer is not null and epoch_ms("at") >= ${pieces.bind(period.fromMs)} and epoch_ms("at") < ${pieces.bind(period.toMs)}`;
  switch (feeling) {
    case "nps":
      return lastOf("case when value >= 9 then 'best' when value >= 7 then 'middle' else 'worst' end", `${within} and kind = 'nps' and value between 0 and 10 and coalesce(scale_min, 0) = 0 and coalesce(scale_max, 10) = 10`);
    case "csat":
    case "stars":
      return lastOf("case when normalised >= 0.5 then 'best' when normalised >= 0 then 'middle' else 'worst' end", `${within} and kind = '${feeling}' and normalised is not null`);
    case "ces":
      return lastOf("case when normalised > 0 then 'best' when normalised = 0 then 'middle' else 'worst' end", `${within} and kind = 'ces' and normalised is not null`);
    case "needs":
      return readGroups(pieces, within, `least(${needColumns.join(", ")})`, `greatest(${needColumns.join(", ")})`);
    default:
      return readGroups(pieces, within, feeling, feeling);
  }
};

const needColumns = ["need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right"];

const lastOf = (group: string, where: string): string => `select customer, arg_max(${group}, "at") as name from experience where ${where} group by customer`;

// Unmet in any comment of the time is worst; met and never unmet is best; both at once, or nothing of the sort said, is the middle.
const readGroups = (pieces: Pieces, within: string, lowest: string, highest: string): string =>
  `select customer, case when min(lowest) = -1 then 'worst' when max(highest) = 1 and min(lowest) = 1 then 'best' else 'middle' end as name
   from (select id, customer from experience where ${within} and kind = 'comment') comment
   join (select id, ${lowest} as lowest, ${highest} as highest from readings where ${pieces.workspace}) reading on reading.id = comment.id
   group by customer`;

/** Groups that were looked up beforehand, as a trait. */
export const listedGroups = (pieces: Pieces, listed: { customers: readonly string[]; names: readonly string[] }): string =>
  `select unnest(${uuids(pieces, listed.customers)}) as customer, unnest(from_json(${pieces.bind(JSON.stringify(listed.names))}, '["varchar"]')) as name`;
