import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";

/** Final dispositions of a sample. */
export type Dispositions = { complete: number; partial: number; refusal: number; nonContact: number; other: number; unknownEligibility: number };

export type ResponseRates = { rr1: number | null; rr2: number | null; rr3: number | null; rr4: number | null; rr5: number | null; rr6: number | null };

/** Response rates 1–6. Even ones count partial interviews as answered; 1 and 2 take every case of unknown eligibility as eligible, 3 and 4 the
 *  share `eligibleShare` of them, 5 and 6 none.
 *  @param eligibleShare estimated share of the unknown cases that is eligible, 0–1
 *  @returns shares 0…1; null without a denominator
 *  Source: AAPOR, Standard Definitions, 10th edition, 2023. */
export function responseRates(cases: Dispositions, eligibleShare: number): ResponseRates {
  const known = cases.complete + cases.partial + cases.refusal + cases.nonContact + cases.other;
  const rate = (numerator: number, unknown: number): number | null => (known + unknown === 0 ? null : numerator / (known + unknown));
  const answered = cases.complete + cases.partial;
  const unknown = cases.unknownEligibility;
  return {
    rr1: rate(cases.complete, unknown), rr2: rate(answered, unknown),
    rr3: rate(cases.complete, eligibleShare * unknown), rr4: rate(answered, eligibleShare * unknown),
    rr5: rate(cases.complete, 0), rr6: rate(answered, 0),
  };
}

export type Rate = { numerator: number; denominator: number; share: number | null; low: number | null; high: number | null };

/** A share with its Wilson interval and what it is a share of. */
export function rateOf(numerator: number, denominator: number): Rate {
  const interval = wilsonInterval(numerator, denominator);
  return { numerator, denominator, share: denominator === 0 ? null : numerator / denominator, low: interval?.low ?? null, high: interval?.high ?? null };
}
