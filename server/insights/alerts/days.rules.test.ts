import { expect, test } from "vitest";
import { cellsPerValue, dayName, levelSeries } from "./days.rules.ts";
import { compareLevel, levelBefore } from "./levels.rules.ts";
import { compareStretches } from "./stretches.rules.ts";

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

/** Ten answers a day for four weeks and four more, each day in one box of a scale, with what they come to. */
const fourWeeks = (what: "stars" | "ces" | "rating" | "nps", scale: { min: number; max: number }, means: { box: number; before: number; now: number }) => {
  const [from, to] = [20_000, 20_055];
  const rows = Array.from({ length: to - from + 1 }, (_, day) => ({ day: dayName(from + day), scaleMin: scale.min, scaleMax: scale.max, box: means.box, count: 10, sum: 10 * (day < 28 ? means.before : means.now) }));
  const series = levelSeries(what, rows, { from, to });
  return { series, found: compareStretches({ series, from, end: from + 27 }, { series, from: from + 28, end: to }) };
};

test.each([
  ["stars", { min: 1, max: 5 }, { box: 4, before: 4, now: 4.9 }, 0.9],
  ["stars", { min: 1, max: 5 }, { box: 4, before: 4.9, now: 4.1 }, -0.8],
  ["ces", { min: 1, max: 7 }, { box: 5, before: 5.2, now: 5.8 }, 0.6],
  ["rating", { min: 5, max: 1 }, { box: 2, before: 1.9, now: 1.2 }, -0.7],
] as const)("a mean of %s moves within a whole value of its scale, too", (what, scale, means, difference) => {
  const { series, found } = fourWeeks(what, scale, means);
  expect(found?.difference).toBeCloseTo(difference, 6);
  expect(found?.p).toBeLessThan(0.001);
  expect(found).toMatchObject({ count: 280, countBefore: 280 });
  expect(series.days.every((day) => day.reduce((sum, count) => sum + count, 0) === 10)).toBe(true);
});

test.each([
  ["stars", { min: 1, max: 5 }, { box: 4, before: 4.3, now: 4.3 }],
  ["nps", { min: 0, max: 10 }, { box: 8, before: 8.1, now: 8.9 }],
] as const)("what does not move, or moves within a group, is no change of %s", (what, scale, means) => {
  const { found } = fourWeeks(what, scale, means);
  expect(found?.difference).toBeCloseTo(0, 9);
  expect(found?.p).toBeGreaterThan(0.5);
});

test.each([["alike within a whole value", 4, 0.99], ["over many", 1, 6]])("averages that vary by chance, %s, are told of one comparison in twenty at most", (_what, low, span) => {
  let state = 42;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const told = Array.from({ length: 150 }, () => {
    const rows = Array.from({ length: 84 * 10 }, (_, place) => { const value = low + random() * span; return { day: dayName(20_000 + Math.floor(place / 10)), scaleMin: 1, scaleMax: 7, box: Math.floor(value), count: 1, sum: value }; });
    const series = levelSeries("ces", rows, { from: 20_000, to: 20_083 });
    return compareStretches({ series, from: 20_028, end: 20_055 }, { series, from: 20_056, end: 20_083 })?.p ?? 1;
  }).filter((p) => p < 0.05);
  expect(told.length / 150).toBeLessThan(0.08);
});
