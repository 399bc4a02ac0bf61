import type { Clause, Comparison } from "./clauses.rules.ts";
import { comparisonOf } from "./clauses.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { traitNamed } from "./draft.rules.ts";
import { plainText } from "./plain-text.rules.ts";
import { entriesOf, isObject, memberOf, numberOf, textAt } from "./source-values.rules.ts";

const OPERATORS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["EqualTo", "is"], ["Is", "is"], ["NotEqualTo", "is_not"], ["IsNot", "is_not"], ["GreaterThan", "more"], ["GreaterThanOrEqual", "at_least"], ["LessThan", "less"],
  ["LessThanOrEqual", "at_most"], ["Contains", "contains"], ["DoesNotContain", "not_contains"], ["Empty", "not_answered"], ["IsEmpty", "not_answered"],
  ["NotEmpty", "answered"], ["IsNotEmpty", "answered"], ["Selected", "is"], ["NotSelected", "is_not"],
]);

/** The clause of a "BooleanExpression": groups joined by AndIf or OrIf, in each expressions joined by And or Or. "And" binds closer, as in Qualtrics. */
export function clauseOfLogic(draft: Draft, logic: unknown): Clause {
  const groups = entriesOf(logic).filter(([key, group]) => /^\d+$/.test(key) && isObject(group)).map(([, group]) => group);
  return joined(groups.map((group) => {
    const expressions = entriesOf(group).filter(([key, one]) => /^\d+$/.test(key) && isObject(one)).map(([, one]) => one);
    const clause = joined(expressions.map((one) => ({ isOr: /or/i.test(textAt(one, "Conjuction") || textAt(one, "Conjunction")), clause: clauseOfExpression(draft, one) })));
    return { isOr: /^(or|else)/i.test(textAt(group, "Type")), clause };
  }));
}

function joined(parts: readonly { isOr: boolean; clause: Clause }[]): Clause {
  const any: Clause[][] = [];
  for (const part of parts) {
    const last = any.at(-1);
    if (last === undefined || part.isOr) any.push([part.clause]);
    else last.push(part.clause);
  }
  return { kind: "any", parts: any.map((all): Clause => ({ kind: "all", parts: all })) };
}

/** How the logic reads in the source, for the report. */
export function wordsOfLogic(logic: unknown): string {
  const words = entriesOf(logic).flatMap(([, group]) => entriesOf(group).map(([, one]) => plainText(textAt(one, "Description")))).filter((text) => text !== "");
  return words.length === 0 ? JSON.stringify(logic).slice(0, 300) : words.join(" ");
}

function clauseOfExpression(draft: Draft, expression: unknown): Clause {
  const operator = textAt(expression, "Operator");
  const left = textAt(expression, "LeftOperand") || textAt(expression, "ChoiceLocator");
  const comparison = OPERATORS.get(operator);
  if (comparison === undefined) return { kind: "unknown", why: `The comparison “${operator}” is not done here.` };
  const right = textAt(expression, "RightOperand");
  switch (textAt(expression, "LogicType")) {
    case "Question":
      return compareLocator(draft, left, comparison, right);
    case "EmbeddedField":
    case "Panel":
      draft.places.set(`e:${left}`, { kind: "trait", trait: traitNamed(left) });
      return comparisonOf(draft, `e:${left}`, comparison, right);
    default:
      return { kind: "unknown", why: `Logic on “${textAt(expression, "LogicType")}” is not done here.` };
  }
}

/** A comparison with what a locator such as `q://QID2/SelectableChoice/1/4` points at. */
export function compareLocator(draft: Draft, locator: string, comparison: Comparison, right: string): Clause {
  const [, question = "", what = "", ...parts] = /^q:\/\/([^/]+)(?:\/([^/]+)(?:\/(.*))?)?$/.exec(locator)?.flatMap((part, index) => (index === 3 ? (part ?? "").split("/") : [part ?? ""])) ?? [];
  const [first = "", second = ""] = parts;
  switch (what) {
    case "SelectableChoice":
    case "SelectedChoices":
      return second === "" ? compareChoice(draft, question, first, comparison) : comparisonOf(draft, `${question}/${first}`, comparison, `#${second}`);
    case "ChoiceTextEntryValue":
    case "ChoiceNumericEntryValue":
    case "ChoiceValue":
    case "NumericValue":
      return comparisonOf(draft, draft.places.has(`${question}/${first}`) ? `${question}/${first}` : question, comparison, numberOf(right) ?? right);
    case "SelectedChoicesRecode":
    case "SelectedAnswerRecode":
      return comparisonOf(draft, first === "" ? question : `${question}/${first}`, comparison, numberOf(right) ?? right);
    case "":
      return comparisonOf(draft, question, comparison, right);
    default:
      return { kind: "unknown", why: `Logic on “${what}” is not done here.` };
  }
}

// Of a net promoter question the choice is the score itself.
function compareChoice(draft: Draft, question: string, choice: string, comparison: Comparison): Clause {
  const place = draft.places.get(question);
  const target = place?.kind === "question" ? draft.questions.find((one) => one.id === place.questionId) : undefined;
  if (target !== undefined && (target.type === "nps" || target.type === "rating")) {
    const score = draft.options.get(target.id)?.get(`#${choice}`) ?? choice;
    return comparisonOf(draft, question, comparison, Number(score));
  }
  return comparisonOf(draft, question, comparison, `#${choice}`);
}

/** Skip logic of one question in words, and where it leads. */
export function readSkip(skip: unknown): { locator: string; comparison: Comparison | null; right: string; to: string; words: string } {
  const condition = textAt(skip, "Condition");
  return {
    locator: textAt(skip, "Locator") || textAt(skip, "ChoiceLocator"),
    comparison: OPERATORS.get(condition) ?? null,
    right: textAt(skip, "RightOperand") || textAt(memberOf(skip, "Logic"), "RightOperand"),
    to: textAt(skip, "SkipToDestination"),
    words: plainText(textAt(skip, "Description")),
  };
}
