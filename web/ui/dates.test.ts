import { describe, expect, test } from "vitest";
import { sayAgo } from "./dates.ts";

// In the middle of the day, as days are written in the zone of the machine.
const now = Date.parse("2026-11-23T10:30:00Z");
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

describe("how long ago something was, within a sentence", () => {
  test.each<[number, string]>([
    [0, "just now"], [59_000, "just now"], [minuteMs, "1 min. ago"], [59 * minuteMs, "59 min. ago"],
    [hourMs, "1 hr. ago"], [23 * hourMs, "23 hr. ago"], [dayMs, "1 day ago"], [29 * dayMs, "29 days ago"], [31 * dayMs, "Oct 23, 2026"],
  ])("%d ms: %s", (agoMs, said) => {
    expect(sayAgo(new Date(now - agoMs), now)).toBe(said);
  });
});
