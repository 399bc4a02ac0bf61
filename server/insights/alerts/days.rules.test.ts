import { expect, test } from "vitest";
import { cellsPerValue, dayName, levelSeries } from "./days.rules.ts";
import { compareLevel, levelBefore } from "./levels.rules.ts";

test("a formula keeps what its values come to, though they are counted in cells of its scale", () => {
  const scale = { min: 0, max: 100 };
  expect(cellsPerValue(scale)).toBe(1);
  const [from, to] = [20_000, 20_062];
  const rows = Array.from({ length: to - from + 1 }, (_, day) => ({ day: dayName(from + day), scaleMin: 0, scaleMax: 100, box: day < 60 ? 33 : 67, count: 12, sum: 12 * (day < 60 ? 33.3 : 66.7) }));
  const series = levelSeries("custom", rows, { from, to });

  const before = levelBefore(series, to - 2, { notBefore: 0, isLeftOut: () => false });
  const found = before === null ? null : compareLevel(series, before, { from: to - 2, end: to });

  expect(before?.mean).toBeCloseTo(33.3, 9);
  expect(found?.value).toBeCloseTo(66.7, 9);
  expect(found?.expected).toBeCloseTo(33.3, 9);
});
