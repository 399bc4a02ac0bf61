import { answerTo, isEmptyAnswer } from "../surveys/answers.rules.ts";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";

/** Why a response looks like no person's. With one of these it is kept and does not count. */
export const EXCLUDING_FLAGS = ["too_fast", "no_proof", "many_from_one_address", "by_member"] as const;

/** Least time a person needs per answer: to press a key on a question read at a glance.
 *  Half of what surveys of survey takers call speeding (300 ms per WORD; Zhang and Conrad, Survey Research Methods 2014), so that nobody honest is hit. */
const LEAST_MS_PER_ANSWER = 250;
// Fewer answers can be given by one press in a mail.
const PACED_ANSWERS_MIN = 3;
const LINED_ROWS_MIN = 5;

/** Whether answers came faster than anybody can read and press. A sender that says no times is not judged.
 *  @param openedAgoMs, answeredAgoMs as sent */
export function isTooFast(given: { openedAgoMs: number; answeredAgoMs: number; answers: Answers }): boolean {
  if (given.openedAgoMs === 0) return false;
  const count = Object.values(given.answers).filter((answer) => !isEmptyAnswer(answer)).length;
  return count >= PACED_ANSWERS_MIN && given.openedAgoMs - given.answeredAgoMs < count * LEAST_MS_PER_ANSWER;
}

/** Whether every row of every longer table was answered alike. Worth a look, but no proof of anything: it does not exclude. */
export function isStraightLined(definition: SurveyDefinition, answers: Answers): boolean {
  const tables = definition.questions.flatMap((question) => {
    const rows = question.type === "matrix" ? Object.values(answerTo(answers, question.id)?.rows ?? {}).filter((chosen) => chosen.length > 0) : [];
    return rows.length >= LINED_ROWS_MIN ? [rows] : [];
  });
  return tables.length > 0 && tables.every((rows) => rows.every((chosen) => chosen.join() === rows[0]?.join()));
}
