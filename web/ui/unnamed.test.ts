import { expect, test } from "vitest";
import { nameOfNone } from "./unnamed.ts";

test.each([
  ["touchpoint", "Without a touchpoint"],
  ["environment", "Without an environment"],
  ["trait:plan", "Without “plan”"],
  ["emotion", "Not named"],
])("what has no %s is called %s", (by, name) => {
  expect(nameOfNone(by)).toBe(name);
});
