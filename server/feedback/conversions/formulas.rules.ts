import { parseFormula } from "../surveys/formula.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, say } from "./draft.rules.ts";

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["sum", "sum"], ["min", "min"], ["max", "max"], ["round", "round"], ["if", "if"], ["iif", "if"], ["mean", "mean"], ["avg", "mean"], ["count", "count"],
]);

/** A formula of another tool in ours: numbers, references, + - * / and a few functions.
 *  @param reference finds a reference, its first group the name @param idOf our name for it, null when there is none
 *  @returns null when it says more than ours can */
export function formulaFrom(expression: string, reference: RegExp, idOf: (name: string) => string | null): string | null {
  const parts: string[] = [];
  const find = new RegExp(reference.source, "uy");
  const others = /(\d+(?:\.\d+)?)|([A-Za-z]\w*)(?=\s*\()|(div)\b|(<=|>=|!=|==|[-+*/()<>=,])/uy;
  let at = 0;
  while (at < expression.length) {
    if (/\s/u.test(expression.charAt(at))) {
      at += 1;
      continue;
    }
    others.lastIndex = at;
    const found = others.exec(expression);
    if (found !== null) {
      const [, number, called, divided, sign] = found;
      const name = called === undefined ? undefined : FUNCTIONS.get(called.toLowerCase());
      if (called !== undefined && name === undefined) return null;
      parts.push(number ?? name ?? (divided === undefined ? undefined : "/") ?? (sign === "==" ? "=" : sign ?? ""));
      at = others.lastIndex;
      continue;
    }
    find.lastIndex = at;
    const id = idOf(find.exec(expression)?.[1] ?? "");
    if (id === null || find.lastIndex <= at) return null;
    parts.push(id);
    at = find.lastIndex;
  }
  const formula = parts.join(" ").replaceAll(/\s*([(),])\s*/g, "$1").replaceAll(",", ", ");
  return formula !== "" && formula.length <= 500 && parseFormula(formula).ok ? formula : null;
}

/** What a formula may call a place of the source by. */
export function formulaName(draft: Draft, name: string): string | null {
  const place = draft.places.get(name);
  if (place === undefined || place.kind === "option") return null;
  if (place.kind === "calculation") return place.calculationId;
  if (place.kind === "trait") return /^[a-z][a-z0-9_]*$/.test(place.trait) ? `trait.${place.trait}` : null;
  if (!draft.questions.some((question) => question.id === place.questionId)) return null;
  return place.row === undefined ? place.questionId : `${place.questionId}.${place.row}`;
}

/** Adds a calculated field, or notes why not. */
export function addCalculation(draft: Draft, given: { source: string; expression: string; formula: string | null }): void {
  if (given.formula === null) return say(draft, "calculation", given.source, "dropped", `Only sums and the like of numbers are calculated here. In the source: ${given.expression}`);
  const id = claimId(draft, given.source);
  draft.calculations.push({ id, name: given.source.slice(0, 80), formula: given.formula });
  draft.places.set(given.source, { kind: "calculation", calculationId: id });
  say(draft, "calculation", given.source, "mapped");
}
