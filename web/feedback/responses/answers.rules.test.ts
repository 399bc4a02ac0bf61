import type { ShownAnswer } from "@firsthand/server/feedback/responses/responses.contract";
import { expect, test } from "vitest";
import { firstComment, mainScore } from "./answers.rules.ts";

const answer = (given: Partial<ShownAnswer>): ShownAnswer => ({
  questionId: "q", questionType: "nps", question: "Irrelevant", number: null, choices: [], text: null, words: "", parts: {}, files: [], isCounted: true, ...given,
});

test.each<[string, ShownAnswer[], ReturnType<typeof mainScore>]>([
  ["the first score", [answer({ questionType: "text", text: "Late" }), answer({ number: 10 }), answer({ number: 0 })], { score: 10, text: "10", normalised: 1, type: "nps" }],
  ["the middle of a scale", [answer({ questionType: "csat", number: 3 })], { score: 3, text: "3/5", normalised: 0, type: "csat" }],
  ["no hidden score", [answer({ number: 3, isCounted: false })], null],
  ["no score", [answer({ questionType: "text", text: "Late" })], null],
])("the main score is %s", (_title, answers, score) => {
  expect(mainScore(answers)).toEqual(score);
});

test("the first comment is the first thing written", () => {
  expect(firstComment([answer({ number: 3 }), answer({ questionType: "text", text: "Late" })])).toBe("Late");
  expect(firstComment([answer({ number: 3 })])).toBeNull();
});
