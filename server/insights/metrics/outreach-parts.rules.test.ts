import { expect, test } from "vitest";
import { bucketOfDay, partsOfAsked, weekdayOf } from "./outreach-parts.rules.ts";

const asked = (day: string, channel: string, count: number, answered: number, isBefore = false) => ({ day, surveyId: "s", channel, language: "en", isBefore, asked: count, answered, settled: count - 1, settledAnswered: 0 });

test("people asked are two boxes of each group: not answered and answered", () => {
  const days = [asked("2026-06-01", "email", 10, 4), asked("2026-06-02", "email", 5, 5), asked("2026-06-02", "text", 2, 0), asked("2026-05-31", "text", 3, 3, true)];
  const boxes = (by: "channel" | "weekday" | "all", manner = {}) => partsOfAsked(days, by, manner).map(({ name, box }) => [name, box.value, box.count]);
  expect(boxes("channel")).toEqual([["email", 0, 6], ["email", 1, 9], ["text", 0, 2]]);
  expect(boxes("weekday")).toEqual([["1", 0, 6], ["1", 1, 4], ["2", 0, 2], ["2", 1, 5]]);
  expect(boxes("all", { isBefore: true })).toEqual([["", 1, 3]]);
  expect([boxes("all", { isSettled: true }), boxes("all", { isBefore: true, isSettled: true })]).toEqual([[["", 0, 14]], [["", 0, 2]]]);
});

test.each([["2026-06-01", 1], ["2026-06-07", 7], ["2024-02-29", 4]])("%s is weekday %i", (day, weekday) => {
  expect(weekdayOf(day)).toBe(weekday);
});

test.each([["day", "2026-06-10"], ["week", "2026-06-08"], ["month", "2026-06-01"]] as const)("the bucket of a day by %s starts on %s", (bucket, start) => {
  expect(bucketOfDay("2026-06-10", bucket)).toBe(start);
});
