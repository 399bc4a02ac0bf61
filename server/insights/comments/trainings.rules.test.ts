import { expect, test } from "vitest";
import { chanceOfAtLeast, isBetterThanInUse, waitBeforeLearning } from "./trainings.rules.ts";

test.each([
  ["four of four may be chance", { before: 0.2, after: 0.9, better: 4, worse: 0 }, false],
  ["five of five are not", { before: 0.2, after: 0.9, better: 5, worse: 0 }, true],
  ["eight of ten may be chance", { before: 0.6, after: 0.8, better: 8, worse: 2 }, false],
  ["nine of ten are not", { before: 0.6, after: 0.8, better: 9, worse: 1 }, true],
  ["more lessons but fewer parts read right", { before: 0.8, after: 0.7, better: 9, worse: 1 }, false],
  ["nothing is read differently", { before: 0.8, after: 0.8, better: 0, worse: 0 }, false],
  ["a small gain over many is told from chance", { before: 0.8, after: 0.83, better: 560, worse: 440 }, true],
  ["as much for as against", { before: 0.8, after: 0.81, better: 500, worse: 500 }, false],
])("%s", (_name, measured, isBetter) => {
  expect(isBetterThanInUse(measured)).toBe(isBetter);
});

test.each([[0, 0, 1], [5, 5, 1 / 32], [8, 10, 56 / 1024], [1100, 2000, 4.2e-6], [0, 2000, 1]])("at least %d of %d", (heads, tosses, chance) => {
  expect(chanceOfAtLeast(heads, tosses) / chance).toBeCloseTo(1, 1);
});

const now = new Date("2026-06-30T12:00:00Z");
test.each([
  ["nothing was put to use yet", null, 2_000_000, 0],
  ["few comments", "2026-06-30T11:59:00Z", 20_000, 0],
  ["many comments, six hours ago", "2026-06-30T06:00:00Z", 20_001, 18 * 3_600_000],
  ["many comments, a day ago", "2026-06-29T12:00:00Z", 2_000_000, 0],
])("learning waits: %s", (_name, lastUsedAt, comments, expected) => {
  expect(waitBeforeLearning({ lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt), comments, now })).toBe(expected);
});
