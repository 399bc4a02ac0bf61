import { makeDefinition } from "../server/feedback/feedback.make.ts";
import type { SurveyDefinition } from "../server/feedback/surveys/definition.contract.ts";

/** A survey with a question of each kind that looks different from the others. */
export const everyKind = (): SurveyDefinition => makeDefinition({
  languages: ["en", "ar"],
  questions: [
    { id: "nps", type: "nps", title: { en: "How likely are you to recommend us?", ar: "ما مدى احتمال أن توصي بنا؟" }, isRequired: false },
    { id: "csat", type: "csat", title: { en: "How satisfied were you?" }, isRequired: false, look: "smileys" },
    { id: "stars", type: "rating", title: { en: "Your stars" }, isRequired: false, min: 1, max: 5, look: "stars" },
    { id: "multi", type: "multi", title: { en: "What did you like?" }, isRequired: false, options: [{ id: "a", label: { en: "Price" } }, { id: "b", label: { en: "Other" }, isOther: true }] },
    { id: "drop", type: "dropdown", title: { en: "Which shop?" }, isRequired: false, options: [{ id: "a", label: { en: "North" } }, { id: "b", label: { en: "South" } }] },
    { id: "matrix", type: "matrix", title: { en: "Rate each" }, isRequired: false, rows: [{ id: "r", label: { en: "Speed" } }], columns: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] },
    { id: "slide", type: "slider", title: { en: "How much?" }, isRequired: false, min: 0, max: 10, step: 1 },
    { id: "contact", type: "contact", title: { en: "Who are you?" }, isRequired: false, fields: ["first_name", "email"] },
    { id: "yes", type: "consent", title: { en: "May we write?" }, isRequired: false, statement: { en: "Yes, write to me." } },
    { id: "why", type: "text", title: { en: "Anything else?" }, isRequired: false },
  ],
});
