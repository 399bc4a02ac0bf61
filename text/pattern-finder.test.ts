import { expect, test } from "vitest";
import { PatternFinder, PATTERNS_MAX } from "./pattern-finder.ts";
import { compilePattern } from "./pattern-program.ts";

const patterns = [
  "refund\\w*|log ?in",
  "(?:very |so )?eas(?:y|ier)\\b",
  "\\blate\\b|later than",
  "ad\\b.{0,10}\\bsays",
  "\\d+ (?:days|weeks)?",
  "sa|said|sa[iy]s?",
  "not(?: \\w+){0,2} (?:told|to tell)",
  "n'?t(?: \\w+){0,3} (?:a|the) (?:word|reply)|no one",
  "a+b*c?",
  "up-?to-?date,? please",
];
const parts = ["refund", "refunded", "log in", "login", "very ", "so ", "easy", "easier", "late", "later than", "ad", "says", "sa", "said", "12 days", "3 ", "weeks", "not", "told", "to tell", "me", "n't", "a", "the", "word", "aab", "abc", "up-to-date", "uptodate, please", "no one", " ", ",", ".", "_", "é", "😀", "\u2019", "\n", "\u2028", "SAID", "ſaid"];

const mixedTexts = (count: number): string[] => {
  let seed = 7;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(14) }, () => parts[next(parts.length)]).join(next(3) === 0 ? "" : " "));
};

/** Tried at each place where a word begins, as the finder does; the curly apostrophe counts as the straight one. */
const countByExpression = (text: string, pattern: string): number => {
  const plain = text.replaceAll("\u2019", "'");
  const search = new RegExp(`\\b(?=[a-z\\d])(?:${pattern})`, "gi");
  return plain.match(search)?.length ?? 0;
};

test("patterns are found as often as an expression finds them", () => {
  const finder = new PatternFinder({ patterns, countMax: null, unitsMax: 1_000 });
  let found = 0;
  for (const text of mixedTexts(4_000)) {
    finder.findInOne(text);
    const counts = patterns.map((_, pattern) => finder.counts[pattern] ?? 0);
    expect(counts, text).toEqual(patterns.map((pattern) => countByExpression(text, pattern)));
    found += counts.filter((count) => count > 0).length;
  }
  expect(found).toBeGreaterThan(8_000);
});

test("texts of a batch are looked into alike, and so is what leads to more than there is room for", () => {
  const many = ["o.{0,30}e.{0,30}of.{0,30}q"];
  const finder = new PatternFinder({ patterns: many, countMax: null, unitsMax: 1_000, rowsBytesMax: 50_000 });
  const texts = Array.from({ length: 100 }, (_, seed) => Array.from({ length: 80 }, (__, place) => ["end", "of", "all", "one", "q"][Math.imul(Math.imul(seed + 3, 40_503) ^ (place + 11), 0x9e3779b1) >>> 29] ?? "o").join(" "));
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const bytes = Uint8Array.from(encoded.flatMap((text) => [...text]));
  const offsets = Uint32Array.from([0, ...encoded.map((_, index) => encoded.slice(0, index + 1).reduce((sum, text) => sum + text.length, 0))]);

  finder.find(texts.length, { bytes, offsets });

  const counts = texts.map((_, text) => finder.counts[text * PATTERNS_MAX] ?? 0);
  expect(counts).toEqual(texts.map((text) => countByExpression(text, many[0] ?? "")));
  expect(Math.max(...counts)).toBeGreaterThan(3);
});

test.each(["a(?=b)", "(a)", "a[^b]", "A", "a)", "(?:a", "(?:a?)*", "é", "(?:\\b)+"])("the pattern %j is not guessed", (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(Error);
});

test("one beginning that leads to more than there is room for is an error, not a search without end", () => {
  const finder = new PatternFinder({ patterns: ["a(?: \\w+){0,300} b"], countMax: 4, unitsMax: 1_500, rowsBytesMax: 20_000 });
  expect(() => finder.findInOne(`a ${"x ".repeat(400)}`)).toThrow("more than there is room for");
});
