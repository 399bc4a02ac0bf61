import { describe, expect, test } from "vitest";
import { listBuckets, listOffsets, previousPeriod, readPeriod, usualBucket, type Period } from "./periods.rules.ts";

const now = Date.parse("2026-05-20T10:00:00Z");
const berlin = "Europe/Berlin";

const shown = (period: Period | null) => (period === null ? null : [new Date(period.fromMs).toISOString(), new Date(period.toMs).toISOString()]);

const read = (from: string | undefined, to: string | undefined, timeZone = berlin): Period =>
  readPeriod({ from, to }, timeZone, now) ?? { fromMs: 0, toMs: 0 };

describe("the period of a request", () => {
  test.each([
    [undefined, undefined, ["2026-02-19T10:00:00.000Z", "2026-05-20T10:00:00.000Z"]],
    ["2018-01-01", "2019-01-01", ["2017-12-31T23:00:00.000Z", "2018-12-31T23:00:00.000Z"]],
    ["2026-05-01", undefined, ["2026-04-30T22:00:00.000Z", "2026-05-20T10:00:00.000Z"]],
    ["2026-05-01T08:30:00+05:30", "2026-05-02", ["2026-05-01T03:00:00.000Z", "2026-05-01T22:00:00.000Z"]],
    ["2026-05-02", "2026-05-02", null],
    ["2026-05-03", "2026-05-02", null],
  ])("from %s to %s is %j", (from, to, expected) => {
    expect(shown(readPeriod({ from, to }, berlin, now))).toEqual(expected);
  });

  test("a day starts at the jump where the clock skips midnight", () => {
    // In São Paulo the clock went from 23:59:59 on 3 November 2018 to 01:00:00 on the 4th.
    expect(shown(read("2018-11-04", "2018-11-05", "America/Sao_Paulo"))?.[0]).toBe("2018-11-04T03:00:00.000Z");
  });

  test("a day starts at the first of two midnights where the clock goes back to it", () => {
    // In Amman the clock went from 00:59:59 on 29 October 2021 back to 00:00:00 of the same day.
    expect(shown(read("2021-10-29", "2021-10-30", "Asia/Amman"))).toEqual(["2021-10-28T21:00:00.000Z", "2021-10-29T22:00:00.000Z"]);
  });

  test("a day starts after the hour that comes twice where the clock goes back over midnight", () => {
    // In Beirut the clock went from 23:59:59 on 25 October 2025 back to 23:00:00 of the same day.
    expect(shown(read("2025-10-26", "2025-10-27", "Asia/Beirut"))?.[0]).toBe("2025-10-25T22:00:00.000Z");
  });
});

describe("the period before", () => {
  test.each([
    ["a year", "2018-01-01", "2019-01-01", ["2016-12-31T23:00:00.000Z", "2017-12-31T23:00:00.000Z"]],
    ["a month", "2026-05-01", "2026-06-01", ["2026-03-31T22:00:00.000Z", "2026-04-30T22:00:00.000Z"]],
    ["a quarter over a clock change", "2026-04-01", "2026-07-01", ["2025-12-31T23:00:00.000Z", "2026-03-31T22:00:00.000Z"]],
    ["days", "2026-03-29", "2026-03-31", ["2026-03-26T23:00:00.000Z", "2026-03-28T23:00:00.000Z"]],
    ["hours", "2026-05-01T06:00:00Z", "2026-05-01T18:00:00Z", ["2026-04-30T18:00:00.000Z", "2026-05-01T06:00:00.000Z"]],
  ])("of %s has the same length and ends where it starts", (_, from, to, expected) => {
    expect(shown(previousPeriod(read(from, to), berlin))).toEqual(expected);
  });
});

describe("buckets", () => {
  test("of days follow the clock of the zone, 23 hours on the day of the change", () => {
    const buckets = listBuckets(read("2026-03-28", "2026-03-31"), "day", berlin) ?? [];
    expect(buckets.map(({ key, fromMs, toMs }) => [key, (toMs - fromMs) / 3_600_000])).toEqual([["2026-03-28", 24], ["2026-03-29", 23], ["2026-03-30", 24]]);
  });
  test("of weeks start on Monday and are cut off at the ends of the period", () => {
    const buckets = listBuckets(read("2026-05-06", "2026-05-19"), "week", berlin) ?? [];
    expect(buckets.map(({ key, fromMs, toMs }) => [key, (toMs - fromMs) / 86_400_000])).toEqual([["2026-05-04", 5], ["2026-05-11", 7], ["2026-05-18", 1]]);
  });
  test("of months have the months' lengths", () => {
    const buckets = listBuckets(read("2024-02-01", "2024-04-01", "UTC"), "month", "UTC") ?? [];
    expect(buckets.map(({ key, fromMs, toMs }) => [key, (toMs - fromMs) / 86_400_000])).toEqual([["2024-02-01", 29], ["2024-03-01", 31]]);
  });
  test("touch each other and cover the period", () => {
    const period = read("2025-01-01", "2026-05-20T10:00:00Z");
    const buckets = listBuckets(period, "day", "America/Sao_Paulo") ?? [];
    expect(buckets[0]?.fromMs).toBe(period.fromMs);
    expect(buckets.at(-1)?.toMs).toBe(period.toMs);
    for (const [index, bucket] of buckets.entries()) expect(buckets[index + 1]?.fromMs ?? period.toMs).toBe(bucket.toMs);
  });
  test("too fine for the period are refused", () => {
    expect(listBuckets(read("2000-01-01", "2026-01-01"), "day", berlin)).toBeNull();
  });
  test.each([["2026-05-01", "day"], ["2026-04-01", "week"], ["2025-01-01", "month"]])("from %s to now are by default each a %s", (from, unit) => {
    expect(usualBucket(read(from, undefined))).toBe(unit);
  });
});

test("offsets change where the clock changes", () => {
  const pieces = listOffsets(read("2026-01-01", "2026-12-31"), berlin);
  expect(pieces.map(({ fromMs, offsetSeconds }) => [new Date(fromMs).toISOString(), offsetSeconds / 3600])).toEqual([
    ["2025-12-31T23:00:00.000Z", 1],
    ["2026-03-29T01:00:00.000Z", 2],
    ["2026-10-25T01:00:00.000Z", 1],
  ]);
});
