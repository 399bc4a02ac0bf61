import { expect, test } from "vitest";
import { rateOf } from "./response-rates.rules.ts";

test("a rate says what it is a share of", () => {
  expect(rateOf(74, 107)).toMatchObject({ numerator: 74, denominator: 107 });
  expect(rateOf(74, 107).low).toBeCloseTo(0.5987, 4);
  expect(rateOf(0, 0)).toEqual({ numerator: 0, denominator: 0, share: null, low: null, high: null });
});
