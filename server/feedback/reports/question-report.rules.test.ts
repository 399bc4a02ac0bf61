import { describe, expect, test } from "vitest";
import { binsOf, spreadOf } from "./question-report.rules.ts";

describe("the spread of numbers", () => {
  test.each([
    [[[1, 1], [2, 1], [3, 1]], 2], [[[1, 1], [2, 1]], 1.5], [[[1, 3], [10, 1]], 1], [[[1, 2], [4, 2]], 2.5], [[[7, 1]], 7],
  ])("the median of %j is %f", (counted, median) => {
    expect(spreadOf(counted.map(([value = 0, count = 0]) => ({ value, count }))).median).toBe(median);
  });
  test("every answer is in one bin, the greatest too", () => {
    const { histogram } = spreadOf([{ value: 0, count: 2 }, { value: 50, count: 3 }, { value: 100, count: 4 }]);
    expect(histogram.map(({ count }) => count)).toEqual([2, 0, 0, 0, 0, 3, 0, 0, 0, 4]);
    expect(histogram.at(-1)).toMatchObject({ from: 90, to: 100 });
  });
  test.each([
    [{ min: 0, max: 100 }, { start: 0, width: 10, last: 9 }], [{ min: 18, max: 77 }, { start: 10, width: 10, last: 6 }], [{ min: 5, max: 5 }, { start: 5, width: 1, last: 0 }],
    [{ min: -3, max: 4 }, { start: -3, width: 1, last: 6 }],
  ])("bins over %j are round: %j", (range, bins) => {
    expect(binsOf(range)).toEqual(bins);
  });
});
