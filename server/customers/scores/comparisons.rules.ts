import { adjustNpsCounts, netPromoterScore, npsStandardError, type NpsCounts } from "./intervals.rules.ts";
import { twoSidedStudentP, welchDegrees } from "./student.rules.ts";

/** A value with its error; `degrees` of freedom where the error was estimated from the spread of few answers, else as good as known. */
export type Estimate = { value: number; standardError: number; degrees?: number };

export type Comparison = { difference: number; z: number; p: number };

/** Tests whether two independent estimates differ: by Student's distribution with Welch's degrees of freedom, which is the normal one where both
 *  errors are as good as known.
 *  @returns first minus second, in their unit, and in errors as z; null when neither has any spread, since then nothing can be tested */
export const compareEstimates = (first: Estimate, second: Estimate): Comparison | null => {
  const error = Math.hypot(first.standardError, second.standardError);
  if (!(error > 0)) return null;
  const difference = first.value - second.value;
  const z = difference / error;
  return { difference, z, p: twoSidedStudentP(z, welchDegrees(spreadOf(first), spreadOf(second))) };
};

const spreadOf = ({ standardError, degrees = Number.POSITIVE_INFINITY }: Estimate): { variance: number; degrees: number } => ({ variance: standardError ** 2, degrees });

/** Estimate of the net promoter score for a test; `adjusted` adds the three pseudo-answers of the adjusted interval, which
 *  screens use so that test and interval tell the same story (measuringu.com/nps-significance-test). */
export const estimateNps = (counts: NpsCounts, version: "adjusted" | "plain"): Estimate | null => {
  const used = version === "adjusted" ? adjustNpsCounts(counts) : counts;
  const value = netPromoterScore(used);
  return value === null ? null : { value, standardError: npsStandardError(used) };
};

/** Estimate of a share for a test between two of them: one success and one failure added to each side.
 *  @returns share 0…1
 *  Source: Agresti & Caffo, The American Statistician 2000. */
export const estimateShare = (successes: number, count: number): Estimate => {
  const value = (successes + 1) / (count + 2);
  return { value, standardError: Math.sqrt((value * (1 - value)) / (count + 2)) };
};

/** Says which of many tests pass when at most `rate` of the passing ones may be chance.
 *  @param ps two-sided p values in any order; not mutated
 *  @returns one boolean per p value, in the same order
 *  Source: Benjamini & Hochberg, JRSS B 1995. */
export const passesFalseDiscovery = (ps: readonly number[], rate: number): boolean[] => {
  const ordered = ps.toSorted((a, b) => a - b);
  let limit = -1;
  for (const [index, p] of ordered.entries()) {
    if (p <= (rate * (index + 1)) / ordered.length) limit = p;
  }
  return ps.map((p) => p <= limit);
};
