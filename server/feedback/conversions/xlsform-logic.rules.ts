import type { Clause } from "./clauses.rules.ts";
import { comparisonOf } from "./clauses.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { clauseFrom } from "./expression.rules.ts";

export const REFERENCE = /\$\{\s*([\w.:-]{1,100})\s*\}/u;

/** The clause of a `relevant`. */
export function clauseOfRelevant(draft: Draft, expression: string): Clause {
  return clauseFrom(expression, {
    reference: REFERENCE,
    compare: (name, comparison, value) => comparisonOf(draft, name, comparison, value),
    call: (name, [first, second]) => {
      if (first?.kind !== "reference") return null;
      // `selected(${q}, 'a')` asks for one choice of several.
      if (name === "selected" && second?.kind === "value") return comparisonOf(draft, first.name, "contains", second.value);
      if (name === "string-length" || name === "count-selected") return comparisonOf(draft, first.name, "answered");
      return null;
    },
  });
}

export type Limits = { min: number | null; max: number | null; minLength: number | null; maxLength: number | null; minCount: number | null; maxCount: number | null };

// Longer ones say more than limits.
const CONSTRAINT_MAX = 1_000;

/** The limits a `constraint` says about the answer itself: `. >= 0 and . <= 120`, `string-length(.) < 50`, `count-selected(.) <= 3`.
 *  @returns null when it says anything else */
export function limitsOf(constraint: string): Limits | null {
  const limits: Limits = { min: null, max: null, minLength: null, maxLength: null, minCount: null, maxCount: null };
  if (constraint.length > CONSTRAINT_MAX) return null;
  for (const part of constraint.split(/\s+and\s+/i)) {
    const found = /^\(?\s*(\.|string-length\(\s*\.\s*\)|count-selected\(\s*\.\s*\))\s*(<=|>=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*\)?$/i.exec(part.trim());
    if (found === null) return null;
    const [, left = "", sign = "", digits = ""] = found;
    const value = Number(digits);
    const isWhole = left !== "." || Number.isInteger(value);
    if ((sign === "<" || sign === ">") && !isWhole) return null;
    const [low, high] = left === "." ? (["min", "max"] as const) : left.toLowerCase().startsWith("string") ? (["minLength", "maxLength"] as const) : (["minCount", "maxCount"] as const);
    if (sign === ">=" || sign === ">" || sign === "=") limits[low] = sign === ">" ? value + 1 : value;
    if (sign === "<=" || sign === "<" || sign === "=") limits[high] = sign === "<" ? value - 1 : value;
  }
  return limits;
}

export function pipeXlsForm(): Draft["pipe"] {
  return (text, put) => text.replaceAll(new RegExp(REFERENCE.source, "gu"), (_whole: string, name: string) => put(name));
}
