// Whether rules can hold at all, found by trying: every answer that could make a difference is put to the very comparison that decides later.
import { scaleOf } from "./answers.rules.ts";
import { compare } from "./conditions.rules.ts";
import type { Facts } from "./conditions.rules.ts";
import type { Condition, Question } from "./definition.contract.ts";

export type Rule = { conditions: readonly Condition[]; match?: "all" | "any" | undefined };

/** More combinations than this are not tried; then nothing is said against the rules. */
const COMBINATIONS_MAX = 5_000;
/** Of so many values every selection is tried, 2 to the power of this. */
const VALUES_MAX = 8;
const UNKNOWN: Facts = { isKnown: false, number: undefined, words: [] };

/** Whether there are answers by which all rules wanted hold and none of those before them does.
 *  @param questions what conditions may look at
 *  @returns true also when there is too much to try */
export function canHoldTogether(wanted: readonly Rule[], before: readonly Rule[], questions: readonly Question[]): boolean {
  const conditions = [...wanted, ...before].flatMap((rule) => rule.conditions);
  const subjects = [...new Set(conditions.map(subjectOf))];
  const looks = subjects.map((subject) => conditions.filter((one) => subjectOf(one) === subject));
  if (looks.some((some) => valuesOf(some).length > VALUES_MAX)) return true;
  const tried = looks.map((some) => factsToTry(some, questions));
  if (tried.reduce((product, facts) => product * facts.length, 1) > COMBINATIONS_MAX) return true;
  const place = new Map(subjects.map((subject, index) => [subject, index]));
  return someCombination(tried, (facts) => {
    const holds = (one: Condition): boolean => compare(one, facts[place.get(subjectOf(one)) ?? 0] ?? UNKNOWN);
    const holdsRule = ({ conditions: all, match }: Rule): boolean => all.length === 0 || (match === "any" ? all.some(holds) : all.every(holds));
    return wanted.every(holdsRule) && !before.some(holdsRule);
  });
}

function someCombination(lists: readonly (readonly Facts[])[], isRight: (facts: readonly Facts[]) => boolean, chosen: readonly Facts[] = []): boolean {
  const list = lists[chosen.length];
  return list === undefined ? isRight(chosen) : list.some((facts) => someCombination(lists, isRight, [...chosen, facts]));
}

/** What a condition looks at, as a key. */
function subjectOf(condition: Condition): string {
  if ("questionId" in condition) return `question ${condition.questionId} ${condition.row ?? ""}`;
  if ("trait" in condition) return `trait ${condition.trait}`;
  return "calculation" in condition ? `calculation ${condition.calculation}` : `fact ${condition.fact}`;
}

const valuesOf = (conditions: readonly Condition[]): (string | number)[] => [...new Set(conditions.flatMap(({ value }) => value ?? []))];

function factsToTry(conditions: readonly Condition[], questions: readonly Question[]): Facts[] {
  const [first] = conditions;
  const asked = first !== undefined && "questionId" in first ? questions.find(({ id }) => id === first.questionId) : undefined;
  const values = valuesOf(conditions);
  const numbers = values.filter((value) => typeof value === "number");
  const words = values.map(String);
  if (asked !== undefined) return [UNKNOWN, ...factsOfQuestion(asked, { numbers, words })];
  // A trait, a fact or a result is one value, read as a number where it is one.
  const said = numbers.length > 0 ? aroundEach(numbers, -Infinity, Infinity).map((number) => ({ isKnown: true, number, words: [String(number)] })) : [];
  return [UNKNOWN, ...said, ...writtenWords(words.filter((word) => word !== ""))];
}

function factsOfQuestion(question: Question, { numbers, words }: { numbers: readonly number[]; words: readonly string[] }): Facts[] {
  const ofNumber = (number: number): Facts => ({ isKnown: true, number, words: [] });
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      return Array.from({ length: max - min + 1 }, (_, index) => ofNumber(min + index));
    }
    case "slider":
    case "number":
      return aroundEach(numbers, question.min ?? -Infinity, question.max ?? Infinity).map(ofNumber);
    case "constant_sum":
      return [ofAnything, ...aroundEach(numbers, 0, Infinity).map(ofNumber)];
    case "consent":
      return [["yes"], ["no"]].map(ofWords);
    case "single":
    case "dropdown":
      return question.options.some(({ isOther }) => isOther === true) ? [...question.options.map(({ id }) => ofWords([id])), ...anyOf(words)] : question.options.map(({ id }) => ofWords([id]));
    case "multi":
    case "ranking":
    case "picture":
    case "matrix":
      return anyOf(words);
    case "text":
    case "date":
    case "email":
    case "phone":
      return writtenWords(words);
    case "contact":
    case "file":
    case "statement":
      return [ofAnything];
  }
}

const ofWords = (words: readonly string[]): Facts => ({ isKnown: true, number: undefined, words });
/** An answer that is none of those asked for. */
const ofAnything: Facts = ofWords([]);

// The numbers themselves, and one between each two and beyond the ends: no comparison tells others apart.
function aroundEach(numbers: readonly number[], min: number, max: number): number[] {
  const known = [...new Set([...numbers, ...[min, max].filter(Number.isFinite)])].sort((one, other) => one - other);
  const [first = 0, last = 0] = [known[0], known.at(-1)];
  const between = known.map((number, index) => (number + (known[index + 1] ?? number)) / 2);
  return [...new Set([first - 1, ...known, ...between, last + 1])].filter((number) => number >= min && number <= max);
}

const selectionsOf = (words: readonly string[]): string[][] => words.reduce<string[][]>((all, word) => [...all, ...all.map((one) => [...one, word])], [[]]);

/** Several may be chosen: every selection of those asked for; the empty one stands for others. */
const anyOf = (words: readonly string[]): Facts[] => selectionsOf(words).map(ofWords);

/** Words somebody writes: those asked for alone and together; the empty selection stands for others. */
const writtenWords = (words: readonly string[]): Facts[] => selectionsOf(words).map((some) => ofWords([some.join(" ")]));
