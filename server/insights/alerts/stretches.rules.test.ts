// Two stretches that somebody chose, compared as alerts compare: days count from 1 January 1970; day 4 was a Monday.
import { expect, test } from "vitest";
import { compareStretches } from "./stretches.rules.ts";

const FIRST = 4;
const WEEKS = 12;
const DAYS = WEEKS * 7;

/** Yes and no by day: `shareOf` says how many of a hundred say yes. */
const daysOf = (shareOf: (day: number) => number, perDay = 20) => Array.from({ length: DAYS }, (_, day) => { const yes = Math.round((perDay * shareOf(day)) / 100); return [perDay - yes, yes]; });
const seriesOf = (days: number[][]) => ({ first: FIRST, values: [0, 1], days });
const stretch = (days: number[][], from: number, length: number) => ({ series: seriesOf(days), from: FIRST + from, end: FIRST + from + length - 1 });
/** The last so many days against as many before them. */
const compareLast = (days: number[][], length: number, spread?: number) => compareStretches(stretch(days, DAYS - 2 * length, length), stretch(days, DAYS - length, length), spread);

const isWeekend = (day: number): boolean => day % 7 >= 5;
const weekOf = (day: number): number => Math.floor(day / 7);

test.each([
  ["the same everywhere", daysOf(() => 40), 28, "none"],
  ["a fall with the last four weeks", daysOf((day) => (day < DAYS - 28 ? 40 : 30)), 28, "moved"],
  ["the same fall, where weeks differ as much anyway", daysOf((day) => (day < DAYS - 28 ? (weekOf(day) % 2 === 0 ? 30 : 50) : 30)), 28, "none"],
  ["a fall of a week against the week before, of many answers", daysOf((day) => (day < DAYS - 7 ? 40 : 25), 60), 7, "moved"],
  ["a fall of few answers", daysOf((day) => (day < DAYS - 7 ? 40 : 35), 20), 7, "none"],
] as const)("what moved is told, and what moves anyway is not: %s", (_, days, length, wanted) => {
  const p = compareLast(days, length)?.p ?? Number.NaN;
  expect(p < 0.05 ? "moved" : "none").toBe(wanted);
});

test("a weekend is compared with what weekends are like, not with the working days before it", () => {
  const days = daysOf((day) => (isWeekend(day) ? 20 : 60), 400);
  const found = compareStretches(stretch(days, DAYS - 7, 5), stretch(days, DAYS - 2, 2));
  expect(found?.value).toBeCloseTo(0.2, 9);
  expect(Math.abs(found?.difference ?? 1)).toBeLessThan(0.05);
  expect(found?.p).toBeGreaterThan(0.05);
});

test("only what came within the earlier stretch says where the level stood, however it was before", () => {
  const found = compareLast(daysOf((day) => (day < DAYS - 14 ? 80 : 40), 60), 7);
  expect(found?.countBefore).toBe(420);
  expect(found?.expected).toBeCloseTo(0.4, 9);
  expect(found?.difference).toBeCloseTo(0, 9);
});

test("where the same customers answered twice, less of a difference is enough", () => {
  const days = daysOf((day) => (day < DAYS - 7 ? 40 : 35), 20);
  const [alone, paired] = [compareLast(days, 7)?.p ?? 0, compareLast(days, 7, 0.1)?.p ?? 1];
  expect([alone > 0.3, paired < 0.05]).toEqual([true, true]);
});

test.each([
  ["under ten answers in the later stretch", daysOf((day) => (day < DAYS - 7 ? 40 : 0), 20).map((own, day) => (day < DAYS - 7 ? own : [1, 0])), 7],
  ["under ten in the earlier", daysOf(() => 40).map((own, day) => (day >= DAYS - 14 && day < DAYS - 7 ? [1, 0] : own)), 7],
  ["under two weeks of answers before", daysOf(() => 40).map((own, day) => (day < DAYS - 20 ? [0, 0] : own)), 7],
])("nothing is said of too little: %s", (_, days, length) => {
  expect(compareLast(days, length)).toBeNull();
});

test.each([7, 28])("where nothing changes, chance is told of one comparison in twenty at most, over %i days", (length) => {
  let state = 42;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const drawn = () => Array.from({ length: DAYS }, (_, day) => { const yes = Array.from({ length: 20 }, random).filter((one) => one < (isWeekend(day) ? 0.3 : 0.45)).length; return [20 - yes, yes]; });
  const told = Array.from({ length: 600 }, () => compareLast(drawn(), length)?.p ?? 1).filter((p) => p < 0.05);
  expect(told.length / 600).toBeLessThan(0.07);
  expect(told.length / 600).toBeGreaterThan(0.01);
});
