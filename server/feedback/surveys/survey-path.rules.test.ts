import { describe, expect, test } from "vitest";
import type { Answer, Answers, Condition, Question, SurveyContext, SurveyDefinition } from "./definition.contract.ts";
import { arrangeFor } from "./order.rules.ts";
import { calculate, checkAnswers, endingOf, listShownQuestions, quotasOf } from "./survey-path.rules.ts";

const asked = (id: string): Pick<Question, "id" | "title" | "isRequired"> => ({ id, title: { en: id }, isRequired: false });
const options = ["a", "b", "c"].map((id, index) => ({ id, label: { en: id.toUpperCase() }, score: index }));
const survey = (questions: Question[], given: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  format: 1, languages: ["en"], title: { en: "T" }, questions, thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" }, ...given,
});
const shownFor = (definition: SurveyDefinition, answers: Answers, context?: SurveyContext): string[] => listShownQuestions(definition, answers, context).map(({ id }) => id);

describe("the way through a survey", () => {
  const after = (condition: Condition[], match?: "all" | "any"): SurveyDefinition => survey([
    { ...asked("nps"), type: "nps" },
    { ...asked("pick"), type: "multi", options },
    { ...asked("grid"), type: "matrix", rows: [{ id: "r1", label: { en: "R1" } }], columns: options },
    { ...asked("last"), type: "text", showIf: condition, ...(match === undefined ? {} : { showIfMatch: match }) },
  ], { calculations: [{ id: "total", name: "Total", formula: "nps + pick" }] });

  test.each<[string, Condition[], "all" | "any" | undefined, Answers, boolean]>([
    ["a score at the limit", [{ questionId: "nps", operator: "at_most", value: 6 }], undefined, { nps: { number: 6 } }, true],
    ["a score beyond it", [{ questionId: "nps", operator: "at_most", value: 6 }], undefined, { nps: { number: 7 } }, false],
    ["no score", [{ questionId: "nps", operator: "at_most", value: 6 }], undefined, {}, false],
    ["one of two, any", [{ questionId: "nps", operator: "is", value: 3 }, { questionId: "pick", operator: "is", value: "a" }], "any", { pick: { choices: ["a"] } }, true],
    ["one of two, all", [{ questionId: "nps", operator: "is", value: 3 }, { questionId: "pick", operator: "is", value: "a" }], "all", { pick: { choices: ["a"] } }, false],
    ["not this choice", [{ questionId: "pick", operator: "is_not", value: "a" }], undefined, { pick: { choices: ["b"] } }, true],
    ["not this choice, unanswered", [{ questionId: "pick", operator: "is_not", value: "a" }], undefined, {}, false],
    ["a row of a table", [{ questionId: "grid", row: "r1", operator: "is", value: "b" }], undefined, { grid: { rows: { r1: ["b"] } } }, true],
    ["another row", [{ questionId: "grid", row: "r2", operator: "answered" }], undefined, { grid: { rows: { r1: ["b"] } } }, false],
    ["a calculation", [{ calculation: "total", operator: "at_least", value: 10 }], undefined, { nps: { number: 9 }, pick: { choices: ["b"] } }, true],
    ["a calculation not known", [{ calculation: "total", operator: "at_least", value: 10 }], undefined, { nps: { number: 10 } }, false],
  ])("%s decides whether a question is shown", (_title, condition, match, answers, isShown) => {
    expect(shownFor(after(condition, match), answers).includes("last")).toBe(isShown);
  });

  test.each<[string, Condition, SurveyContext, boolean]>([
    ["a trait", { trait: "plan", operator: "is", value: "gold" }, { traits: { plan: "gold" }, facts: {} }, true],
    ["a number kept as words", { trait: "age", operator: "at_least", value: 18 }, { traits: { age: "21" }, facts: {} }, true],
    ["an unknown trait", { trait: "plan", operator: "is_not", value: "gold" }, { traits: {}, facts: {} }, false],
    ["a trait of the prototype", { trait: "constructor", operator: "answered" }, { traits: {}, facts: {} }, false],
    ["the language", { fact: "language", operator: "is", value: "de" }, { traits: {}, facts: { language: "de" } }, true],
    ["words in a trait", { trait: "city", operator: "contains", value: "BERL" }, { traits: { city: "Berlin" }, facts: {} }, true],
  ])("%s decides too", (_title, condition, context, isShown) => {
    expect(shownFor(after([condition]), {}, context).includes("last")).toBe(isShown);
  });

  const branching = survey([
    { ...asked("nps"), type: "nps", branches: [{ conditions: [{ questionId: "nps", operator: "at_least", value: 9 }], to: "praise" }, { conditions: [{ questionId: "nps", operator: "is", value: 0 }], to: "out" }] },
    { ...asked("why"), type: "text" },
    { ...asked("praise"), type: "text" },
    { ...asked("more"), type: "text", showIf: [{ questionId: "why", operator: "answered" }] },
  ], { endings: [{ id: "out", title: { en: "Sorry" }, conditions: [] }, { id: "happy", title: { en: "Great" }, conditions: [{ questionId: "nps", operator: "at_least", value: 9 }] }] });

  test.each<[string, Answers, string[], string | null]>([
    ["falls through without an answer", {}, ["nps", "why", "praise"], null],
    ["leads past questions", { nps: { number: 9 } }, ["nps", "praise"], "happy"],
    ["leads to an ending at once", { nps: { number: 0 } }, ["nps"], "out"],
    ["an answer on a way not taken does not count", { nps: { number: 9 }, why: { text: "Old" } }, ["nps", "praise"], "happy"],
    ["the way in the middle", { nps: { number: 5 }, why: { text: "So" } }, ["nps", "why", "praise", "more"], null],
  ])("a branch %s", (_title, answers, shown, ending) => {
    expect(shownFor(branching, answers)).toEqual(shown);
    expect(endingOf(branching, answers)?.id ?? null).toBe(ending);
  });
});

