import { holdsRule } from "./conditions.rules.ts";
import type { Known } from "./conditions.rules.ts";
import type { Answer, Answers, Ending, Question, SurveyContext, SurveyDefinition } from "./definition.contract.ts";
import { answerTo } from "./given-answer.rules.ts";

/** The way one person takes through a survey: questions shown, in order, and the ending a branch leads to (null: found by conditions). */
export type SurveyPath = { shown: Question[]; endingId: string | null };

/** Works out calculated fields, as `calculatorOf` in `calculations.rules.ts` does.
 *  It is handed in, so that a browser loads formulas only for a survey that has some; null is for surveys without. */
export type CalculatorOf = (definition: SurveyDefinition, answers: Answers, context: SurveyContext) => (id: string) => number | null;

/** What a way through a survey follows from. */
export type Walk = { definition: SurveyDefinition; answers: Answers; context: SurveyContext; calculatorOf: CalculatorOf | null };

/** The way these answers lead through the survey; an answer to a hidden question does not influence later ones.
 *  @returns the questions themselves, not copies
 *  @throws when the survey calculates and nothing is there to do it */
export function walk(given: Walk): SurveyPath {
  const { definition, answers } = given;
  const shown: Question[] = [];
  const counted: Answers = {};
  const known = knownFrom({ ...given, answers: counted });
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

/** The ending these answers lead to; null means the survey's thank-you. */
export function endingOfWalk(given: Walk): Ending | null {
  const endings = given.definition.endings ?? [];
  const { shown, endingId } = walk(given);
  if (endingId !== null) return endings.find(({ id }) => id === endingId) ?? null;
  const known = knownFrom({ ...given, answers: countedOf(shown, given.answers) });
  // An ending without conditions is only for branches and quotas to name.
  return endings.find(({ conditions, match }) => conditions.length > 0 && holdsRule(conditions, match, known)) ?? null;
}

/** The answers to the questions that are shown. */
export function countedOf(shown: readonly Question[], answers: Answers): Answers {
  return Object.fromEntries(shown.flatMap(({ id }): [string, Answer][] => {
    const answer = answerTo(answers, id);
    return answer === undefined ? [] : [[id, answer]];
  }));
}

/** What conditions may look at. */
export function knownFrom({ definition, answers, context, calculatorOf }: Walk): Known {
  if (calculatorOf === null && (definition.calculations ?? []).length > 0) throw new Error("This survey calculates, and nothing was given to do it.");
  return { answers, context, calculationOf: calculatorOf === null ? () => null : calculatorOf(definition, answers, context) };
}
