import { checkDefinition } from "@firsthand/server/feedback/surveys/definition.rules";
import { Question, type SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { subjectsFor } from "./condition-choices.rules.ts";
import { withQuestionAfter } from "./draft.rules.ts";
import { ADDABLE_GROUPS, addableOf, newQuestion } from "./new-question.rules.ts";

const empty: SurveyDefinition = { format: 1, languages: ["en"], title: { en: "Irrelevant" }, questions: [], thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" } };
const addables = ADDABLE_GROUPS.flatMap((group) => [...group.addables]);

test.each(addables.map((addable) => [addable] as const))("a new %s is sound, shows as what it was added as, and lacks words only", (addable) => {
  const question = newQuestion(empty, addable);

  expect(Question.parse(question)).toEqual(question);
  expect(addableOf(question)).toBe(addable);
  const codes = checkDefinition({ ...empty, questions: [question] }).filter(({ severity }) => severity === "error").map(({ code }) => code);
  expect(codes.filter((code) => code !== "no_text" && code !== "only_statements")).toEqual([]);
});

test("every kind of question can be added", () => {
  const kinds = new Set(addables.map((addable) => newQuestion(empty, addable).type));
  expect([...kinds].toSorted()).toEqual(Question.options.map((option) => option.shape.type.value).toSorted());
});

test("two of a kind have two ids", () => {
  const one = withQuestionAfter(empty, newQuestion(empty, "nps"), null);
  expect(newQuestion(one, "nps").id).toBe("nps_2");
});

test("whatever a condition on a new question offers can hold", () => {
  const all = addables.reduce((definition, addable) => withQuestionAfter(definition, newQuestion(definition, addable), null), empty);
  const subjects = subjectsFor(all, all.questions);

  expect(new Set(subjects.map(({ key }) => key)).size).toBe(subjects.length);
  expect(subjects.filter(({ operators }) => operators.length === 0)).toEqual([]);
});
