// Which interactions are purchases, and which property of them is what customers paid.

export type CountedName = { name: string; count: number };
export type CountedAmount = { name: string; count: number; mean: number };

/** What is summed as revenue: `property` of interactions called by one of `purchases`, for the price of one piece multiplied by the pieces in `times`. `orders`:
 *  properties that say which order an interaction is about, the best first. `otherCurrencies`: purchases in other currencies than `currency`, which are never
 *  added to its sums. */
export type Money = { property: string; times: string | null; currency: string | null; otherCurrencies: number; purchases: string[]; orders: string[] };
/** What purchases carry: numbers and currencies, the most frequent first, and which properties say which order it is. */
export type Carried = { amounts: readonly CountedAmount[]; currencies: readonly CountedName[]; orders: readonly string[] };

/** The properties by which programs say in which currency a sum is; what carries none of them is in the one of the others. */
export const currencyNames = ["currency", "Currency", "CURRENCY", "currencyCode", "CurrencyCode", "currencycode", "currency_code", "Currency_Code", "CURRENCY_CODE"] as const;

const purchaseWords = /\b(order (completed|placed|paid)|purchased?|checkout completed|payment (received|succeeded|completed)|invoice|sale|transaction|bought|booking (completed|confirmed)|subscription (started|renewed)|renewal)\b/iu;
const noPurchase = /refund|return|cancel|fail|declin|view|start|abandon|delivered|shipped|sent/iu;
const PURCHASES_MAX = 10;

/** Which interactions look like a purchase, by their names; where none does, those that carry money most often. What is refunded, cancelled or told of an order
 *  once more is none: its sum was never paid, or was counted already.
 *  @param withMoney how many interactions of each name carry money */
export const guessPurchases = (events: readonly CountedName[], withMoney: readonly CountedName[]): string[] => {
  const named = events.filter(({ name }) => purchaseWords.test(spaced(name)) && !noPurchase.test(spaced(name)));
  if (named.length > 0) return named.slice(0, PURCHASES_MAX).map(({ name }) => name);
  const counts = new Map(events.map(({ name, count }) => [name, count]));
  const paid = withMoney.filter(({ name, count }) => count >= 0.9 * (counts.get(name) ?? Number.POSITIVE_INFINITY) && !noPurchase.test(spaced(name)));
  return paid.slice(0, 1).map(({ name }) => name);
};

// What a whole order came to, before what a part of it costs.
const usualNames = [/^(order_|cart_|grand_)?total(_(price|amount|value))?$/u, /^revenue$/u, /^(amount|amount_paid|paid|order_(value|amount))$/u];
const otherNames = [/(^|_)(total|revenue)(_|$)/u, /(^|_)(amount|paid|value|sum|spend|subtotal)(_|$)/u];
const piecePrice = /(^|_)(price|cost|fee)(_|$)/u;
const quantities = /(^|_)(quantity|qty|units)(_|$)/u;
const parts = /(^|_)(tax|vat|discount|shipping|tip)(_|$)/u;

/** The property that holds what was paid, and for the price of one piece the number of pieces.
 *  @param amounts numbers that purchases carry, the most frequent first */
export const guessAmount = (amounts: readonly CountedAmount[]): { amount: string | null; times: string | null } => {
  const money = amounts.filter(({ name }) => !quantities.test(snake(name)) && !parts.test(snake(name)));
  const whole = [...usualNames, ...otherNames].flatMap((pattern) => money.find(({ name }) => pattern.test(snake(name))) ?? [])[0];
  if (whole !== undefined) return { amount: whole.name, times: null };
  const piece = money.find(({ name }) => piecePrice.test(snake(name)));
  return piece === undefined ? { amount: null, times: null } : { amount: piece.name, times: amounts.find(({ name }) => quantities.test(snake(name)))?.name ?? null };
};

/** Whether sums are those of pieces, so that several of one order are its lines and not the order told again. */
export const isOfPieces = ({ property, times }: Pick<Money, "property" | "times">): boolean =>
  times !== null || (piecePrice.test(snake(property)) && ![...usualNames, ...otherNames].some((pattern) => pattern.test(snake(property))));

// The order itself before what was checked out, paid or billed for it: an order may be paid in several ways.
const orderNames = ["order", "purchase|sale|booking|reservation", "checkout", "transaction|invoice|receipt"].map((what) => new RegExp(`^(${what})_?(id|no|nr|num|number|ref|reference|key|code)$`, "u"));
const ORDERS_MAX = 4;

/** Of what a property is the number: 0 of the order itself, then of what was bought, checked out, paid; -1 of none. */
export const rankOfOrder = (name: string): number => orderNames.findIndex((pattern) => pattern.test(snake(name)));

/** Whether that is the number people read, which many programs give an order beside the id of their own. */
export const isOrderNumber = (name: string): boolean => /(no|nr|num|number)$/u.test(snake(name));

/** Whether a property says which order something is about. */
export const isOrderName = (name: string): boolean => rankOfOrder(name) >= 0;

/** The properties that say which order a purchase is about, the best first.
 *  @param carried words that purchases carry, the most frequent first */
export const chooseOrders = (carried: readonly CountedName[]): string[] =>
  carried.map(({ name }) => name).filter(isOrderName).toSorted((one, other) => rankOfOrder(one) - rankOfOrder(other)).slice(0, ORDERS_MAX);

/** Chooses what is summed as revenue, in the currency most purchases are in; null where they carry no amount. */
export const chooseMoney = (purchases: readonly string[], { amounts, currencies, orders }: Carried): Money | null => {
  const { amount, times } = guessAmount(amounts);
  if (amount === null) return null;
  const [most, ...others] = currencies;
  return { property: amount, times, currency: most?.name ?? null, otherCurrencies: others.reduce((sum, { count }) => sum + count, 0), purchases: [...purchases], orders: [...orders] };
};

const snake = (name: string): string => name.replace(/([a-z\d])([A-Z])/gu, "$1_$2").replace(/[^\p{L}\d]+/gu, "_").toLowerCase();
const spaced = (name: string): string => snake(name).replaceAll("_", " ");
