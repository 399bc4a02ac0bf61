import { expect, test } from "vitest";
import { nextTime } from "./schedule-times.rules.ts";

test.each([
  ["daily", { rhythm: "daily", hour: 7 }, "2026-06-30T05:00:00Z", "2026-07-01T05:00:00.000Z"],
  ["later today", { rhythm: "daily", hour: 8 }, "2026-06-30T05:00:00Z", "2026-06-30T06:00:00.000Z"],
  ["weekly, in winter time", { rhythm: "weekly", weekday: 1, hour: 9 }, "2026-10-24T12:00:00Z", "2026-10-26T08:00:00.000Z"],
  ["monthly", { rhythm: "monthly", monthDay: 28, hour: 0 }, "2026-01-28T12:00:00Z", "2026-02-27T23:00:00.000Z"],
  ["on the next day where the clock leaves the hour out", { rhythm: "daily", hour: 2 }, "2026-03-28T12:00:00Z", "2026-03-30T00:00:00.000Z"],
] as const)("a schedule comes %s by the clock of the workspace", (_what, time, after, wanted) => {
  expect(nextTime({ weekday: null, monthDay: null, ...time }, Date.parse(after), "Europe/Berlin").toISOString()).toBe(wanted);
});

test.each([
  ["forward", "2026-10-03T03:00:00Z", "2026-10-03T22:00:00.000Z"],
  ["back", "2026-04-04T03:00:00Z", "2026-04-04T22:30:00.000Z"],
])("a schedule also comes where the clock is put %s by half an hour", (_way, after, wanted) => {
  expect(nextTime({ rhythm: "daily", weekday: null, monthDay: null, hour: 9 }, Date.parse(after), "Australia/Lord_Howe").toISOString()).toBe(wanted);
});
