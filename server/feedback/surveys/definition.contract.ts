import { z } from "zod";

/** Text PostgreSQL can keep: no NUL, no half of a character. */
const STORABLE = /^[^\0\p{Cs}]*$/u;

/** A text in one or more languages, keyed by language tag ("en", "pt-BR"); a missing one falls back to the first language of the survey.
 *  `{{nps}}` stands for an earlier answer, `{{trait.first_name|there}}` for a trait with what to say when it is not known. */
export const LocalText = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/), z.string().max(2_000).regex(STORABLE));
export type LocalText = z.infer<typeof LocalText>;

export const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/);
export const QuestionId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const OptionId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);
const TraitName = z.string().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}{}|]+$/u);

const comparison = {
  /** `answered` and `not_answered` need no value; numbers compare scores, text compares the id of an option or the words of a trait. */
  operator: z.enum(["is", "is_not", "at_least", "at_most", "contains", "not_contains", "answered", "not_answered"]),
  value: z.union([z.number(), z.string().max(200)]).optional(),
};

/** One comparison: with an earlier answer (of a matrix: with one row), a trait of the customer, a calculated field, or a fact of the response. */
export const Condition = z.union([
  z.object({ questionId: QuestionId, row: OptionId.optional(), ...comparison }),
  z.object({ trait: TraitName, ...comparison }),
  z.object({ calculation: QuestionId, ...comparison }),
  z.object({ fact: z.enum(["language", "channel", "touchpoint", "source", "campaign"]), ...comparison }),
]).meta({ id: "SurveyCondition" });
export type Condition = z.infer<typeof Condition>;

/** Conditions with how many must hold; none at all always holds. */
const rule = { conditions: z.array(Condition).max(10), match: z.enum(["all", "any"]).optional() };

const asked = {
  id: QuestionId,
  title: LocalText,
  hint: LocalText.optional(),
  /** What a voice says instead of the title, where the written words do not sound well. */
  spoken: LocalText.optional(),
  isRequired: z.boolean(),
  /** Shown when the conditions hold; they look only at earlier questions, so that no answer can hide itself. */
  showIf: z.array(Condition).max(10).optional(),
  showIfMatch: z.enum(["all", "any"]).optional(),
  /** After this question the first branch that holds leads on to a later question or an ending; the questions between are left out. */
  branches: z.array(z.object({ ...rule, to: QuestionId.describe("Id of a later question or of an ending; `end` for the thank-you.") })).max(20).optional(),
};
const scaleEnds = { low: LocalText.optional(), high: LocalText.optional() };
const order = { order: z.enum(["given", "random"]).optional() };

export const SurveyOption = z.object({
  id: OptionId,
  label: LocalText,
  /** Has a field to write in. */
  isOther: z.boolean().optional(),
  /** Excludes all others: "None of these". */
  isNone: z.boolean().optional(),
  /** Points it counts in formulas. */
  score: z.number().min(-1e6).max(1e6).optional(),
  /** Of a picture choice: a file of this survey. */
  imageId: z.uuid().optional(),
});
export type SurveyOption = z.infer<typeof SurveyOption>;
const options = { options: z.array(SurveyOption).max(200), ...order };

export const ScaleLook = z.enum(["numbers", "stars", "smileys", "words"]);
export type ScaleLook = z.infer<typeof ScaleLook>;
export const ContactField = z.enum(["first_name", "last_name", "email", "phone", "company", "street", "postal_code", "city", "country"]);
export type ContactField = z.infer<typeof ContactField>;
export const FileKind = z.enum(["image", "pdf", "document", "audio"]);
export type FileKind = z.infer<typeof FileKind>;

const number = z.number().min(-1e12).max(1e12);
const day = z.union([z.iso.date(), z.literal("today")]);

/** The kinds of question. A new kind is one more member here, one more case in the rules and one more field in the survey page. */
export const Question = z.discriminatedUnion("type", [
  z.object({ type: z.literal("nps"), ...asked, ...scaleEnds }),
  z.object({ type: z.literal("csat"), ...asked, ...scaleEnds, look: ScaleLook.optional() }),
  z.object({ type: z.literal("ces"), ...asked, ...scaleEnds }),
  z.object({ type: z.literal("rating"), ...asked, ...scaleEnds, min: z.int().min(0).max(1), max: z.int().min(2).max(10), look: ScaleLook.optional() }),
  z.object({ type: z.literal("single"), ...asked, ...options }),
  z.object({ type: z.literal("multi"), ...asked, ...options, minChoices: z.int().min(0).max(200).optional(), maxChoices: z.int().min(1).max(200).optional() }),
  z.object({ type: z.literal("dropdown"), ...asked, ...options }),
  z.object({ type: z.literal("ranking"), ...asked, ...options }),
  z.object({ type: z.literal("picture"), ...asked, ...options, isMultiple: z.boolean().optional() }),
  z.object({
    type: z.literal("matrix"), ...asked, ...order, rows: z.array(SurveyOption).max(50), columns: z.array(SurveyOption).max(20), isMultiple: z.boolean().optional(),
  }),
  z.object({ type: z.literal("constant_sum"), ...asked, ...options, total: z.number().positive().max(1e6), unit: LocalText.optional() }),
  z.object({ type: z.literal("slider"), ...asked, ...scaleEnds, min: number, max: number, step: z.number().positive().max(1e6), unit: LocalText.optional() }),
  z.object({
    type: z.literal("text"), ...asked, isLong: z.boolean().optional(), minLength: z.int().min(0).max(4_000).optional(), maxLength: z.int().min(1).max(4_000).optional(),
    format: z.enum(["any", "url", "digits", "letters"]).optional(),
  }),
  z.object({ type: z.literal("number"), ...asked, min: number.optional(), max: number.optional(), decimals: z.int().min(0).max(6).optional(), unit: LocalText.optional() }),
  z.object({ type: z.literal("date"), ...asked, earliest: day.optional(), latest: day.optional() }),
  z.object({ type: z.literal("email"), ...asked }),
  z.object({ type: z.literal("phone"), ...asked }),
  z.object({ type: z.literal("contact"), ...asked, fields: z.array(ContactField).max(9), requiredFields: z.array(ContactField).max(9).optional() }),
  /** A box to tick beside a statement; required means it must be ticked. `purpose` is what the consent is recorded for. */
  z.object({ type: z.literal("consent"), ...asked, statement: LocalText, purpose: z.string().max(80).optional() }),
  z.object({ type: z.literal("file"), ...asked, kinds: z.array(FileKind).min(1).max(4), filesMax: z.int().min(1).max(10), sizeMaxMb: z.int().min(1).max(25), isPhoto: z.boolean().optional() }),
  /** Says something and asks nothing. */
  z.object({ type: z.literal("statement"), ...asked }),
]).meta({ id: "SurveyQuestion" });
export type Question = z.infer<typeof Question>;
export type QuestionType = Question["type"];
export type QuestionOf<Type extends QuestionType> = Extract<Question, { type: Type }>;

