import { expect, test } from "vitest";
import { formatScore } from "./scores.ts";

test.each([
  ["csat", (100 * 74) / 107, "69%"], ["nps", 25, "+25"], ["nps", 30.98, "+31"], ["nps", -3.6, "−4"], ["nps", 0, "0"], ["ces", 5.5, "5.5"],
] as const)("a score of %s, %f, is written %s: points as whole numbers without a percent sign", (metric, score, written) => {
  expect(formatScore(metric, score)).toBe(written);
});
