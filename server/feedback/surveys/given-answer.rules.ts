import type { Answer, Answers, Question, QuestionOf } from "./definition.contract.ts";

/** Lowest and highest whole number of each scale.
 *  Source: NPS 0–10 (Reichheld, HBR 2003); CSAT 1–5; CES 2.0 1–7 (The Effortless Experience, 2013). */
export const SCALES = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 } } as const;

/** Longest written answer in UTF-16 units; the same number stands in the contract and in the fields of the survey page. */
export const TEXT_LENGTH_MAX = 4_000;
export const OTHER_TEXT_LENGTH_MAX = 200;
export const FIELD_LENGTH_MAX = 300;

export type AnswerProblem = {
  questionId: string;
  problem:
    | "unknown_question" | "missing" | "wrong_kind" | "not_on_the_scale" | "unknown_option" | "too_few_choices" | "too_many_choices" | "not_together"
    | "too_short" | "too_long" | "wrong_format" | "too_small" | "too_large" | "wrong_total" | "row_missing" | "too_many_files";
};
export type Problem = AnswerProblem["problem"] | null;

export type ScaleQuestion = QuestionOf<"nps" | "csat" | "ces" | "rating">;
export type ChoiceQuestion = QuestionOf<"single" | "multi" | "dropdown" | "ranking" | "picture">;

/** The points of a scale question. */
export function scaleOf(question: ScaleQuestion): { min: number; max: number } {
  return question.type === "rating" ? { min: question.min, max: question.max } : SCALES[question.type];
}

/** Whether an answer says nothing, so that it counts as not given.
 *  @param answer as given, or undefined */
export function isEmptyAnswer(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  const { number, choices, text, rows, amounts, fields, files } = answer;
  return number === undefined && (choices ?? []).length === 0 && (text ?? "").trim() === "" && (files ?? []).length === 0
    && Object.values(rows ?? {}).every((chosen) => chosen.length === 0)
    && Object.keys(amounts ?? {}).length === 0
    && Object.values(fields ?? {}).every((value) => value.trim() === "");
}

/** The answer to a question, reading own keys only, so that a question called "constructor" finds nothing by accident. */
export function answerTo(answers: Answers, questionId: string): Answer | undefined {
  return ownOf(answers, questionId);
}

/** The value under a key of a plain record, own keys only. */
export function ownOf<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What an empty answer is: fine, unless the question must be answered. */
export function checkEmptyAnswer(question: Question): Problem {
  return question.isRequired && question.type !== "statement" ? "missing" : null;
}
