import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { conditionsOnOption, withoutCalculation, withoutEnding, withoutQuestion } from "./references.rules.ts";

const onNps = { questionId: "nps", operator: "at_most", value: 6 } as const;
const onPrice = { questionId: "matters", operator: "is", value: "price" } as const;
const onResult = { calculation: "result", operator: "at_least", value: 1 } as const;
const definition: SurveyDefinition = {
  format: 1, languages: ["en"], title: { en: "Irrelevant" },
  questions: [
    { id: "nps", type: "nps", title: {}, isRequired: true },
    { id: "matters", type: "single", title: {}, isRequired: false, options: [{ id: "price", label: {} }], showIf: [onNps], branches: [{ to: "sorry", conditions: [onNps] }, { to: "end", conditions: [onNps, onPrice] }] },
    { id: "why", type: "text", title: {}, isRequired: false, showIf: [onPrice, onResult] },
  ],
  calculations: [{ id: "result", name: "Result", formula: "nps" }],
  endings: [{ id: "sorry", title: {}, conditions: [onNps] }],
  quotas: [{ id: "low", name: "Low", limit: 5, conditions: [onNps], endingId: "sorry" }, { id: "all", name: "All", limit: 9, conditions: [] }],
  shuffle: [["nps", "matters"], ["nps", "matters", "why"]],
  thanks: { title: {} }, theme: { accent: "#3b4fd8" },
};

test("a question takes along what looked at it alone, and nothing that would then hold for everybody stays", () => {
  const { definition: left, removed } = withoutQuestion(definition, "nps");

  expect(left.questions).toMatchObject([{ id: "matters", showIf: [], branches: [{ to: "end", conditions: [onPrice] }] }, { id: "why", showIf: [onPrice, onResult] }]);
  expect(left.quotas).toMatchObject([{ id: "all" }]);
  expect(left.endings).toMatchObject([{ id: "sorry", conditions: [] }]);
  expect(left.shuffle).toEqual([["matters", "why"]]);
  expect(removed).toEqual({ conditions: 5, branches: 1, quotas: 1 });
});

test("a question takes along the ways that led to it", () => {
  const leads = { ...definition, questions: definition.questions.map((one) => (one.id === "nps" ? { ...one, branches: [{ to: "why", conditions: [] }] } : one)) };

  expect(withoutQuestion(leads, "why")).toMatchObject({ definition: { questions: [{ id: "nps", branches: [] }, { id: "matters" }] }, removed: { branches: 1, quotas: 0 } });
});

test("an ending takes along the ways that led to it, and quotas end with the thank-you", () => {
  const { definition: left, removed } = withoutEnding(definition, "sorry");

  expect(left.endings).toEqual([]);
  expect(left.questions[1]).toMatchObject({ branches: [{ to: "end" }] });
  expect(left.quotas).toMatchObject([{ id: "low", endingId: undefined, conditions: [onNps] }, { id: "all" }]);
  expect(removed).toEqual({ conditions: 0, branches: 1, quotas: 0 });
});

test("a calculation takes along the conditions that looked at it", () => {
  const { definition: left, removed } = withoutCalculation(definition, "result");

  expect(left).toMatchObject({ calculations: [], questions: [{}, {}, { showIf: [onPrice] }] });
  expect(removed).toEqual({ conditions: 1, branches: 0, quotas: 0 });
});

test("conditions on an option are counted before it goes", () => {
  expect(conditionsOnOption(definition, "matters", "price")).toBe(2);
  expect(conditionsOnOption(definition, "matters", "none")).toBe(0);
});
