// Two periods in which many of the same customers answered: their answers are no independent samples.
import { leastVariance } from "./intervals.rules.ts";
import { twoSidedStudentP } from "./student.rules.ts";
import type { Comparison } from "./comparisons.rules.ts";

/** Sums over customers who are known: n answers and s their sum of scores, in the period (now) and the one before; q sums squared scores of single answers. */
export type CustomerSums = {
  customers: number; both: number; customersNow: number; customersBefore: number;
  n1: number; s1: number; q1: number; n0: number; s0: number; q0: number;
  n1n1: number; s1n1: number; s1s1: number; n0n0: number; s0n0: number; s0s0: number;
  n1n0: number; n1s0: number; s1n0: number; s1s0: number;
};

/** How a change is tested where many answered twice. `spread`: variance of the difference with each customer as one, over that of as many strangers.
 *  `degrees` of freedom: of the period of fewer customers, since the others say nothing of how these vary. */
export type SameCustomers = { both: number; customers: number; spread: number; degrees: number };

/** A period shares so many of its customers with the other, and so many of all answers are of known customers, at least, before they are compared with
 *  themselves: below, it hardly changes the error, and a few would speak for all. */
const sharedMin = 0.3;
const bothMin = 10;

/** Compares the variance of the difference of two means where answers of one customer belong together with that of independent answers. With one answer of each
 *  customer in both periods it is the variance of their own differences (paired test); else it is linearised and clustered by customer.
 *  @param span from one end of what a score can be to the other  @param knownShare of the answers that are of known customers, 0-1; others are strangers
 *  @returns null where under three in ten of the customers of the smaller period answered in both, or as few of the answers are of known customers
 *  Source: Liang & Zeger, Biometrika 1986; Cameron & Miller, Journal of Human Resources 2015 (clusters, factor C / (C − 1)). */
export const compareCustomers = (sums: CustomerSums, span: number, knownShare: number): SameCustomers | null => {
  const { customers, both, n1, s1, q1, n0, s0, q0 } = sums;
  const fewer = Math.min(sums.customersNow, sums.customersBefore);
  if (both < bothMin || both < sharedMin * fewer || knownShare < sharedMin) return null;
  const [m1, m0] = [s1 / n1, s0 / n0];
  const own = (n: number, s: number, m: number, squares: { nn: number; sn: number; ss: number }): number => (squares.ss - 2 * m * squares.sn + m * m * squares.nn) / (n * n);
  const now = own(n1, s1, m1, { nn: sums.n1n1, sn: sums.s1n1, ss: sums.s1s1 });
  const before = own(n0, s0, m0, { nn: sums.n0n0, sn: sums.s0n0, ss: sums.s0s0 });
  const cross = (sums.s1s0 - m0 * sums.s1n0 - m1 * sums.n1s0 + m0 * m1 * sums.n1n0) / (n1 * n0);
  const clustered = Math.max(((now + before - 2 * cross) * customers) / (customers - 1), leastVariance(span, both) / both);
  const strangers = (q1 / n1 - m1 * m1) / Math.max(1, n1 - 1) + (q0 / n0 - m0 * m0) / Math.max(1, n0 - 1);
  if (!(strangers > 0)) return null;
  return { both, customers, spread: knownShare * (clustered / strangers) + 1 - knownShare, degrees: fewer - 1 };
};

/** A test of strangers as one of customers who answered twice. */
export const testSameCustomers = (test: Comparison, { spread, degrees }: Pick<SameCustomers, "spread" | "degrees">): Comparison => {
  const z = test.z / Math.sqrt(spread);
  return { ...test, z, p: twoSidedStudentP(z, degrees) };
};
