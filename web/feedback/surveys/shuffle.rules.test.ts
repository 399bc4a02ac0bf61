import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { freeNeighbours, groupBetween } from "./shuffle.rules.ts";

const question = (id: string, given: Pick<Question, "showIf" | "branches"> = {}): Question => ({ id, type: "email", title: {}, isRequired: false, ...given });
const four = ["a", "b", "c", "d"].map((id) => question(id));

test.each<[string, string, string[]]>([["a", "c", ["a", "b", "c"]], ["d", "c", ["c", "d"]], ["b", "b", ["b"]], ["a", "gone", []]])("the group from %s to %s", (one, other, expected) => {
  expect(groupBetween(four, one, other)).toEqual(expected);
});

test.each<[string, Question[], string[][], string[] | null]>([
  ["the first two", four, [], ["a", "b"]],
  ["those in no group", four, [["a", "b"]], ["c", "d"]],
  ["none that lead on", [question("a", { branches: [{ to: "end", conditions: [] }] }), question("b"), question("c")], [], ["b", "c"]],
  ["none that depend on each other", [question("a"), question("b", { showIf: [{ questionId: "a", operator: "answered" }] })], [], null],
  ["none of one question", [question("a")], [], null],
])("neighbours to mix are %s", (_title, questions, groups, expected) => {
  expect(freeNeighbours(questions, groups)).toEqual(expected);
});