describe("one answer", () => {
  const matrix: Question = { ...asked("q"), type: "matrix", rows: options, columns: options };
  const sum: Question = { ...asked("q"), type: "constant_sum", options, total: 100 };
  test.each<[string, Question, Answer, string | null]>([
    ["a rating on its scale", { ...asked("q"), type: "rating", min: 1, max: 5 }, { number: 5 }, null],
    ["a rating beside it", { ...asked("q"), type: "rating", min: 1, max: 5 }, { number: 6 }, "not_on_the_scale"],
    ["half a point", { ...asked("q"), type: "nps" }, { number: 6.5 }, "not_on_the_scale"],
    ["not a number", { ...asked("q"), type: "nps" }, { number: Number.NaN }, "not_on_the_scale"],
    ["one option too many", { ...asked("q"), type: "dropdown", options }, { choices: ["a", "b"] }, "too_many_choices"],
    ["too few options", { ...asked("q"), type: "multi", options, minChoices: 2 }, { choices: ["a"] }, "too_few_choices"],
    ["the same option twice", { ...asked("q"), type: "multi", options }, { choices: ["a", "a"] }, "unknown_option"],
    ["none along with others", { ...asked("q"), type: "multi", options: [...options, { id: "none", label: { en: "None" }, isNone: true }] }, { choices: ["a", "none"] }, "not_together"],
    ["none alone although two are wanted", { ...asked("q"), type: "multi", minChoices: 2, options: [...options, { id: "none", label: { en: "None" }, isNone: true }] }, { choices: ["none"] }, null],
    ["a ranking", { ...asked("q"), type: "ranking", options }, { choices: ["c", "a"] }, null],
    ["two pictures of one", { ...asked("q"), type: "picture", options }, { choices: ["c", "a"] }, "too_many_choices"],
    ["a table", matrix, { rows: { a: ["b"] } }, null],
    ["a table with an unknown line", matrix, { rows: { z: ["b"] } }, "unknown_option"],
    ["a table with the prototype's line", matrix, JSON.parse('{"rows":{"__proto__":["b"]}}'), "unknown_option"],
    ["two ticks in a line of one", matrix, { rows: { a: ["b", "c"] } }, "too_many_choices"],
    ["a required table with a line missing", { ...matrix, isRequired: true }, { rows: { a: ["b"], b: ["b"] } }, "row_missing"],
    ["points that add up", sum, { amounts: { a: 33.3, b: 33.3, c: 33.4 } }, null],
    ["points that do not", sum, { amounts: { a: 50, b: 40 } }, "wrong_total"],
    ["less than nothing", sum, { amounts: { a: 150, b: -50 } }, "too_small"],
    ["endless points", sum, { amounts: { a: Number.POSITIVE_INFINITY } }, "too_small"],
    ["a slider beyond its end", { ...asked("q"), type: "slider", min: 0, max: 10, step: 1 }, { number: 11 }, "too_large"],
    ["too many decimals", { ...asked("q"), type: "number", decimals: 1 }, { number: 1.25 }, "wrong_format"],
    ["a day", { ...asked("q"), type: "date" }, { text: "2024-02-29" }, null],
    ["a day that never was", { ...asked("q"), type: "date" }, { text: "2023-02-29" }, "wrong_format"],
    ["a day too early", { ...asked("q"), type: "date", earliest: "2024-01-01" }, { text: "2023-12-31" }, "too_small"],
    ["an address", { ...asked("q"), type: "email" }, { text: "ann@example.com" }, null],
    ["half an address", { ...asked("q"), type: "email" }, { text: "ann@example" }, "wrong_format"],
    ["a phone number", { ...asked("q"), type: "phone" }, { text: "+49 30 123456" }, null],
    ["letters for a phone number", { ...asked("q"), type: "phone" }, { text: "call me" }, "wrong_format"],
    ["a contact without a required field", { ...asked("q"), type: "contact", fields: ["email", "city"], requiredFields: ["email"] }, { fields: { city: "Rome" } }, "missing"],
    ["a contact with a field nobody asked for", { ...asked("q"), type: "contact", fields: ["email"] }, { fields: { phone: "123456" } }, "unknown_option"],
    ["consent", { ...asked("q"), type: "consent", statement: { en: "I agree" }, isRequired: true }, { choices: ["yes"] }, null],
    ["refused consent that is required", { ...asked("q"), type: "consent", statement: { en: "I agree" }, isRequired: true }, { choices: ["no"] }, "missing"],
    ["digits only", { ...asked("q"), type: "text", format: "digits" }, { text: "12a" }, "wrong_format"],
    ["a short text", { ...asked("q"), type: "text", minLength: 10 }, { text: "Short" }, "too_short"],
    ["too many files", { ...asked("q"), type: "file", kinds: ["image"], filesMax: 1, sizeMaxMb: 5 }, { files: [{ id: crypto.randomUUID(), name: "a" }, { id: crypto.randomUUID(), name: "b" }] }, "too_many_files"],
    ["the member of another kind", { ...asked("q"), type: "nps" }, { number: 9, text: "x" }, "wrong_kind"],
    ["an answer to a statement", { ...asked("q"), type: "statement" }, { text: "x" }, "wrong_kind"],
  ])("%s", (_title, question, answer, problem) => {
    expect(checkAnswers(survey([question]), { q: answer }, true)[0]?.problem ?? null).toBe(problem);
  });

  test("half a table is no fault while somebody is still at it", () => {
    const definition = survey([{ ...matrix, isRequired: true }, { ...sum, id: "s" }]);
    expect(checkAnswers(definition, { q: { rows: { a: ["b"] } }, s: { amounts: { a: 1 } } }, false)).toEqual([]);
  });

  test("a required statement asks for nothing", () => {
    expect(checkAnswers(survey([{ ...asked("q"), type: "statement", isRequired: true }]), {}, true)).toEqual([]);
  });
});

