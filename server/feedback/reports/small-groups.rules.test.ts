import { describe, expect, test } from "vitest";
import { hideSmallest } from "./small-groups.rules.ts";

describe("groups below an anonymity threshold of 5", () => {
  test.each<[string, number[], number, number[]]>([
    ["none is small: all are shown", [5, 9, 20], 0, [5, 9, 20]],
    ["one is small: the next smallest goes too, or the total would give it away", [20, 4, 9], 0, [20]],
    ["two are small, and together still: the next smallest goes too", [1, 20, 2, 9], 0, [20]],
    ["two are small, and together large enough: the others stay", [3, 20, 4, 9], 0, [20, 9]],
    ["nobody is in a group: it hides nothing", [0, 20], 0, [0, 20]],
    ["few people are in no group: the smallest goes", [20, 9], 2, [20]],
    ["many people are in no group: all are shown", [20, 9], 6, [20, 9]],
    ["only one is large: nothing is left", [20, 4], 0, []],
  ])("%s", (_what, counts, unseen, expected) => {
    const { shown, hidden } = hideSmallest(counts.map((count) => ({ count })), 5, unseen);
    expect(shown.map(({ count }) => count)).toEqual(expected);
    expect(hidden).toBe(counts.length - expected.length);
  });
});
