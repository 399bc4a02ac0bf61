import { expect, test } from "vitest";
import { readTime } from "./times.ts";

test.each([
  ["2010-12-30T14:32:00.000+01:00", "2010-12-30T13:32:00.000Z"],
  ["2011-10-11T13:45:40.276+02:00", "2011-10-11T11:45:40.276Z"],
  ["2011-10-11T13:45:40.276-0930", "2011-10-11T23:15:40.276Z"],
  ["2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"],
  ["2024-12-31 24:00", "2025-01-01T00:00:00.000Z"],
  ["2021-08-20 15:03:01.611", "2021-08-20T15:03:01.611Z"],
  ["2024/3/5 7:08", "2024-03-05T07:08:00.000Z"],
  ["31.12.2024 08:15", "2024-12-31T08:15:00.000Z"],
  ["20240229", "2024-02-29T00:00:00.000Z"],
  ["2024-03-13 10:21:14 UTC", "2024-03-13T10:21:14.000Z"],
  ["1583020800", "2020-03-01T00:00:00.000Z"],
  ["1583020800000", "2020-03-01T00:00:00.000Z"],
  ["1969-12-31T23:59:59.000Z", "1969-12-31T23:59:59.000Z"],
  ["0001-01-01", "0001-01-01T00:00:00.000Z"],
])("%s is the time %s", (text, time) => {
  expect(new Date(readTime(text) ?? Number.NaN).toISOString()).toBe(time);
});

test.each(["", "soon", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-01T25:00", "2024-01-01T24:01", "2024-01-01T10:61", "2024-01-01T10:00:00+99:00", "03/04/2024", "12345", "2010-12-30T14:32:00.00:+01:00", "2010-12-30T14:32:00.000+01x00", "2010-12-3xT14:32:00.000+01:00", "-1", "NaN"])("%j is no time", (text) => {
  expect(readTime(text)).toBeNull();
});

test("fractions below a millisecond are kept, and a zone counts where none is written", () => {
  expect(readTime("2024-01-01T00:00:00.123456Z")).toBeCloseTo(Date.UTC(2024, 0, 1) + 123.456, 3);
  expect(readTime("2024-01-01 12:00", 60)).toBe(Date.UTC(2024, 0, 1, 11));
  expect(readTime("2024-01-01T12:00Z", 60)).toBe(Date.UTC(2024, 0, 1, 12));
});

test("the quick way of reading agrees with the calendar on every day of 400 years", () => {
  for (let day = 0; day < 146_097; day += 13) {
    const time = day * 86_400_000 + 43_200_007;
    expect(readTime(new Date(time).toISOString().replace("Z", "+00:00"))).toBe(time);
  }
});
