// One order is one purchase, however often and by whatever event it is told. SQL of the analytics store, for every screen that counts purchases or money.
import { texts, type JourneyQuery } from "../paths/selection.queries.ts";
import { currencyNames, isOfPieces, isOrderNumber, rankOfOrder, type Money } from "./money.rules.ts";

/** A number that nothing was told of for so long is another order's when it comes again. */
export const ORDER_TOLD_MS = 90 * 86_400_000;
/** Lines of one order come together; what comes later under the same name tells of the order once more. */
const LINES_MS = 10 * 60_000;

/** `facts`: a query of facts that are called like purchases, with `fact_id`, `payer`, `fact_name`, `fact_ms` and `fact_seq`, the order of arrival.
 *  `orders`: properties that say which order a fact is about, the best first. */
export type PurchasesAsked = { workspaceId: string; facts: string; orders: readonly string[]; money: (Pick<Money, "property" | "times"> & Partial<Pick<Money, "currency">>) | null };

/** Purchases as a table of a query: `id`, `payer`, `ms`, `amount` (null where none is carried or asked for, or it is in another than the asked currency) and `seq`.
 *  An order counts as it was first told, by the first event that carries an amount: what events of other names tell of it counts nothing. Of that event
 *  different sums within minutes, and prices of pieces, are its lines and bear its time; one sum again is the same one sent twice. Payments are told only
 *  where no order is, and each counts when it was made, but for one sum twice within minutes. Facts that name no order count each by itself. */
export const purchasesOf = (query: Pick<JourneyQuery, "bind">, { workspaceId, facts, orders, money }: PurchasesAsked): string => {
  const amount = amountOf(query, money);
  const names = [...(money === null ? [] : [money.property, ...(money.times === null ? [] : [money.times]), ...(isNarrowed(money) ? currencyNames : [])]), ...orders];
  if (names.length === 0) return `select fact_id as id, payer, fact_ms as ms, cast(null as double) as amount, fact_seq as seq from (${facts}) fact`;
  const keys = keysOf(query, orders);
  const carried = `select fact_id, payer, fact_name, fact_ms, fact_seq, amount${keys.map((_, place) => `, key_${place}`).join("")}
     from (${facts}) fact
     left join (
       select id as detail_id, ${amount} as amount${keys.map((key, place) => `, ${key} as key_${place}`).join("")}
       from details
       where workspace_id = cast(${query.bind(workspaceId)} as uuid) and name in (select unnest(${texts(query, names)}))
       group by id
     ) carried on detail_id = fact_id`;
  if (keys.length === 0) return `select fact_id as id, payer, fact_ms as ms, amount, fact_seq as seq from (${carried}) carried`;
  const ofOrder = "partition by payer, order_key, telling";
  const isAgain = money !== null && isOfPieces(money) ? "false" : `min(amount) over (${ofOrder}) is not distinct from max(amount) over (${ofOrder}) and row_number() over (${ofOrder} order by fact_ms, fact_seq) > 1`;
  const isPaidTwice = `coalesce(fact_ms - lag(fact_ms) over (${ofOrder}, amount order by fact_ms, fact_seq) <= ${LINES_MS}, false)`;
  // Nearly every order is told by one fact alone, and is spared the rest. Tellings are numbered on from one order to the next: a running sum for each took
  // nearly twice as long where one order was told a million times. So does a payment look at the one before it, not back over minutes: that took 24 s of such an order.
  return `with carried as materialized (${carried}),
     keyed as materialized (${keyedBy(orders)}),
     shared as materialized (select payer as shared_payer, order_key as shared_key from keyed where order_key is not null group by payer, order_key having count(*) > 1),
     told as materialized (
       select *, sum(is_anew) over (order by payer, order_key, fact_ms, fact_seq rows unbounded preceding) as telling
       from (
         select *, ${isPayment} as is_payment, case when fact_ms - lag(fact_ms) over (partition by payer, order_key order by fact_ms, fact_seq) > ${ORDER_TOLD_MS} then 1 else 0 end as is_anew
         from keyed join shared on payer = shared_payer and order_key = shared_key
       ) spaced
     ),
     firsts as (
       select payer as first_payer, order_key as first_key, telling as first_telling, arg_min(fact_name, ${placeOf}) as first_name, arg_min(fact_ms, ${placeOf}) as first_ms
       from told group by payer, order_key, telling
     ),
     lines as (
       select * from told join firsts on payer = first_payer and order_key = first_key and telling = first_telling and fact_name = first_name
       where is_payment or fact_ms between first_ms and first_ms + ${LINES_MS}
     )
     select fact_id as id, payer, fact_ms as ms, amount, fact_seq as seq from keyed left join shared on payer = shared_payer and order_key = shared_key where shared_key is null
     union all
     select fact_id, payer, case when is_payment then fact_ms else first_ms end, amount, fact_seq
     from (select *, case when is_payment then ${isPaidTwice} else ${isAgain} end as is_again from lines) judged
     where not is_again`;
};

