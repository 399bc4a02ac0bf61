import { expect, test } from "vitest";
import { rateOf, responseRates } from "./response-rates.rules.ts";

const cases = { complete: 500, partial: 50, refusal: 200, nonContact: 150, other: 20, unknownEligibility: 80 };

test("the six response rates differ by partial answers and unknown eligibility", () => {
  const rates = responseRates(cases, 0.5);
  expect(rates.rr1).toBeCloseTo(0.5, 10);
  expect(rates.rr2).toBeCloseTo(0.55, 10);
  expect(rates.rr3).toBeCloseTo(500 / 960, 10);
  expect(rates.rr4).toBeCloseTo(550 / 960, 10);
  expect(rates.rr5).toBeCloseTo(500 / 920, 10);
  expect(rates.rr6).toBeCloseTo(550 / 920, 10);
});

test("nobody asked has no rate", () => {
  expect(responseRates({ complete: 0, partial: 0, refusal: 0, nonContact: 0, other: 0, unknownEligibility: 0 }, 1)).toEqual({ rr1: null, rr2: null, rr3: null, rr4: null, rr5: null, rr6: null });
});

test("a rate says what it is a share of", () => {
  expect(rateOf(74, 107)).toMatchObject({ numerator: 74, denominator: 107 });
  expect(rateOf(74, 107).low).toBeCloseTo(0.5987, 4);
  expect(rateOf(0, 0)).toEqual({ numerator: 0, denominator: 0, share: null, low: null, high: null });
});
