import { describe, expect, test } from "vitest";
import type { Sentences } from "./theme-corpus.ts";
import { hasManyWordings } from "./theme-wordings.ts";

// Words from 1,000 on are pairs.
const isPair = Array.from({ length: 1_020 }, (_, id) => id >= 1_000);

const sentencesOf = (...rows: number[][]): Sentences => {
  const starts = Uint32Array.from([0, ...rows.map((_, row) => rows.slice(0, row + 1).flat().length)]);
  const terms = Uint32Array.from(rows.flatMap((row) => row.toSorted((one, other) => one - other)));
  return { count: rows.length, starts, terms, values: new Float32Array(terms.length), comment: new Uint32Array(rows.length) };
};

describe("four sentences", () => {
  test.each<[string, boolean, number[][]]>([
    ["that share no word", true, [[1, 2, 3, 4, 5], [11, 12, 13, 14, 15], [21, 22, 23, 24, 25], [31, 32, 33, 34, 35]]],
    ["that share no word, but whose words have numbers of one sum", true, [[1, 15, 20, 31, 44], [2, 14, 21, 33, 41], [3, 13, 22, 34, 39], [4, 12, 23, 30, 42]]],
    ["that differ in two words", true, [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 7, 8], [1, 2, 3, 4, 9, 10], [1, 2, 3, 4, 11, 12]]],
    ["that differ in one word", false, [[1, 2, 3, 4, 5], [1, 2, 3, 4, 6], [1, 2, 3, 4, 7], [1, 2, 3, 4, 8]]],
    ["that differ in one word, which is not known in one of them", false, [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 7], [1, 2, 3, 4, 5, 8]]],
    ["that differ in one word and the two pairs it makes", false, [6, 7, 8, 9].map((word) => [1, 2, 3, 4, word, 1_000 + word, 1_010 + word])],
    ["that differ in one word of four, whatever pairs they make", true, [6, 7, 8, 9].map((word) => [1, 2, 3, word, 1_001, 1_002])],
    ["that differ in one word of four", true, [[1, 2, 3, 6], [1, 2, 3, 7], [1, 2, 3, 8], [1, 2, 3, 9]]],
  ])("%s: are they four wordings? %s", (_what, isMany, rows) => {
    expect(hasManyWordings(sentencesOf(...rows), { rows: rows.map((_, row) => row), isPair, least: 4 })).toBe(isMany);
  });
});
