import { expect, test } from "vitest";
import { CueFinder } from "./cue-finder.ts";
import { readCueSet } from "./cue-symbols.ts";
import { compilePattern } from "./pattern-program.ts";

const halves = [
  ["@", "\\d\\.\\d{1,3}\\.\\d{1,3}\\.\\d", "(?:^|\n)\\s{0,3}(?:Hi|Hello)\\s[A-Z\u0080-\uffff]", "(?:app|card)(?:\\W|$)"],
  ["[a-z,]\\s(?:[A-Z][a-z]+\\s)+Hotel", "x{3,5}y", "q[^a-f\\d]\\?", "straße\\s?\\d", "(?:a{2,}|é)b"],
];
const parts = ["@", "1", "23", ".", "444", " ", "Hi", "Hello", "Hello A", "\n", "app", "card", "apple", "é", "😀", "Grand", "Hotel", ",", "a", "b", "x", "xxx", "y", "q", "?", "g", "7", "Hi ", "straße", "\u00a0", "aab", "_"];

const mixedTexts = function* (count: number): Generator<string> {
  let seed = 7;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < count; round += 1) yield Array.from({ length: 1 + next(10) }, () => parts[next(parts.length)]).join("");
};

test.each([8_192, 60])("cues are seen where an expression finds them, with room for %i rows of what is known", (rowsMax) => {
  const finder = new CueFinder(halves, rowsMax);
  const expressions = halves.map((cues) => cues.map((cue) => new RegExp(cue)));
  let found = 0;
  for (const text of mixedTexts(6_000)) {
    finder.findInOne(text);
    for (const half of [0, 1] as const) {
      const expected = expressions[half]?.reduce((bits, cue, place) => bits | (cue.test(text) ? 1 << place : 0), 0) ?? 0;
      const seen = finder.seenIn(0, half);
      // Of characters beyond ASCII each may be any, so that more is seen.
      expect(/[^\0-\x7f]/.test(text) ? seen & expected : seen, text).toBe(expected);
      if (expected !== 0) found += 1;
    }
  }
  expect(found).toBeGreaterThan(2_000);
});

test.each([8_192, 20])("texts of a batch are looked into each by itself, with room for %i rows of what is known", (rowsMax) => {
  const finder = new CueFinder(halves, rowsMax);
  const texts = [...mixedTexts(300)];
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  let end = 0;
  const offsets = Uint32Array.from([0, ...encoded.map(({ length }) => (end += length))]);

  finder.findInBatch(texts.length, { bytes: Uint8Array.from(encoded.flatMap((text) => [...text])), offsets });

  const seen = texts.map((_, text) => [finder.seenIn(text, 0), finder.seenIn(text, 1)]);
  const alone = new CueFinder(halves);
  expect(seen).toEqual(texts.map((text) => (alone.findInOne(text), [alone.seenIn(0, 0), alone.seenIn(0, 1)])));
});

test.each(["a.b", "\\w", "\\p{L}", "(?=a)", "[a", "a{2"])("the cue %j is not guessed", (cue) => {
  expect(() => compilePattern(cue, readCueSet)).toThrow(Error);
});

test("no more cues are taken than there are bits for them", () => {
  expect(() => new CueFinder([Array.from({ length: 33 }, () => "a"), []])).toThrow("at once");
});
