import { expect, test } from "vitest";
import { readWords, writeWords } from "./score-words.rules.ts";

test.each([
  ["", {}],
  ["very satisfied = 5\nsatisfied=4", { "very satisfied": 5, satisfied: 4 }],
  ["  zufrieden, sehr =  4,5 \n\n", { "zufrieden, sehr": 4.5 }],
  ["a = b = 3", { "a = b": 3 }],
  ["bad = -1", { bad: -1 }],
])("%j is read", (text, words) => {
  expect(readWords(text)).toEqual({ words });
});

test.each([
  ["satisfied", "wordsWrong", "satisfied"],
  ["good = 5\n= 4", "wordsWrong", "= 4"],
  ["good = five", "wordsWrong", "good = five"],
  [`${"x".repeat(101)} = 5`, "wordsWrong", `${"x".repeat(101)} = 5`],
  ["Good = 5\ngood = 4", "wordsTwice", "good"],
  [Array.from({ length: 51 }, (_, index) => `word ${index} = 1`).join("\n"), "wordsMany", ""],
])("%j is refused", (text, fault, line) => {
  expect(readWords(text)).toEqual({ fault, line });
});

test("what was written is read again as it was", () => {
  const words = { good: 4, "very good": 5, bad: 1.5 };
  expect(writeWords(words)).toBe("very good = 5\ngood = 4\nbad = 1.5");
  expect(readWords(writeWords(words))).toEqual({ words });
});
