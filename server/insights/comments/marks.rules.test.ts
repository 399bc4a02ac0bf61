import { expect, test } from "vitest";
import type { Mark } from "./comments.contract.ts";
import { layMentions, layPersonal, trimMark, withMark, withoutMark } from "./marks.rules.ts";

const text = "Call 555 123 4567 or Mrs Hill";
const personal = (from: number, to: number, kind: "phone" | "name" | "card" | null): Mark => ({ about: "personalData", from, to, kind });
const named = (from: number, to: number, kind: "product" | "place" | null): Mark => ({ about: "mentions", from, to, kind });

test.each([
  ["nothing marked: what was found stands", [], [[5, 12, "phone"], [21, 29, "name"]]],
  ["a missed part of a number is marked whole", [personal(5, 17, "phone")], [[5, 17, "phone"], [21, 29, "name"]]],
  ["words that were found wrongly are freed", [personal(21, 29, null)], [[5, 12, "phone"]]],
  ["of what is freed in part the rest stays hidden", [personal(25, 29, null)], [[5, 12, "phone"], [21, 25, "name"]]],
  ["a blank that is left hides nothing", [personal(5, 8, null), personal(9, 12, null)], [[21, 29, "name"]]],
  ["freed in the middle, both ends stay", [personal(9, 10, null)], [[5, 9, "phone"], [10, 12, "phone"], [21, 29, "name"]]],
  ["the kind is changed", [personal(5, 12, "card")], [[5, 12, "card"], [21, 29, "name"]]],
  ["the later one wins", [personal(0, 29, "name"), personal(5, 17, null)], [[0, 5, "name"], [17, 29, "name"]]],
  ["names are no personal data", [named(5, 12, null)], [[5, 12, "phone"], [21, 29, "name"]]],
] as const)("personal data: %s", (_name, marks, expected) => {
  expect(layPersonal(text, [{ from: 5, to: 12, kind: "phone" }, { from: 21, to: 29, kind: "name" }], marks).map(({ from, to, kind }) => [from, to, kind])).toEqual(expected);
});

test.each([
  ["what a mark touches is gone whole", [named(8, 20, "product")], [], [[8, 20, "product"]]],
  ["words that name nothing", [named(6, 7, null)], [[13, 19, "place"]], []],
  ["the later of two marks stands", [named(0, 4, "place"), named(2, 5, "product")], [[5, 10, "product"], [13, 19, "place"]], [[2, 5, "product"]]],
  ["personal data names nothing, and takes no name away", [personal(5, 10, "name")], [[5, 10, "product"], [13, 19, "place"]], []],
] as const)("names: %s", (_name, marks, kept, laid) => {
  const result = layMentions([{ from: 5, to: 10, kind: "product" }, { from: 13, to: 19, kind: "place" }], marks);
  expect([result.kept, result.laid].map((list) => list.map(({ from, to, kind }) => [from, to, kind]))).toEqual([kept, laid]);
});

test.each([
  ["as it is", "a tent b", 2, 6, [2, 6]],
  ["without blanks around it", "a tent b", 1, 7, [2, 6]],
  ["to the end of the text", "a tent", 2, 90, [2, 6]],
  ["behind the end", "a tent", 50, 90, null],
  ["blanks alone", "a    b", 1, 5, null],
  ["backwards", "a tent", 5, 2, null],
  ["never half a sign", "a\u{1F600}b", 2, 3, [1, 3]],
] as const)("a mark is cut to its words: %s", (_name, words, from, to, expected) => {
  const mark = trimMark(words, { from, to });
  expect(mark === null ? null : [mark.from, mark.to]).toEqual(expected);
});

test("a mark takes the place of one on the same words, of the same sort alone", () => {
  const marks = [personal(0, 4, "name"), named(0, 4, "place")];
  expect(withMark(marks, personal(0, 4, null))).toEqual([named(0, 4, "place"), personal(0, 4, null)]);
  expect(withoutMark(marks, named(0, 4, "product"))).toEqual([personal(0, 4, "name")]);
});
