import { answerTo } from "../surveys/answers.rules.ts";
import type { Answers, Question, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { checkAnswers, findNextQuestion, listShownQuestions } from "../surveys/survey-path.rules.ts";
import { askedQuestion, readGiven } from "./dialogue.rules.ts";
import type { Telling } from "./dialogue.rules.ts";
import type { DialogueEnd, GivenAnswer } from "./dialogues.contract.ts";

/** Where a dialogue stands: what was asked last and how often, or how it ended. */
export type Standing = { answers: Answers; questionId: string | null; attempt: number; ended: DialogueEnd | null };
export type Asking = { definition: SurveyDefinition; context: SurveyContext; telling: Telling };

const ATTEMPTS_MAX = 3;

/** Where a dialogue stands after what somebody gave. Three answers nobody understands pass over a question, or end the dialogue politely where it must be answered. */
export const step = (standing: Standing, given: GivenAnswer, asking: Asking): Standing => {
  const question = asking.definition.questions.find(({ id }) => id === standing.questionId);
  if (question === undefined) return standing;
  const read = readGiven(question, given, asking.telling);
  if (read === "stop") return { ...standing, questionId: null, ended: "stopped" };
  if (read === "skip") return goOn(withoutAnswer(standing, question.id), question.id, asking);
  if (read !== null) return goOn({ ...standing, answers: { ...standing.answers, [question.id]: read } }, question.id, asking);
  if (standing.attempt < ATTEMPTS_MAX) return { ...standing, attempt: standing.attempt + 1 };
  return question.isRequired ? { ...standing, questionId: null, ended: "not_understood" } : goOn(standing, question.id, asking);
};

/** The first question, asked for the first time.
 *  @returns null when the channel can ask none of them */
export const begin = (asking: Asking): Standing | null => {
  const standing = goOn({ answers: {}, questionId: null, attempt: 1, ended: null }, null, asking);
  return standing.questionId === null ? null : standing;
};

// What the channel cannot ask is left out, even where the survey wants an answer: the response then stays a partial one.
const goOn = (standing: Standing, afterId: string | null, asking: Asking): Standing => {
  const next = nextAskable(standing.answers, afterId, asking);
  return next === null ? { ...standing, questionId: null, ended: "completed" } : { ...standing, questionId: next.id, attempt: 1 };
};

const nextAskable = (answers: Answers, afterId: string | null, { definition, context, telling }: Asking): Question | null => {
  let next = findNextQuestion(definition, answers, afterId, context);
  while (next !== null && askedQuestion(next, telling) === null) next = findNextQuestion(definition, answers, next.id, context);
  return next;
};

/** Statements to be said before a question, or before the end for null: those since the last question that could be asked. */
export const statementsBefore = (questionId: string | null, answers: Answers, { definition, context, telling }: Asking): Question[] => {
  const shown = listShownQuestions(definition, answers, context);
  const end = questionId === null ? shown.length : shown.findIndex(({ id }) => id === questionId);
  const before = shown.slice(0, Math.max(0, end));
  return before.slice(before.findLastIndex((question) => askedQuestion(question, telling) !== null) + 1).filter(({ type }) => type === "statement");
};

/** Whether a dialogue that ran to its end is a complete response: nothing that must be answered was left out. */
export const isWhole = ({ answers, ended }: Standing, { definition, context }: Asking): boolean => ended === "completed" && checkAnswers(definition, answers, true, context).length === 0;

const withoutAnswer = (standing: Standing, questionId: string): Standing =>
  answerTo(standing.answers, questionId) === undefined ? standing : { ...standing, answers: Object.fromEntries(Object.entries(standing.answers).filter(([id]) => id !== questionId)) };
