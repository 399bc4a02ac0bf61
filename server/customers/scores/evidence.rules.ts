import type { EvidenceName } from "./scores.contract.ts";
import { z95 } from "./normal.rules.ts";

/** Says how far a score may be trusted by its count alone.
 *  Source: rules of thumb of survey practice (under 10 anecdotal, 10–30 tentative, over 100 per key group). */
export const evidenceOf = (count: number): EvidenceName => {
  if (count === 0) return "none";
  if (count < comparedMin) return "anecdotal";
  if (count < 30) return "indicative";
  return count < 100 ? "limited" : "normal";
};

/** Fewer answers on either side of a comparison are anecdotes: what they differ by is shown, and never called a difference. */
export const comparedMin = 10;

/** Variance of a typical net promoter answer (+1, 0, −1) to plan with before there are answers of one's own. */
export const typicalNpsVariance = 0.7;

/** z for 80 % power. */
const z80 = 0.8416212335729143;

/** Answers needed so that the 95 % interval of a net promoter score is at most ± so many points.
 *  Source: n = z² variance / margin², measuringu.com/nps-ci-sample-size. */
export const countForMargin = (marginPoints: number, variance = typicalNpsVariance): number =>
  Math.ceil((z95 ** 2 * variance) / (marginPoints / 100) ** 2);

/** Answers needed per group to see a difference of so many points with 80 % power at 5 %, two-sided. */
export const countForDifference = (differencePoints: number, variance = typicalNpsVariance): number =>
  Math.ceil(((z95 + z80) ** 2 * 2 * variance) / (differencePoints / 100) ** 2);
