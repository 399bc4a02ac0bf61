import { expect, test } from "vitest";
import { spreadOf, type CaseValue } from "./case-spread.rules.ts";

const values = (counts: Record<number, number>, limit = 2): CaseValue[] => Object.entries(counts).map(([whole, count]) => ({ whole: Number(whole), count, over: Number(whole) > limit ? count : 0 }));
const said = (unit: "days" | "count" | "share", counts: Record<number, number>): string =>
  spreadOf(unit, values(counts)).map(({ from, to, count, over }) => `${from ?? ""}..${to ?? ""} ${count}/${over}`).join(", ");

test.each([
  ["no cases have no columns", "count", {}, ""],
  ["few whole numbers are a column each, with an open one after them", "count", { 0: 5, 1: 3, 3: 1 }, "0..1 5/0, 1..2 3/0, 2..3 0/0, 3..4 1/1, 4.. 0/0"],
  ["a lone slow case stands in the open column", "days", { 0: 50, 1: 48, 400: 1 }, "0..1 50/0, 1..2 48/0, 2.. 1/1"],
  ["weeks where days would be too many columns", "days", { 0: 10, 20: 10 }, "0..7 10/0, 7..14 0/0, 14..21 10/10, 21.. 0/0"],
  ["what came early is one column before the others", "days", { "-3": 4, "-1": 1, 0: 2 }, "..0 5/0, 0..1 2/0, 1.. 0/0"],
  ["a case has it or not", "share", { 0: 7, 1: 2 }, "0..1 7/0, 1.. 2/0"],
] as const)("%s", (_, unit, counts, expected) => {
  expect(said(unit, counts)).toBe(expected);
});

test("there are at most eight columns, and they hold every case", () => {
  const many = values(Object.fromEntries(Array.from({ length: 900 }, (_, whole) => [whole, 1])));
  const bins = spreadOf("days", many);
  expect(bins.length).toBeLessThanOrEqual(8);
  expect(bins.reduce((all, { count }) => all + count, 0)).toBe(900);
});
