import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Features, PIECE } from "./features.ts";
import { Kernel, LANES, PIECES_AT, ROW, WORDS_AT } from "./kernel.ts";
import { readRealTexts } from "./real-texts.make.ts";
import { makeTexts } from "./texts.make.ts";

const BITS = 10;
const encoder = new TextEncoder();
// Even weights: the kernel halves what pieces of words add up to, and rounds when it empties its 16-bit sums.
const weights = Int8Array.from({ length: LANES << BITS }, (_, place) => 2 * (((place * 2654435761) >>> 13) % 60) - 58);

test("the kernel adds up the weights of exactly the features that the plain reader finds", () => {
  const texts = [...makeTexts(1_000), ...readRealTexts(20)].map((text) => encoder.encode(text));
  const kernel = new Kernel(readFileSync(new URL("kernel.wasm", import.meta.url)), [{ bits: BITS, weights }]);
  const batch = kernel.batch(texts.length, texts.reduce((sum, text) => sum + text.length, 0));
  let place = 0;
  texts.forEach((text, index) => {
    batch.bytes.set(text, place);
    place += text.length;
    batch.offsets[index + 1] = place;
  });

  const { rows, parts } = kernel.sums(texts.length, 0);

  const features = new Features();
  let row = 0;
  texts.forEach((text, index) => {
    features.read(text, 0, text.length);
    expect(parts[index], new TextDecoder().decode(text).slice(0, 80)).toBe(features.parts);
    const expected = sumsOf(features);
    expect([...rows.subarray(row * ROW, (row + features.parts) * ROW)]).toEqual(expected);
    row += features.parts;
  });
});

const sumsOf = (features: Features): number[] => {
  const sums = Array.from({ length: features.parts * ROW }, () => 0);
  for (let at = 0; at < features.count; at++) {
    const from = (features.part[at] ?? 0) * ROW;
    const row = ((features.hash[at] ?? 0) >>> (32 - BITS)) * LANES;
    const isPiece = features.kind[at] === PIECE;
    for (let lane = 0; lane < LANES; lane++) sums[from + lane] = (sums[from + lane] ?? 0) + (weights[row + lane] ?? 0) / (isPiece ? 2 : 1);
    const counted = from + (isPiece ? PIECES_AT : WORDS_AT);
    sums[counted] = (sums[counted] ?? 0) + 1;
  }
  return sums;
};
