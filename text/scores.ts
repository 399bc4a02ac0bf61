// From the sums of the kernel to logits per text: the whole text and its strongest part, lane by lane.
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
