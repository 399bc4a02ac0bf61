import type { Draft } from "./draft.rules.ts";
import { addCalculation, formulaFrom, formulaName } from "./formulas.rules.ts";
import { placeName } from "./limesurvey-logic.rules.ts";
import type { LimeQuestion, LimeSource } from "./limesurvey-tables.rules.ts";
import { plainText } from "./plain-text.rules.ts";

/** An equation question becomes a calculated field. */
export function limeFormula(draft: Draft, source: LimeSource, question: LimeQuestion): void {
  const [words] = source.words("question", question.qid, "question");
  const equation = question.attributes.get("equation") ?? "";
  const expression = plainText(equation.trim() === "" ? words?.[1] ?? "" : equation);
  const inner = /^\{([^{}]*)\}$/.exec(expression.trim())?.[1] ?? expression;
  const formula = formulaFrom(inner, /([A-Za-z]\w*(?:\.[A-Za-z]\w*)*|\d+X\d+X\w+)/u, (name) => formulaName(draft, placeName(draft, source, name)));
  // The question stands in the report as a calculation, by which name later conditions know it.
  addCalculation(draft, { source: question.code, expression, formula });
}
