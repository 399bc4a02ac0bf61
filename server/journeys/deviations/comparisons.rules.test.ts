import { expect, test } from "vitest";
import { compareSides, noSums, type Sums } from "./comparisons.rules.ts";

const alike = (count: number, value: number): Sums => ({ count, sum: count * value, squares: count * value ** 2 });
const half = (count: number): Sums => ({ count, sum: count / 2, squares: count / 2 });

test("those who came unlike are not compared: what looks like a difference is one of how people came", () => {
  // New customers feel worse (0 against 1) and skip more often; within each kind skipping makes no difference.
  const strata = [{ with: alike(90, 0), without: alike(10, 0) }, { with: alike(10, 1), without: alike(90, 1) }];
  const { with: held, without, compared } = compareSides(strata, false);
  expect([held?.mean, without?.mean]).toEqual([0.1, 0.9]);
  expect(compared).toMatchObject({ with: 100, without: 100, difference: 0 });
});

test.each([
  ["29 with it", [{ with: half(29), without: half(500) }], null],
  ["30 on both sides", [{ with: half(30), without: half(30) }], 0],
  ["many, but none of them alike", [{ with: half(500), without: noSums }, { with: noSums, without: half(500) }], null],
])("of %s enough is known or not", (_, strata, difference) => {
  expect(compareSides(strata, false).compared?.difference ?? null).toBe(difference);
});

test("shares that are all alike are not taken for certain", () => {
  const { compared } = compareSides([{ with: alike(30, 0), without: alike(30, 1) }], true);
  // One success and one failure more on each side: 1/32 and 31/32.
  const error = Math.sqrt(2 * ((1 / 32) * (31 / 32)) / 30);
  expect(compared?.difference).toBe(-1);
  expect(compared?.high).toBeCloseTo(-1 + 1.959963984540054 * error, 12);
});
