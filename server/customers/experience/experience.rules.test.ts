import { expect, test } from "vitest";
import { arrivalsPerSecond } from "./experience.rules.ts";

const at = (...times: number[]): Date[] => times.map((time) => new Date(time));

test.each([
  ["nothing", at(), 0],
  ["one row", at(5), 0],
  ["eleven rows of a second", at(0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000), 10],
  ["rows of one moment", at(7, 7, 7), Number.POSITIVE_INFINITY],
  ["rows that were committed in another order than they came", at(9, 7), Number.POSITIVE_INFINITY],
])("rows a second of %s", (_what, received, expected) => {
  expect(arrivalsPerSecond(received)).toBe(expected);
});