const amountOf = (query: Pick<JourneyQuery, "bind">, money: PurchasesAsked["money"]): string => {
  if (money === null) return "cast(null as double)";
  const valueOf = (name: string): string => `max(case when name = ${query.bind(name)} then number end)`;
  const amount = money.times === null ? valueOf(money.property) : `${valueOf(money.property)} * ${valueOf(money.times)}`;
  if (!isNarrowed(money)) return amount;
  const currency = `max(case when ${isCurrency} and number is null and text <> '' then upper(text) end)`;
  const wanted = query.bind(money.currency);
  return `case when coalesce(${currency}, ${wanted}) = ${wanted} then ${amount} end`;
};

/** Whether a detail says in which currency a sum is. Names of our own, never text from outside. */
export const isCurrency = `name in (${currencyNames.map((name) => `'${name}'`).join(", ")})`;

const isNarrowed = <Asked extends { currency?: string | null }>(money: Asked): money is Asked & { currency: string } => typeof money.currency === "string";

// What programs write where there is no order.
const noOrder = ["", "0", "-", "null", "undefined", "none", "nan", "n/a", "na", "nil", "false", "true", "unknown", "test"].map((word) => `'${word}'`).join(", ");

/** What a fact says of its order, best first: an order and a checkout of one number are two things. What kind of name it is stands behind. */
const keysOf = (query: Pick<JourneyQuery, "bind">, orders: readonly string[]): string[] =>
  orders.toSorted((one, other) => rankOfOrder(one) - rankOfOrder(other)).map((name) =>
    `'${Math.trunc(rankOfOrder(name))}:' || max(case when name = ${query.bind(name)} and lower(trim(text)) not in (${noOrder}) then lower(trim(text)) end) || '${isOrderNumber(name) ? NUMBER : ID}'`);

// What no key ends with; both are of one length.
const ID = "\u001Ei";
const NUMBER = "\u001En";

// Whoever names an order twice, by its id and its number or by its checkout, tells what others mean that name one of both alone; a checkout may be known by
// its payment only. An id that is another order's number is no such name: what is known to have an id and a number that differ is told apart by which of both it is.
const keyedBy = (orders: readonly string[]): string => {
  const keys = orders.map((_, place) => `key_${place}`);
  const best = keys.length === 1 ? "key_0" : `coalesce(${keys.join(", ")})`;
  const bare = (key: string): string => `left(${key}, -${ID.length})`;
  if (keys.length === 1) return `select *, ${bare(best)} as order_key from carried`;
  const named = `(select payer, unnest([${keys.slice(1).join(", ")}]) as known, ${best} as best from carried) named`;
  const links = `(select payer as linked_payer, known, min(best) as better from ${named} where known is not null and known <> best group by payer, known)`;
  const linked = `select carried.*, coalesce(further.better, nearer.better, ${best}) as told_key
     from carried
     left join ${links} nearer on payer = nearer.linked_payer and ${best} = nearer.known
     left join ${links} further on payer = further.linked_payer and nearer.better = further.known`;
  if (!orders.some(isOrderNumber)) return `select *, ${bare("told_key")} as order_key from (${linked}) linked`;
  const what = (key: string): string => `split_part(${key}, ':', 1)`;
  const kind = (key: string): string => `right(${key}, ${ID.length})`;
  return `select linked.*, case when apart_key is null then ${bare("told_key")} else told_key end as order_key
     from (${linked}) linked
     left join (
       select distinct payer as apart_payer, best as apart_key from ${named} where ${what("known")} = ${what("best")} and ${kind("known")} <> ${kind("best")} and ${bare("known")} <> ${bare("best")}
     ) apart on payer = apart_payer and told_key = apart_key`;
};

// Of an order its own events before payments for it, which may be parts of it.
const isPayment = "(regexp_matches(fact_name, 'payment|invoice|renew|instal|transaction', 'i') and not regexp_matches(fact_name, 'order', 'i'))";

// Those with an amount before those without, orders before payments, then by time and arrival; one whole number, as looking for a least one of several
// columns takes a sorting. Times are below 2^43.
const ARRIVAL_BITS = 18;
const placeOf = `case when amount is null then ${2n ** 62n} else 0 end + case when is_payment then ${2n ** 61n} else 0 end + fact_ms * ${2 ** ARRIVAL_BITS} + fact_seq % ${2 ** ARRIVAL_BITS}`;
