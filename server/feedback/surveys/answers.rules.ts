import type { Answer, Answers, Condition, Question, SurveyDefinition } from "./definition.contract.ts";

/** Lowest and highest whole number of each scale.
 *  Source: NPS 0–10 (Reichheld, HBR 2003); CSAT 1–5; CES 2.0 1–7 (The Effortless Experience, 2013). */
export const SCALES = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 } } as const;

/** Longest written answer in UTF-16 units; the same number stands in the contract and in the fields of the survey page. */
export const TEXT_LENGTH_MAX = 4_000;
export const OTHER_TEXT_LENGTH_MAX = 200;

export type AnswerProblem = {
  questionId: string;
  problem: "unknown_question" | "missing" | "wrong_kind" | "not_on_the_scale" | "unknown_option" | "too_many_choices" | "too_long";
};

/** Whether an answer says nothing, so that it counts as not given.
 *  @param answer as given, or undefined */
export function isEmptyAnswer(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  return answer.number === undefined && (answer.choices ?? []).length === 0 && (answer.text ?? "").trim() === "";
}

/** Questions that are shown for these answers, in order; an answer to a hidden question does not influence later ones.
 *  @returns the questions themselves, not copies */
export function listShownQuestions(definition: SurveyDefinition, answers: Answers): Question[] {
  const shown: Question[] = [];
  const counted: Answers = {};
  for (const question of definition.questions) {
    if (!(question.showIf ?? []).every((condition) => holds(condition, counted))) continue;
    shown.push(question);
    const answer = answerTo(answers, question.id);
    if (answer !== undefined) counted[question.id] = answer;
  }
  return shown;
}

/** The question after `afterId` (or the first one for null) that is shown for these answers; null at the end. */
export function findNextQuestion(definition: SurveyDefinition, answers: Answers, afterId: string | null): Question | null {
  const shown = listShownQuestions(definition, answers);
  if (afterId === null) return shown[0] ?? null;
  return shown[shown.findIndex((question) => question.id === afterId) + 1] ?? null;
}

/** The first question to show a person who comes back: the first shown one without an answer, else null. */
export function findUnansweredQuestion(definition: SurveyDefinition, answers: Answers): Question | null {
  return listShownQuestions(definition, answers).find((question) => isEmptyAnswer(answerTo(answers, question.id))) ?? null;
}

/** What is wrong with one answer; null when it is fine. An empty answer is wrong only for a required question. */
export function checkAnswer(question: Question, answer: Answer | undefined): AnswerProblem["problem"] | null {
  if (answer === undefined || isEmptyAnswer(answer)) return question.isRequired ? "missing" : null;
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
      return checkScale(SCALES[question.type], answer);
    case "single":
      return checkChoices(question, answer, 1);
    case "multi":
      return checkChoices(question, answer, question.maxChoices ?? question.options.length);
    case "text":
      if (answer.number !== undefined || answer.choices !== undefined) return "wrong_kind";
      return (answer.text ?? "").length > TEXT_LENGTH_MAX ? "too_long" : null;
  }
}

/** Everything wrong with a set of answers.
 *  @param isComplete when false, required questions may still be empty
 *  @returns problems in the order of the survey, unknown questions last; empty when all is well */
export function checkAnswers(definition: SurveyDefinition, answers: Answers, isComplete: boolean): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  const shown = new Set(listShownQuestions(definition, answers).map((question) => question.id));
  for (const question of definition.questions) {
    const answer = answerTo(answers, question.id);
    const problem = checkAnswer(question, answer);
    if (problem === null) continue;
    if (problem === "missing" && (!isComplete || !shown.has(question.id))) continue;
    problems.push({ questionId: question.id, problem });
  }
  const known = new Set(definition.questions.map((question) => question.id));
  for (const questionId of Object.keys(answers)) {
    if (!known.has(questionId)) problems.push({ questionId, problem: "unknown_question" });
  }
  return problems;
}

/** The answer to a question, reading own keys only, so that a question called "constructor" finds nothing by accident. */
export function answerTo(answers: Answers, questionId: string): Answer | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined;
}

function checkScale(scale: { min: number; max: number }, answer: Answer): AnswerProblem["problem"] | null {
  if (answer.number === undefined || answer.choices !== undefined || answer.text !== undefined) return "wrong_kind";
  const isOnScale = Number.isInteger(answer.number) && answer.number >= scale.min && answer.number <= scale.max;
  return isOnScale ? null : "not_on_the_scale";
}

function checkChoices(question: Extract<Question, { type: "single" | "multi" }>, answer: Answer, choicesMax: number): AnswerProblem["problem"] | null {
  const choices = answer.choices ?? [];
  if (answer.number !== undefined || choices.length === 0) return "wrong_kind";
  const chosen = question.options.filter((option) => choices.includes(option.id));
  if (chosen.length !== choices.length) return "unknown_option";
  if (choices.length > choicesMax) return "too_many_choices";
  if (answer.text === undefined || answer.text === "") return null;
  if (!chosen.some((option) => option.isOther === true)) return "wrong_kind";
  return answer.text.length > OTHER_TEXT_LENGTH_MAX ? "too_long" : null;
}

function holds(condition: Condition, answers: Answers): boolean {
  const answer = answerTo(answers, condition.questionId);
  const isAnswered = !isEmptyAnswer(answer);
  const { value } = condition;
  switch (condition.operator) {
    case "answered":
      return isAnswered;
    case "not_answered":
      return !isAnswered;
    case "at_least":
      return typeof value === "number" && answer?.number !== undefined && answer.number >= value;
    case "at_most":
      return typeof value === "number" && answer?.number !== undefined && answer.number <= value;
    case "is":
      return isAnswered && equals(answer, value);
    case "is_not":
      return isAnswered && !equals(answer, value);
  }
}

function equals(answer: Answer | undefined, value: number | string | undefined): boolean {
  if (typeof value === "number") return answer?.number === value;
  return value !== undefined && (answer?.choices ?? []).includes(value);
}
