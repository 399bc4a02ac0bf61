import { NO_CONTEXT } from "./conditions.rules.ts";
import type { Answer, Answers, Question, SurveyContext, SurveyDefinition, SurveyOption } from "./definition.contract.ts";
import { evaluateFormula, parseFormula } from "./formula.rules.ts";
import { answerTo, isEmptyAnswer, ownOf, scaleOf } from "./given-answer.rules.ts";
import { countedOf, walk } from "./walk.rules.ts";

/** Works out calculated fields. A formula sees the answers counted so far, so it is worked out anew each time it is asked for.
 *  @param answers may grow between two calls of what is returned
 *  @returns the value of a calculation by its id; null when something it needs is not known, or it leads to itself */
export function calculatorOf(definition: SurveyDefinition, answers: Answers, context: SurveyContext): (id: string) => number | null {
  // Each is worked out once per question asked: fifty that name the one before twice would otherwise take 2^50 steps. Null at first, so that
  // one that leads to itself finds nothing; what has grown beyond all numbers is not known either.
  const calculationOf = (id: string, found: Map<string, number | null>): number | null => {
    const calculation = (definition.calculations ?? []).find((one) => one.id === id);
    if (calculation === undefined) return null;
    if (found.has(id)) return found.get(id) ?? null;
    found.set(id, null);
    const parsed = parseFormula(calculation.formula);
    const value = parsed.ok ? evaluateFormula(parsed.formula, (name) => valueOf(name, found)) : null;
    const known = value !== null && Number.isFinite(value) ? value : null;
    found.set(id, known);
    return known;
  };
  const valueOf = (name: string, found: Map<string, number | null>): number | null => {
    const [head = "", part = null] = name.split(".");
    if (head === "trait" && part !== null) {
      const trait = Number(ownOf(context.traits, part) ?? Number.NaN);
      return Number.isNaN(trait) ? null : trait;
    }
    const question = definition.questions.find(({ id }) => id === head);
    return question === undefined ? calculationOf(head, found) : pointsOf(question, answerTo(answers, head), part);
  };
  return (id) => calculationOf(id, new Map());
}

/** The calculated fields for these answers, in the order of the survey; null where something is not known. */
export function calculate(definition: SurveyDefinition, answers: Answers, context: SurveyContext = NO_CONTEXT): { id: string; name: string; value: number | null }[] {
  const { shown } = walk({ definition, answers, context, calculatorOf });
  const calculationOf = calculatorOf(definition, countedOf(shown, answers), context);
  return (definition.calculations ?? []).map(({ id, name }) => ({ id, name, value: calculationOf(id) }));
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
