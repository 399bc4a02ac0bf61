import { expect, it } from "vitest";
import { formatPercent } from "../numbers.ts";
import { distinctTicks, extentOf } from "./extent.ts";

const share: readonly [number, number] = [0, 100];
const point = (value: number, low: number, high: number, count: number) => ({ value, low, high, count });

it("an axis whose points all rest on a handful of answers spans their intervals", () => {
  const [low, high] = extentOf([point(100, 72, 100, 10), point(100, 72, 100, 10)], share, null);

  expect(low).toBeLessThan(72);
  expect(high).toBe(100);
});

it("the interval of a handful does not flatten a course of many", () => {
  const [low, high] = extentOf([point(84, 82, 86, 900), point(86, 84, 88, 900), point(90, 55, 98, 10)], share, null);

  expect(low).toBeGreaterThan(79);
  expect(high).toBeLessThan(93);
});

it("a target is within the axis, and the axis within the scale", () => {
  expect(extentOf([point(99, 98, 100, 400)], share, 60)).toEqual([expect.closeTo(57.6, 1), 100]);
});

it("no two ticks next to each other read the same", () => {
  expect(distinctTicks([98, 98.5, 99, 99.5, 100], (value) => formatPercent(value))).toEqual([98, 98.5, 99.5, 100]);
});
