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

const texts = [...makeTexts(1_000), ...readRealTexts(20)].map((text) => encoder.encode(text));

const openKernel = (): Kernel => {
  const kernel = new Kernel(readFileSync(new URL("kernel.wasm", import.meta.url)), [{ bits: BITS, weights }]);
  const batch = kernel.batch(texts.length, texts.reduce((sum, text) => sum + text.length, 0));
  let place = 0;
  texts.forEach((text, index) => {
    batch.bytes.set(text, place);
    place += text.length;
    batch.offsets[index + 1] = place;
  });
  return kernel;
};

test("the kernel adds up the weights of exactly the features that the plain reader finds", () => {
  const { rows, parts } = openKernel().sums(texts.length, 0);

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

test("one row for all parts of a text has the sums of their rows", () => {
  const kernel = openKernel();
  const { rows, parts } = kernel.sums(texts.length, 0);
  const partsOfEach = [...parts];
  let row = 0;
  const expected = partsOfEach.flatMap((count) => {
    const own = Array.from({ length: count }, () => [...rows.subarray(row * ROW, ++row * ROW)]);
    return own.length === 0 ? [] : [Array.from({ length: ROW }, (_, lane) => own.reduce((sum, part) => sum + (part[lane] ?? 0), 0))];
  });

  const all = kernel.sums(texts.length, 0, "all");

  expect(Array.from({ length: all.rows.length / ROW }, (_, text) => [...all.rows.subarray(text * ROW, (text + 1) * ROW)])).toEqual(expected);
  expect(all.parts.every((rows, text) => rows === Math.min(1, partsOfEach[text] ?? 0))).toBe(true);
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
