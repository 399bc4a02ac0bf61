import { expect, test } from "vitest";
import { verdictOf } from "./verdicts.ts";

const scale = { min: 1, max: 5 };

test.each([
  ["higher, which is good", { unit: "points", scale }, 12.34, true, { isHigher: true, isGood: true, words: "12.3 above all others, p = 0.0040" }],
  ["lower, which is bad", { unit: "percent", scale }, -8, true, { isHigher: false, isGood: false, words: "8.0 below all others, p = 0.0040" }],
  ["lower, which is good where 1 is the best mark", { unit: "scale", scale: { min: 5, max: 1 } }, -0.456, true, { isHigher: false, isGood: true, words: "0.46 below all others, p = 0.0040" }],
  ["nothing where chance explains it", { unit: "points", scale }, 12, false, null],
] as const)("a row says %s", (_what, breakdown, difference, isDifferent, said) => {
  expect(verdictOf(breakdown, { difference, z: 3, p: 0.004, isDifferent })).toEqual(said);
  expect(verdictOf(breakdown, null)).toBeNull();
});
