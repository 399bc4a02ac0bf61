import { checkCommonAnswer, isCommon } from "./common-answers.rules.ts";
import type { Answer, Question } from "./definition.contract.ts";
import type { Problem } from "./given-answer.rules.ts";
import { checkRareAnswer } from "./rare-answers.rules.ts";

export { FIELD_LENGTH_MAX, OTHER_TEXT_LENGTH_MAX, SCALES, TEXT_LENGTH_MAX, answerTo, isEmptyAnswer, ownOf, scaleOf } from "./given-answer.rules.ts";
export type { AnswerProblem, ChoiceQuestion, ScaleQuestion } from "./given-answer.rules.ts";
export { looksLikeEmail, looksLikePhone } from "./rare-answers.rules.ts";

/** What is wrong with one answer, whatever the kind of its question; null when it is fine. An empty answer is wrong only for a required question. */
export function checkAnswer(question: Question, answer: Answer | undefined): Problem {
  return isCommon(question) ? checkCommonAnswer(question, answer) : checkRareAnswer(question, answer);
}
