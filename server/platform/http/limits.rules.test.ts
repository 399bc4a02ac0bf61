import { expect, test } from "vitest";
import { takeToken } from "./limits.rules.ts";

const MINUTE = 60_000;

test("a new caller has a full bucket", () => {
  expect(takeToken(undefined, 10, 0)).toEqual({ bucket: { tokens: 9, filledAtMs: 0 }, waitSeconds: 0 });
});

const cases: [string, { tokens: number; filledAtMs: number }, number, number][] = [
  ["one token left passes", { tokens: 1, filledAtMs: 0 }, 0, 0],
  ["an empty bucket waits until one token is there", { tokens: 0, filledAtMs: 0 }, 0, 6],
  ["time fills it up again", { tokens: 0, filledAtMs: 0 }, MINUTE / 10, 0],
  ["a clock that was set back takes nothing away", { tokens: 5, filledAtMs: 31 * 24 * 60 * MINUTE }, 0, 0],
];
test.each(cases)("%s", (_, bucket, nowMs, waitSeconds) => {
  expect(takeToken(bucket, 10, nowMs).waitSeconds).toBe(waitSeconds);
});

test("never holds more than a minute's worth", () => {
  expect(takeToken({ tokens: 3, filledAtMs: 0 }, 10, 60 * MINUTE).bucket.tokens).toBe(9);
});
