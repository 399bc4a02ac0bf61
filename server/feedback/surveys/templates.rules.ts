import type { Condition, LocalText, Question, SurveyDefinition, SurveyOption } from "./definition.contract.ts";

export type SurveyTemplate = { id: string; name: string; about: string; definition: SurveyDefinition };

const en = (text: string): LocalText => ({ en: text });
const options = (...labels: [id: string, label: string][]): SurveyOption[] => labels.map(([id, label]) => ({ id, label: en(label) }));
const other: SurveyOption = { id: "other", label: en("Something else"), isOther: true };
const optional = { isRequired: false };

const why = (after: string, title = "What is the main reason for your score?"): Question => ({
  id: "why", type: "text", title: en(title), ...optional, isLong: true, showIf: [{ questionId: after, operator: "answered" }],
});
const csat = (title: string, showIf?: Condition[]): Question => ({
  id: "csat", type: "csat", title: en(title), isRequired: true, low: en("Very dissatisfied"), high: en("Very satisfied"), ...(showIf === undefined ? {} : { showIf }),
});
const ces = (title: string): Question => ({ id: "ces", type: "ces", title: en(title), isRequired: true, low: en("Strongly disagree"), high: en("Strongly agree") });
const nps: Question = {
  id: "nps", type: "nps", title: en("How likely are you to recommend us to a friend or colleague?"), isRequired: true, low: en("Not at all likely"), high: en("Extremely likely"),
};
const onlyAt = (questionId: string, value: number): Condition[] => [{ questionId, operator: "at_most", value }];
const survey = (title: string, questions: Question[], given: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  format: 1, languages: ["en"], title: en(title), questions,
  thanks: { title: en("Thank you!"), text: en("Your answer goes straight to the people who can act on it.") },
  theme: { accent: "#3b4fd8" }, ...given,
});

const relationship = survey("Your view of us", [
  nps,
  why("nps"),
  {
    id: "matters", type: "single", title: en("What matters most to you?"), ...optional,
    options: [...options(["price", "Price"], ["quality", "Quality"], ["delivery", "Delivery"], ["service", "Service"]), other],
  },
]);

const purchase = survey("Your purchase", [
  csat("How satisfied are you with your purchase?"),
  why("csat"),
  {
    id: "better", type: "multi", title: en("What could have been better?"), ...optional, showIf: onlyAt("csat", 3),
    options: [...options(["finding", "Finding what I wanted"], ["price", "The price"], ["payment", "Paying"], ["delivery", "The delivery"], ["product", "The product itself"]), other],
  },
]);

const support = survey("Our help", [
  ces("We made it easy for you to handle your issue."),
  { id: "solved", type: "single", title: en("Is your issue solved?"), ...optional, options: options(["yes", "Yes"], ["partly", "Partly"], ["no", "No"]) },
  why("ces"),
  {
    id: "call_back", type: "consent", title: en("Shall we get in touch again?"), ...optional, statement: en("Yes, please contact me about this."), purpose: "follow_up",
    showIf: [{ questionId: "solved", operator: "is", value: "no" }],
  },
]);

const onboarding = survey("Your start with us", [
  ces("It was easy to get started."),
  { id: "stuck", type: "single", title: en("Where did you lose time?"), ...optional, showIf: onlyAt("ces", 4),
    options: [...options(["sign_up", "Signing up"], ["set_up", "Setting up"], ["first_use", "The first use"], ["instructions", "The instructions"]), other] },
  { id: "expected", type: "rating", title: en("How close is it to what you expected?"), ...optional, min: 1, max: 5, low: en("Not at all"), high: en("Exactly") },
  { id: "missing", type: "text", title: en("What is still missing for you?"), ...optional, isLong: true },
]);

const delivery = survey("Your delivery", [
  csat("How satisfied are you with the delivery?"),
  { id: "in_time", type: "single", title: en("Did it arrive when we said it would?"), isRequired: true, options: options(["earlier", "Earlier"], ["in_time", "Yes, in time"], ["late", "Later"], ["never", "It has not arrived"]) },
  { id: "informed", type: "rating", title: en("How well did we keep you informed?"), ...optional, min: 1, max: 5, look: "stars" },
  { id: "damage", type: "file", title: en("Was something damaged? A photo helps us to put it right."), ...optional, kinds: ["image"], filesMax: 3, sizeMaxMb: 10, isPhoto: true, showIf: onlyAt("csat", 3) },
  why("csat"),
]);

const returns = survey("Your return", [
  ces("It was easy to return the product or have it repaired."),
  { id: "reason", type: "dropdown", title: en("Why did it come back?"), ...optional,
    options: [...options(["fit", "It did not fit"], ["description", "Not as described"], ["damaged", "It arrived damaged"], ["broke", "It stopped working"], ["mind", "I changed my mind"]), other] },
  { id: "settled", type: "single", title: en("Has it been settled?"), ...optional, options: options(["yes", "Yes"], ["waiting", "I am still waiting"], ["no", "No"]) },
  { id: "again", type: "rating", title: en("How likely are you to buy from us again?"), ...optional, min: 1, max: 5, low: en("Very unlikely"), high: en("Very likely") },
  why("ces"),
]);

