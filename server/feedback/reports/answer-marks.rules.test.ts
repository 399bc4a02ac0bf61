import { describe, expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import { fateOf, marksOf, type MarkedResponse } from "./answer-marks.rules.ts";

const title = { en: "Irrelevant?" };
const options = ["a", "b", "c"].map((id) => ({ id, label: { en: id } }));
const asked = (id: string) => ({ id, title, isRequired: false });
const questions: Question[] = [
  { type: "nps", ...asked("nps") },
  { type: "text", ...asked("why"), showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] },
  { type: "statement", ...asked("pause") },
  { type: "multi", ...asked("many"), options },
  { type: "ranking", ...asked("order"), options },
  { type: "matrix", ...asked("grid"), rows: options, columns: options },
  { type: "constant_sum", ...asked("shares"), options, total: 100 },
  { type: "number", ...asked("age") },
];
const definition = makeDefinition({ questions });

const response = (answers: Answers, given: Partial<MarkedResponse> = {}): MarkedResponse => ({
  state: "complete", outcome: "counted", isRecorded: true, answers, context: { traits: {}, facts: {} }, ...given,
});
const said = (given: MarkedResponse): string[] =>
  marksOf(definition, given).map(({ question, kind, part, choice, number, value }) => [question, kind, part, choice, number, value].filter((word) => word !== "" && word !== null).join(" "));

describe("the marks of a response", () => {
  test("one per thing that counts, with a base of its own where several can follow", () => {
    const marks = said(response({
      nps: { number: 9 }, many: { choices: ["a", "c"] }, order: { choices: ["b", "a"] }, grid: { rows: { a: ["b"], c: [] } }, shares: { amounts: { a: 60, b: 40 } }, age: { number: 41 },
    }));
    expect(marks).toEqual([
      "fate complete", "nps score 0-10 9", "many answered", "many choice a", "many choice c", "order answered", "order rank b 1", "order rank a 2",
      "grid answered", "grid answered a", "grid choice a b", "shares answered", "shares amount a 60", "shares amount b 40", "age amount 41",
    ]);
  });

  test("what was shown and passed over is skipped; what was hidden leaves nothing", () => {
    expect(said(response({ nps: { number: 9 } }))).toEqual(["fate complete", "nps score 0-10 9", "many skipped", "order skipped", "grid skipped", "shares skipped", "age skipped"]);
    expect(said(response({ nps: { number: 3 } }))).toContain("why skipped");
  });

  test("who left half-way left at the question after the last answer, and was not shown what follows", () => {
    expect(said(response({ nps: { number: 3 }, many: { choices: ["a"] } }, { state: "partial" }))).toEqual(["fate partial", "nps score 0-10 3", "why skipped", "many answered", "many choice a", "order left"]);
    expect(said(response({}, { state: "partial" }))).toEqual(["fate partial", "nps left"]);
  });

  test.each([
    [{ state: "partial", isRecorded: false }, "started"],
    [{ outcome: "flagged" }, "flagged"],
    [{ outcome: "screened_out" }, "screened_out"],
    [{ outcome: "over_quota" }, "over_quota"],
  ] as const)("of %j only the fate counts", (given, fate) => {
    const one = response({ nps: { number: 9 } }, given);
    expect(fateOf(one)).toBe(fate);
    expect(said(one)).toEqual([`fate ${fate}`]);
  });

  test("an answer off its scale is no answer", () => {
    expect(said(response({ nps: { number: 11 } }))[1]).toBe("nps skipped");
  });
});
