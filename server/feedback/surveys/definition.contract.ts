import { z } from "zod";

/** Text PostgreSQL can keep: no NUL, no half of a character. */
const STORABLE = /^[^\0\p{Cs}]*$/u;

/** A text in one or more languages, keyed by language tag ("en", "pt-BR"); a missing one falls back to the first language of the survey. */
export const LocalText = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/), z.string().max(2_000).regex(STORABLE));
export type LocalText = z.infer<typeof LocalText>;

export const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/);
export const QuestionId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const OptionId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);

/** One comparison with an earlier answer. `answered` needs no value; numbers compare scores, text compares the id of an option. */
export const Condition = z.object({
  questionId: QuestionId,
  operator: z.enum(["is", "is_not", "at_least", "at_most", "answered", "not_answered"]),
  value: z.union([z.number(), z.string().max(40)]).optional(),
});
export type Condition = z.infer<typeof Condition>;

const asked = {
  id: QuestionId,
  title: LocalText,
  hint: LocalText.optional(),
  isRequired: z.boolean(),
  /** Shown when every condition holds; conditions look only at earlier questions, so that no answer can hide itself. */
  showIf: z.array(Condition).max(10).optional(),
};
const scaleEnds = { low: LocalText.optional(), high: LocalText.optional() };

export const SurveyOption = z.object({ id: OptionId, label: LocalText, isOther: z.boolean().optional() });
export type SurveyOption = z.infer<typeof SurveyOption>;
const options = { options: z.array(SurveyOption).max(50) };

/** The kinds of question. A new kind is one more member here, one more case in the rules and one more field in the survey page. */
export const Question = z.discriminatedUnion("type", [
  z.object({ type: z.literal("nps"), ...asked, ...scaleEnds }),
  z.object({ type: z.literal("csat"), ...asked, ...scaleEnds }),
  z.object({ type: z.literal("ces"), ...asked, ...scaleEnds }),
  z.object({ type: z.literal("single"), ...asked, ...options }),
  z.object({ type: z.literal("multi"), ...asked, ...options, maxChoices: z.int().min(1).max(50).optional() }),
  z.object({ type: z.literal("text"), ...asked, isLong: z.boolean().optional() }),
]);
export type Question = z.infer<typeof Question>;

export const SurveyDefinition = z.object({
  /** Version of this format, so that a stored definition can be told from a later one and be lifted to it. */
  format: z.literal(1),
  /** The first language is the one every text must have; a text missing in another language falls back to it. */
  languages: z.array(LanguageTag).min(1).max(30),
  title: LocalText,
  intro: LocalText.optional(),
  questions: z.array(Question).max(100),
  thanks: z.object({ title: LocalText, text: LocalText.optional() }),
  theme: z.object({ accent: z.string().regex(/^#[0-9a-fA-F]{6}$/) }),
});
export type SurveyDefinition = z.infer<typeof SurveyDefinition>;

/** One answer, as given: a number for scales, ids of options for choices (with the words written beside "other"), or text. */
export const Answer = z.object({
  number: z.number().optional(),
  choices: z.array(z.string().max(40)).max(50).optional(),
  text: z.string().max(4_000).optional(),
});
export type Answer = z.infer<typeof Answer>;

export const Answers = z.record(z.string().max(40), Answer);
export type Answers = z.infer<typeof Answers>;
