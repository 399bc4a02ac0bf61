import { describe, expect, test } from "vitest";
import { compareAlike, studentPoint } from "./comparisons.rules.ts";
import { sumsOf, varianceOf } from "./sums.rules.ts";

const shares = (hits: number, count: number): number[] => Array.from({ length: count }, (_, at) => (at < hits ? 1 : 0));
const sides = (held: readonly number[], others: readonly number[]) => ({ with: sumsOf(held), without: sumsOf(others) });

describe("comparing those who are alike", () => {
  test("gives Newcombe's interval for two shares: 56 of 70 against 48 of 80", () => {
    // Newcombe 1998, table II, method 10: 0.2 with 0.0524 to 0.3339.
    const compared = compareAlike([sides(shares(56, 70), shares(48, 80))], true);
    expect(compared).toMatchObject({ with: 70, without: 80, difference: expect.closeTo(0.2, 12), low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) });
  });

  test("gives Welch's interval for two means", () => {
    const own = Array.from({ length: 30 }, (_, at) => at % 3);
    const other = Array.from({ length: 60 }, (_, at) => at % 5);
    // Variances 20/29 and 120/59, so 85.84 degrees, whose 97.5 % point is 1.98797.
    const half = 1.98797 * Math.sqrt(20 / 29 / 30 + 120 / 59 / 60);
    expect(compareAlike([sides(own, other)], false)).toMatchObject({ difference: -1, low: expect.closeTo(-1 - half, 5), high: expect.closeTo(-1 + half, 5) });
  });

  test("makes both sides up alike: a difference that is one of strata alone vanishes", () => {
    const strata = [sides(shares(81, 90), shares(27, 30)), sides(shares(3, 30), shares(9, 90))];
    expect(compareAlike(strata, true)).toMatchObject({ with: 120, without: 120, withMean: 0.7, withoutMean: expect.closeTo(0.7, 12), difference: expect.closeTo(0, 12) });
  });

  test.each([
    ["too few with it", [sides(shares(1, 29), shares(1, 300))]],
    ["too few without it", [sides(shares(1, 300), shares(1, 29))]],
    ["nobody alike", [sides(shares(1, 300), []), sides([], shares(1, 300))]],
  ])("says nothing of %s", (_, strata) => expect(compareAlike(strata, true)).toBeNull());

  test("counts customers where these stand for several each", () => {
    const strata = [sides(shares(30, 60), shares(30, 60))];
    expect(compareAlike(strata, true)).not.toBeNull();
    expect(compareAlike(strata, true, { inflation: 2.1 })).toBeNull();
  });

  test("takes values that are all the same for no difference", () => {
    expect(compareAlike([sides(shares(40, 40), shares(40, 40))], true)).toMatchObject({ difference: 0, chanceError: 0, p: 1 });
  });
});

test.each([[10, 2.2281], [30, 2.0423], [120, 1.9799]])("Student's point of %d degrees is %d", (degrees, point) => expect(studentPoint(degrees)).toBeCloseTo(point, 3));

test("sums of values that are all alike have no spread, however they were rounded", () => {
  expect(varianceOf(sumsOf(Array(1_000).fill(0.1)))).toBe(0);
  expect(varianceOf(sumsOf([1, 2, 3]))).toBe(1);
});