test("calculations that name each other over and over are worked out in a moment, and those that never end are not known", () => {
  const chain = Array.from({ length: 50 }, (_none, index) => ({ id: `c${index}`, name: "C", formula: index === 0 ? "nps" : `c${index - 1} + c${index - 1}` }));
  const definition = survey([{ ...asked("nps"), type: "nps" }], { calculations: [...chain, { id: "round", name: "R", formula: "round + 1" }, { id: "huge", name: "H", formula: "nps * 9" + " * 999999999999".repeat(30) }] });
  const values = new Map(calculate(definition, { nps: { number: 1 } }).map(({ id, value }) => [id, value]));
  expect([values.get("c49"), values.get("round"), values.get("huge")]).toEqual([2 ** 49, null, null]);
});

describe("a calculation", () => {
  const definition = (formula: string): SurveyDefinition => survey([
    { ...asked("nps"), type: "nps" }, { ...asked("pick"), type: "multi", options }, { ...asked("grid"), type: "matrix", rows: options, columns: options },
    { ...asked("sum"), type: "constant_sum", options, total: 10 }, { ...asked("rank"), type: "ranking", options },
    { ...asked("yes"), type: "consent", statement: { en: "I agree" } },
  ], { calculations: [{ id: "first", name: "First", formula: "2" }, { id: "it", name: "It", formula }] });
  const answers: Answers = {
    nps: { number: 8 }, pick: { choices: ["b", "c"] }, grid: { rows: { a: ["c"], b: ["b"] } }, sum: { amounts: { a: 7, b: 3 } }, rank: { choices: ["c", "a"] }, yes: { choices: ["yes"] },
  };
  test.each<[string, number | null]>([
    ["nps", 8], ["pick", 3], ["grid", 3], ["grid.a", 2], ["grid.c", null], ["sum.a - sum.b", 4], ["rank.a", 2], ["yes * 10", 10],
    ["nps + pick * 2", 14], ["(nps + pick) * 2", 22], ["-nps + 10", 2], ["mean(nps, pick, grid.c)", 5.5], ["count(nps, grid.c)", 1],
    ["if(nps >= 9, 1, if(nps <= 6, -1, 0))", 0], ["nps / 0", null], ["missing + 1", null], ["sum(missing, 1)", 1], ["first + 1", 3], ["it + 1", null],
    ["max(1, 2, 3) - min(1, 2)", 2], ["round(7 / 2)", 4], ["trait.age + 1", 31], ["constructor", null], ["nps.x.y", null],
  ])("%s is %s", (formula, value) => {
    expect(calculate(definition(formula), answers, { traits: { age: "30" }, facts: {} }).find(({ id }) => id === "it")?.value).toBe(value);
  });
});

