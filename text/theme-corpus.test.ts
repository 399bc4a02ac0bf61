import { expect, test } from "vitest";
import { readVocabulary } from "./theme-corpus.ts";
import { hashesOf } from "./theme-terms.ts";

test.each([
  ["is kept where two comments alone say so", 20, 2, true],
  ["is left out where three do, and they are many of those that have it", 20, 3, false],
  ["is left out where one of twenty says so", 200, 10, false],
  ["is kept where fewer do", 200, 9, true],
])("a word that is said to be a person's name %s", (_what, comments, people, isKept) => {
  const texts = [...Array.from({ length: comments }, () => "Rose carried parcels upstairs"), ...Array.from({ length: 3_000 }, () => "irrelevant other text")];
  const said = new Map(hashesOf("Rose").map((hash) => [hash, people]));

  const { surface } = readVocabulary(texts, 3, said);

  expect(surface.filter((term) => term.startsWith("rose"))).toEqual(isKept ? ["rose", "rose carried"] : []);
  expect(surface).toContain("parcels upstairs");
});
