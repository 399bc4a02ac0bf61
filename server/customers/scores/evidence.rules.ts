import type { EvidenceName } from "./scores.contract.ts";

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
