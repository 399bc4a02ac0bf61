import { describe, expect, test } from "vitest";
import { compareAlike, studentPoint } from "./comparisons.rules.ts";
import { isLikelyGoal } from "./ranking.rules.ts";
import { bandOf, drawSum, makeRandom } from "./shuffles.rules.ts";
import { listMeetings, listStands, outcomeAfter, thingOf, type Outcome, type Travel } from "./travels.rules.ts";

const shares = (hits: number, count: number): number[] => Array.from({ length: count }, (_, at) => (at < hits ? 1 : 0));

describe("comparing those who are alike", () => {
  test("gives Newcombe's interval for two shares: 56 of 70 against 48 of 80", () => {
    // Newcombe 1998, table II, method 10: 0.2 with 0.0524 to 0.3339.
    const compared = compareAlike([{ with: shares(56, 70), without: shares(48, 80) }], true);
    expect(compared).toMatchObject({ with: 70, without: 80, difference: expect.closeTo(0.2, 12), low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) });
  });

  test("gives Welch's interval for two means", () => {
    const own = Array.from({ length: 30 }, (_, at) => at % 3);
    const other = Array.from({ length: 60 }, (_, at) => at % 5);
    // Variances 20/29 and 120/59, so 85.84 degrees, whose 97.5 % point is 1.98797.
    const half = 1.98797 * Math.sqrt(20 / 29 / 30 + 120 / 59 / 60);
    expect(compareAlike([{ with: own, without: other }], false)).toMatchObject({ difference: -1, low: expect.closeTo(-1 - half, 5), high: expect.closeTo(-1 + half, 5) });
  });

  test("makes both sides up alike: a difference that is one of strata alone vanishes", () => {
    const strata = [{ with: shares(81, 90), without: shares(27, 30) }, { with: shares(3, 30), without: shares(9, 90) }];
    expect(compareAlike(strata, true)).toMatchObject({ with: 120, without: 120, withMean: 0.7, withoutMean: expect.closeTo(0.7, 12), difference: expect.closeTo(0, 12) });
  });

  test.each([
    ["too few with it", [{ with: shares(1, 29), without: shares(1, 300) }]],
    ["too few without it", [{ with: shares(1, 300), without: shares(1, 29) }]],
    ["nobody alike", [{ with: shares(1, 300), without: [] }, { with: [], without: shares(1, 300) }]],
  ])("says nothing of %s", (_, strata) => expect(compareAlike(strata, true)).toBeNull());

  test("takes values that are all the same for no difference", () => {
    expect(compareAlike([{ with: shares(40, 40), without: shares(40, 40) }], true)).toMatchObject({ difference: 0, chanceError: 0, p: 1 });
  });
});

test.each([[10, 2.2281], [30, 2.0423], [120, 1.9799]])("Student's point of %d degrees is %d", (degrees, point) => expect(studentPoint(degrees)).toBeCloseTo(point, 3));

test.each([[5, 60], [55, 60], [100, 400]])("%d drawn of %d come to what chance gives, with its spread", (drawn, count) => {
  const random = makeRandom(1);
  const values = shares(count / 4, count);
  const sums = Array.from({ length: 4_000 }, () => drawSum(values, drawn, random));
  const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
  const spread = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0) / sums.length;
  const expected = (drawn * (3 / 16) * (count - drawn)) / (count - 1);
  expect(mean).toBeCloseTo(drawn / 4, 0);
  expect(Math.abs(spread / expected - 1)).toBeLessThan(0.1);
});

test("the band holds 95 of 100 rounds", () => expect(bandOf(Array.from({ length: 200 }, (_, at) => 200 - at))).toBe(190));

const day = 86_400_000;
const travel = (codes: number[], given: Partial<Travel> = {}): Travel => ({ customer: "c", codes, times: codes.map((_, at) => at * day), firstGoal: codes.indexOf(3), lastGoal: codes.lastIndexOf(3), channel: 0, group: 0, marks: [], isGone: null, ...given });
const goal: Outcome = { name: "goal", goals: new Set([3]) };

describe("what is met on a path", () => {
  const met = (codes: number[], given: Partial<Travel> = {}, silenceMs: number | null = null): string[] =>
    listMeetings(travel(codes, given), { names: 5, outcome: goal, silenceMs, horizonMs: 100 * day }).map(({ key, from, at }) => {
      const { kind, code, before } = thingOf(key, 5);
      return `${kind} ${before < 0 ? "" : `${before}>`}${code} ${from}-${at}`;
    });

  test("are touchpoints, connections and loops, each the first time, but not the goal and nothing rare", () => {
    expect(met([0, 1, 1, 0, 1, 3, 5, 2])).toEqual(["touchpoint 0 -1-0", "touchpoint 1 0-1", "edge 0>1 0-1", "loop 1 1-2", "edge 1>0 2-3", "loop 0>1 2-4", "touchpoint 2 6-7"]);
  });

  test("is a silence when the wait was too long, at the end until the end of what is known", () => {
    expect(met([0, 1, 2], { times: [0, 10 * day, 11 * day] }, 7 * day).filter((one) => one.startsWith("silence"))).toEqual(["silence 0 0-0", "silence 2 2-2"]);
  });
});

test("a path stood at each step once for about as many steps so far, and once more after the goal", () => {
  const stands = listStands(travel([0, 0, 0, 3, 0]), 5, new Set([3])).map(({ at, isStraight }) => [at, isStraight]);
  // Before all, first 0, second 0 (the third is alike, and goes on to the goal), the goal, the 0 after it.
  expect(stands).toEqual([[-1, false], [0, false], [1, true], [3, false], [4, false]]);
});

describe("what became of a path", () => {
  const marks = [{ ms: 0, value: 1 }, { ms: 2 * day, value: 0 }, { ms: 30 * day, value: 0.5 }];
  test.each([
    ["goal", -1, {}, 1], ["goal", 1, {}, 0], ["leaving", 0, { isGone: true }, 1], ["leaving", 0, {}, null],
    ["feeling", 0, { marks }, 0.5], ["feeling", 1, { marks }, 0.25], ["feeling", 0, {}, null],
    ["repeat_contact", 0, { marks }, 1], ["repeat_contact", 1, { marks }, 0], ["revenue", -1, { marks }, 1.5], ["revenue", 0, { marks }, 0.5],
  ] as const)("%s after step %d: case %#", (name, at, given, value) => expect(outcomeAfter(travel([0, 3, 1], given), at, { ...goal, name })).toBe(value));
});

test.each([["Purchase", true], ["purchase_failed", false], ["Order completed", true], ["Payment problem", false], ["Unsubscribed", false], ["signed up", true], ["Home", false]])("%s is a likely goal: %s", (name, isLikely) => expect(isLikelyGoal(name)).toBe(isLikely));
