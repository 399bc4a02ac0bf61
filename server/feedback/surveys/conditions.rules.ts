import { answerTo, isEmptyAnswer, ownOf } from "./given-answer.rules.ts";
import type { Answer, Answers, Condition, SurveyContext } from "./definition.contract.ts";

/** What conditions look at: the answers that count so far, what is known besides, and the calculated fields. */
export type Known = { answers: Answers; context: SurveyContext; calculationOf: (id: string) => number | null };

export const NO_CONTEXT: SurveyContext = { traits: {}, facts: {} };

/** Whether conditions hold together.
 *  @param match "all" (also when undefined) or "any" of them; no condition at all holds */
export function holdsRule(conditions: readonly Condition[] | undefined, match: "all" | "any" | undefined, known: Known): boolean {
  if (conditions === undefined || conditions.length === 0) return true;
  return match === "any" ? conditions.some((one) => holds(one, known)) : conditions.every((one) => holds(one, known));
}

/** Whether one condition holds. A comparison with something that is not known never does, neither "is" nor "is not". */
export function holds(condition: Condition, known: Known): boolean {
  if ("questionId" in condition) return compare(condition, factsOfAnswer(answerTo(known.answers, condition.questionId), condition.row));
  if ("trait" in condition) return compare(condition, factsOfValue(ownOf(known.context.traits, condition.trait)));
  if ("calculation" in condition) return compare(condition, factsOfValue(known.calculationOf(condition.calculation) ?? undefined));
  return compare(condition, factsOfValue(ownOf(known.context.facts, condition.fact)));
}

/** What is known of what a condition looks at: a number, words, both or nothing. */
export type Facts = { isKnown: boolean; number: number | undefined; words: readonly string[] };

/** Whether a comparison holds for what is known. */
export function compare({ operator, value }: Pick<Condition, "operator" | "value">, facts: Facts): boolean {
  switch (operator) {
    case "answered":
      return facts.isKnown;
    case "not_answered":
      return !facts.isKnown;
    case "at_least":
      return typeof value === "number" && facts.number !== undefined && facts.number >= value;
    case "at_most":
      return typeof value === "number" && facts.number !== undefined && facts.number <= value;
    case "is":
      return facts.isKnown && equals(facts, value);
    case "is_not":
      return facts.isKnown && !equals(facts, value);
    case "contains":
      return facts.isKnown && includes(facts, value);
    case "not_contains":
      return facts.isKnown && !includes(facts, value);
  }
}

function equals(facts: Facts, value: number | string | undefined): boolean {
  if (typeof value === "number") return facts.number === value;
  return value !== undefined && facts.words.some((word) => word === value);
}

function includes(facts: Facts, value: number | string | undefined): boolean {
  const wanted = String(value ?? "").toLowerCase();
  return wanted !== "" && facts.words.some((word) => word.toLowerCase().includes(wanted));
}

function factsOfAnswer(answer: Answer | undefined, row: string | undefined): Facts {
  if (answer === undefined || isEmptyAnswer(answer)) return { isKnown: false, number: undefined, words: [] };
  if (row !== undefined) {
    const chosen = ownOf(answer.rows, row) ?? [];
    const amount = ownOf(answer.amounts, row);
    return { isKnown: chosen.length > 0 || amount !== undefined, number: amount, words: chosen };
  }
  return { isKnown: true, number: answer.number, words: [...(answer.choices ?? []), ...(answer.text === undefined ? [] : [answer.text])] };
}

function factsOfValue(value: string | number | boolean | undefined): Facts {
  if (value === undefined || value === "") return { isKnown: false, number: undefined, words: [] };
  const number = typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  return { isKnown: true, number: Number.isNaN(number) ? undefined : number, words: [String(value)] };
}
