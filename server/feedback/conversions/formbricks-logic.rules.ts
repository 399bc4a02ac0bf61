import type { Clause, Comparison } from "./clauses.rules.ts";
import { comparisonOf, opposite } from "./clauses.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { itemsAt, itemsOf, memberOf, textAt, textOf } from "./source-values.rules.ts";

const OPERATORS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["equals", "is"], ["doesNotEqual", "is_not"], ["notEquals", "is_not"], ["contains", "contains"], ["doesNotContain", "not_contains"],
  ["isGreaterThan", "more"], ["greaterThan", "more"], ["isLessThan", "less"], ["lessThan", "less"], ["isGreaterThanOrEqual", "at_least"], ["greaterEqual", "at_least"],
  ["isLessThanOrEqual", "at_most"], ["lessEqual", "at_most"], ["isSubmitted", "answered"], ["submitted", "answered"], ["isSkipped", "not_answered"], ["skipped", "not_answered"],
  ["isClicked", "answered"], ["clicked", "answered"], ["isAccepted", "answered"], ["accepted", "answered"], ["uploaded", "answered"], ["isSet", "answered"], ["isNotSet", "not_answered"],
  ["isEmpty", "not_answered"], ["isNotEmpty", "answered"], ["isCompletelySubmitted", "answered"], ["isPartiallySubmitted", "answered"], ["isNotClicked", "not_answered"],
]);
const DEPTH_MAX = 20;

/** The clause of a condition group, or of one condition, of a logic block. */
export function clauseOfConditions(draft: Draft, given: unknown, depth = 0): Clause {
  if (depth > DEPTH_MAX) return { kind: "unknown", why: "The condition is nested too deeply." };
  const parts = memberOf(given, "conditions");
  if (Array.isArray(parts)) return { kind: textAt(given, "connector") === "or" ? "any" : "all", parts: parts.map((part) => clauseOfConditions(draft, part, depth + 1)) };
  return compare(draft, nameOf(memberOf(given, "leftOperand")), textAt(given, "operator"), memberOf(given, "rightOperand", "value"));
}

/** Logic of versions before blocks: a condition of the question itself. */
export function clauseOfOldLogic(draft: Draft, name: string, logic: unknown): Clause {
  const condition = textAt(logic, "condition");
  return compare(draft, name, condition === "includesAll" ? "includesAllOf" : condition === "includesOne" ? "includesOneOf" : condition, memberOf(logic, "value"));
}

function nameOf(operand: unknown): string {
  const value = textAt(operand, "value");
  switch (textAt(operand, "type")) {
    case "variable":
      return `var:${value}`;
    case "hiddenField":
      return `hidden:${value}`;
    default: {
      const row = textAt(operand, "meta", "row");
      return row === "" ? value : `${value}.${row}`;
    }
  }
}

function compare(draft: Draft, name: string, operator: string, right: unknown): Clause {
  const values = Array.isArray(right) ? itemsOf(right) : [right];
  const plain = (value: unknown): string | number => (typeof value === "number" ? value : textOf(value));
  const each = (comparison: Comparison): Clause[] => values.map((value) => comparisonOf(draft, name, comparison, plain(value)));
  switch (operator) {
    case "equalsOneOf": case "includesOneOf": case "isAnyOf":
      return { kind: "any", parts: each("is") };
    case "includesAllOf":
      return { kind: "all", parts: each("is") };
    case "doesNotIncludeOneOf": case "doesNotIncludeAllOf":
      return operator === "doesNotIncludeOneOf" ? { kind: "any", parts: each("is_not") } : { kind: "all", parts: each("is_not") };
    default: {
      const comparison = OPERATORS.get(operator);
      if (comparison === undefined) return { kind: "unknown", why: `The comparison “${operator}” is not done here.` };
      if (Array.isArray(right) && right.length > 1) return comparison === "is_not" ? opposite({ kind: "all", parts: each("is") }) : { kind: "all", parts: each(comparison) };
      return comparisonOf(draft, name, comparison, plain(values[0]));
    }
  }
}

/** Every action of a question's logic blocks, the old kind included, with the jump each makes; null for an action that is no jump. */
export function readActions(draft: Draft, name: string, holder: unknown): { clause: () => Clause; expression: string; kind: string; target: string }[] {
  return itemsAt(holder, "logic").flatMap((logic) => {
    const expression = JSON.stringify(memberOf(logic, "conditions") ?? logic).slice(0, 400);
    if (memberOf(logic, "conditions") === undefined) return [{ clause: () => clauseOfOldLogic(draft, name, logic), expression, kind: "jumpToQuestion", target: textAt(logic, "destination") }];
    return itemsAt(logic, "actions").map((action) => ({
      clause: () => clauseOfConditions(draft, memberOf(logic, "conditions")), expression, kind: textAt(action, "objective"), target: textAt(action, "target"),
    }));
  });
}
