// One order is one purchase, however often and by whatever event it is told. SQL of the analytics store, for every screen that counts purchases or money.
import { texts, type JourneyQuery } from "../paths/selection.queries.ts";
import { isOfPieces, type Money } from "./money.rules.ts";

/** Sold again under a number used before is another order; what is told of one later than this is taken for one as well. */
export const ORDER_TOLD_MS = 90 * 86_400_000;

/** `facts`: a query of facts that are called like purchases, with `fact_id`, `payer`, `fact_name`, `fact_ms` and `fact_seq`, the order of arrival.
 *  `orders`: properties that say which order a fact is about, the best first. */
export type PurchasesAsked = { workspaceId: string; facts: string; orders: readonly string[]; money: Pick<Money, "property" | "times"> | null };

/** Purchases as a table of a query: `id`, `payer`, `ms`, `amount` (null where none is carried or asked for) and `seq`.
 *  An order counts as it was first told, by the first event that carries an amount: what another event, or the same one later, tells of it again counts
 *  nothing. Of one moment several amounts are its lines, and the same amount is one that was sent twice; prices of pieces are lines whenever they come.
 *  Facts that name no order count each by itself. */
export const purchasesOf = (query: Pick<JourneyQuery, "bind">, { workspaceId, facts, orders, money }: PurchasesAsked): string => {
  const [amount, order] = [amountOf(query, money), orderOf(query, orders)];
  const names = [...(money === null ? [] : [money.property, ...(money.times === null ? [] : [money.times])]), ...orders];
  if (names.length === 0) return `select fact_id as id, payer, fact_ms as ms, cast(null as double) as amount, fact_seq as seq from (${facts}) fact`;
  const told = `select fact_id, payer, fact_name, fact_ms, fact_seq, amount, order_key, ${placeOf} as place
     from (${facts}) fact
     left join (
       select id as detail_id, ${amount} as amount, ${order} as order_key
       from details
       where workspace_id = cast(${query.bind(workspaceId)} as uuid) and name in (select unnest(${texts(query, names)}))
       group by id
     ) carried on detail_id = fact_id`;
  if (orders.length === 0) return `select fact_id as id, payer, fact_ms as ms, amount, fact_seq as seq from (${told}) told`;
  const isFirst = "told.payer = firsts.first_payer and told.order_key = firsts.first_key and fact_name = first_name";
  const counted = money !== null && isOfPieces(money)
    ? `select fact_id as id, payer, first_ms as ms, amount, fact_seq as seq from told join firsts on ${isFirst}`
    : `select arg_min(fact_id, fact_seq) as id, payer, min(fact_ms) as ms, amount, min(fact_seq) as seq from told join firsts on ${isFirst} and fact_ms = first_ms group by payer, order_key, amount`;
  return `with told as materialized (${told}),
     firsts as (select payer as first_payer, order_key as first_key, arg_min(fact_name, place) as first_name, arg_min(fact_ms, place) as first_ms from told where order_key is not null group by payer, order_key)
     select fact_id as id, payer, fact_ms as ms, amount, fact_seq as seq from told where order_key is null
     union all
     ${counted}`;
};

const amountOf = (query: Pick<JourneyQuery, "bind">, money: PurchasesAsked["money"]): string => {
  if (money === null) return "cast(null as double)";
  const valueOf = (name: string): string => `max(case when name = ${query.bind(name)} then number end)`;
  return money.times === null ? valueOf(money.property) : `${valueOf(money.property)} * ${valueOf(money.times)}`;
};

// What programs write where there is no order.
const noOrder = ["", "0", "-", "null", "undefined", "none", "nan", "n/a", "na", "nil", "false", "true", "unknown", "test"].map((word) => `'${word}'`).join(", ");

const orderOf = (query: Pick<JourneyQuery, "bind">, orders: readonly string[]): string =>
  orders.length === 0 ? "cast(null as varchar)" : `coalesce(${orders.map((name) => `max(case when name = ${query.bind(name)} and lower(trim(text)) not in (${noOrder}) then lower(trim(text)) end)`).join(", ")})`;

// Those with an amount before those without, then by time and arrival; one whole number, as looking for a least one of several columns takes a sorting.
const ARRIVAL_BITS = 20;
const placeOf = `case when amount is null then ${2n ** 62n} else 0 end + fact_ms * ${2 ** ARRIVAL_BITS} + fact_seq % ${2 ** ARRIVAL_BITS}`;
