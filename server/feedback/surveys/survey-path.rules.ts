import { answerTo, checkAnswer, isEmptyAnswer, ownOf, scaleOf } from "./answers.rules.ts";
import type { AnswerProblem } from "./answers.rules.ts";
import { NO_CONTEXT, holdsRule } from "./conditions.rules.ts";
import type { Known } from "./conditions.rules.ts";
import type { Answer, Answers, Ending, Question, Quota, SurveyContext, SurveyDefinition, SurveyOption } from "./definition.contract.ts";
import { evaluateFormula, parseFormula } from "./formula.rules.ts";

/** The way one person takes through a survey: questions shown, in order, and the ending a branch leads to (null: found by conditions). */
export type SurveyPath = { shown: Question[]; endingId: string | null };

/** What `branches` name to end with the thank-you. */
export const END = "end";

/** The way these answers lead through the survey; an answer to a hidden question does not influence later ones.
 *  @param context traits and facts that conditions may look at
 *  @returns the questions themselves, not copies */
export function followPath(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): SurveyPath {
  const shown: Question[] = [];
  const counted: Answers = {};
  const known = knownFrom(definition, counted, context);
  let waitingFor: string | null = null;
  for (const question of definition.questions) {
    if (waitingFor !== null && question.id !== waitingFor) continue;
    waitingFor = null;
    if (!holdsRule(question.showIf, question.showIfMatch, known)) continue;
    shown.push(question);
    const answer = answerTo(answers, question.id);
    if (answer !== undefined) counted[question.id] = answer;
    const branch = (question.branches ?? []).find(({ conditions, match }) => holdsRule(conditions, match, known));
    if (branch === undefined) continue;
    if (!definition.questions.some(({ id }) => id === branch.to)) return { shown, endingId: branch.to };
    waitingFor = branch.to;
  }
  return { shown, endingId: null };
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
  const endings = definition.endings ?? [];
  const { shown, endingId } = followPath(definition, answers, context);
  if (endingId !== null) return endings.find(({ id }) => id === endingId) ?? null;
  const known = knownFrom(definition, countedOf(shown, answers), context);
  // An ending without conditions is only for branches and quotas to name.
  return endings.find(({ conditions, match }) => conditions.length > 0 && holdsRule(conditions, match, known)) ?? null;
}

/** The quotas a complete set of answers belongs to. */
export function quotasOf(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): Quota[] {
  if ((definition.quotas ?? []).length === 0) return [];
  const known = knownFrom(definition, countedOf(listShownQuestions(definition, answers, context), answers), context);
  return (definition.quotas ?? []).filter(({ conditions, match }) => holdsRule(conditions, match, known));
}

/** The calculated fields for these answers, in the order of the survey; null where something is not known. */
export function calculate(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): { id: string; name: string; value: number | null }[] {
  const known = knownFrom(definition, countedOf(listShownQuestions(definition, answers, context), answers), context);
  return (definition.calculations ?? []).map(({ id, name }) => ({ id, name, value: known.calculationOf(id) }));
}

/** The number an answer counts in a formula: the score or number itself, or the points of what was chosen; null when it has none.
 *  @param part a row of a matrix or an option of a constant sum; null for the whole answer */
export function pointsOf(question: Question, answer: Answer | undefined, part: string | null): number | null {
  if (answer === undefined || isEmptyAnswer(answer)) return null;
  switch (question.type) {
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
      return pointsOfChoices(question.options, answer.choices ?? []);
    case "matrix": {
      if (part !== null) return pointsOfChoices(question.columns, ownOf(answer.rows, part) ?? []);
      const rows = question.rows.map((row) => pointsOfChoices(question.columns, ownOf(answer.rows, row.id) ?? [])).filter((points) => points !== null);
      return rows.length === 0 ? null : rows.reduce((sum, points) => sum + points, 0);
    }
    case "constant_sum":
      return part === null ? null : (ownOf(answer.amounts, part) ?? null);
    case "ranking": {
      const place = part === null ? -1 : (answer.choices ?? []).indexOf(part);
      return place === -1 ? null : place + 1;
    }
    case "consent":
      return answer.choices?.[0] === "yes" ? 1 : 0;
    case "nps":
    case "csat":
    case "ces":
    case "rating":
      return answer.number !== undefined && answer.number >= scaleOf(question).min ? answer.number : null;
    case "slider":
    case "number":
      return answer.number ?? null;
    case "text":
    case "date":
    case "email":
    case "phone":
    case "contact":
    case "file":
    case "statement":
      return null;
  }
}

function pointsOfChoices(options: readonly SurveyOption[], chosen: readonly string[]): number | null {
  const points = options.filter(({ id }) => chosen.includes(id)).map(({ score }) => score).filter((score) => score !== undefined);
  return points.length === 0 ? null : points.reduce((sum, score) => sum + score, 0);
}

const countedOf = (shown: readonly Question[], answers: Answers): Answers =>
  Object.fromEntries(shown.flatMap(({ id }): [string, Answer][] => {
    const answer = answerTo(answers, id);
    return answer === undefined ? [] : [[id, answer]];
  }));

/** What conditions may look at. A formula sees the answers counted so far, so it is worked out anew each time it is asked for.
 *  A calculation that leads to itself is not known. */
function knownFrom(definition: SurveyDefinition, answers: Answers, context: SurveyContext): Known {
  const calculationOf = (id: string, above: readonly string[] = []): number | null => {
    const calculation = (definition.calculations ?? []).find((one) => one.id === id);
    if (calculation === undefined || above.includes(id)) return null;
    const parsed = parseFormula(calculation.formula);
    return parsed.ok ? evaluateFormula(parsed.formula, (name) => valueOf(name, [...above, id])) : null;
  };
  const valueOf = (name: string, above: readonly string[]): number | null => {
    const [head = "", part = null] = name.split(".");
    if (head === "trait" && part !== null) {
      const trait = Number(ownOf(context.traits, part) ?? Number.NaN);
      return Number.isNaN(trait) ? null : trait;
    }
    const question = definition.questions.find(({ id }) => id === head);
    return question === undefined ? calculationOf(head, above) : pointsOf(question, answerTo(answers, head), part);
  };
  return { answers, context, calculationOf };
}
