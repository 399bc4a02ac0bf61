// A workspace's own corrections: a small table of differences, added to what the model says. Trained anew from all corrections each
// time, never bit by bit, so that the same corrections give the same table and none is forgotten.
import { LANES } from "./kernel.ts";
import type { Scores } from "./scores.ts";

export const CORRECTION_BITS = 16;
const SHIFT = 32 - CORRECTION_BITS;
const PIECE_WEIGHT = 0.5;

/** Differences by row: row r has LANES values at values[place[r] * LANES]; place 0 means the row has none. */
export type Correction = { place: Uint16Array; values: Float32Array; bias: Float32Array };

export const correctionWeight = ({ place, values }: Correction, hash: number, lane: number): number => {
  const at = place[hash >>> SHIFT] ?? 0;
  return at === 0 ? 0 : (values[at * LANES + lane] ?? 0);
};

/** Adds the workspace's differences to the scores of a text, to the whole and to its parts alike.
 *  @param features as the kernel lists them */
export const addCorrections = (scores: Scores, features: Uint32Array, correction: Correction): void => {
  const { place, values, bias } = correction;
  const { from, to } = lanesOf(correction);
  sums.fill(0);
  let square = 1e-9;
  for (let at = 0; at < features.length; at++) {
    const feature = features[at] ?? 0;
    const weight = (feature & 1) === 1 ? PIECE_WEIGHT : 1;
    square += weight * weight;
    const row = (place[feature >>> SHIFT] ?? 0) * LANES;
    if (row === 0) continue;
    for (let lane = from; lane < to; lane++) sums[lane] = (sums[lane] ?? 0) + weight * (values[row + lane] ?? 0);
  }
  const length = 1 / Math.sqrt(square);
  for (let lane = from; lane < to; lane++) {
    const difference = (sums[lane] ?? 0) * length + (bias[lane] ?? 0);
    scores.whole[lane] = (scores.whole[lane] ?? 0) + difference;
    scores.most[lane] = (scores.most[lane] ?? 0) + difference;
    for (let part = 0; part < scores.parts; part++) scores.byPart[part * LANES + lane] = (scores.byPart[part * LANES + lane] ?? 0) + difference;
  }
};

const sums = new Float64Array(LANES);
const known = new WeakMap<Correction, Lanes>();

type Lanes = { from: number; to: number };

/** From the first to the last lane about which anything was learnt: people who set only feelings right say nothing of the rest. */
const lanesOf = (correction: Correction): Lanes => {
  const found = known.get(correction);
  if (found !== undefined) return found;
  const { values, bias } = correction;
  const isHeld = (lane: number): boolean => {
    if (bias[lane] !== 0) return true;
    for (let at = lane; at < values.length; at += LANES) if (values[at] !== 0) return true;
    return false;
  };
  const held = Array.from({ length: LANES }, (_, lane) => lane).filter(isHeld);
  const lanes = { from: held[0] ?? 0, to: (held.at(-1) ?? -1) + 1 };
  known.set(correction, lanes);
  return lanes;
};
