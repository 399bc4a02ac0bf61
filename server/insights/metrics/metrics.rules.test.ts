import { describe, expect, test } from "vitest";
import { findBuiltIn, type Metric } from "./metric-kinds.rules.ts";
import type { MetricKey } from "./metrics.contract.ts";
import { firstGroups, chooseScale, scoreWithin, summarise } from "./metrics.rules.ts";
import { usualScales } from "../../customers/scores/scales.rules.ts";
import { addAnswer, joinTallies, type Box, type Tally } from "../../customers/scores/tallies.rules.ts";

const metric = (key: MetricKey): Metric => {
  const found = findBuiltIn(key);
  if (found === null) throw new Error(`${key} is not built in.`);
  return found;
};

const npsTally = (promoters: number, passives: number, detractors: number, weight = 1): Tally => {
  const boxes = new Map<number, Box>();
  for (const [value, count] of [[10, promoters], [8, passives], [3, detractors]] as const) {
    for (let index = 0; index < count; index++) addAnswer(boxes, usualScales.nps, { value, weight });
  }
  return [...boxes.values()];
};

const summary = (current: Tally, previous: Tally) =>
  summarise({ metric: metric("nps"), scale: usualScales.nps, otherScales: [], current, previous });

describe("the scale a number is made from", () => {
  test("is the one most answers use, and the others are named, never mixed in", () => {
    const counts = [{ min: 1, max: 5, count: 10 }, { min: 1, max: 7, count: 30 }, { min: 5, max: 1, count: 2 }];
    expect(chooseScale(metric("ces"), counts, null)).toEqual({
      scale: { min: 1, max: 7 },
      otherScales: [{ min: 1, max: 5, count: 10 }, { min: 5, max: 1, count: 2 }],
    });
  });
  test("is the one asked for", () => {
    expect(chooseScale(metric("ces"), [{ min: 1, max: 7, count: 30 }], { min: 1, max: 5 }).scale).toEqual({ min: 1, max: 5 });
  });
  test("is 0–10 for the promoter score, whatever else was sent", () => {
    expect(chooseScale(metric("nps"), [{ min: 1, max: 5, count: 9 }], null)).toEqual({ scale: usualScales.nps, otherScales: [{ min: 1, max: 5, count: 9 }] });
  });
});

describe("a summary", () => {
  test("says a change of 14 points between groups of 500 is significant", () => {
    const { change, score, evidence } = summary(npsTally(260, 140, 100), npsTally(220, 150, 130));
    expect(score).toBe(32);
    expect(evidence).toBe("normal");
    expect(change?.difference).toBeCloseTo(14, 10);
    expect(change?.z).toBeCloseTo(2.754, 3);
    expect(change?.isSignificant).toBe(true);
  });
  test("says a change of 20 points between groups of 100 is not", () => {
    const { change } = summary(npsTally(50, 30, 20), npsTally(40, 30, 30));
    expect(change?.difference).toBeCloseTo(20, 10);
    expect(change?.isSignificant).toBe(false);
  });
  test("has no change without a period before", () => {
    expect(summary(npsTally(5, 1, 1), []).change).toBeNull();
  });
  test("has no weighted figure when every answer weighs the same", () => {
    expect(summary(npsTally(5, 1, 1, 2.5), []).weighted).toBeNull();
  });
  test("warns when few answers carry the weight", () => {
    const heavy = [...npsTally(2, 0, 0, 50), ...npsTally(0, 40, 40)];
    expect(summary(heavy, []).weighted?.isUnsteady).toBe(true);
  });
  test("lists every value of the scale, also those nobody gave", () => {
    const { distribution, bands } = summary(npsTally(1, 0, 3), []);
    expect(distribution.map((box) => box.count)).toEqual([0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1]);
    expect(bands).toEqual([
      { name: "promoters", count: 1, share: 0.25 },
      { name: "passives", count: 0, share: 0 },
      { name: "detractors", count: 3, share: 0.75 },
    ]);
  });
  test("of no answers is empty, not an error", () => {
    expect(summary([], [])).toMatchObject({ count: 0, score: null, evidence: "none", change: null, weighted: null });
  });
});

describe("groups beside each other", () => {
  const group = (value: string, tally: Tally) => ({ value, label: value, tally });
  const scoreDisjoint = (groups: ReturnType<typeof group>[]) => scoreWithin({ metric: "nps", scale: usualScales.nps }, groups, joinTallies(groups.map(({ tally }) => tally)));

  test("only the one that differs from the rest is marked, and small ones are not tested", () => {
    const groups = scoreDisjoint([group("shop", npsTally(100, 50, 50)), group("app", npsTally(40, 60, 100)), group("web", npsTally(72, 60, 68)), group("kiosk", npsTally(2, 1, 1))]);
    expect(groups.map(({ value, versusRest }) => [value, versusRest?.isDifferent ?? null])).toEqual([
      ["shop", true],
      ["app", true],
      ["web", false],
      ["kiosk", null],
    ]);
    expect(groups.map(({ evidence }) => evidence)).toEqual(["normal", "normal", "normal", "anecdotal"]);
    expect(groups.map(({ weighted }) => weighted)).toEqual([null, null, null, null]);
  });

  test("is tested by weights as well where answers have them, also a group whose own all weigh the same", () => {
    // As many promoters as detractors everywhere, but on the web a detractor stands for nine times as many people.
    const groups = scoreDisjoint([group("web", [...npsTally(100, 0, 0, 0.2), ...npsTally(0, 0, 100, 1.8)]), group("shop", npsTally(100, 0, 100))]);
    expect(groups.map(({ score, versusRest }) => [score, versusRest?.isDifferent])).toEqual([[0, false], [0, false]]);
    expect(groups.map(({ weighted }) => [Math.round(weighted?.score ?? Number.NaN), Math.round(weighted?.versusRest?.difference ?? Number.NaN), weighted?.versusRest?.isDifferent])).toEqual([[-80, -80, true], [0, 80, true]]);
  });
});

test.each([
  ["a short list as it is", ["a", "", "b"], ["a", "", "b"]],
  ["the first three", ["a", "b", "c", "d"], ["a", "b", "c"]],
  ["what is not named in place of the last, however few it is", ["a", "b", "c", "d", ""], ["a", "b", ""]],
  ["what is not named once, where it is among the first", ["a", "", "b", "c"], ["a", "", "b"]],
])("of groups are shown %s", (_, names, wanted) => {
  expect(firstGroups(names.map((name) => ({ name })), 3).map(({ name }) => name)).toEqual(wanted);
});
