import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { checkFormula, tryFormula } from "./formula-try.rules.ts";

const make = (...formulas: string[]): SurveyDefinition => ({
  format: 1, languages: ["en"], title: {}, questions: [{ id: "nps", type: "nps", title: {}, isRequired: true }, { id: "ces", type: "ces", title: {}, isRequired: true }],
  calculations: formulas.map((formula, index) => ({ id: `c${index + 1}`, name: "Irrelevant", formula })), thanks: { title: {} }, theme: { accent: "#3b4fd8" },
});
const last = (definition: SurveyDefinition) => definition.calculations?.at(-1) ?? { id: "", name: "", formula: "" };

test.each<[string[], unknown]>([
  [["nps + ces"], { ok: true, names: ["nps", "ces"] }],
  [["nps * 2", "c1 + ces"], { ok: true, names: ["nps", "ces"] }],
  [["trait.age / 2"], { ok: true, names: ["trait.age"] }],
  [["nps +"], { ok: false, message: "The formula ends too early." }],
  [["gone + 1"], { ok: false, message: '"gone" is neither a question nor an earlier calculation.' }],
  [["c1 + 1"], { ok: false, message: '"c1" is neither a question nor an earlier calculation.' }],
])("the formula in %j is checked as it is typed", (formulas, expected) => {
  const definition = make(...formulas);
  expect(checkFormula(definition, last(definition))).toEqual(expected);
});

test("a formula is tried with values, through earlier calculations", () => {
  const definition = make("nps * 2", "c1 + ces");
  expect(tryFormula(definition, last(definition), { nps: 5, ces: 1 })).toBe(11);
  expect(tryFormula(definition, last(definition), { nps: 5 })).toBeNull();
});
