import { expect, test } from "vitest";
import { applyCorrection } from "./corrections.rules.ts";

const stored = { language: "en", sentiment: "neg" as const, emotion: "anger" as const, needs: { PROMISE: "neg" as const }, isUrgent: false, corrected: [] };
const read = { language: "en", sentiment: "mix" as const, sentimentScore: 0.1, emotion: null, needs: { EASY: "pos" as const }, isUrgent: true };

test.each([
  ["a feeling turned gets the middle of its side", { sentiment: "pos" }, { sentiment: "pos" }, ["sentiment"], 0.8],
  ["a feeling confirmed keeps its degree", { sentiment: "neg" }, { sentiment: "neg" }, ["sentiment"], null],
  ["an emotion can be taken away", { emotion: null }, { emotion: null }, ["emotion"], null],
  ["a need is set by itself: others stay", { needs: { RIGHT: "pos" } }, { needs: { PROMISE: "neg", RIGHT: "pos" } }, ["RIGHT"], null],
  ["a need can be taken away, and another confirmed as not spoken of", { needs: { PROMISE: null, EASY: null } }, { needs: {} }, ["EASY", "PROMISE"], null],
  ["several parts at once", { isUrgent: true, language: "de" }, { isUrgent: true, language: "de" }, ["urgent", "language"], null],
] as const)("%s", (_name, body, expected, parts, score) => {
  const { after, changes, sentimentScore } = applyCorrection(stored, body, read);
  expect(after).toEqual({ ...stored, ...expected, corrected: parts });
  expect({ changes: changes.map(({ part }) => part), sentimentScore }).toEqual({ changes: parts, sentimentScore: score });
});

test("parts set before stay set, each named once", () => {
  expect(applyCorrection({ ...stored, corrected: ["sentiment"] }, { sentiment: "neu", isUrgent: true }, read).after.corrected).toEqual(["sentiment", "urgent"]);
});

test("what is taken back is as the model reads it, and says what had been set", () => {
  const { after, changes, sentimentScore } = applyCorrection({ ...stored, corrected: ["sentiment", "PROMISE", "EASY", "urgent"] }, { asRead: ["sentiment", "PROMISE", "EASY"] }, read);
  expect(after).toEqual({ ...stored, sentiment: "mix", needs: { EASY: "pos" }, corrected: ["urgent"] });
  expect(sentimentScore).toBe(0.1);
  expect(changes).toEqual([
    { part: "sentiment", before: "neg", after: "mix", isWithdrawal: true },
    { part: "PROMISE", before: "neg", after: null, isWithdrawal: true },
    { part: "EASY", before: null, after: "pos", isWithdrawal: true },
  ]);
});

test.each([
  ["a part nobody set is not taken back", { asRead: ["sentiment", "language"] }, []],
  ["what is set and taken back at once is set", { sentiment: "pos", asRead: ["sentiment"] }, ["sentiment"]],
] as const)("%s", (_name, body, parts) => {
  expect(applyCorrection({ ...stored, corrected: !("sentiment" in body) ? [] : ["sentiment"] }, { ...body, asRead: [...body.asRead] }, read).changes.map(({ part }) => part)).toEqual(parts);
});
