import { expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import type { Answers } from "../surveys/definition.contract.ts";
import { isStraightLined, isTooFast } from "./protection.rules.ts";
import { readSearch } from "./search.rules.ts";

const three: Answers = { a: { number: 1 }, b: { number: 2 }, c: { text: "x" } };

test.each<[string, Parameters<typeof isTooFast>[0], boolean]>([
  ["three answers in half a second", { openedAgoMs: 500, answeredAgoMs: 0, answers: three }, true],
  ["three answers in a second", { openedAgoMs: 1_000, answeredAgoMs: 0, answers: three }, false],
  ["three answers in half a second, sent an hour later", { openedAgoMs: 3_600_500, answeredAgoMs: 3_600_000, answers: three }, true],
  ["one press in a mail", { openedAgoMs: 50, answeredAgoMs: 0, answers: { a: { number: 9 } } }, false],
  ["empty answers, which take no time", { openedAgoMs: 500, answeredAgoMs: 0, answers: { ...three, c: { text: " " } } }, false],
  ["a sender that says no times", { openedAgoMs: 0, answeredAgoMs: 0, answers: three }, false],
])("%s: too fast is judged right", (_title, given, expected) => {
  expect(isTooFast(given)).toBe(expected);
});

const rows = ["a", "b", "c", "d", "e"].map((id) => ({ id, label: { en: id } }));
const table = makeDefinition({
  questions: [{ id: "t", type: "matrix", title: { en: "Rate" }, isRequired: false, rows, columns: [{ id: "x", label: { en: "x" } }, { id: "y", label: { en: "y" } }] }],
});

test.each<[string, Record<string, string[]>, boolean]>([
  ["all rows alike", { a: ["x"], b: ["x"], c: ["x"], d: ["x"], e: ["x"] }, true],
  ["one row different", { a: ["x"], b: ["x"], c: ["y"], d: ["x"], e: ["x"] }, false],
  ["too few rows to tell", { a: ["x"], b: ["x"], c: ["x"], d: ["x"] }, false],
])("a straight line is seen: %s", (_title, answered, expected) => {
  expect(isStraightLined(table, { t: { rows: answered } })).toBe(expected);
});

test.each<[string | undefined, ReturnType<typeof readSearch>]>([
  [undefined, null], ["  ", null],
  ["late parcel", { words: "late:* & parcel:*", part: "late parcel" }],
  ["50% & | ! ( ' :*", { words: "50:*", part: "50\\% & | ! ( ' :*" }],
  ["\0\ud800", { words: "", part: "\uFFFD" }],
])("the search %j means what was typed", (typed, expected) => {
  expect(readSearch(typed)).toEqual(expected);
});
