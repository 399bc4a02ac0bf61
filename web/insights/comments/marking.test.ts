import { expect, test } from "vitest";
import { chosenWords, markOf, textToMark, undoOfMark, withdrawalOf, wordsAt } from "./marking.ts";

const text = "Call 0207.\r\nThe tent leaks.";
const comment = { text, personalData: [{ from: 5, to: 9, kind: "phone" as const }], marks: [{ about: "mentions" as const, from: 16, to: 20, kind: "place" as const }] };

test("the text to mark is as long as the text, and tells nothing of what is hidden", () => {
  expect(textToMark(comment, true)).toBe("Call \u2022\u2022\u2022\u2022. \nThe tent leaks.");
  expect(textToMark(comment, false)).toBe("Call 0207. \nThe tent leaks.");
  expect(textToMark(comment, true)).toHaveLength(text.length);
});

test.each([
  ["words", { from: 15, to: 21 }, { from: 16, to: 20 }],
  ["blanks alone", { from: 10, to: 12 }, null],
  ["nothing", { from: 3, to: 3 }, null],
])("chosen: %s", (_name, given, expected) => {
  expect(chosenWords(text, given)).toEqual(expected);
});

test("hidden words are not told", () => {
  expect([wordsAt(comment, { from: 0, to: 7 }, true), wordsAt(comment, { from: 5, to: 9 }, false), wordsAt(comment, { from: 16, to: 20 }, true)]).toEqual([null, "0207", "tent"]);
});

test("a mark is undone to what somebody had said of its words before, else to what was read", () => {
  expect(undoOfMark(comment, { about: "mentions", from: 16, to: 20, kind: "product" })).toEqual({ marks: [{ about: "mentions", from: 16, to: 20, kind: "place" }] });
  expect(undoOfMark(comment, { about: "personalData", from: 16, to: 20, kind: null })).toEqual({ marksAsRead: [{ about: "personalData", from: 16, to: 20 }] });
});

test.each([
  ["personalData", "phone", { about: "personalData", from: 1, to: 2, kind: "phone" }],
  ["personalData", null, { about: "personalData", from: 1, to: 2, kind: null }],
  ["mentions", "product", { about: "mentions", from: 1, to: 2, kind: "product" }],
  ["mentions", "phone", null],
  ["personalData", "unread", null],
  ["moon", null, null],
])("a mark of %s as %s", (about, kind, expected) => {
  expect(markOf(about, kind, { from: 1, to: 2 })).toEqual(expected);
});

const row = { id: "1", at: "2026-06-10T12:00:00Z", member: null, words: null, theme: null, before: null, after: null, isWithdrawal: false, isStanding: true };
test.each([
  ["a part that is read in its own place is not done here", { ...row, part: "urgent" as const, after: "yes" }, null],
  ["words that were freed", { ...row, part: "personalData" as const, words: { from: 5, to: 9 } }, { back: { marksAsRead: [{ about: "personalData", from: 5, to: 9 }] }, again: { marks: [{ about: "personalData", from: 5, to: 9, kind: null }] } }],
  ["a theme", { ...row, part: "themes" as const, theme: { id: "t", name: "Parcels" }, after: "no" }, { back: { themesAsRead: ["t"] }, again: { themes: [{ id: "t", isSet: false }] } }],
])("taking back %s, and setting it again", (_name, given, expected) => {
  expect(withdrawalOf(given)).toEqual(expected);
});
