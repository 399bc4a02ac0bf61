import { describe, expect, test } from "vitest";
import { cutText } from "./highlights.ts";

const mark = (from: number, to: number, about: "RIGHT" | "PROMISE" | "sentiment") => ({ from, to, about, weight: 1 });
const none = { highlights: [], mentions: [], personalData: [] };

test.each([
  ["no marks: one piece", "late again", [], [["late again", []]]],
  ["a mark in the middle", "late again", [mark(5, 10, "PROMISE")], [["late ", []], ["again", ["PROMISE"]]]],
  ["overlapping marks carry both where they overlap", "abcdef", [mark(0, 4, "PROMISE"), mark(2, 6, "RIGHT")], [["ab", ["PROMISE"]], ["cd", ["PROMISE", "RIGHT"]], ["ef", ["RIGHT"]]]],
  ["the same need twice is told once", "abc", [mark(0, 3, "RIGHT"), mark(0, 3, "RIGHT")], [["abc", ["RIGHT"]]]],
  ["places beyond the text are cut off", "abc", [mark(-2, 99, "sentiment")], [["abc", ["sentiment"]]]],
  ["an empty text has no pieces", "", [mark(0, 1, "RIGHT")], []],
] as const)("%s", (_name, text, highlights, pieces) => {
  expect(cutText(text, { ...none, highlights }, true).map((piece) => [piece.text, piece.about])).toEqual(pieces);
});

describe("what is named and personal", () => {
  const words = (marks: Partial<Parameters<typeof cutText>[1]>, hidesPersonal: boolean): string[] =>
    cutText("abcdefgh", { ...none, ...marks }, hidesPersonal).map(({ text, about, mention, isLast, personal }) => [text, ...about, mention, isLast ? "last" : null, personal].filter((word) => word !== null).join(" "));
  const tent = { from: 2, to: 5, kind: "product" } as const;
  const mail = { from: 4, to: 7, kind: "email" } as const;
  const promise = mark(3, 6, "PROMISE");

  test.each([
    ["a name is one piece, which ends it", { mentions: [tent] }, true, ["ab", "cde product last", "fgh"]],
    ["a highlight that begins in a name parts it; its end is told once", { mentions: [tent], highlights: [promise] }, true, ["ab", "c product", "de PROMISE product last", "f PROMISE", "gh"]],
    ["personal data is one piece without its words", { personalData: [mail] }, true, ["abcd", " email", "h"]],
    ["highlights that end within it mark it, and do not part it", { personalData: [mail], highlights: [promise, mark(5, 6, "RIGHT")] }, true, ["abc", "d PROMISE", " PROMISE RIGHT email", "h"]],
    ["a name that runs into it ends before it", { personalData: [mail], mentions: [tent] }, true, ["ab", "cd product last", " email", "h"]],
    ["a name within it is hidden with it", { personalData: [{ ...mail, from: 1 }], mentions: [tent] }, true, ["a", " email", "h"]],
    ["shown, each has its words and its marks", { personalData: [mail], mentions: [tent], highlights: [promise] }, false, ["ab", "c product", "d PROMISE product", "e PROMISE product last email", "f PROMISE email", "g email", "h"]],
    ["two side by side stay two", { personalData: [mail, { from: 7, to: 8, kind: "phone" }] }, true, ["abcd", " email", " phone"]],
    ["all of the text", { personalData: [{ from: -1, to: 99, kind: "address" }] }, true, [" address"]],
  ] as const)("%s", (_name, marks, hidesPersonal, pieces) => {
    expect(words(marks, hidesPersonal)).toEqual(pieces);
  });
});

test.each([true, false])("thousands of places are cut as quickly as the text is long (hidden: %s)", (hides) => {
  const one = "write to a@bb.cc or ";
  const text = one.repeat(20_000);
  const personalData = Array.from({ length: 20_000 }, (_, place) => ({ from: place * one.length + 9, to: place * one.length + 16, kind: "email" as const }));
  const highlights = personalData.map(({ from }) => ({ from: from - 9, to: from - 4, weight: 1, about: "EASY" as const }));

  const started = performance.now();
  const pieces = cutText(text, { highlights, mentions: [], personalData }, hides);

  // A thousand times less than looking at each place for each piece takes.
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(pieces.filter(({ personal }) => personal !== null)).toHaveLength(20_000);
  expect(pieces.slice(0, 4).map((piece) => piece.text)).toEqual(["write", " to ", hides ? "" : "a@bb.cc", " or "]);
  expect(pieces.slice(0, 4).map(({ about }) => about.length)).toEqual([1, 0, 0, 0]);
});
