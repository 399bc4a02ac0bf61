import type { Question, SurveyDefinition, SurveyOption } from "@firsthand/server/feedback/surveys/definition.contract";
import { describe, expect, test } from "vitest";
import { freeId, newOption, takenIds, withCopyOf, withItemMoved, withMoved, withMovedTo, withOptionalWords, withPastedOptions, withQuestionAfter, withWords } from "./draft.rules.ts";

const question = (id: string, given: Pick<Question, "showIf" | "branches"> = {}): Question => ({ id, type: "statement", title: { en: id }, isRequired: false, ...given });
const definition: SurveyDefinition = {
  format: 1, languages: ["en"], title: { en: "Irrelevant" },
  questions: [question("one"), question("two"), question("three")],
  endings: [{ id: "sorry", title: { en: "Sorry" }, conditions: [] }],
  thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" },
};
const ids = (one: SurveyDefinition): string[] => one.questions.map(({ id }) => id);

test("an id is free when nothing a formula or branch can name has it", () => {
  expect(freeId(takenIds(definition), "two")).toBe("two_2");
  expect(freeId(takenIds(definition), "sorry")).toBe("sorry_2");
  expect(freeId(takenIds(definition), "end")).toBe("end_2");
  expect(freeId(takenIds(definition), "four")).toBe("four");
});

describe("a question", () => {
  test.each<[string, string, -1 | 1, string[]]>([
    ["moves up", "two", -1, ["two", "one", "three"]],
    ["moves down", "two", 1, ["one", "three", "two"]],
    ["stays first", "one", -1, ["one", "two", "three"]],
    ["stays last", "three", 1, ["one", "two", "three"]],
    ["that is not there moves nothing", "four", 1, ["one", "two", "three"]],
  ])("%s", (_title, id, step, expected) => {
    expect(ids(withMoved(definition, id, step))).toEqual(expected);
  });

  test.each<[string, number, string[]]>([["one", 2, ["two", "three", "one"]], ["three", 0, ["three", "one", "two"]], ["one", 0, ["one", "two", "three"]], ["one", 9, ["one", "two", "three"]]])(
    "%s dropped at %d", (id, to, expected) => {
      expect(ids(withMovedTo(definition, id, to))).toEqual(expected);
    });

  test("that does not move leaves the definition as it is, so that nothing is saved", () => {
    expect(withMoved(definition, "one", -1)).toBe(definition);
    const items = [1, 2];
    expect(withItemMoved(items, 0, 0)).toBe(items);
  });

  test.each<[string | null, string[]]>([["one", ["one", "new", "two", "three"]], [null, ["one", "two", "three", "new"]], ["gone", ["one", "two", "three", "new"]]])("is put in after %s", (after, expected) => {
    expect(ids(withQuestionAfter(definition, question("new"), after))).toEqual(expected);
  });

  test("is copied behind itself with its conditions, but without its ways on", () => {
    const conditions = [{ questionId: "one", operator: "answered" } as const];
    const with2 = { ...definition, questions: [question("one"), question("two", { showIf: conditions, branches: [{ to: "end", conditions: [] }] }), question("two_2")] };

    const copied = withCopyOf(with2, "two");

    expect(copied.id).toBe("two_3");
    expect(copied.definition.questions[2]).toEqual({ ...question("two_3", { showIf: conditions }), title: { en: "two" }, branches: undefined });
    expect(withCopyOf(with2, "gone").definition).toBe(with2);
  });
});

test("words of one language change alone", () => {
  expect(withWords({ en: "Hello", de: "Hallo" }, "de", "Servus")).toEqual({ en: "Hello", de: "Servus" });
  expect(withWords({ en: "Hello" }, "en", "")).toEqual({});
  expect(withOptionalWords({ en: "Hello" }, "en", "")).toBeUndefined();
});

describe("an option", () => {
  test("is named after its words, so that exports can be read", () => {
    expect(newOption([], { language: "en", words: "In time" })).toEqual({ id: "in_time", label: { en: "In time" } });
    expect(newOption([], { language: "ja", words: "はい" })).toEqual({ id: "option", label: { ja: "はい" } });
    expect(newOption([{ id: "other", label: {} }], { language: "en", words: "Else", kind: "other" })).toEqual({ id: "other_2", label: { en: "Else" }, isOther: true });
  });

  test.each<[string, string, string[]]>([
    ["one a line", "Red\nGreen\r\nBlue", ["Red", "Green", "Blue", "Something else"]],
    ["without the marks of a list", "- Red\n2. Green\n• Blue", ["Red", "Green", "Blue", "Something else"]],
    ["without empty lines and what is there", "red\n\n  \nRed\nSomething else\nPink", ["red", "Pink", "Something else"]],
    ["from a row of a spreadsheet", "Red\tGreen", ["Red", "Green", "Something else"]],
    ["no more than there is room for", "1st\n2nd\n3rd\n4th\n5th", ["1st", "2nd", "3rd", "Something else"]],
  ])("is pasted %s", (_title, text, expected) => {
    const options: SurveyOption[] = [{ id: "option", label: {} }, { id: "other", label: { en: "Something else" }, isOther: true }];
    expect(withPastedOptions(options, "en", text, 4).map(({ label }) => label["en"])).toEqual(expected);
  });
});
