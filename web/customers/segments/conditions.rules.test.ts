import { expect, test } from "vitest";
import { conditionKinds, emptyRule, isComplete, startCondition, withPart } from "./conditions.rules.ts";

test("a rule is complete once nothing is left to fill in", () => {
  expect(isComplete(emptyRule)).toBe(true);
  expect(conditionKinds.map((kind) => [kind, isComplete({ ...emptyRule, conditions: [startCondition(kind)] })])).toEqual([
    ["trait", false], ["interactions", true], ["touchpoint", false], ["score", true], ["seen", true], ["identifier", true], ["list", false],
  ]);
  expect(isComplete({ ...emptyRule, conditions: [{ kind: "trait", name: "plan", operator: "known", value: "" }] })).toBe(true);
  expect(isComplete({ ...emptyRule, conditions: [{ kind: "group", match: "any", conditions: [] }] })).toBe(false);
  expect(isComplete({ ...emptyRule, conditions: [{ kind: "group", match: "any", conditions: [startCondition("list")] }] })).toBe(false);
});

test("a part of a rule is changed or taken out", () => {
  const rule = { ...emptyRule, conditions: [startCondition("seen"), startCondition("score")] };
  expect(withPart(rule, 0, startCondition("identifier")).conditions.map((part) => part.kind)).toEqual(["identifier", "score"]);
  expect(withPart(rule, 1, null).conditions.map((part) => part.kind)).toEqual(["seen"]);
});
