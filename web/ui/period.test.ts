import { describe, expect, test } from "vitest";
import { addDays, describePeriod, readPeriod, wholeSpans } from "./period.ts";

describe("the period of an address", () => {
  test.each([
    ["nothing", {}, { preset: "90d", from: "2026-08-24", to: "2026-11-22" }],
    ["a usual span", { period: "7d" }, { preset: "7d", from: "2026-11-15", to: "2026-11-22" }],
    ["two days", { from: "2018-01-01", to: "2019-01-01" }, { preset: "own", from: "2018-01-01", to: "2019-01-01" }],
    ["days the wrong way round", { from: "2019-01-01", to: "2018-01-01" }, { preset: "90d", from: "2026-08-24", to: "2026-11-22" }],
    ["nonsense", { period: "<script>", from: "yesterday" }, { preset: "90d", from: "2026-08-24", to: "2026-11-22" }],
  ])("of %s is half open and includes today", (_, search, period) => {
    expect(readPeriod(search, "2026-11-21")).toEqual(period);
  });

  test.each([
    ["a whole year", "2018-01-01", "2019-01-01", /^2018$/],
    ["a whole month", "2018-05-01", "2018-06-01", /^May 2018$/],
    ["a whole December", "2018-12-01", "2019-01-01", /^Dec 2018$/],
    ["other days", "2018-01-02", "2019-01-01", /2.*2018.* – .*31.*2018/],
  ])("names %s by its last day, not the day after", (_, from, to, words) => {
    expect(describePeriod({ preset: "own", from, to })).toMatch(words);
  });

  test.each([
    ["2026-11-21", [["2026-10-01", "2026-11-01"], ["2026-07-01", "2026-10-01"], ["2025-01-01", "2026-01-01"]]],
    ["2026-01-31", [["2025-12-01", "2026-01-01"], ["2025-10-01", "2026-01-01"], ["2025-01-01", "2026-01-01"]]],
  ])("offers the last month, quarter and year that are over on %s", (today, spans) => {
    expect(wholeSpans(today).map(({ from, to }) => [from, to])).toEqual(spans);
  });

  test("counts days over a leap day", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
  });
});
