import { expect, test } from "vitest";
import { formatNumber, formatP } from "./numbers.ts";

test.each([
  [-0.04, 1, "0.0"],
  [-0.06, 1, "−0.1"],
  [-12.5, 0, "−13"],
  [0, 0, "0"],
  [1234.5, 1, "1,234.5"],
])("%s with %s digits is written %s", (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text);
});

test.each([
  [0.0004, "p < 0.001"],
  [0.0114, "p = 0.011"],
  [0.9996, "p = 1.000"],
])("the probability %s is told as %s", (p, text) => {
  expect(formatP(p)).toBe(text);
});