const cancellation = survey("You are leaving", [
  { id: "reason", type: "single", title: en("What is the main reason you are leaving?"), isRequired: true, order: "random",
    options: [...options(["price", "The price"], ["need", "I do not need it any more"], ["missing", "Something is missing"], ["service", "The service"], ["quality", "It did not work as it should"], ["competitor", "I found something better"]), other] },
  { id: "kept", type: "text", title: en("What would have kept you?"), ...optional, isLong: true },
  { id: "switched", type: "text", title: en("Whom do you go to instead?"), ...optional, isLong: false, showIf: [{ questionId: "reason", operator: "is", value: "competitor" }] },
  csat("How satisfied are you with how leaving went?"),
]);

const store = survey("Your visit", [
  { id: "csat", type: "csat", title: en("How was your visit today?"), isRequired: true, look: "smileys" },
  { id: "found", type: "single", title: en("Did you find what you came for?"), ...optional, options: options(["yes", "Yes"], ["partly", "Partly"], ["no", "No"]) },
  { id: "staff", type: "matrix", title: en("How were our people?"), ...optional,
    rows: options(["friendly", "Friendly"], ["helpful", "Helpful"], ["quick", "Quick"]),
    columns: [{ id: "1", label: en("Poor"), score: 1 }, { id: "2", label: en("Fair"), score: 2 }, { id: "3", label: en("Good"), score: 3 }, { id: "4", label: en("Excellent"), score: 4 }] },
  { id: "why", type: "text", title: en("What should we know?"), ...optional, isLong: true },
]);

const exit = survey("Before you go", [
  { id: "purpose", type: "single", title: en("What did you come here for today?"), isRequired: true, options: [...options(["buy", "To buy something"], ["compare", "To compare"], ["help", "To get help"], ["look", "To look round"]), other] },
  { id: "done", type: "single", title: en("Could you do it?"), isRequired: true, options: options(["yes", "Yes"], ["partly", "Partly"], ["no", "No"]) },
  { id: "hindered", type: "text", title: en("What stood in your way?"), ...optional, isLong: true, showIf: [{ questionId: "done", operator: "is_not", value: "yes" }] },
]);

const walkThrough = survey("Walk-through", [
  { id: "place", type: "text", title: en("Where are you, and what are you trying to do as a customer?"), isRequired: true, isLong: false },
  { id: "steps", type: "number", title: en("How many steps did it take?"), ...optional, min: 0, max: 500, decimals: 0 },
  { id: "minutes", type: "number", title: en("How many minutes did it take?"), ...optional, min: 0, max: 1440 },
  ces("It was easy."),
  { id: "needs", type: "matrix", title: en("How well were a customer's needs met?"), ...optional,
    rows: options(["easy", "Made it easy"], ["expectations", "Set expectations"], ["promises", "Kept promises"], ["informed", "Kept me informed"], ["individual", "Treated me as an individual"], ["right", "Put it right"]),
    columns: [{ id: "1", label: en("Not met"), score: 1 }, { id: "2", label: en("Partly"), score: 2 }, { id: "3", label: en("Met"), score: 3 }, { id: "na", label: en("Did not arise") }] },
  { id: "photo", type: "file", title: en("A photo or screenshot"), ...optional, kinds: ["image"], filesMax: 5, sizeMaxMb: 10 },
  { id: "feeling", type: "text", title: en("What did you feel, and when?"), ...optional, isLong: true },
]);

/** Surveys to start from; wording of the scores after their sources (Reichheld, HBR 2003; CES 2.0, The Effortless Experience, 2013). */
export const SURVEY_TEMPLATES: readonly SurveyTemplate[] = [
  { id: "relationship", name: "Relationship NPS", about: "Would they recommend you, why, and what matters most. Ask everyone twice a year.", definition: relationship },
  { id: "purchase", name: "After a purchase", about: "Satisfaction with a purchase (CSAT), and what to improve when it was not good.", definition: purchase },
  { id: "support", name: "After support", about: "How easy it was to get help (CES), and whether the issue is solved.", definition: support },
  { id: "onboarding", name: "Onboarding", about: "How easy the start was, where time was lost, and what is still missing.", definition: onboarding },
  { id: "delivery", name: "Delivery", about: "In time, intact, well informed? With photos of damage.", definition: delivery },
  { id: "return", name: "Return or warranty", about: "How easy it was to send something back or have it repaired, and whether it is settled.", definition: returns },
  { id: "cancellation", name: "Cancellation", about: "Why people leave, and what would have kept them.", definition: cancellation },
  { id: "store", name: "Store visit", about: "Smileys for a kiosk at the door or a code on the receipt.", definition: store },
  { id: "exit", name: "Leaving the website", about: "What visitors came for and whether they could do it.", definition: exit },
  { id: "walk-through", name: "Walk-through", about: "For members in their customers' shoes: steps, minutes, the six needs, photos.", definition: walkThrough },
];

/** A survey without a question, to build from nothing.
 *  @param title what people read at its top */
export const emptySurvey = (title: string): SurveyDefinition => survey(title, []);
