import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { answerTo, isEmptyAnswer, ownOf } from "../surveys/given-answer.rules.ts";

/** The feeling that stands for a whole response in figures over responses: the first score, else the first choice, else the first rated row.
 *  @returns null where a response says no feeling */
export const findAnchor = (definition: SurveyDefinition, answers: Answers): { questionId: string; choice: string } | null => {
  for (const find of [scoreOf, choiceOf, rowOf]) {
    for (const question of definition.questions) {
      const answer = answerTo(answers, question.id);
      const choice = answer === undefined || isEmptyAnswer(answer) ? null : find(question, answer);
      if (choice !== null) return { questionId: question.id, choice };
    }
  }
  return null;
};

const scoreOf = (question: Question, answer: Answer): string | null =>
  ["nps", "csat", "ces", "rating", "slider"].includes(question.type) && answer.number !== undefined ? "" : null;

const choiceOf = (question: Question, answer: Answer): string | null => {
  switch (question.type) {
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
      return question.options.find(({ id }) => (answer.choices ?? []).includes(id))?.id ?? null;
    default:
      return null;
  }
};

// Rows whose columns have no points are choices under another name; those surveys mostly have a score as well.
const rowOf = (question: Question, answer: Answer): string | null => {
  if (question.type !== "matrix") return null;
  const isRated = question.isMultiple !== true && question.columns.every(({ score }) => score !== undefined);
  return isRated ? (question.rows.find(({ id }) => (ownOf(answer.rows, id) ?? []).length > 0)?.id ?? null) : null;
};
