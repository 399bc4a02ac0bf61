// Which property of interactions is what customers paid.

export type ChosenMoney = { money: { property: string; currency: string | null } | null; moneyMissing: "none" | "several_currencies" | null };

// The first that is there: what a whole order came to before what a part of it costs. Quantities, fees and taxes are no revenue.
const usualNames = [/^(order_?)?total(_?(price|amount|value))?$/iu, /^revenue$/iu, /^(amount|amount_?paid|paid|order_?(value|amount))$/iu, /^value$/iu, /^price$/iu];

/** Chooses what is summed as revenue. Sums in several currencies would mean nothing.
 *  @param names of properties with numbers, and how many interactions carry each */
export const chooseMoney = (names: readonly { name: string; count: number }[], currencies: readonly string[]): ChosenMoney => {
  const found = usualNames.flatMap((usual) => names.filter(({ name }) => usual.test(name)).toSorted((one, other) => other.count - one.count))[0];
  if (found === undefined) return { money: null, moneyMissing: "none" };
  if (currencies.length > 1) return { money: null, moneyMissing: "several_currencies" };
  return { money: { property: found.name, currency: currencies[0] ?? null }, moneyMissing: null };
};
