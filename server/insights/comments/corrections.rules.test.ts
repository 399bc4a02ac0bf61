import { expect, test } from "vitest";
import { applyCorrection } from "./corrections.rules.ts";

const reading = { language: "en", sentiment: "neg", emotion: "anger", needs: { PROMISE: "neg" }, isUrgent: false, corrected: [] } as const;
const stored = { ...reading, needs: { ...reading.needs }, corrected: [] };

test.each([
  ["a feeling turned gets the middle of its side", { sentiment: "pos" }, { sentiment: "pos" }, ["sentiment"], 0.8],
  ["a feeling confirmed keeps its degree", { sentiment: "neg" }, { sentiment: "neg" }, ["sentiment"], null],
  ["an emotion can be taken away", { emotion: null }, { emotion: null }, ["emotion"], null],
  ["needs are given all at once: one left out is not spoken of", { needs: { RIGHT: "pos" } }, { needs: { RIGHT: "pos" } }, ["needs"], null],
  ["several parts at once", { isUrgent: true, language: "de" }, { isUrgent: true, language: "de" }, ["urgent", "language"], null],
] as const)("%s", (_name, body, expected, parts, score) => {
  const { after, changes, sentimentScore } = applyCorrection(stored, body);
  expect(after).toEqual({ ...stored, ...expected, corrected: parts });
  expect({ changes, sentimentScore }).toEqual({ changes: parts, sentimentScore: score });
});

test("parts set before stay set, each named once", () => {
  expect(applyCorrection({ ...stored, corrected: ["sentiment"] }, { sentiment: "neu", isUrgent: true }).after.corrected).toEqual(["sentiment", "urgent"]);
});
