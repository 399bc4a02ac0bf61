// What the demo company asks, and when: each survey is the template of its moment, without the questions its customers were never shown.
import type { SurveyDefinition } from "../../feedback/surveys/definition.contract.ts";
import { SURVEY_TEMPLATES } from "../../feedback/surveys/templates.rules.ts";
import type { SurveyKey } from "./demo-model.rules.ts";

type DemoSurveyPlan = { key: SurveyKey; name: string; templateId: string; leftOut: readonly string[] };

/** Left out is what customers of the demo never answer: photos of damage, a table about the staff, leave to be called. */
const plans: readonly DemoSurveyPlan[] = [
  { key: "relationship", name: "How are we doing?", templateId: "relationship", leftOut: [] },
  { key: "delivery", name: "Your delivery", templateId: "delivery", leftOut: ["damage"] },
  { key: "support", name: "Your talk with us", templateId: "support", leftOut: ["call_back"] },
  { key: "shop", name: "Your visit to the shop", templateId: "store", leftOut: ["staff"] },
];

/** The surveys of the demo company with their questions, in the order they are made. */
export const demoSurveys: readonly { key: SurveyKey; name: string; definition: SurveyDefinition }[] = plans.flatMap(({ key, name, templateId, leftOut }) => {
  const template = SURVEY_TEMPLATES.find(({ id }) => id === templateId);
  if (template === undefined) return [];
  return [{ key, name, definition: { ...template.definition, title: { en: name }, questions: template.definition.questions.filter(({ id }) => !leftOut.includes(id)) } }];
});

/** The name of a survey, as the interaction of an answer bears it. */
export const surveyName = (key: SurveyKey): string => demoSurveys.find((survey) => survey.key === key)?.name ?? key;
