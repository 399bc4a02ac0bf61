import { describe, expect, test } from "vitest";
import type { Question } from "../surveys/definition.contract.ts";
import { askedQuestion, readGiven } from "./dialogue.rules.ts";
import type { Telling } from "./dialogue.rules.ts";

const chat: Telling = { channel: "chat", language: "en", languages: ["en"], fill: (text) => text };
const german: Telling = { ...chat, language: "de", languages: ["en", "de"] };
const phone: Telling = { ...chat, channel: "phone" };
const asked = { title: { en: "Question?" }, isRequired: false } as const;
const nps: Question = { id: "nps", type: "nps", ...asked, low: { en: "Never" }, high: { en: "Certainly" } };
const options = ["Price", "Staff", "Opening hours", "Something else"].map((label, index) => ({ id: `o${index + 1}`, label: { en: label } }));
const single: Question = { id: "single", type: "single", ...asked, options };
const open: Question = { ...single, options: options.map((option) => (option.id === "o4" ? { ...option, isOther: true } : option)) };
const multi: Question = { id: "multi", type: "multi", ...asked, options, maxChoices: 2 };
const consent: Question = { id: "consent", type: "consent", ...asked, statement: { en: "Call me" } };
const number: Question = { id: "number", type: "number", ...asked, min: 0, max: 120, decimals: 1 };
const day: Question = { id: "day", type: "date", ...asked };

describe("what somebody writes", () => {
  test.each<[string, Question, string, ReturnType<typeof readGiven>]>([
    ["a number", nps, "9", { number: 9 }],
    ["a number in a sentence", nps, "I'd say 9, thanks!", { number: 9 }],
    ["a number out of the highest", nps, "9 out of 10", { number: 9 }],
    ["a fraction", nps, "7/10", { number: 7 }],
    ["a word", nps, "Nine.", { number: 9 }],
    ["the end of the scale", nps, "certainly", { number: 10 }],
    ["two numbers", nps, "7 or 8", null],
    ["a number off the scale", nps, "11", null],
    ["half a point", nps, "8.5", null],
    ["nothing to do with it", nps, "maybe", null],
    ["the key of an option", single, "2", { choices: ["o2"] }],
    ["an option", single, "staff", { choices: ["o2"] }],
    ["part of an option", single, "opening", { choices: ["o3"] }],
    ["an option in a sentence", single, "the price of course", { choices: ["o1"] }],
    ["two options where one is wanted", single, "price or staff", null],
    ["a key too many", single, "9", null],
    ["what is on no list, where there is another", open, "The parking", { choices: ["o4"], text: "The parking" }],
    ["several by key", multi, "1, 3", { choices: ["o1", "o3"] }],
    ["several in words", multi, "price and staff", { choices: ["o1", "o2"] }],
    ["more than are allowed", multi, "1 2 3", null],
    ["yes", consent, "Yes!", { choices: ["yes"] }],
    ["no", consent, "nope", { choices: ["no"] }],
    ["neither", consent, "hm", null],
    ["a decimal comma", number, "36,6", { number: 36.6 }],
    ["too much", number, "121", null],
    ["a day", day, "2026-11-25", { text: "2026-11-25" }],
    ["a day as Europe writes it", day, "5.11.2026", { text: "2026-11-05" }],
    ["skip", nps, "skip", "skip"],
    ["skip where it must be answered", { ...nps, isRequired: true }, "skip", null],
    ["skip where words must be given", { id: "why", type: "text", ...asked, isRequired: true }, "skip", null],
    ["an option that is called as the word that stops", { ...single, options: [{ id: "end", label: { en: "End" } }] }, "end", { choices: ["end"] }],
    ["stop", nps, "STOP", "stop"],
    ["nothing", nps, "  ", null],
  ])("%s", (_title, question, text, expected) => {
    expect(readGiven(question, { text }, chat)).toEqual(expected);
  });

  test.each<[string, Question, string, ReturnType<typeof readGiven>]>([
    ["a word", nps, "neun", { number: 9 }],
    ["yes", consent, "ja", { choices: ["yes"] }],
    ["stop", nps, "Stopp", "stop"],
    ["skip", nps, "weiter", "skip"],
  ])("%s in German", (_title, question, text, expected) => {
    expect(readGiven(question, { text }, german)).toEqual(expected);
  });
});

describe("what somebody presses or says on the phone", () => {
  test.each<[string, Question, Parameters<typeof readGiven>[1], ReturnType<typeof readGiven>]>([
    ["ten and hash", nps, { keys: "10#" }, { number: 10 }],
    ["a star", nps, { keys: "*" }, "skip"],
    ["a star where it must be answered", { ...nps, isRequired: true }, { keys: "*" }, null],
    ["a key without an option", single, { keys: "7" }, null],
    ["a spoken number", nps, { voice: "nine" }, { number: 9 }],
    ["spoken words", { id: "why", type: "text", ...asked }, { voice: "The staff was kind." }, { text: "The staff was kind." }],
  ])("%s", (_title, question, given, expected) => {
    expect(readGiven(question, given, phone)).toEqual(expected);
  });
});

describe("a question", () => {
  test("of a chat names its scale and how to pass over it", () => {
    expect(askedQuestion(nps, chat)).toEqual({ say: "Question? Please reply with a number from 0 to 10. (0 = Never, 10 = Certainly) Write “skip” to pass over.", input: "text" });
  });

  test("with options brings them with their keys", () => {
    expect(askedQuestion({ ...single, isRequired: true }, chat)).toMatchObject({ say: "Question? Please choose one.", input: "choice", options: [{ key: "1", label: "Price" }, { key: "2" }, { key: "3" }, { key: "4" }] });
  });

  test("of the phone is asked as the builder shows it spoken", () => {
    expect(askedQuestion(nps, phone)).toEqual({ say: "Question? Press a number from 0 to 10. Then press the hash key. Press star to pass over.", input: "keys" });
  });

  test.each<Question>([
    { id: "file", type: "file", ...asked, kinds: ["image"], filesMax: 1, sizeMaxMb: 5 },
    { id: "rank", type: "ranking", ...asked, options },
    { id: "table", type: "matrix", ...asked, rows: options, columns: options },
  ])("of kind $type is asked neither way", (question) => {
    expect([askedQuestion(question, chat), askedQuestion(question, phone)]).toEqual([null, null]);
  });
});
