import { expect, test } from "vitest";
import { cutText } from "./highlights.ts";

const mark = (from: number, to: number, about: "RIGHT" | "PROMISE" | "sentiment") => ({ from, to, about, weight: 1 });

test.each([
  ["no marks: one piece", "late again", [], [["late again", []]]],
  ["a mark in the middle", "late again", [mark(5, 10, "PROMISE")], [["late ", []], ["again", ["PROMISE"]]]],
  ["overlapping marks carry both where they overlap", "abcdef", [mark(0, 4, "PROMISE"), mark(2, 6, "RIGHT")], [["ab", ["PROMISE"]], ["cd", ["PROMISE", "RIGHT"]], ["ef", ["RIGHT"]]]],
  ["the same need twice is told once", "abc", [mark(0, 3, "RIGHT"), mark(0, 3, "RIGHT")], [["abc", ["RIGHT"]]]],
  ["places beyond the text are cut off", "abc", [mark(-2, 99, "sentiment")], [["abc", ["sentiment"]]]],
  ["an empty text has no pieces", "", [mark(0, 1, "RIGHT")], []],
] as const)("%s", (_name, text, marks, pieces) => {
  expect(cutText(text, marks).map((piece) => [piece.text, piece.about])).toEqual(pieces);
});
