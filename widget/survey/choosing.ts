import type { Answer, QuestionOf } from "@firsthand/server/feedback/surveys/definition.contract";

export type OptionQuestion = QuestionOf<"single" | "multi" | "picture">;

/** Whether only one option can be chosen. */
export const isSingle = (question: OptionQuestion): boolean => question.type === "single" || (question.type === "picture" && question.isMultiple !== true);

/** The answer after choosing an option, or taking it back where several can be chosen. "None of these" and the others exclude each other. */
export function choose(question: OptionQuestion, answer: Answer | undefined, id: string): Answer {
  const choices = answer?.choices ?? [];
  const isNone = (one: string): boolean => question.options.some((option) => option.id === one && option.isNone === true);
  const others = isNone(id) ? [] : choices.filter((choice) => choice !== id && !isNone(choice));
  const chosen = isSingle(question) ? [id] : choices.includes(id) ? others : [...others, id];
  const keepsText = answer?.text !== undefined && question.options.some((option) => option.isOther === true && chosen.includes(option.id));
  return { choices: chosen, ...(keepsText ? { text: answer.text } : {}) };
}
