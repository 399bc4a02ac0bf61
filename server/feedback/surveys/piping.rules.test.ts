import { expect, test } from "vitest";
import type { SurveyDefinition } from "./definition.contract.ts";
import { fillText, placesIn, traitsNamedIn } from "./piping.rules.ts";
import { checkWording } from "./wording.rules.ts";

const definition: SurveyDefinition = {
  format: 1, languages: ["en", "de"], title: { en: "T" }, thanks: { title: { en: "Thanks {{trait.first_name|you}}" } }, theme: { accent: "#3b4fd8" },
  questions: [
    { id: "nps", type: "nps", title: { en: "Score" }, isRequired: false },
    {
      id: "pick", type: "multi", title: { en: "Pick" }, isRequired: false, showIf: [{ trait: "plan", operator: "is", value: "gold" }],
      options: [{ id: "a", label: { en: "Apple", de: "Apfel" } }, { id: "o", label: { en: "Other", de: "Anderes" }, isOther: true }],
    },
  ],
  calculations: [{ id: "double", name: "Double", formula: "nps * 2 / 3 + trait.bonus" }],
};

test.each<[string, string, string]>([
  ["You gave {{nps}}.", "en", "You gave 9."],
  ["You like {{pick}}.", "de", "You like Apfel, Anderes: <b>Kiwi</b>."],
  ["Hello {{trait.first_name|there}}!", "en", "Hello Ann!"],
  ["Hello {{ trait.last_name | there }}!", "en", "Hello there!"],
  ["Hello {{trait.last_name}}!", "en", "Hello !"],
  ["{{calculation.double}}", "en", "7"],
  ["{{constructor}}{{trait.__proto__}}", "en", ""],
  ["{{nps", "en", "{{nps"],
])("%j in %s reads %j", (text, language, filled) => {
  const given = {
    definition, language, answers: { nps: { number: 9 }, pick: { choices: ["a", "o"], text: "<b>Kiwi</b>" } }, context: { traits: { first_name: "Ann", bonus: 1 }, facts: {} },
  };
  expect(fillText(text, given)).toBe(filled);
});

test("texts made to be slow are filled in a moment, and judged in one", () => {
  const began = performance.now();
  const slow = `{{${" ".repeat(1_990)}`.padEnd(1_995);
  expect(fillText(slow.repeat(20), { definition, answers: {}, language: "en" })).toContain("{{");
  expect(placesIn("{{ nps }} {{trait.first_name | there}}")).toEqual(["nps", "trait.first_name"]);
  const title = { en: `${"how is ".repeat(140)}${"aaaa and ".repeat(110)}` };
  checkWording(definition, { id: "q", type: "text", title, isRequired: false });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a page learns only the traits its survey names", () => {
  expect(traitsNamedIn(definition).sort()).toEqual(["bonus", "first_name", "plan"]);
});
