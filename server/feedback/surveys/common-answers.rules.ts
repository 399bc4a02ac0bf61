import type { Answer, Question, QuestionOf } from "./definition.contract.ts";
import { OTHER_TEXT_LENGTH_MAX, TEXT_LENGTH_MAX, checkEmptyAnswer, isEmptyAnswer, scaleOf } from "./given-answer.rules.ts";
import type { ChoiceQuestion, Problem } from "./given-answer.rules.ts";

/** Kinds almost every survey has. Browsers load what they need at once; the checks of all others come with their fields. */
export type CommonQuestion = QuestionOf<"nps" | "csat" | "ces" | "rating" | "single" | "multi" | "picture" | "text" | "statement">;
export type RareQuestion = Exclude<Question, CommonQuestion>;

const COMMON: readonly string[] = ["nps", "csat", "ces", "rating", "single", "multi", "picture", "text", "statement"] satisfies CommonQuestion["type"][];

/** Whether a question is of a kind that every page can draw and check at once. */
export function isCommon(question: Question): question is CommonQuestion {
  return COMMON.includes(question.type);
}

/** What is wrong with an answer to a question of a common kind; null when it is fine. */
export function checkCommonAnswer(question: CommonQuestion, answer: Answer | undefined): Problem {
  if (answer === undefined || isEmptyAnswer(answer)) return checkEmptyAnswer(question);
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return hasOnly(answer, ["number"]) ? checkScale(scaleOf(question), answer) : "wrong_kind";
    case "single":
      return checkChoices(question, answer, { min: 1, max: 1 });
    case "multi":
      return checkChoices(question, answer, { min: question.minChoices ?? 0, max: question.maxChoices ?? question.options.length });
    case "picture":
      return checkChoices(question, answer, { min: 1, max: question.isMultiple === true ? question.options.length : 1 });
    case "text":
      return hasOnly(answer, ["text"]) ? checkText(question, answer.text ?? "") : "wrong_kind";
    case "statement":
      return "wrong_kind";
  }
}

/** Whether an answer uses no other members than these. */
export function hasOnly(answer: Answer, allowed: readonly (keyof Answer)[]): boolean {
  return Object.entries(answer).every(([key, value]) => value === undefined || allowed.some((name) => name === key));
}

/** Checks chosen options; `text` beside them is what was written at "other". */
export function checkChoices(question: ChoiceQuestion, answer: Answer, limits: { min: number; max: number }): Problem {
  const choices = answer.choices ?? [];
  if (choices.length === 0 || !hasOnly(answer, ["choices", "text"])) return "wrong_kind";
  const chosen = question.options.filter((option) => choices.includes(option.id));
  // Also refuses an option named twice.
  if (chosen.length !== choices.length) return "unknown_option";
  const saysNone = chosen.some((option) => option.isNone === true);
  if (saysNone && choices.length > 1) return "not_together";
  if (!saysNone && choices.length < limits.min) return "too_few_choices";
  if (choices.length > limits.max) return "too_many_choices";
  if (answer.text === undefined || answer.text === "") return null;
  if (!chosen.some((option) => option.isOther === true)) return "wrong_kind";
  return answer.text.length > OTHER_TEXT_LENGTH_MAX ? "too_long" : null;
}

function checkScale(scale: { min: number; max: number }, answer: Answer): Problem {
  if (answer.number === undefined) return "wrong_kind";
  const isOnScale = Number.isInteger(answer.number) && answer.number >= scale.min && answer.number <= scale.max;
  return isOnScale ? null : "not_on_the_scale";
}

function checkText(question: QuestionOf<"text">, text: string): Problem {
  if (text.length > (question.maxLength ?? TEXT_LENGTH_MAX)) return "too_long";
  if (text.trim().length < (question.minLength ?? 0)) return "too_short";
  switch (question.format ?? "any") {
    case "any":
      return null;
    case "url":
      return /^https?:\/\/[^\s]+\.[^\s]+$/i.test(text.trim()) ? null : "wrong_format";
    case "digits":
      return /^\d+$/.test(text.trim()) ? null : "wrong_format";
    case "letters":
      return /^[\p{L}\p{M}\s'’.-]+$/u.test(text.trim()) ? null : "wrong_format";
  }
}