test("a quota takes those its conditions name", () => {
  const definition = survey([{ ...asked("pick"), type: "single", options }], {
    quotas: [{ id: "as", name: "A", limit: 1, conditions: [{ questionId: "pick", operator: "is", value: "a" }] }, { id: "all", name: "All", limit: 5, conditions: [] }],
  });
  expect(quotasOf(definition, { pick: { choices: ["a"] } }).map(({ id }) => id)).toEqual(["as", "all"]);
  expect(quotasOf(definition, { pick: { choices: ["b"] } }).map(({ id }) => id)).toEqual(["all"]);
});

describe("random order", () => {
  const definition = survey([
    { ...asked("pick"), type: "single", order: "random", options: [...options, { id: "other", label: { en: "Other" }, isOther: true }] },
    { ...asked("one"), type: "text" }, { ...asked("two"), type: "text" }, { ...asked("last"), type: "text" },
  ], { shuffle: [["one", "two"]] });
  const orderFor = (seed: string): string => {
    const [first, ...others] = arrangeFor(definition, seed).questions;
    return [...(first !== undefined && "options" in first ? first.options : []), ...others].map(({ id }) => id).join(" ");
  };

  test("is the same each time for one person", () => {
    expect(orderFor("person 1")).toBe(orderFor("person 1"));
  });

  test("comes out evenly, with what is fixed in its place", () => {
    const counts = new Map<string, number>();
    for (let person = 0; person < 6_000; person += 1) counts.set(orderFor(`person ${person}`), (counts.get(orderFor(`person ${person}`)) ?? 0) + 1);
    expect(counts.size).toBe(12);
    for (const [order, count] of counts) {
      expect(order).toMatch(/^[abc] [abc] [abc] other (one two|two one) last$/);
      expect(count).toBeGreaterThan(400);
      expect(count).toBeLessThan(600);
    }
  });

  test("changes nothing in a survey without it", () => {
    const plain = survey([{ ...asked("pick"), type: "single", options }]);
    expect(arrangeFor(plain, "x")).toBe(plain);
  });
});
