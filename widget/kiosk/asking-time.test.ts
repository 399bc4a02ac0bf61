import { expect, test } from "vitest";
import { isAskedAt } from "./asking-time.ts";

test.each([
  ["without an end", { closesAt: null }, "2099-01-01T00:00:00Z", true],
  ["a moment before its end", { closesAt: "2026-06-30T18:00:00+02:00" }, "2026-06-30T15:59:59.999Z", true],
  ["at its end", { closesAt: "2026-06-30T18:00:00+02:00" }, "2026-06-30T16:00:00Z", false],
  ["long after its end", { closesAt: "2026-06-30T18:00:00+02:00" }, "2027-01-01T00:00:00Z", false],
  ["that is none", null, "2026-06-30T12:00:00Z", false],
])("a device asks a survey %s by its own clock: %j at %s is %s", (_title, survey, now, isAsked) => {
  expect(isAskedAt(survey, Date.parse(now))).toBe(isAsked);
});
