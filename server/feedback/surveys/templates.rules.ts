import type { LocalText, Question, SurveyDefinition } from "./definition.contract.ts";

export type SurveyTemplate = { id: string; name: string; about: string; definition: SurveyDefinition };

const en = (text: string): LocalText => ({ en: text });
const why = (showFor: string): Question => ({
  id: "why", type: "text", title: en("What is the main reason for your score?"), isRequired: false, isLong: true,
  showIf: [{ questionId: showFor, operator: "answered" }],
});
const survey = (title: string, questions: Question[]): SurveyDefinition => ({
  format: 1, languages: ["en"], title: en(title), questions,
  thanks: { title: en("Thank you!"), text: en("Your answer goes straight to the people who can act on it.") },
  theme: { accent: "#3b4fd8" },
});

const relationship = survey("Your view of us", [
  { id: "nps", type: "nps", title: en("How likely are you to recommend us to a friend or colleague?"), isRequired: true, low: en("Not at all likely"), high: en("Extremely likely") },
  why("nps"),
  {
    id: "matters", type: "single", title: en("What matters most to you?"), isRequired: false,
    options: [
      { id: "price", label: en("Price") },
      { id: "quality", label: en("Quality") },
      { id: "delivery", label: en("Delivery") },
      { id: "service", label: en("Service") },
      { id: "other", label: en("Something else"), isOther: true },
    ],
  },
]);

const purchase = survey("Your purchase", [
  { id: "csat", type: "csat", title: en("How satisfied are you with your purchase?"), isRequired: true, low: en("Very dissatisfied"), high: en("Very satisfied") },
  why("csat"),
  {
    id: "better", type: "multi", title: en("What could have been better?"), isRequired: false,
    showIf: [{ questionId: "csat", operator: "at_most", value: 3 }],
    options: [
      { id: "finding", label: en("Finding what I wanted") },
      { id: "price", label: en("The price") },
      { id: "payment", label: en("Paying") },
      { id: "delivery", label: en("The delivery") },
      { id: "product", label: en("The product itself") },
      { id: "other", label: en("Something else"), isOther: true },
    ],
  },
]);

const support = survey("Our help", [
  { id: "ces", type: "ces", title: en("We made it easy for you to handle your issue."), isRequired: true, low: en("Strongly disagree"), high: en("Strongly agree") },
  {
    id: "solved", type: "single", title: en("Is your issue solved?"), isRequired: false,
    options: [{ id: "yes", label: en("Yes") }, { id: "partly", label: en("Partly") }, { id: "no", label: en("No") }],
  },
  why("ces"),
]);

/** Surveys to start from; wording of the scores after their sources (Reichheld, HBR 2003; CES 2.0, The Effortless Experience, 2013). */
export const SURVEY_TEMPLATES: readonly SurveyTemplate[] = [
  { id: "relationship", name: "Relationship NPS", about: "Would they recommend you, why, and what matters most. Ask everyone twice a year.", definition: relationship },
  { id: "purchase", name: "After a purchase", about: "Satisfaction with a purchase (CSAT), and what to improve when it was not good.", definition: purchase },
  { id: "support", name: "After support", about: "How easy it was to get help (CES), and whether the issue is solved.", definition: support },
];

/** A survey without a question, to build from nothing.
 *  @param title what people read at its top */
export const emptySurvey = (title: string): SurveyDefinition => survey(title, []);
