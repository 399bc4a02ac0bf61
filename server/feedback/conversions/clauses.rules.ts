import type { Condition, Question } from "../surveys/definition.contract.ts";
import type { Draft } from "./draft.rules.ts";

/** Logic of a source as a tree, before it is known whether the survey can say it. */
export type Clause =
  | { kind: "all" | "any"; parts: readonly Clause[] }
  | { kind: "condition"; condition: Condition; isTrueWhenEmpty?: boolean }
  | { kind: "constant"; isTrue: boolean }
  | { kind: "unknown"; why: string };

export type Comparison = "is" | "is_not" | "more" | "less" | "at_least" | "at_most" | "contains" | "not_contains" | "answered" | "not_answered";

/** Conditions with how many must hold, as the survey keeps them; or why it cannot. */
export type Rule = { ok: true; conditions: Condition[]; match: "all" | "any"; remark: string | null } | { ok: false; why: string };

const CONDITIONS_MAX = 10;

export const negated: Readonly<Record<Comparison, Comparison>> = {
  is: "is_not", is_not: "is", more: "at_most", less: "at_least", at_least: "less", at_most: "more", contains: "not_contains", not_contains: "contains",
  answered: "not_answered", not_answered: "answered",
};

/** The survey's rule for a clause: it must be all of, or any of, single comparisons.
 *  @returns `conditions` empty for a clause that always holds */
export function ruleFrom(draft: Draft, clause: Clause): Rule {
  const flat = flatten(clause);
  if (flat.kind === "constant") return flat.isTrue ? { ok: true, conditions: [], match: "all", remark: null } : { ok: false, why: "It never holds." };
  if (flat.kind === "unknown") return { ok: false, why: flat.why };
  const parts = flat.kind === "condition" ? [flat] : flat.parts;
  const match = flat.kind === "condition" ? "all" : flat.kind;
  const leaves = parts.flatMap((part) => (part.kind === "condition" ? [part] : []));
  const unknown = parts.find((part) => part.kind === "unknown");
  if (unknown?.kind === "unknown") return { ok: false, why: unknown.why };
  if (leaves.length < parts.length) return { ok: false, why: "It mixes “and” with “or”; here all or any of the conditions must hold." };
  return withEmptyAnswers(draft, leaves, match);
}

// "Is not" of other tools also holds for a question left empty; ours compares answers only.
function withEmptyAnswers(draft: Draft, leaves: readonly (Clause & { kind: "condition" })[], match: "all" | "any"): Rule {
  const open = leaves.filter((leaf) => leaf.isTrueWhenEmpty === true && canBeEmpty(draft, leaf.condition));
  const isAny = match === "any" || leaves.length === 1;
  const empty = isAny ? open.map(({ condition }): Condition => withoutValue({ ...condition, operator: "not_answered" })) : [];
  const conditions = unique([...leaves.map((leaf) => leaf.condition), ...empty]);
  if (conditions.length > CONDITIONS_MAX) return { ok: false, why: `It has ${conditions.length} comparisons; here a rule has at most ${CONDITIONS_MAX}.` };
  const remark = !isAny && open.length > 0 ? "A question left empty does not count as “is not” here." : null;
  return { ok: true, conditions, match: isAny && conditions.length > 1 ? "any" : match, remark };
}

function canBeEmpty(draft: Draft, condition: Condition): boolean {
  if (!("questionId" in condition)) return true;
  const question = draft.questions.find((one) => one.id === condition.questionId);
  return question === undefined || !question.isRequired || question.showIf !== undefined;
}

function withoutValue(condition: Condition): Condition {
  const { value: _value, ...rest } = condition;
  return rest;
}

