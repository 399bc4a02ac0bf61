import { describe, expect, test } from "vitest";
import { findOverlap, holds, isStretch, listPosts, overlap } from "./teams.rules.ts";

const days = (from: string | null, to: string | null) => ({ from, to });

describe("stretches of days", () => {
  test.each([
    [days("2026-01-01", "2026-02-01"), days("2026-02-01", null), false],
    [days("2026-01-01", "2026-02-02"), days("2026-02-01", null), true],
    [days(null, null), days("2026-02-01", "2026-02-02"), true],
    [days(null, "2026-02-01"), days(null, "2020-01-01"), true],
    [days("2026-02-01", null), days(null, "2026-02-01"), false],
  ])("%o and %o share a day: %s", (one, other, isShared) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([isShared, isShared]);
  });

  test("hold their first day and not the day after the last", () => {
    expect(["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"].map((day) => holds(days("2026-01-01", "2026-02-01"), day))).toEqual([false, true, true, false]);
    expect(isStretch(days("2026-01-01", "2026-01-01"))).toBe(false);
    expect(isStretch(days(null, "2026-01-01"))).toBe(true);
  });

  test("that share a day are found only among those that are the same", () => {
    const list = [{ ...days(null, null), who: "one" }, { ...days("2026-01-01", null), who: "other" }, { ...days("2027-01-01", null), who: "other" }];
    expect(findOverlap(list, (one, other) => one.who === other.who)).toBe(list[2]);
    expect(findOverlap(list.slice(0, 2), (one, other) => one.who === other.who)).toBeUndefined();
  });
});

describe("posts", () => {
  const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  const post = (department: string | null, fromMs: number, toMs: number) => ({ memberId: "ada", teamId: "desk", department, fromMs, toMs });

  test("end where the team changes its department, and stay where it has none", () => {
    const memberships = [{ memberId: "ada", teamId: "desk", ...days("2026-01-01", "2026-06-01") }];
    const placements = [
      { teamId: "desk", department: "Sales", ...days(null, "2026-02-01") },
      { teamId: "desk", department: "Service", ...days("2026-03-01", null) },
      { teamId: "other", department: "Finance", ...days(null, null) },
    ];
    expect(listPosts(memberships, placements, msOf)).toEqual([
      post("Sales", msOf("2026-01-01"), msOf("2026-02-01")),
      post(null, msOf("2026-02-01"), msOf("2026-03-01")),
      post("Service", msOf("2026-03-01"), msOf("2026-06-01")),
    ]);
  });

  test("without ends reach further than any day", () => {
    const [only, ...others] = listPosts([{ memberId: "ada", teamId: "desk", ...days(null, null) }], [], msOf);
    expect(others).toEqual([]);
    expect(only).toEqual(post(null, -1e15, 1e15));
  });
});
