import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { freeId, newOption, withMoved, withOptionalWords, withWords } from "./draft.rules.ts";
import { newQuestion } from "./new-question.rules.ts";
import { withoutQuestion } from "./references.rules.ts";

const definition: SurveyDefinition = {
  format: 1,
  languages: ["en"],
  title: { en: "Irrelevant" },
  questions: [
    { id: "nps", type: "nps", title: { en: "One" }, isRequired: true },
    { id: "text", type: "text", title: { en: "Two" }, isRequired: false, showIf: [{ questionId: "nps", operator: "answered" }] },
  ],
  thanks: { title: { en: "Thanks" } },
  theme: { accent: "#3b4fd8" },
};
const ids = (one: SurveyDefinition): string[] => one.questions.map(({ id }) => id);

test("a new question gets a free id", () => {
  expect(newQuestion(definition, "nps").id).toBe("nps_2");
  expect(newQuestion(definition, "single").id).toBe("single");
  expect(freeId(["a", "a_2"], "a")).toBe("a_3");
});

test("a question moves one place, and not beyond the ends", () => {
  expect(ids(withMoved(definition, "text", -1))).toEqual(["text", "nps"]);
  expect(withMoved(definition, "nps", -1)).toBe(definition);
  expect(withMoved(definition, "text", 1)).toBe(definition);
});

test("removing a question removes the conditions that looked at it", () => {
  expect(withoutQuestion(definition, "nps").definition.questions).toMatchObject([{ id: "text", showIf: [] }]);
});

test("words of one language change alone", () => {
  expect(withWords({ en: "Hello", de: "Hallo" }, "de", "Servus")).toEqual({ en: "Hello", de: "Servus" });
  expect(withWords({ en: "Hello" }, "en", "")).toEqual({});
  expect(withOptionalWords({ en: "Hello" }, "en", "")).toBeUndefined();
});

test("an option to write in is marked", () => {
  expect(newOption([], { language: "en", words: "Else", kind: "other" })).toEqual({ id: "other", label: { en: "Else" }, isOther: true });
});
