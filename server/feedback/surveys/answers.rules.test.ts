import { describe, expect, test } from "vitest";
import { checkAnswers, findNextQuestion, findUnansweredQuestion, listShownQuestions } from "./survey-path.rules.ts";
import { isEmptyAnswer } from "./answers.rules.ts";
import type { Answers, Condition, SurveyDefinition } from "./definition.contract.ts";

const definition: SurveyDefinition = {
  format: 1,
  languages: ["en"],
  title: { en: "Irrelevant" },
  questions: [
    { id: "nps", type: "nps", title: { en: "Recommend?" }, isRequired: true },
    { id: "why", type: "text", title: { en: "Why?" }, isRequired: true, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] },
    { id: "more", type: "text", title: { en: "More?" }, isRequired: false, showIf: [{ questionId: "why", operator: "answered" }] },
    { id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "other", label: { en: "Other" }, isOther: true }] },
    { id: "picks", type: "multi", title: { en: "Picks" }, isRequired: false, maxChoices: 2, options: ["x", "y", "z"].map((id) => ({ id, label: { en: id } })) },
  ],
  thanks: { title: { en: "Thanks" } },
  theme: { accent: "#3b4fd8" },
};

describe("checkAnswers", () => {
  const cases: { title: string; answers: Answers; isComplete?: boolean; problems: string[] }[] = [
    { title: "a full set is fine", answers: { nps: { number: 9 }, pick: { choices: ["a"] } }, isComplete: true, problems: [] },
    { title: "nothing is fine for a partial set", answers: {}, problems: [] },
    { title: "a required question must be answered at the end", answers: {}, isComplete: true, problems: ["nps missing"] },
    { title: "a hidden required question need not be answered", answers: { nps: { number: 7 } }, isComplete: true, problems: [] },
    { title: "a shown required question must be answered", answers: { nps: { number: 6 } }, isComplete: true, problems: ["why missing"] },
    { title: "spaces are no answer", answers: { nps: { number: 6 }, why: { text: "  " } }, isComplete: true, problems: ["why missing"] },
    { title: "a score above the scale", answers: { nps: { number: 11 } }, problems: ["nps not_on_the_scale"] },
    { title: "a score below the scale", answers: { nps: { number: -1 } }, problems: ["nps not_on_the_scale"] },
    { title: "a score between two points", answers: { nps: { number: 8.5 } }, problems: ["nps not_on_the_scale"] },
    { title: "not a number", answers: { nps: { number: Number.NaN } }, problems: ["nps not_on_the_scale"] },
    { title: "text for a score", answers: { nps: { text: "9" } }, problems: ["nps wrong_kind"] },
    { title: "a score for a text", answers: { why: { number: 3 } }, problems: ["why wrong_kind"] },
    { title: "an unknown option", answers: { pick: { choices: ["b"] } }, problems: ["pick unknown_option"] },
    { title: "the same option twice", answers: { picks: { choices: ["x", "x"] } }, problems: ["picks unknown_option"] },
    { title: "two options for a single choice", answers: { pick: { choices: ["a", "other"] } }, problems: ["pick too_many_choices"] },
    { title: "too many choices", answers: { picks: { choices: ["x", "y", "z"] } }, problems: ["picks too_many_choices"] },
    { title: "words beside other", answers: { pick: { choices: ["other"], text: "A walk" } }, problems: [] },
    { title: "words without other", answers: { pick: { choices: ["a"], text: "A walk" } }, problems: ["pick wrong_kind"] },
    { title: "a very long text", answers: { why: { text: "x".repeat(4_001) } }, problems: ["why too_long"] },
    { title: "an unknown question", answers: { nope: { number: 1 } }, problems: ["nope unknown_question"] },
    { title: "a question named like a method", answers: JSON.parse('{"__proto__":{"number":1},"constructor":{"number":1}}'), problems: ["__proto__ unknown_question", "constructor unknown_question"] },
  ];
  test.each(cases)("$title", ({ answers, isComplete, problems }) => {
    const found = checkAnswers(definition, answers, isComplete ?? false);

    expect(found.map((one) => `${one.questionId} ${one.problem}`)).toEqual(problems);
  });
});

describe("listShownQuestions", () => {
  test.each<[string, Answers, string[]]>([
    ["a promoter skips the reason", { nps: { number: 9 } }, ["nps", "pick", "picks"]],
    ["a detractor is asked why", { nps: { number: 6 } }, ["nps", "why", "pick", "picks"]],
    ["a reason opens the next question", { nps: { number: 0 }, why: { text: "Late" } }, ["nps", "why", "more", "pick", "picks"]],
    ["an answer that is hidden again opens nothing", { nps: { number: 9 }, why: { text: "Late" } }, ["nps", "pick", "picks"]],
  ])("%s", (_title, answers, shown) => {
    expect(listShownQuestions(definition, answers).map((question) => question.id)).toEqual(shown);
  });

  test.each<[Condition["operator"], Condition["value"], Answers, boolean]>([
    ["is", "a", { pick: { choices: ["a"] } }, true],
    ["is", "a", { pick: { choices: ["other"] } }, false],
    ["is", "a", {}, false],
    ["is_not", "a", { pick: { choices: ["other"] } }, true],
    ["is_not", "a", {}, false],
    ["answered", undefined, { pick: { choices: ["a"] } }, true],
    ["not_answered", undefined, {}, true],
    ["at_least", 3, { pick: { choices: ["a"] } }, false],
    ["is", 4, { pick: { number: 4 } }, true],
    ["is", undefined, { pick: { choices: ["a"] } }, false],
  ])("%s %s with %j is %s", (operator, value, answers, isShown) => {
    const showIf = [{ questionId: "pick", operator, value }];
    const one: SurveyDefinition = { ...definition, questions: [...definition.questions.slice(3, 4), { id: "last", type: "text", title: { en: "Last" }, isRequired: false, showIf }] };

    expect(listShownQuestions(one, answers).some((question) => question.id === "last")).toBe(isShown);
  });
});

test("the next question follows the answers", () => {
  expect(findNextQuestion(definition, {}, null)?.id).toBe("nps");
  expect(findNextQuestion(definition, { nps: { number: 10 } }, "nps")?.id).toBe("pick");
  expect(findNextQuestion(definition, { nps: { number: 2 } }, "nps")?.id).toBe("why");
  expect(findNextQuestion(definition, { nps: { number: 10 } }, "picks")).toBeNull();
});

test("a person who comes back goes on at the first open question", () => {
  expect(findUnansweredQuestion(definition, { nps: { number: 2 } })?.id).toBe("why");
});

test("an answer of nothing is empty", () => {
  expect([undefined, {}, { text: " " }, { choices: [] }].map(isEmptyAnswer)).toEqual([true, true, true, true]);
  expect(isEmptyAnswer({ number: 0 })).toBe(false);
});
