import { describe, expect, test } from "vitest";
import type { Answer, Question } from "./definition.contract.ts";
import { answerOfKeys, spokenQuestion } from "./spoken.rules.ts";

const asked = { id: "q", title: { en: "Title", de: "Titel" }, isRequired: false };
const options = ["a", "b", "c"].map((id) => ({ id, label: { en: id.toUpperCase() } }));
const nps: Question = { ...asked, type: "nps" };

describe("a question asked by voice", () => {
  test.each<[string, Question, string, string, string]>([
    ["a score says its ends", nps, "en", "Title Press a number from 0 to 10. Then press the hash key.", "keys"],
    ["it speaks the language", nps, "de-AT", "Titel Drücken Sie eine Zahl von 0 bis 10. Danach die Raute-Taste.", "keys"],
    ["other words for the ear", { ...nps, spoken: { en: "Would you tell a friend?" } }, "en", "Would you tell a friend? Press a number from 0 to 10. Then press the hash key.", "keys"],
    ["options have keys", { ...asked, type: "single", options }, "en", "Title For A, press 1. For B, press 2. For C, press 3.", "keys"],
    ["a label is said as it is written", { ...asked, type: "single", options: [{ id: "a", label: { en: "$& {key} $1" } }, { id: "b", label: { en: "B" } }] }, "en", "Title For $& {key} $1, press 1. For B, press 2.", "keys"],
    ["a comment is spoken", { ...asked, type: "text" }, "en", "Title Please speak after the tone, and press the hash key when you are done.", "voice"],
    ["a statement asks nothing", { ...asked, type: "statement" }, "en", "Title", "none"],
    ["a table does not fit", { ...asked, type: "matrix", rows: options, columns: options }, "en", "Title", "unfit"],
    ["ten options do not fit", { ...asked, type: "single", options: Array.from({ length: 10 }, (_, index) => ({ id: `o${index}`, label: { en: "O" } })) }, "en", "Title", "unfit"],
  ])("%s", (_title, question, language, say, input) => {
    expect(spokenQuestion(question, language, ["en", "de"])).toMatchObject({ say, input });
  });
});

test.each<[string, Question, string, Answer | null]>([
  ["ten is two keys", nps, "10", { number: 10 }],
  ["eleven is not on the scale", nps, "11", null],
  ["a key is an option", { ...asked, type: "single", options }, "2", { choices: ["b"] }],
  ["there is no fourth option", { ...asked, type: "single", options }, "4", null],
  ["several keys are several options", { ...asked, type: "multi", options }, "313", { choices: ["c", "a"] }],
  ["one is yes", { ...asked, type: "consent", statement: { en: "I agree" } }, "1", { choices: ["yes"] }],
  ["letters are no keys", nps, "1a", null],
])("%s", (_title, question, keys, answer) => {
  expect(answerOfKeys(question, keys)).toEqual(answer);
});
