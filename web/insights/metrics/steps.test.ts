import { expect, test } from "vitest";
import { longerBucket } from "./steps.ts";

test.each([
  ["weeks of a few answers become months", "week", [4, 8, 10, 5, 6, 0], "2022-04-12", "2022-07-20", "month"],
  ["weeks stay where most can be shown", "week", [30, 12, 8, 0, 0], "2022-04-12", "2022-07-20", null],
  ["weeks without any answer say nothing of the step", "week", [2831, 0, 0, 0], "2017-01-01", "2017-04-01", null],
  ["days become weeks", "day", [3, 2, 4], "2026-05-01", "2026-05-22", "week"],
  ["two points are no course", "week", [4, 4, 4, 4], "2026-05-01", "2026-05-31", null],
  ["there is nothing longer than a month", "month", [2, 3], "2026-01-01", "2027-01-01", null],
] as const)("%s", (_what, bucket, counts, from, to, longer) => {
  expect(longerBucket(bucket, counts, { from, to })).toBe(longer);
});
