import { expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import type { Question } from "../surveys/definition.contract.ts";
import { findAnchor } from "./anchors.rules.ts";
import { listQuestionChanges } from "./question-changes.rules.ts";

const asked = (id: string, title = "How was it?") => ({ id, title: { en: title }, isRequired: false });
const rating = (max: number, title?: string): Question => ({ type: "rating", ...asked("service", title), min: 1, max });
const nps = (id = "nps"): Question => ({ type: "nps", ...asked(id) });
const labelled = (id: string, score?: number) => ({ id, label: { en: id }, ...(score === undefined ? {} : { score }) });
const slider = (low: string): Question => ({ type: "slider", ...asked("service"), min: 0, max: 100, step: 1, low: { en: low } });
const table = (...rows: string[]) => ({ type: "matrix" as const, ...asked("service"), rows: rows.map((row) => labelled(row)), columns: [labelled("bad", 1), labelled("good", 2)] });
const changes = (before: Question[], after: Question[], type: "nps" | "rating" = "rating") =>
  listQuestionChanges(makeDefinition({ questions: before }), makeDefinition({ questions: after }), type);

test.each([
  ["the same question is no change", [rating(5)], [rating(5), nps()], []],
  ["other words are", [rating(5)], [rating(5, "How good was it?")], [{ kind: "wording", before: "How was it?", after: "How good was it?" }]],
  ["another scale is", [rating(5)], [rating(10)], [{ kind: "scale", before: "1-5", after: "1-10" }]],
  ["other words at the ends are", [rating(5)], [{ type: "rating", ...asked("service"), min: 1, max: 5, low: { en: "bad" }, high: { en: "good" } }], [{ kind: "wording", before: "How was it?", after: "How was it? (bad – good)" }]],
  ["other words of a slider are, for it gives ratings", [slider("Unhappy")], [slider("Bad")], [{ kind: "wording", before: "How was it? (Unhappy)", after: "How was it? (Bad)" }]],
  ["a row more of a table that gives ratings is", [table("speed")], [table("speed", "price")], [{ kind: "wording", before: "How was it? (speed – bad, good)", after: "How was it? (speed, price – bad, good)" }]],
  ["points of its columns are its scale", [table("speed")], [{ ...table("speed"), columns: [labelled("bad", 1), labelled("good", 5)] }], [{ kind: "scale", before: "1-2", after: "1-5" }]],
  ["a table of choices gives none", [{ ...table("speed"), columns: [labelled("bad")] }], [{ ...table("speed"), columns: [labelled("good")] }], []],
  ["a question of the kind that is asked no more, or for the first time, leaves nothing to compare", [rating(5)], [nps()], []],
] satisfies [string, Question[], Question[], object[]][])("%s", (_, before, after, expected) => {
  expect(changes(before, after)).toEqual(expected);
});

test("another question in the place of one changes what the answers are about", () => {
  expect(changes([nps()], [nps("again")], "nps")).toEqual([{ kind: "wording", before: "How was it?", after: "How was it?" }]);
});

test.each([
  ["the first score", { service: { number: 4 }, nps: { number: 9 } }, { questionId: "service", choice: "" }],
  ["a choice where there is no score", { matters: { choices: ["price"] } }, { questionId: "matters", choice: "price" }],
  ["a rated row where there is neither", { table: { rows: { speed: ["good"] } } }, { questionId: "table", choice: "speed" }],
  ["nothing where no feeling was said", { age: { number: 42 } }, null],
])("a response is stood for by %s", (_, answers, expected) => {
  const option = (id: string, score?: number) => ({ id, label: { en: id }, ...(score === undefined ? {} : { score }) });
  const questions: Question[] = [
    { type: "single", ...asked("matters"), options: [option("price"), option("speed")] },
    { type: "matrix", ...asked("table"), rows: [option("speed")], columns: [option("bad", 1), option("good", 2)] },
    { type: "number", ...asked("age") }, rating(5), nps(),
  ];
  expect(findAnchor(makeDefinition({ questions }), answers)).toEqual(expected);
});
