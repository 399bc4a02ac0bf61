// Why a text was read as it was. The scores are sums, so every word's part in them is known exactly.
import { CLASS_OF, LETTER, WIDE } from "./bytes.ts";
import type { Correction } from "./corrections.ts";
import { correctionWeight } from "./corrections.ts";
import { Features, PIECE } from "./features.ts";
import { LANES } from "./kernel.ts";
import type { Model } from "./model.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, NEGATIVE_LANE, POSITIVE_LANE, URGENT_LANE } from "./model.ts";
import type { Emotion, Evidence, Need } from "./reading.ts";
import { EMOTIONS, NEEDS } from "./reading.ts";

/** Which result to explain: sentiment (positive weights: good), a need, an emotion, or urgency. */
export type What = "sentiment" | "urgent" | Need | Emotion;

const EVIDENCE_MAX = 8;
const PIECE_WEIGHT = 0.5;

/** How much the weights of each lane count for a result. */
type Direction = { lane: number; sign: number }[];

const directionOf = (what: What): Direction => {
  if (what === "sentiment") return [POSITIVE_LANE, NEGATIVE_LANE].map((lane) => ({ lane, sign: lane === POSITIVE_LANE ? 1 : -1 }));
  if (what === "urgent") return [{ lane: URGENT_LANE, sign: 1 }];
  const need = NEEDS.findIndex((name) => name === what);
  return [{ lane: need >= 0 ? FIRST_NEED_LANE + need : FIRST_EMOTION_LANE + EMOTIONS.findIndex((name) => name === what), sign: 1 }];
};

/** @returns the words with the largest weights, strongest first, at most eight */
export const explainScores = (model: Model, text: string, what: What, correction?: Correction): Evidence[] => {
  const bytes = new TextEncoder().encode(text);
  const features = new Features();
  features.read(bytes, 0, bytes.length);
  const share = shareByByte(model, features, bytes.length, directionOf(what), correction);
  return wordsOf(bytes, share)
    .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, EVIDENCE_MAX)
    .filter(({ weight }) => Math.abs(weight) > 0.01);
};

/** Each feature's weight, spread over the bytes that it stands for. */
const shareByByte = (model: Model, features: Features, size: number, direction: Direction, correction?: Correction): Float64Array => {
  const share = new Float64Array(size);
  const { scale } = model.header;
  const shift = 32 - model.header.bits;
  let square = 0;
  for (let at = 0; at < features.count; at++) square += features.kind[at] === PIECE ? PIECE_WEIGHT ** 2 : 1;
  for (let at = 0; at < features.count; at++) {
    const hash = features.hash[at] ?? 0;
    const row = (hash >>> shift) * LANES;
    let weight = 0;
    for (const { lane, sign } of direction) weight += sign * ((model.main.weights[row + lane] ?? 0) * (scale[lane] ?? 0) + (correction === undefined ? 0 : correctionWeight(correction, hash, lane)));
    const [from, to] = [features.from[at] ?? 0, features.to[at] ?? 0];
    const part = ((features.kind[at] === PIECE ? PIECE_WEIGHT : 1) * weight) / Math.sqrt(square) / (to - from);
    for (let place = from; place < to; place++) share[place] = (share[place] ?? 0) + part;
  }
  return share;
};

/** Sums up the bytes of each word, and finds its place in the string. */
const wordsOf = (bytes: Uint8Array, share: Float64Array): Evidence[] => {
  const words: Evidence[] = [];
  let word: Evidence | null = null;
  let unit = 0;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    const isFirst = (byte & 0xc0) !== 0x80;
    const isWord = CLASS_OF[byte] === LETTER || CLASS_OF[byte] === WIDE || byte === 39;
    if (isFirst && !isWord) word = null;
    else if (word === null) words.push((word = { from: unit, to: unit, weight: 0 }));
    // A character of four bytes is two units of the string.
    if (isFirst) unit += byte >= 0xf0 ? 2 : 1;
    if (word === null) continue;
    word.weight += share[place] ?? 0;
    word.to = unit;
  }
  return words;
};
