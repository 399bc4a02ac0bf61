// Which question of a survey is explained, and by which others, where nobody said.
import { FACTORS_MAX } from "./importance.rules.ts";

export type ChoosableQuestion = { id: string; type: string; count: number };

/** Loyalty first; a survey without these has no score to explain. */
const outcomeTypes = ["nps", "csat", "ces", "rating"];

/** Asked of fewer, a factor would take away most of the answers of the others. */
const ANSWERED_BY_AT_LEAST = 0.5;

export const usualOutcome = (questions: readonly ChoosableQuestion[]): string | null =>
  outcomeTypes.flatMap((type) => questions.filter((question) => question.type === type && question.count > 0)).at(0)?.id ?? null;

/** Fewer comments say too little of needs. */
const COMMENTS_MIN = 30;
const COMPARED_MIN = 2;

/** Every other score that at least half of those answered who answered the outcome, in the order of the survey; of more than fifteen the most answered.
 *  A survey that asks one score and why has none: there it is the needs that comments speak of. */
export const usualFactors = (questions: readonly ChoosableQuestion[], outcome: string): string[] => {
  const base = questions.find(({ id }) => id === outcome)?.count ?? 0;
  const fitting = questions.filter(({ id, type, count }) => id !== outcome && outcomeTypes.includes(type) && count > 0 && count >= ANSWERED_BY_AT_LEAST * base);
  const kept = new Set(fitting.toSorted((one, other) => other.count - one.count).slice(0, FACTORS_MAX).map(({ id }) => id));
  const scores = fitting.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  const needs = questions.filter(({ type, count }) => type === "need" && count >= COMMENTS_MIN).map(({ id }) => id);
  return scores.length < COMPARED_MIN ? [...scores, ...needs] : scores;
};
