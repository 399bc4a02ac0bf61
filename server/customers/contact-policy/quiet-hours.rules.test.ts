import { expect, test } from "vitest";
import { quietUntil } from "./quiet-hours.rules.ts";

const quiet = { from: "20:00", to: "08:00", days: [], channels: [] };
const until = (at: string, zone: string, given: Partial<Parameters<typeof quietUntil>[2]> = {}): string | null => quietUntil(new Date(at), zone, { ...quiet, ...given })?.toISOString() ?? null;

test.each([
  ["the evening in UTC", "2026-06-10T20:00:00Z", "UTC", "2026-06-11T08:00:00.000Z"],
  ["just before the evening", "2026-06-10T19:59:59Z", "UTC", null],
  ["the early morning", "2026-06-10T07:59:00Z", "UTC", "2026-06-10T08:00:00.000Z"],
  ["the morning itself", "2026-06-10T08:00:00Z", "UTC", null],
  ["Berlin is two hours ahead in summer", "2026-06-10T18:00:00Z", "Europe/Berlin", "2026-06-11T06:00:00.000Z"],
  ["Berlin is one hour ahead in winter", "2026-01-10T18:30:00Z", "Europe/Berlin", null],
  ["New York is behind", "2026-06-10T11:00:00Z", "America/New_York", "2026-06-10T12:00:00.000Z"],
  ["Kathmandu is ahead by a quarter", "2026-06-10T14:15:00Z", "Asia/Kathmandu", "2026-06-11T02:15:00.000Z"],
  ["Auckland lives in tomorrow", "2026-06-10T09:00:00Z", "Pacific/Auckland", "2026-06-10T20:00:00.000Z"],
  ["the night the clock goes forward in Berlin", "2026-03-28T20:00:00Z", "Europe/Berlin", "2026-03-29T06:00:00.000Z"],
  ["the night the clock goes back in Berlin", "2026-10-24T19:00:00Z", "Europe/Berlin", "2026-10-25T07:00:00.000Z"],
])("%s", (_, at, zone, expected) => expect(until(at, zone)).toBe(expected));

test("the end is in an hour the clock skips: it ends when the clock has skipped it", () => {
  expect(until("2026-03-29T00:30:00Z", "Europe/Berlin", { to: "02:30" })).toBe("2026-03-29T01:30:00.000Z");
});

test("the end comes twice: it ends the first time", () => {
  expect(until("2026-10-24T22:00:00Z", "Europe/Berlin", { to: "02:30" })).toBe("2026-10-25T00:30:00.000Z");
});

test.each([
  ["a quiet weekend lasts until Monday morning", "2026-06-12T21:00:00Z", { days: [6, 7] }, "2026-06-15T08:00:00.000Z"],
  ["a quiet Sunday, no quiet hours", "2026-06-14T12:00:00Z", { from: "00:00", to: "00:00", days: [7] }, "2026-06-15T00:00:00.000Z"],
  ["hours within one day", "2026-06-10T12:30:00Z", { from: "12:00", to: "14:00" }, "2026-06-10T14:00:00.000Z"],
  ["outside hours within one day", "2026-06-10T11:30:00Z", { from: "12:00", to: "14:00" }, null],
  ["only Wednesday morning is open", "2026-06-10T21:00:00Z", { days: [1, 2, 4, 5, 6, 7] }, "2026-06-17T08:00:00.000Z"],
])("%s", (_, at, given, expected) => expect(until(at, "UTC", given)).toBe(expected));