function unique(conditions: readonly Condition[]): Condition[] {
  const seen = new Set<string>();
  return conditions.filter((one) => {
    const key = JSON.stringify(one);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function flatten(clause: Clause): Clause {
  if (clause.kind !== "all" && clause.kind !== "any") return clause;
  const parts: Clause[] = [];
  for (const part of clause.parts.map(flatten)) {
    if (part.kind === "constant") {
      if (part.isTrue === (clause.kind === "any")) return part;
      continue;
    }
    if (part.kind === clause.kind) parts.push(...part.parts);
    else parts.push(part);
  }
  const [only] = parts;
  if (only === undefined) return { kind: "constant", isTrue: clause.kind === "all" };
  return parts.length === 1 ? only : { kind: clause.kind, parts };
}

/** The opposite of a clause; "not" over "and" becomes "or" of the opposites. */
export function opposite(clause: Clause): Clause {
  switch (clause.kind) {
    case "all":
    case "any":
      return { kind: clause.kind === "all" ? "any" : "all", parts: clause.parts.map(opposite) };
    case "constant":
      return { kind: "constant", isTrue: !clause.isTrue };
    case "condition":
      return oppositeOf(clause.condition);
    case "unknown":
      return clause;
  }
}

function oppositeOf(condition: Condition): Clause {
  const turned = { is: "is_not", is_not: "is", contains: "not_contains", not_contains: "contains", answered: "not_answered", not_answered: "answered" } as const;
  const { operator } = condition;
  if (operator === "at_least" || operator === "at_most") {
    return typeof condition.value === "number" && Number.isInteger(condition.value)
      ? { kind: "condition", condition: { ...condition, operator: operator === "at_least" ? "at_most" : "at_least", value: condition.value + (operator === "at_least" ? -1 : 1) }, isTrueWhenEmpty: true }
      : { kind: "unknown", why: "The opposite of a comparison of fractions cannot be said here." };
  }
  const operatorNow = turned[operator];
  return { kind: "condition", condition: { ...condition, operator: operatorNow }, isTrueWhenEmpty: operatorNow === "is_not" || operatorNow === "not_contains" };
}

/** One comparison of the source with something it asked before.
 *  @param name what the source calls it @param value code, number or words; ignored for answered and not_answered */
export function comparisonOf(draft: Draft, name: string, comparison: Comparison, value: string | number = ""): Clause {
  const place = draft.places.get(name);
  if (place === undefined) return { kind: "unknown", why: `It refers to “${name}”, which is not a question of the new survey.` };
  if (place.kind === "trait") return compareValue({ trait: place.trait }, comparison, value, 0);
  if (place.kind === "calculation") return compareValue({ calculation: place.calculationId }, comparison, value, 1e-6);
  if (place.kind === "option") return compareTick(place, comparison, value);
  const question = draft.questions.find((one) => one.id === place.questionId);
  if (question === undefined) return { kind: "unknown", why: `It refers to “${name}”, which comes later or was left out.` };
  const left = place.row === undefined ? { questionId: place.questionId } : { questionId: place.questionId, row: place.row };
  if (comparison === "answered" || comparison === "not_answered" || (value === "" && (comparison === "is" || comparison === "is_not"))) {
    return { kind: "condition", condition: { ...left, operator: comparison === "answered" || comparison === "is_not" ? "answered" : "not_answered" } };
  }
  switch (question.type) {
    case "nps": case "csat": case "ces": case "rating":
      return compareValue(left, comparison, value, 1);
    case "slider":
      return compareValue(left, comparison, value, question.step);
    case "number":
      return compareValue(left, comparison, value, 10 ** -(question.decimals ?? 0));
    case "constant_sum":
      return compareValue(left, comparison, value, 1e-6);
    case "single": case "multi": case "dropdown": case "ranking": case "picture": case "matrix":
      return compareOption(draft, question, left, comparison, value);
    case "consent":
      // A choice of one option became a box to tick, and its option means ticked.
      return { kind: "condition", condition: { ...left, operator: (isYes(value) || draft.options.get(question.id)?.has(String(value)) === true) === (comparison === "is" || comparison === "contains") ? "answered" : "not_answered" } };
    default:
      return compareWords(left, comparison, value);
  }
}

type Left = { questionId: string; row?: string } | { trait: string } | { calculation: string };

const isYes = (value: string | number): boolean => ["1", "y", "yes", "true", "ok", "accepted", "i_accept"].includes(String(value).trim().toLowerCase());

function compareTick(place: { questionId: string; optionId: string }, comparison: Comparison, value: string | number): Clause {
  const isTicked = comparison === "answered" || (comparison === "is" && isYes(value)) || (comparison === "is_not" && !isYes(value));
  return { kind: "condition", condition: { questionId: place.questionId, operator: isTicked ? "is" : "is_not", value: place.optionId }, isTrueWhenEmpty: !isTicked };
}

function compareValue(left: Left, comparison: Comparison, value: string | number, step: number): Clause {
  if ("trait" in left && (comparison === "answered" || comparison === "not_answered")) return { kind: "condition", condition: { ...left, operator: comparison } };
  const number = typeof value === "number" ? value : value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isNaN(number)) return "trait" in left ? compareWords(left, comparison, value) : { kind: "unknown", why: `It compares a number with “${value}”.` };
  const rounded = (given: number): number => Number(given.toFixed(6));
  switch (comparison) {
    case "is": case "is_not":
      return { kind: "condition", condition: { ...left, operator: comparison, value: "trait" in left ? String(value) : number }, isTrueWhenEmpty: comparison === "is_not" };
    case "at_least": case "at_most":
      return { kind: "condition", condition: { ...left, operator: comparison, value: number } };
    case "more": case "less": {
      // On a scale of steps, more than 6 is at least 7, and more than 6.5 is at least 7 as well.
      const size = step === 0 ? 1e-6 : step;
      const next = comparison === "more" ? (Math.floor(number / size + 1e-9) + 1) * size : (Math.ceil(number / size - 1e-9) - 1) * size;
      return { kind: "condition", condition: { ...left, operator: comparison === "more" ? "at_least" : "at_most", value: rounded(next) } };
    }
    default:
      return { kind: "unknown", why: "It looks for words in a number." };
  }
}

function compareWords(left: Left, comparison: Comparison, value: string | number): Clause {
  if (comparison === "is" || comparison === "is_not" || comparison === "contains" || comparison === "not_contains") {
    return { kind: "condition", condition: { ...left, operator: comparison, value: String(value).slice(0, 200) }, isTrueWhenEmpty: comparison === "is_not" || comparison === "not_contains" };
  }
  return { kind: "unknown", why: "It compares the size of words or dates, which is not done here." };
}

function compareOption(draft: Draft, question: Question, left: Left, comparison: Comparison, value: string | number): Clause {
  const index = draft.options.get(question.id) ?? new Map<string, string>();
  if (question.type === "matrix" && !("row" in left)) return { kind: "unknown", why: "It compares a whole table rather than one of its rows." };
  const found = index.get(String(value)) ?? index.get(String(value).toLowerCase());
  if (["is", "contains", "is_not", "not_contains"].includes(comparison)) {
    if (found === undefined) return { kind: "unknown", why: `It looks for the answer “${value}”, which is not an option of “${question.id}”.` };
    const isPositive = comparison === "is" || comparison === "contains";
    return { kind: "condition", condition: { ...left, operator: isPositive ? "is" : "is_not", value: found }, isTrueWhenEmpty: !isPositive };
  }
  const limit = Number(value);
  const holds = (key: string): boolean => {
    const number = key.trim() === "" ? Number.NaN : Number(key);
    if (Number.isNaN(number)) return false;
    return comparison === "more" ? number > limit : comparison === "less" ? number < limit : comparison === "at_least" ? number >= limit : number <= limit;
  };
  const chosen = [...new Set([...index].filter(([key]) => holds(key)).map(([, id]) => id))];
  if (chosen.length === 0) return { kind: "unknown", why: `No option of “${question.id}” has a value that fits.` };
  return { kind: "any", parts: chosen.map((id): Clause => ({ kind: "condition", condition: { ...left, operator: "is", value: id } })) };
}
