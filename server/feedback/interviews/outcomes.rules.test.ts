import { expect, test } from "vitest";
import { groupOutcomes, OUTCOMES, responseRates } from "./outcomes.rules.ts";

const none = { I: 0, P: 0, R: 0, NC: 0, O: 0, UH: 0, UO: 0, NE: 0 };

test("the six rates follow their formulas", () => {
  const rates = responseRates({ I: 400, P: 50, R: 200, NC: 100, O: 50, UH: 150, UO: 50, NE: 200 });
  expect(rates.e).toBeCloseTo(0.8, 10);
  expect(rates.RR1).toBeCloseTo(0.4, 10);
  expect(rates.RR2).toBeCloseTo(0.45, 10);
  expect(rates.RR3).toBeCloseTo(400 / 960, 10);
  expect(rates.RR4).toBeCloseTo(450 / 960, 10);
  expect(rates.RR5).toBeCloseTo(0.5, 10);
  expect(rates.RR6).toBeCloseTo(0.5625, 10);
});

test("with nobody there is no rate", () => {
  expect(Object.values(responseRates(none))).toEqual(Array.from({ length: 7 }, () => null));
});

test("with nobody but wrong numbers there is no rate either", () => {
  expect(responseRates({ ...none, NE: 5 })).toMatchObject({ RR1: null, RR5: null, e: 0 });
});

test("who was never called is unknown", () => {
  expect(groupOutcomes([{ code: "3.11", count: 7 }, { code: "1.1", count: 2 }, { code: "4.31", count: 1 }, { code: "nonsense", count: 1 }])).toEqual({ ...none, I: 2, UH: 8, NE: 1 });
});

test("codes are told apart", () => {
  expect(new Set(OUTCOMES.map(({ code }) => code)).size).toBe(OUTCOMES.length);
});
