import { expect, test } from "vitest";
import type { Deviation, DeviationComparison } from "./deviations.data.ts";
import { formatEffect, readEffects } from "./effects.ts";

const compared = (difference: number, half: number, isBeyondChance = half < Math.abs(difference)): DeviationComparison => ({ with: null, without: null, compared: { with: 40, without: 60, difference, low: difference - half, high: difference + half, isBeyondChance } });
const nothing: DeviationComparison = { with: null, without: null, compared: null };
const deviation = (given: Partial<Deviation>): Deviation => ({ kind: "missing", part: "cart", stepId: "cart", name: "Cart", ways: [], cases: 40, share: 0.4, feeling: nothing, effort: nothing, repeatContact: nothing, leaving: nothing, revenue: null, ...given });

test("what differs beyond chance is told as good or bad, the rest is named, and what is not known is not", () => {
  const { sure, unsure } = readEffects(deviation({ feeling: compared(-0.5, 0.1), repeatContact: compared(-0.2, 0.05), leaving: compared(0.1, 0.2), revenue: compared(-20, 5), effort: compared(-0.5, 0.4, false) }));
  expect(sure.map(({ name, isBad }) => [name, isBad])).toEqual([["feeling", true], ["repeatContact", false], ["revenue", true]]);
  expect(unsure).toEqual(["effort", "leaving"]);
});

test.each([["leaving", 0.125, "+12.5"], ["feeling", -0.5, "−0.50"], ["revenue", 20, "+€20"], ["revenue", -4.1, "−€4.10"]] as const)("%s of %d is written %s", (name, value, text) => {
  expect(formatEffect(name, value, "EUR")).toBe(text);
});

test("revenue of which no currency is known is a plain number", () => expect(formatEffect("revenue", 20, null)).toBe("+20"));
