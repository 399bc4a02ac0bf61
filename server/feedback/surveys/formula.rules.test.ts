import { expect, test } from "vitest";
import { evaluateFormula, namesInFormula, parseFormula } from "./formula.rules.ts";

test.each<[string, RegExp]>([
  ["", /empty/], ["1 +", /too early/], ["(1", /"\)" is missing/], ["1 1", /not expected/], ["nosuch(1)", /no function/], ["if(1, 2)", /three parts/],
  ["1 ; 2", /not understood/], ["process.exit()", /no function/], ["a[0]", /not understood/], [`${"(".repeat(400)}1`, /is missing/], ["1".repeat(501), /longer than 500/],
])("%j is refused with a reason", (text, message) => {
  const parsed = parseFormula(text);
  expect(parsed.ok ? "" : parsed.message).toMatch(message);
});

test.each<[string, number | null]>([
  ["1 + 2 * 3", 7], ["(1 + 2) * 3", 9], ["10 - 2 - 3", 5], ["12 / 2 / 3", 2], ["-3 * -2", 6], ["1 < 2", 1], ["2 = 2", 1], ["2 != 2", 0], ["a.b * 2", 8], ["c", null],
])("%s is %s", (text, value) => {
  const parsed = parseFormula(text);
  expect(parsed.ok ? evaluateFormula(parsed.formula, (name) => (name === "a.b" ? 4 : null)) : "refused").toBe(value);
});

test("names are listed once, in order", () => {
  const parsed = parseFormula("if(b > 1, a + trait.x, b)");
  expect(parsed.ok ? namesInFormula(parsed.formula) : []).toEqual(["b", "a", "trait.x"]);
});
