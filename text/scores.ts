// From the sums of the kernel to logits per text: the whole text and its strongest part, lane by lane.
import { PARTS_MAX } from "./features.ts";
import { LANES, type Kernel } from "./kernel.ts";

export type Scores = {
  /** Logits of the whole text. */
  whole: Float64Array;
  /** The highest logit of any part, lane by lane. */
  most: Float64Array;
  /** Logits of the parts, LANES each; only the first `parts` are of this text. */
  byPart: Float64Array;
  parts: number;
};

export const makeScores = (partsMax: number): Scores => ({ whole: new Float64Array(LANES), most: new Float64Array(LANES), byPart: new Float64Array(LANES * partsMax), parts: 0 });

/** Fills `scores` from `parts` rows of the kernel; they hold until the next text. */
export const scoreText = (kernel: Kernel, firstRow: number, parts: number, scores: Scores): void => {
  kernel.logits(firstRow, parts);
  scores.whole = kernel.whole;
  scores.most = kernel.most;
  scores.byPart = kernel.byPart;
  scores.parts = parts;
};

const LOGIT_MAX = 14;

/** @returns the logit that at least one part says it, as if the parts spoke apart from each other: two that hint at it count more than one */
export const anyPart = ({ whole, byPart, parts }: Scores, lane: number): number => {
  if (parts < 2) return parts === 0 ? (whole[lane] ?? 0) : (byPart[lane] ?? 0);
  // The odds that any says it: the product of all (1 + odds of one) less 1, added up so that small odds are not lost beside the 1.
  let odds = 0;
  for (let place = lane; place < parts * LANES; place += LANES) {
    const one = Math.exp(Math.min(LOGIT_MAX, byPart[place] ?? 0));
    odds += one + odds * one;
  }
  return Math.log(odds);
};

/** No less than `anyPart` gives, without an exponential where no part says it plainly. With n parts and m as the highest logit the odds are at most
 *  (1 + e^m)^n - 1, which is at most n e^m e^((n - 1) e^m); and below 0 e^m is at most 1 / (1 - m). */
export const anyPartAtMost = (scores: Scores, lane: number): number => {
  const { most, parts } = scores;
  const highest = most[lane] ?? 0;
  return parts < 2 || highest > 0 ? anyPart(scores, lane) : highest + (LOG_OF[parts] ?? Infinity) + (parts - 1) / (1 - highest);
};

const LOG_OF = Float64Array.from({ length: PARTS_MAX + 1 }, (_, parts) => Math.log(parts));
