// Builders for tests and seed: state only what matters, the rest is sound.
import type { SaveResponseBody } from "./responses/responses.contract.ts";
import type { Answers, Question, SurveyDefinition } from "./surveys/definition.contract.ts";
import { Survey } from "./surveys/surveys.contract.ts";

/** NPS, why (for 6 and less), one choice with a written option. */
export const irrelevantQuestions: Question[] = [
  { id: "nps", type: "nps", title: { en: "How likely are you to recommend us?" }, isRequired: true },
  { id: "why", type: "text", title: { en: "Why?" }, isRequired: false, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] },
  {
    id: "matters", type: "single", title: { en: "What matters most?" }, isRequired: false,
    options: [{ id: "price", label: { en: "Price" } }, { id: "other", label: { en: "Something else" }, isOther: true }],
  },
];

export const makeDefinition = (given: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  format: 1, languages: ["en"], title: { en: "Your view of us" }, questions: irrelevantQuestions,
  thanks: { title: { en: "Thank you!" } }, theme: { accent: "#3b4fd8" }, ...given,
});

/** The body of one save of a response. */
export const makeSave = (slug: string, answers: Answers, given: Partial<SaveResponseBody> = {}): Partial<SaveResponseBody> => ({
  id: crypto.randomUUID(), slug, version: 1, revision: 1, language: "en", isComplete: true, answers, ...given,
});

type SurveyMaker = { ask: (method: "POST", url: string, body?: unknown) => Promise<{ body: unknown }> };

/** A survey made and published by somebody who may. */
export const publishSurvey = async (member: SurveyMaker, definition: Partial<SurveyDefinition> = {}, name = "Relationship"): Promise<Survey> => {
  const created = Survey.parse((await member.ask("POST", "/api/surveys", { name, definition: makeDefinition(definition) })).body);
  return Survey.parse((await member.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