const HttpsAddress = z.url({ protocol: /^https$/ }).max(500);

/** A way to end: the first ending whose conditions hold is shown, else the thank-you. Branches and quotas name an ending directly. */
export const Ending = z.object({
  id: QuestionId, title: LocalText, text: LocalText.optional(), redirectUrl: HttpsAddress.optional(), ...rule,
  /** The person does not belong to those asked: the response is kept and not counted. */
  isScreenOut: z.boolean().optional(),
});
export type Ending = z.infer<typeof Ending>;

/** At most `limit` complete responses for which the conditions hold; further people are led to the ending and not counted. */
export const Quota = z.object({ id: QuestionId, name: z.string().min(1).max(80), limit: z.int().min(1).max(10_000_000), ...rule, endingId: QuestionId.optional() });
export type Quota = z.infer<typeof Quota>;

/** A number worked out from answers, in the language of `formula.rules.ts`: "sum(q1, q2) / 2". */
export const Calculation = z.object({ id: QuestionId, name: z.string().min(1).max(80), formula: z.string().min(1).max(500) });
export type Calculation = z.infer<typeof Calculation>;

const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);
export const Theme = z.object({
  accent: Colour,
  background: Colour.optional(),
  ink: Colour.optional(),
  /** Roundness of corners in pixels. */
  radius: z.int().min(0).max(24).optional(),
  logoId: z.uuid().optional(),
});
export type Theme = z.infer<typeof Theme>;

export const SurveyDefinition = z.object({
  /** Version of this format, so that a stored definition can be told from a later one and be lifted to it. */
  format: z.literal(1),
  /** The first language is the one every text must have; a text missing in another language falls back to it. */
  languages: z.array(LanguageTag).min(1).max(30),
  title: LocalText,
  intro: LocalText.optional(),
  questions: z.array(Question).max(200),
  calculations: z.array(Calculation).max(50).optional(),
  endings: z.array(Ending).max(20).optional(),
  quotas: z.array(Quota).max(50).optional(),
  /** Groups of neighbouring questions that each person gets in an order of its own. */
  shuffle: z.array(z.array(QuestionId).min(2).max(50)).max(10).optional(),
  thanks: z.object({ title: LocalText, text: LocalText.optional(), redirectUrl: HttpsAddress.optional() }),
  theme: Theme,
}).meta({ id: "SurveyDefinition" });
export type SurveyDefinition = z.infer<typeof SurveyDefinition>;

export const GivenFile = z.object({ id: z.uuid(), name: z.string().max(200) });

/** One answer, as given. Which member holds it follows from the kind of question:
 *  `number` scales, sliders, numbers · `choices` ids of options, in order for a ranking, ["yes"] for a consent · `text` words, dates, addresses, and
 *  the words beside "other" · `rows` chosen columns by row of a matrix · `amounts` by option of a constant sum · `fields` of a contact · `files` uploaded before. */
export const Answer = z.object({
  number: z.number().optional(),
  choices: z.array(z.string().max(40)).max(200).optional(),
  text: z.string().max(4_000).optional(),
  rows: z.record(z.string().max(40), z.array(z.string().max(40)).max(20)).optional(),
  amounts: z.record(z.string().max(40), z.number()).optional(),
  fields: z.record(z.string().max(40), z.string().max(300)).optional(),
  files: z.array(GivenFile).max(10).optional(),
});
export type Answer = z.infer<typeof Answer>;

export const Answers = z.record(z.string().max(40), Answer);
export type Answers = z.infer<typeof Answers>;

/** What is known besides the answers when a survey is shown: traits of the customer that its texts and conditions name, and facts of the response. */
export type SurveyContext = {
  traits: Readonly<Record<string, string | number | boolean>>;
  facts: Readonly<Partial<Record<"language" | "channel" | "touchpoint" | "source" | "campaign", string>>>;
};
