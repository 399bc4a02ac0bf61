import { answerTo, checkAnswer, isEmptyAnswer } from "./answers.rules.ts";
import type { AnswerProblem } from "./answers.rules.ts";
import { calculatorOf } from "./calculations.rules.ts";
import { NO_CONTEXT, holdsRule } from "./conditions.rules.ts";
import type { Known } from "./conditions.rules.ts";
import type { Answers, Ending, Question, Quota, SurveyContext, SurveyDefinition } from "./definition.contract.ts";
import { countedOf, endingOfWalk, knownFrom, walk } from "./walk.rules.ts";
import type { SurveyPath } from "./walk.rules.ts";

export { calculate, pointsOf } from "./calculations.rules.ts";
export type { SurveyPath } from "./walk.rules.ts";

/** What `branches` name to end with the thank-you. */
export const END = "end";

/** The way these answers lead through the survey; an answer to a hidden question does not influence later ones.
 *  @param context traits and facts that conditions may look at
 *  @returns the questions themselves, not copies */
export function followPath(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): SurveyPath {
  return walk({ definition, answers, context, calculatorOf });
}

/** Questions that are shown for these answers, in order. */
export function listShownQuestions(definition: SurveyDefinition, answers: Answers, context?: SurveyContext): Question[] {
  return followPath(definition, answers, context).shown;
}

/** The question after `afterId` (or the first one for null) that is shown for these answers; null at the end. */
export function findNextQuestion(definition: SurveyDefinition, answers: Answers, afterId: string | null, context?: SurveyContext): Question | null {
  const shown = listShownQuestions(definition, answers, context);
  if (afterId === null) return shown[0] ?? null;
  return shown[shown.findIndex((question) => question.id === afterId) + 1] ?? null;
}

/** The first question to show a person who comes back: the first shown one without an answer, else null. */
export function findUnansweredQuestion(definition: SurveyDefinition, answers: Answers, context?: SurveyContext): Question | null {
  return listShownQuestions(definition, answers, context)
    .find((question) => question.type !== "statement" && isEmptyAnswer(answerTo(answers, question.id))) ?? null;
}

/** Everything wrong with a set of answers.
 *  @param isComplete when false, required questions may still be empty
 *  @returns problems in the order of the survey, unknown questions last; empty when all is well */
export function checkAnswers(definition: SurveyDefinition, answers: Answers, isComplete: boolean, context?: SurveyContext): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  const shown = new Set(listShownQuestions(definition, answers, context).map((question) => question.id));
  for (const question of definition.questions) {
    const problem = checkAnswer(question, answerTo(answers, question.id));
    if (problem === null) continue;
    // While somebody is still at it, half a table or half the points are no fault yet.
    if (UNFINISHED.has(problem) && (!isComplete || !shown.has(question.id))) continue;
    problems.push({ questionId: question.id, problem });
  }
  const known = new Set(definition.questions.map((question) => question.id));
  for (const questionId of Object.keys(answers)) {
    if (!known.has(questionId)) problems.push({ questionId, problem: "unknown_question" });
  }
  return problems;
}

const UNFINISHED: ReadonlySet<AnswerProblem["problem"]> = new Set(["missing", "row_missing", "too_few_choices", "too_short", "wrong_total", "wrong_format"]);

/** The ending for these answers; null means the survey's thank-you. */
export function endingOf(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): Ending | null {
  return endingOfWalk({ definition, answers, context, calculatorOf });
}

/** The quotas a complete set of answers belongs to. */
export function quotasOf(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): Quota[] {
  if ((definition.quotas ?? []).length === 0) return [];
  const known = whole(definition, answers, context);
  return (definition.quotas ?? []).filter(({ conditions, match }) => holdsRule(conditions, match, known));
}

// Everything known at the end, when all that was shown is answered.
const whole = (definition: SurveyDefinition, answers: Answers, context: SurveyContext): Known =>
  knownFrom({ definition, answers: countedOf(listShownQuestions(definition, answers, context), answers), context, calculatorOf });
