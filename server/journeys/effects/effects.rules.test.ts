import { describe, expect, test } from "vitest";
import { compareAlike } from "../definitions/comparisons.rules.ts";
import { findClusters, raiseByShuffles, toSides, type Stratum } from "./clusters.rules.ts";
import { isLikelyGoal } from "./goals.rules.ts";
import { bandOf, drawSum, makeRandom } from "./shuffles.rules.ts";
import { listMeetings, listStands, outcomeAfter, thingOf, type Outcome, type Travel } from "./travels.rules.ts";

const shares = (hits: number, count: number): number[] => Array.from({ length: count }, (_, at) => (at < hits ? 1 : 0));

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

describe("customers with several paths", () => {
  // Forty customers with it and forty without, of three paths each that all end alike.
  const stratum = (paths: number, each: (customer: number) => number): Stratum => {
    const of = (side: number) => Array.from({ length: 40 * paths }, (_, at) => each(Math.floor(at / paths) + 40 * side));
    const owners = (side: number) => Array.from({ length: 40 * paths }, (_, at) => Math.floor(at / paths) + 40 * side);
    return { with: of(0), without: of(1), owners: { with: owners(0), without: owners(1) } };
  };
  const outcome = (customer: number): number => (customer < 40 ? customer % 4 === 0 ? 1 : 0 : customer % 2);
  const alone = compareAlike(toSides([stratum(1, outcome)]), true);

  test("tell no more than as many with one: the same interval, where each says the same three times", () => {
    expect(findClusters([stratum(1, outcome)])).toBeNull();
    const strata = [stratum(3, outcome)];
    const clusters = findClusters(strata);
    expect(clusters).toMatchObject({ inflation: expect.closeTo(3, 9), customers: { with: 40, without: 40 } });
    const compared = compareAlike(toSides(strata), true, clusters ?? undefined);
    expect(compared).toMatchObject({ with: 120, without: 120, difference: -0.25, low: expect.closeTo(alone?.low ?? 0, 9), high: expect.closeTo(alone?.high ?? 0, 9) });
    expect((compared?.chanceError ?? 0) / (alone?.chanceError ?? 1)).toBeCloseTo(1, 1);
    // Taken for different customers they would tell far more.
    expect((compareAlike(toSides(strata), true)?.chanceError ?? 0) / (alone?.chanceError ?? 1)).toBeCloseTo(Math.sqrt(1 / 3), 2);
  });

  test("are shuffled by customer: chance reaches as far as with one path each", () => {
    const reach = (strata: Stratum[], given: { chanceError: number }): number => {
      const largest = Array.from({ length: 4_000 }, () => 0);
      raiseByShuffles(largest, strata, { chanceError: given.chanceError, clusters: findClusters(strata) }, makeRandom(3));
      return bandOf(largest) * given.chanceError;
    };
    const [single, several] = [stratum(1, outcome), stratum(3, outcome)];
    const chanceError = alone?.chanceError ?? 1;
    const [one, other] = [reach([single], { chanceError }), reach([several], { chanceError })];
    expect(Math.abs(other / one - 1)).toBeLessThan(0.1);
    expect(other).toBeGreaterThan(1.7 * chanceError);
  });

  test("are thirty customers on a side, or nothing is told", () => {
    const few: Stratum = { with: shares(20, 40), without: shares(20, 40), owners: { with: Array.from({ length: 40 }, (_, at) => at % 20), without: Array.from({ length: 40 }, (_, at) => 100 + at) } };
    expect(compareAlike(toSides([few]), true, findClusters([few]) ?? undefined)).toBeNull();
    expect(compareAlike(toSides([few]), true)).not.toBeNull();
  });
});

test("the band holds 95 of 100 rounds", () => expect(bandOf(Array.from({ length: 200 }, (_, at) => 200 - at))).toBe(190));

const day = 86_400_000;
const travel = (codes: number[], given: Partial<Travel> = {}): Travel => ({ customer: "c", owner: 0, codes, times: codes.map((_, at) => at * day), firstGoal: codes.indexOf(3), lastGoal: codes.lastIndexOf(3), channel: 0, group: 0, marks: [], isGone: null, ...given });
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
