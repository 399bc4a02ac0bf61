import { expect, test } from "vitest";
import type { Question } from "../surveys/definition.contract.ts";
import { pageTextsIn } from "./page-texts.rules.ts";
import { scaleEndsOf } from "./scale-ends.rules.ts";

const question: Extract<Question, { type: "nps" }> = { id: "nps", type: "nps", title: {}, isRequired: true, low: { en: "Never", fr: "Jamais" } };

test.each<[string, string, string]>([
  ["the survey's own word", "en", "Never"],
  ["the survey's own word of the base language", "fr-CA", "Jamais"],
  ["the page's word when the survey has none in this language", "de", "Sehr unwahrscheinlich"],
])("%s stands at the low end in %s", (_title, language, low) => {
  expect(scaleEndsOf(question, { language, languages: ["en", "fr-CA", "de"], texts: pageTextsIn(language) }).low).toBe(low);
});
