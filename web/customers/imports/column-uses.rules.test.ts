import { expect, test } from "vitest";
import { meaningOf, uses } from "./column-uses.rules.ts";

test("every meaning that can be chosen comes with the settings it needs", () => {
  expect(uses.map((use) => meaningOf(use, "Mark").use)).toEqual(uses);
  expect(meaningOf("score", "Mark")).toMatchObject({ kind: "nps", min: 0, max: 10 });
  expect(meaningOf("trait", "x".repeat(200))).toEqual({ use: "trait", name: "x".repeat(100) });
});
