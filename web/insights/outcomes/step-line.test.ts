import { expect, test } from "vitest";
import { drawStepBand, drawSteps, readSteps } from "./step-line.ts";

const points = [{ time: 2, share: 0.8, low: 0.6, high: 0.9 }, { time: 5, share: 0, low: null, high: null }];
const x = (time: number): number => time * 10;
const y = (share: number): number => 100 - share * 100;

test("a curve keeps its height until somebody leaves, and runs on to the end of the watching", () => {
  expect(drawSteps(points, 8, x, y)).toBe("M0,0H20V20H50V100H80");
  expect(drawSteps([], 8, x, y)).toBe("M0,0H80");
});

test("the band goes along the high ends and back along the low ones", () => {
  expect(drawStepBand(points, 8, x, y)).toBe("M0,0H0V0H20V10H50V100H80V100H50V40H20V0H0Z");
  expect(drawStepBand([], 8, x, y)).toBe("");
});

test("a time between two steps has the share of the one before", () => {
  expect([0, 2, 4.9, 7].map((time) => readSteps(points, time).share)).toEqual([1, 0.8, 0.8, 0]);
});
