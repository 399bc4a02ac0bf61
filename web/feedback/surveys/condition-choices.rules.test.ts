import type { Condition, Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { describe, expect, test } from "vitest";
import { conditionOn, subjectOf, subjectsFor, valueFrom, withOperator } from "./condition-choices.rules.ts";

const questions: Question[] = [
  { id: "nps", type: "nps", title: {}, isRequired: true },
  { id: "who", type: "matrix", title: {}, isRequired: false, rows: [{ id: "a", label: {} }], columns: [{ id: "1", label: {} }, { id: "2", label: {} }] },
  { id: "why", type: "text", title: {}, isRequired: false },
  { id: "hello", type: "statement", title: {}, isRequired: false },
];
const definition: SurveyDefinition = { format: 1, languages: ["en", "de"], title: {}, questions, calculations: [{ id: "result", name: "Result", formula: "nps" }], thanks: { title: {} }, theme: { accent: "#3b4fd8" } };
const subjects = subjectsFor(definition, questions);
const subject = (key: string) => {
  const found = subjects.find((one) => one.key === key);
  if (found === undefined) throw new Error(`There is no subject ${key}.`);
  return found;
};

test("a condition can look at answers, lines of a table, calculations, facts and traits, but not at statements", () => {
  expect(subjects.map(({ key }) => key)).toEqual(["question nps", "question who a", "question who", "question why", "calculation result",
    "fact language", "fact channel", "fact touchpoint", "fact source", "fact campaign", "trait"]);
});

test.each<[string, Condition]>([
  ["question nps", { questionId: "nps", operator: "at_least", value: 0 }],
  ["question who a", { questionId: "who", row: "a", operator: "is", value: "1" }],
  ["question why", { questionId: "why", operator: "contains" }],
  ["calculation result", { calculation: "result", operator: "at_least" }],
  ["fact language", { fact: "language", operator: "is", value: "en" }],
  ["trait", { trait: "first_name", operator: "is" }],
])("a first condition on %s looks at it", (key, condition) => {
  expect(conditionOn(subject(key))).toEqual(condition);
  expect(subjectOf(condition, subjects)?.key).toBe(key);
});

test("a condition on something that is gone has no subject", () => {
  expect(subjectOf({ questionId: "gone", operator: "answered" }, subjects)).toBeNull();
});

describe("another comparison", () => {
  test.each<[Condition, Parameters<typeof withOperator>[1], Condition]>([
    [{ questionId: "nps", operator: "is", value: 6 }, "at_most", { questionId: "nps", operator: "at_most", value: 6 }],
    [{ questionId: "nps", operator: "is", value: 6 }, "answered", { questionId: "nps", operator: "answered" }],
    [{ trait: "age", operator: "is", value: "42" }, "at_least", { trait: "age", operator: "at_least", value: 42 }],
    [{ trait: "plan", operator: "is", value: "pro" }, "at_least", { trait: "plan", operator: "at_least" }],
  ])("of %j with %s", (before, operator, after) => {
    expect(withOperator(before, operator)).toEqual(after);
  });
});

test.each<[string, string, Parameters<typeof withOperator>[1], string | number | undefined]>([
  ["6", "question nps", "at_most", 6], ["1", "question who a", "is", "1"], ["late", "question why", "contains", "late"], ["2.5", "calculation result", "at_least", 2.5],
  ["much", "calculation result", "at_least", undefined], [" ", "question why", "contains", undefined], ["42", "trait", "at_least", 42], ["42", "trait", "is", "42"],
])("%j typed for %s with %s means %j", (typed, key, operator, value) => {
  expect(valueFrom(typed, subject(key), operator)).toBe(value);
});
