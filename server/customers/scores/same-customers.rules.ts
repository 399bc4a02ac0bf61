// Two periods in which many of the same customers answered: their answers are no independent samples.
import { leastVariance } from "./intervals.rules.ts";
import { twoSidedStudentP } from "./student.rules.ts";
import { estimateWeighted, type Moments } from "./weighting.rules.ts";
import type { Comparison } from "./comparisons.rules.ts";

/** Sums over customers who are known, in the period (1) and the one before (0): `c` answers; of their weights, which may all be 1, and scores `w` is Σw, `s` Σws,
 *  `e` Σw², `v` Σw²s and `q` Σw²s². Products such as `s1w0` are summed over customers, each with all their answers of a period as one. */
export type CustomerSums = {
  customers: number; both: number; customersNow: number; customersBefore: number;
  c1: number; w1: number; s1: number; e1: number; v1: number; q1: number;
  c0: number; w0: number; s0: number; e0: number; v0: number; q0: number;
  w1w1: number; s1w1: number; s1s1: number; w0w0: number; s0w0: number; s0s0: number;
  w1w0: number; w1s0: number; s1w0: number; s1s0: number;
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
  const { customers, both, w1, s1, w0, s0 } = sums;
  const fewer = Math.min(sums.customersNow, sums.customersBefore);
  if (both < bothMin || both < sharedMin * fewer || knownShare < sharedMin) return null;
  const [m1, m0] = [s1 / w1, s0 / w0];
  const own = (w: number, m: number, squares: { ww: number; sw: number; ss: number }): number => (squares.ss - 2 * m * squares.sw + m * m * squares.ww) / (w * w);
  const now = own(w1, m1, { ww: sums.w1w1, sw: sums.s1w1, ss: sums.s1s1 });
  const before = own(w0, m0, { ww: sums.w0w0, sw: sums.s0w0, ss: sums.s0s0 });
  const cross = (sums.s1s0 - m0 * sums.s1w0 - m1 * sums.w1s0 + m0 * m1 * sums.w1w0) / (w1 * w0);
  const clustered = Math.max(((now + before - 2 * cross) * customers) / (customers - 1), leastVariance(span, both) / both);
  const strangers = varianceOf({ count: sums.c1, weights: w1, squaredWeights: sums.e1, weightedScores: s1, squaredWeightsScores: sums.v1, squaredWeightedScores: sums.q1 })
    + varianceOf({ count: sums.c0, weights: w0, squaredWeights: sums.e0, weightedScores: s0, squaredWeightsScores: sums.v0, squaredWeightedScores: sums.q0 });
  if (!(strangers > 0)) return null;
  return { both, customers, spread: knownShare * (clustered / strangers) + 1 - knownShare, degrees: fewer - 1 };
};

const varianceOf = (moments: Moments): number => (estimateWeighted(moments)?.standardError ?? 0) ** 2;

/** What a customer did in two periods, and how many customers did just that: of those asked how many answered. */
export type AskedTwice = { asked1: number; answered1: number; asked0: number; answered0: number; customers: number };

/** The sums of shares in percent, each answer of weight 1. */
export const sumAskedTwice = (patterns: readonly AskedTwice[]): CustomerSums => {
  const sum = (of: (one: AskedTwice) => number): number => patterns.reduce((total, one) => total + one.customers * of(one), 0);
  const [c1, c0, a1, a0] = [sum((one) => one.asked1), sum((one) => one.asked0), sum((one) => one.answered1), sum((one) => one.answered0)];
  const ofPeriod = (n: number, answered: number) => ({ c: n, w: n, s: 100 * answered, e: n, v: 100 * answered, q: 10_000 * answered });
  const [now, before] = [ofPeriod(c1, a1), ofPeriod(c0, a0)];
  return {
    customers: sum(() => 1), both: sum((one) => (one.asked1 > 0 && one.asked0 > 0 ? 1 : 0)), customersNow: sum((one) => (one.asked1 > 0 ? 1 : 0)), customersBefore: sum((one) => (one.asked0 > 0 ? 1 : 0)),
    c1: now.c, w1: now.w, s1: now.s, e1: now.e, v1: now.v, q1: now.q, c0: before.c, w0: before.w, s0: before.s, e0: before.e, v0: before.v, q0: before.q,
    w1w1: sum((one) => one.asked1 ** 2), s1w1: 100 * sum((one) => one.answered1 * one.asked1), s1s1: 10_000 * sum((one) => one.answered1 ** 2),
    w0w0: sum((one) => one.asked0 ** 2), s0w0: 100 * sum((one) => one.answered0 * one.asked0), s0s0: 10_000 * sum((one) => one.answered0 ** 2),
    w1w0: sum((one) => one.asked1 * one.asked0), w1s0: 100 * sum((one) => one.asked1 * one.answered0), s1w0: 100 * sum((one) => one.answered1 * one.asked0), s1s0: 10_000 * sum((one) => one.answered1 * one.answered0),
  };
};

