import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PARTS_MAX } from "./features.ts";
import { Kernel, LANES, PIECES_AT, ROW, WORDS_AT } from "./kernel.ts";
import { parseModel } from "./model.ts";
import { readRealTexts } from "./real-texts.make.ts";
import { anyPart, anyPartAtMost, makeScores, scoreText } from "./scores.ts";
import { makeTexts } from "./texts.make.ts";

const { main, header } = parseModel(readFileSync(new URL("model.bin", import.meta.url)));

/** Sums over the square root of how many there were: pieces of words weigh a half, so that their squares weigh a quarter. */
const logitsOf = (sums: readonly number[], counts: { words: number; pieces: number }): number[] => {
  const length = sums.length === 0 ? 0 : 1 / Math.sqrt(counts.words + 0.25 * counts.pieces);
  return Array.from({ length: LANES }, (_, lane) => (sums[lane] ?? 0) * length + (header.bias[lane] ?? 0));
};

test("logits are made of the sums of each part, the highest of them and those of the whole text", () => {
  const texts = [...makeTexts(300), ...readRealTexts(20)].map((text) => new TextEncoder().encode(text));
  const kernel = new Kernel(readFileSync(new URL("kernel.wasm", import.meta.url)), [main], header);
  const { bytes, offsets } = kernel.batch(texts.length, texts.reduce((sum, text) => sum + text.length, 0));
  let [place, row] = [0, 0];
  texts.forEach((text, index) => {
    bytes.set(text, place);
    offsets[index + 1] = place += text.length;
  });
  const { rows, parts } = kernel.sums(texts.length);
  const scores = makeScores(1);

  for (const count of parts) {
    scoreText(kernel, row, count, scores);

    const own = Array.from({ length: count }, () => rows.subarray(row * ROW, ++row * ROW));
    const sumsOf = (part: Int32Array): number[] => Array.from({ length: LANES }, (_, lane) => (part[lane] ?? 0) * (header.scale[lane] ?? 0));
    const addUp = (at: number): number => own.reduce((sum, part) => sum + (part[at] ?? 0), 0);
    const byPart = own.map((part) => logitsOf(sumsOf(part), { words: part[WORDS_AT] ?? 0, pieces: part[PIECES_AT] ?? 0 }));
    const added = own.map(sumsOf).reduce<number[]>((sums, part) => part.map((sum, lane) => (sums[lane] ?? 0) + sum), []);
    const whole = logitsOf(added, { words: addUp(WORDS_AT), pieces: addUp(PIECES_AT) });
    expect([...scores.whole]).toEqual(whole);
    expect([...scores.most]).toEqual(count === 0 ? whole : whole.map((_, lane) => Math.max(...byPart.map((part) => part[lane] ?? 0))));
    expect([...scores.byPart.subarray(0, count * LANES)]).toEqual(byPart.flat());
    expect(scores.parts).toBe(count);
  }
});

test("what any part says at most is never less than what any part says", () => {
  const scores = makeScores(PARTS_MAX);
  let seed = 3;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  let [below, above] = [0, 0];
  for (let round = 0; round < 20_000; round += 1) {
    scores.parts = Math.floor(next() ** 2 * (PARTS_MAX + 1));
    scores.whole[0] = next() - 0.5;
    const middle = next() * 12 - 9;
    const own = Array.from({ length: scores.parts }, (_, part) => (scores.byPart[part * LANES] = middle + (next() - 0.5) * 4));
    scores.most[0] = scores.parts === 0 ? (scores.whole[0] ?? 0) : Math.max(...own);
    const [exact, bound] = [anyPart(scores, 0), anyPartAtMost(scores, 0)];
    expect(bound).toBeGreaterThanOrEqual(exact - 1e-9);
    if (bound > exact) below += 1;
    else above += 1;
  }
  expect(Math.min(below, above)).toBeGreaterThan(1_000);
});
