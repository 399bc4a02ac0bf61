import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";

export type Rate = { numerator: number; denominator: number; share: number | null; low: number | null; high: number | null };

/** A share with its Wilson interval and what it is a share of. */
export function rateOf(numerator: number, denominator: number): Rate {
  const interval = wilsonInterval(numerator, denominator);
  return { numerator, denominator, share: denominator === 0 ? null : numerator / denominator, low: interval?.low ?? null, high: interval?.high ?? null };
}
