import { expect, test } from "vitest";
import { changesOf, confirmationOf, draftOf, isEmpty, undoOf } from "./correction.ts";

const comment = { sentiment: "neg" as const, emotion: null, needs: { PROMISE: "neg" as const }, isUrgent: false, language: "en", corrected: [] };
const draft = draftOf(comment);

test.each([
  ["nothing changed: nothing is sent", draft, {}],
  ["a need is sent by itself", { ...draft, needs: { ...draft.needs, EASY: "neg" as const } }, { needs: { EASY: "neg" } }],
  ["a need that is not spoken of is sent as null", { ...draft, needs: { ...draft.needs, PROMISE: null } }, { needs: { PROMISE: null } }],
  ["several parts", { ...draft, sentiment: "pos" as const, emotion: "joy" as const, isUrgent: true, language: null }, { sentiment: "pos", emotion: "joy", isUrgent: true, language: null }],
])("%s", (_name, given, body) => {
  expect(changesOf(comment, given)).toEqual(body);
  expect(isEmpty(changesOf(comment, given))).toBe(Object.keys(body).length === 0);
});

test("confirming sends all that stands, also what is not spoken of", () => {
  expect(confirmationOf(comment)).toEqual({ sentiment: "neg", emotion: null, needs: { EASY: null, EXPECT: null, PROMISE: "neg", INFORM: null, INDIVID: null, RIGHT: null }, isUrgent: false, language: "en" });
});

test.each([
  ["what nobody had set is given back", [], { sentiment: "pos", needs: { EASY: "neg" } }, { asRead: ["sentiment", "EASY"] }],
  ["what somebody had set is set again", ["sentiment", "EASY"], { sentiment: "pos", needs: { EASY: "neg" } }, { sentiment: "neg", needs: { EASY: null } }],
  ["of both each", ["PROMISE"], { needs: { PROMISE: "pos" }, isUrgent: true, language: "de" }, { needs: { PROMISE: "neg" }, asRead: ["urgent", "language"] }],
  ["what was taken back is set again", ["PROMISE"], { asRead: ["PROMISE"] }, { needs: { PROMISE: "neg" } }],
] as const)("undo: %s", (_name, corrected, correction, body) => {
  expect(undoOf({ ...comment, corrected: [...corrected] }, JSON.parse(JSON.stringify(correction)))).toEqual(body);
});
