// Which customers of some days answered in the eight weeks before them as well: then alerts test their change on their own differences, by the one test of "Why?" and Home.
import { compareCustomers, sumCustomerDays, type CustomerDay, type SameCustomers } from "../../customers/scores/same-customers.rules.ts";
import { baselineDays, type SameBefore } from "./levels.rules.ts";

/** Answers by customer and day of every so-manieth customer, how many answers there are in all, and how far apart two scores can be. */
export type CustomersOfDays = { days: readonly CustomerDay[]; every: number; span: number; countBetween: (from: number, to: number) => number };

/** Looks up a stretch of days once. */
export const sameBeforeIn = ({ days, every, span, countBetween }: CustomersOfDays): SameBefore => {
  const ordered = days.toSorted((one, other) => one.customer - other.customer);
  const known = new Map<string, SameCustomers | null>();
  return ({ from, end }) => {
    const key = `${from} ${end}`;
    const before = { from: from - baselineDays, end: from - 1 };
    const found = known.get(key);
    if (found !== undefined) return found;
    const sums = sumCustomerDays(ordered, { from, end }, before);
    const answers = countBetween(before.from, end);
    const same = sums.both === 0 || answers === 0 ? null : compareCustomers(sums, span, Math.min(1, ((sums.c1 + sums.c0) * every) / answers));
    known.set(key, same);
    return same;
  };
};
