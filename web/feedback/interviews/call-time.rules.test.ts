import { expect, test } from "vitest";
import { dayAt, instantOf, localOf } from "./call-time.rules.ts";

test.each([
  ["2026-11-25T14:05", "Europe/Berlin", "2026-11-25T13:05:00.000Z"],
  ["2026-06-25T14:05", "Europe/Berlin", "2026-06-25T12:05:00.000Z"],
  ["2026-11-25T09:00", "Asia/Kathmandu", "2026-11-25T03:15:00.000Z"],
  ["2026-11-25T23:30", "America/Los_Angeles", "2026-11-26T07:30:00.000Z"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
])("%s on the wall of %s is %s", (local, zone, expected) => {
  expect(instantOf(local, zone)?.toISOString()).toBe(expected);
});

test.each(["", "tomorrow", "2026-13-45T14:05"])("%j is no time", (local) => {
  expect(instantOf(local, "Europe/Berlin")).toBeNull();
});

test("a moment stands on the wall of its place", () => {
  expect(localOf(new Date("2026-11-25T23:30:59Z"), "Asia/Tokyo")).toBe("2026-11-26T08:30");
});

test("tomorrow is tomorrow where the customer is", () => {
  expect(dayAt(new Date("2026-11-25T23:30:00Z"), "Asia/Tokyo", { later: 1, hour: "10:00" })).toBe("2026-11-27T10:00");
});
