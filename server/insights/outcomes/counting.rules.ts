import { isMoneyName } from "./details.rules.ts";

export type CountedEvent = { name: string; count: number };
export type CountedAmount = { name: string; count: number; mean: number };

const purchaseWords = /\b(order (completed|placed|paid)|purchased?|checkout completed|payment (received|succeeded|completed)|invoice|sale|transaction|bought|booking (completed|confirmed)|subscription (started|renewed)|renewal)\b/iu;
const noPurchase = /refund|return|cancel|fail|declin|view|start|abandon|delivered|shipped|sent/iu;

/** Which facts look like a purchase, by their names; where none does, those that carry money most often.
 *  @param withMoney how many facts of each name carry money */
export const guessPurchases = (events: readonly CountedEvent[], withMoney: readonly CountedEvent[]): string[] => {
  const named = events.filter(({ name }) => purchaseWords.test(spaced(name)) && !noPurchase.test(spaced(name)));
  if (named.length > 0) return named.slice(0, 10).map(({ name }) => name);
  const counts = new Map(events.map(({ name, count }) => [name, count]));
  const paid = withMoney.filter(({ name, count }) => count >= 0.9 * (counts.get(name) ?? Number.POSITIVE_INFINITY) && !noPurchase.test(spaced(name)));
  return paid.slice(0, 1).map(({ name }) => name);
};

const wholeAmounts = [/(^|_)(total|revenue|grand_total)(_|$)/u, /(^|_)(amount|paid|value|sum|spend|subtotal)(_|$)/u, /(^|_)(price|cost|fee)(_|$)/u];
const quantities = /(^|_)(quantity|qty|units)(_|$)/u;

/** The property that holds what was paid, and for the price of one piece the number of pieces. */
export const guessAmount = (amounts: readonly CountedAmount[]): { amount: string | null; times: string | null } => {
  const money = amounts.filter(({ name }) => isMoneyName(name) && !quantities.test(snake(name)));
  for (const [place, pattern] of wholeAmounts.entries()) {
    const found = money.find(({ name }) => pattern.test(snake(name)));
    if (found === undefined) continue;
    const pieces = place < wholeAmounts.length - 1 ? undefined : amounts.find(({ name }) => quantities.test(snake(name)));
    return { amount: found.name, times: pieces?.name ?? null };
  }
  return { amount: null, times: null };
};

const usualDays = [14, 30, 60, 90, 120, 180, 365];

/** Days of silence after which a customer counts as gone: nine of ten gaps between purchases are shorter, rounded up to a usual number,
 *  but no more than a quarter of what was observed, so that feelings can come before and outcomes after.
 *  @param gapDays the nine-tenths point of gaps between purchases of one customer; null without any
 *  @param observedDays from the first fact to the last */
export const guessDays = (gapDays: number | null, observedDays: number): number => {
  const wanted = gapDays === null ? 90 : (usualDays.find((days) => days >= gapDays) ?? 365);
  return Math.min(wanted, usualDays.findLast((days) => days <= observedDays / 4) ?? 14);
};

const snake = (name: string): string => name.replace(/([a-z\d])([A-Z])/gu, "$1_$2").replace(/[^\p{L}\d]+/gu, "_").toLowerCase();
const spaced = (name: string): string => snake(name).replaceAll("_", " ");
