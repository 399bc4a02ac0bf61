import { expect, test } from "vitest";
import { withItemAt } from "./order.rules.ts";

test.each([
  ["abcd", 0, 2, "bcad"], ["abcd", 3, 0, "dabc"], ["abcd", 1, 1, "abcd"], ["abcd", 0, 4, "abcd"], ["abcd", 2, -1, "abcd"], ["", 0, 0, ""],
])("%s with the item at %i moved to %i is %s", (letters, from, to, expected) => {
  expect(withItemAt([...letters], from, to).join("")).toBe(expected);
});