/** What one customer answered on one day: how many answers, what their scores come to, and the squares of these. Days are counted from 1 January 1970. */
export type CustomerDay = { customer: number; day: number; count: number; score: number; squared: number };
type Days = { from: number; end: number };

/** The sums of two stretches of days, both ends counted, each answer of weight 1.
 *  @param days of both stretches and maybe others, a customer's days behind each other */
export const sumCustomerDays = (days: readonly CustomerDay[], now: Days, before: Days): CustomerSums => {
  const sums = { ...noSums };
  for (let at = 0; at < days.length; ) {
    const { customer = 0 } = days[at] ?? {};
    let [c1, s1, c0, s0] = [0, 0, 0, 0];
    for (; at < days.length && days[at]?.customer === customer; at += 1) {
      const { day = 0, count = 0, score = 0, squared = 0 } = days[at] ?? {};
      if (day >= now.from && day <= now.end) [c1, s1, sums.q1] = [c1 + count, s1 + score, sums.q1 + squared];
      else if (day >= before.from && day <= before.end) [c0, s0, sums.q0] = [c0 + count, s0 + score, sums.q0 + squared];
    }
    if (c1 + c0 > 0) addCustomer(sums, { c1, s1, c0, s0 });
  }
  // What all weigh 1 the sums of weights and of their squares are counts.
  return { ...sums, w1: sums.c1, e1: sums.c1, v1: sums.s1, w0: sums.c0, e0: sums.c0, v0: sums.s0 };
};

const noSums: CustomerSums = {
  customers: 0, both: 0, customersNow: 0, customersBefore: 0, c1: 0, w1: 0, s1: 0, e1: 0, v1: 0, q1: 0, c0: 0, w0: 0, s0: 0, e0: 0, v0: 0, q0: 0,
  w1w1: 0, s1w1: 0, s1s1: 0, w0w0: 0, s0w0: 0, s0s0: 0, w1w0: 0, w1s0: 0, s1w0: 0, s1s0: 0,
};

const addCustomer = (sums: CustomerSums, { c1, s1, c0, s0 }: { c1: number; s1: number; c0: number; s0: number }): void => {
  sums.customers += 1;
  sums.customersNow += c1 > 0 ? 1 : 0;
  sums.customersBefore += c0 > 0 ? 1 : 0;
  sums.both += c1 > 0 && c0 > 0 ? 1 : 0;
  sums.c1 += c1;
  sums.s1 += s1;
  sums.c0 += c0;
  sums.s0 += s0;
  sums.w1w1 += c1 * c1;
  sums.s1w1 += s1 * c1;
  sums.s1s1 += s1 * s1;
  sums.w0w0 += c0 * c0;
  sums.s0w0 += s0 * c0;
  sums.s0s0 += s0 * s0;
  sums.w1w0 += c1 * c0;
  sums.w1s0 += c1 * s0;
  sums.s1w0 += s1 * c0;
  sums.s1s0 += s1 * s0;
};

/** A test of strangers as one of customers who answered twice. */
export const testSameCustomers = (test: Comparison, { spread, degrees }: Pick<SameCustomers, "spread" | "degrees">): Comparison => {
  const z = test.z / Math.sqrt(spread);
  return { ...test, z, p: twoSidedStudentP(z, degrees) };
};
