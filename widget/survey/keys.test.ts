import { expect, test } from "vitest";
import type { Answer, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { answerOfDigit } from "./keys.ts";

const asked = { id: "q", title: { en: "Irrelevant" }, isRequired: false };
const options = ["a", "b"].map((id) => ({ id, label: { en: id } }));
const nps: Question = { ...asked, type: "nps" };
const csat: Question = { ...asked, type: "csat" };
const single: Question = { ...asked, type: "single", options };
const multi: Question = { ...asked, type: "multi", options };
const text: Question = { ...asked, type: "text" };

test.each<[string, Question, Answer | undefined, number, boolean, Answer | null]>([
  ["a digit is the score", nps, undefined, 7, false, { number: 7 }],
  ["zero is a score", nps, undefined, 0, false, { number: 0 }],
  ["a zero soon after a one makes ten", nps, { number: 1 }, 0, true, { number: 10 }],
  ["a digit beside the scale answers nothing", csat, undefined, 6, false, null],
  ["zero is not on a scale from one", csat, undefined, 0, true, null],
  ["a digit chooses the option", single, { choices: ["b"] }, 1, false, { choices: ["a"] }],
  ["there is no ninth option", single, undefined, 9, false, null],
  ["a digit adds an option", multi, { choices: ["b"] }, 1, false, { choices: ["b", "a"] }],
  ["a digit takes an option away again", multi, { choices: ["b", "a"] }, 2, false, { choices: ["a"] }],
  ["a digit is only a digit in text", text, undefined, 1, false, null],
])("%s", (_title, question, current, digit, wasOne, answer) => {
  expect(answerOfDigit(question, current, digit, wasOne)).toEqual(answer);
});
