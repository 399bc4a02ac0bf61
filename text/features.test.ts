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

const LANGUAGE_BITS = 8;
const languages = weights.slice(1_000, 1_000 + (LANES << LANGUAGE_BITS));

const texts = [...makeTexts(1_000), ...readRealTexts(20)].map((text) => encoder.encode(text));

const openKernel = (): Kernel => {
  const kernel = new Kernel(readFileSync(new URL("kernel.wasm", import.meta.url)), [{ bits: BITS, weights }, { bits: LANGUAGE_BITS, weights: languages }]);
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
  const { rows, parts } = openKernel().sums(texts.length);

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

test.each([128, 20, 1])("the row of a language has the features of the first %i bytes alone, and changes no other row", (first) => {
  const plain = openKernel().sums(texts.length);
  const { rows, parts, languages: found } = openKernel().sumsAndLanguages(texts.length, first);
  expect([parts, rows]).toEqual([plain.parts, plain.rows]);

  const features = new Features();
  texts.forEach((text, index) => {
    features.read(text, 0, Math.min(first, text.length));
    features.part.fill(0, 0, features.count);
    const expected = features.count === 0 ? Array.from({ length: ROW }, () => 0) : sumsOf(features, { table: languages, bits: LANGUAGE_BITS, parts: 1 });
    expect([...found.subarray(index * ROW, (index + 1) * ROW)], new TextDecoder().decode(text).slice(0, 80)).toEqual(expected);
  });
});

test("the kernel lists the features of a text as the plain reader finds them", () => {
  const kernel = openKernel();
  const features = new Features();
  texts.forEach((text, index) => {
    features.read(text, 0, text.length);
    const expected = Uint32Array.from({ length: features.count }, (_, at) => ((features.hash[at] ?? 0) & ~1) | (features.kind[at] === PIECE ? 1 : 0));
    expect(Buffer.compare(Buffer.from(kernel.listFeatures(index).slice().buffer), Buffer.from(expected.buffer)), new TextDecoder().decode(text).slice(0, 80)).toBe(0);
  });
});

const sumsOf = (features: Features, { table, bits, parts } = { table: weights, bits: BITS, parts: features.parts }): number[] => {
  const sums = Array.from({ length: parts * ROW }, () => 0);
  for (let at = 0; at < features.count; at++) {
    const from = (features.part[at] ?? 0) * ROW;
    const row = ((features.hash[at] ?? 0) >>> (32 - bits)) * LANES;
    const isPiece = features.kind[at] === PIECE;
    for (let lane = 0; lane < LANES; lane++) sums[from + lane] = (sums[from + lane] ?? 0) + (table[row + lane] ?? 0) / (isPiece ? 2 : 1);
    const counted = from + (isPiece ? PIECES_AT : WORDS_AT);
    sums[counted] = (sums[counted] ?? 0) + 1;
  }
  return sums;
};
