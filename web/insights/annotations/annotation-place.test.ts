import { expect, test } from "vitest";
import { isoDay } from "../../ui/dates.ts";
import { placeDay, placeNotes } from "./annotation-place.ts";

// Midnights in Auckland, of which the first two lie before the clocks go back on 5 April 2026.
const weeks = ["2026-03-22T11:00:00Z", "2026-03-29T11:00:00Z", "2026-04-05T12:00:00Z"].map((at) => new Date(at));
const inAuckland = (at: Date): string => isoDay(at, "Pacific/Auckland");

test.each([
  ["the first day of a week", "2026-03-30", "2026-03-29T11:00:00.000Z"],
  ["a day within a week", "2026-04-01", "2026-03-31T11:00:00.000Z"],
  ["a day of the last week, after its point", "2026-04-08", "2026-04-07T12:00:00.000Z"],
  ["a day before the chart begins", "2026-03-01", "2026-03-22T11:00:00.000Z"],
])("%s stands where the chart has that day", (_what, day, at) => {
  expect(placeDay(day, weeks, inAuckland)?.toISOString()).toBe(at);
});

test("what went on for several days stands from the first to the end of the last", () => {
  const notes = [{ day: "2026-04-01", lastDay: "2026-04-08", title: "Strike" }, { day: "2026-04-01", lastDay: null, title: "Prices" }];
  expect(placeNotes(notes, weeks, inAuckland)).toEqual([
    { at: new Date("2026-03-31T11:00:00Z"), until: new Date("2026-04-08T12:00:00Z"), label: "Strike" }, { at: new Date("2026-03-31T11:00:00Z"), label: "Prices" },
  ]);
});

test("without points there is no place", () => {
  expect(placeDay("2026-04-01", [], inAuckland)).toBeNull();
});
