import { describe, expect, test } from "vitest";
import { addDays, describePeriod, readPeriod } from "./period.ts";

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

  test("names its last day, not the day after", () => {
    expect(describePeriod({ preset: "own", from: "2018-01-01", to: "2019-01-01" })).toMatch(/1.*2018.* – .*31.*2018/);
  });

  test("counts days over a leap day", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
  });
});
