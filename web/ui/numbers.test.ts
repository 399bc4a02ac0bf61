import { expect, test } from "vitest";
import { formatMoney, formatMoneyChange, formatNumber, formatP, formatShare } from "./numbers.ts";

test.each([
  [-0.04, 1, "0.0"],
  [-0.06, 1, "−0.1"],
  [-12.5, 0, "−13"],
  [0, 0, "0"],
  [1234.5, 1, "1,234.5"],
])("%s with %s digits is written %s", (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text);
});

test.each<[number, string | null, string, string]>([
  [20, "EUR", "€20", "+€20"],
  [-4.1, "EUR", "−€4.10", "−€4.10"],
  // What rounds to nothing did not change.
  [-0.004, "EUR", "€0.00", "€0.00"],
  [0, "EUR", "€0", "€0"],
  [1234, null, "1,234", "+1,234"],
  [-20, "no currency", "−20", "−20"],
])("%s in %s is %s, and as a change %s", (value, currency, sum, change) => {
  expect([formatMoney(value, currency), formatMoneyChange(value, currency)]).toEqual([sum, change]);
});

test.each([
  [0.0004, "p < 0.001"],
  [0.0044, "p = 0.0044"],
  // Cut to 0.013 or rounded to 0.014, readers would compare a digit that is not there.
  [0.0135335, "p = 0.0135"],
  [0.0996, "p = 0.100"],
  [0.2124, "p = 0.212"],
  [0.9996, "p > 0.999"],
])("the probability %s is told as %s", (p, text) => {
  expect(formatP(p)).toBe(text);
});

test.each([
  [0.72, 0, "72%"],
  [0.195, 1, "19.5%"],
  [0, 0, "0%"],
  [0, 1, "0.0%"],
  [1, 0, "100%"],
  [1 / 3_605, 0, "<1%"],
  [1 / 3_605, 1, "<0.1%"],
  [0.005, 0, "1%"],
  [598 / 600, 0, ">99%"],
  [598 / 600, 1, "99.7%"],
  [0.9999, 1, ">99.9%"],
  [0.1 + 0.2 + 0.7 - 1e-9, 0, "100%"],
  [1.02, 0, "102%"],
  [-0.004, 0, "0%"],
])("the share %s with %s digits is written %s: what is not nothing is never told as nothing, nor what is not all as all", (share, digits, text) => {
  expect(formatShare(share, digits)).toBe(text);
});
