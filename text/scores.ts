// From the sums of the kernel to logits per text: the whole text and its strongest part, lane by lane.
import { LANES, PIECES_AT, ROW, WORDS_AT } from "./kernel.ts";
import type { ModelHeader } from "./model.ts";

export type Scores = {
  /** Logits of the whole text. */
  whole: Float64Array;
  /** The highest logit of any part, lane by lane. */
  most: Float64Array;
  /** Logits of the parts, LANES each; only the first `parts` are of this text. */
  byPart: Float64Array;
  parts: number;
  words: number;
};

const PIECE_SQUARE = 0.25;

export const makeScores = (partsMax: number): Scores => ({ whole: new Float64Array(LANES), most: new Float64Array(LANES), byPart: new Float64Array(LANES * partsMax), parts: 0, words: 0 });

/** Fills `scores` from `parts` rows of the kernel; nothing is allocated. */
export const scoreText = (rows: Int32Array, firstRow: number, parts: number, header: Pick<ModelHeader, "scale" | "bias">, scores: Scores): void => {
  const { whole, most, byPart } = scores;
  let [words, pieces] = [0, 0];
  whole.fill(0);
  for (let part = 0; part < parts; part++) {
    const row = (firstRow + part) * ROW;
    const partWords = rows[row + WORDS_AT] ?? 0;
    const partPieces = rows[row + PIECES_AT] ?? 0;
    const length = 1 / Math.sqrt(partWords + PIECE_SQUARE * partPieces);
    for (let lane = 0; lane < LANES; lane++) {
      const sum = (rows[row + lane] ?? 0) * (header.scale[lane] ?? 0);
      const logit = sum * length + (header.bias[lane] ?? 0);
      whole[lane] = (whole[lane] ?? 0) + sum;
      byPart[part * LANES + lane] = logit;
      if (part === 0 || logit > (most[lane] ?? 0)) most[lane] = logit;
    }
    words += partWords;
    pieces += partPieces;
  }
  const length = parts === 0 ? 0 : 1 / Math.sqrt(words + PIECE_SQUARE * pieces);
  for (let lane = 0; lane < LANES; lane++) whole[lane] = (whole[lane] ?? 0) * length + (header.bias[lane] ?? 0);
  if (parts === 0) most.set(whole);
  scores.parts = parts;
  scores.words = words;
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
