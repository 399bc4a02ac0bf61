import { describe, expect, test } from "vitest";
import { findRoom, moveTile, resizeTile, settleTiles, stepTile, stretchTile, type Direction } from "./board.rules.ts";
import { bucketFor, daysOf, joinFilters } from "./board-period.rules.ts";

/** "a 0 0 4 2": id, column, row, columns wide, rows high. */
const tiles = (...lines: string[]) =>
  lines.map((line) => {
    const [id = "", ...numbers] = line.split(" ");
    const [x = 0, y = 0, w = 0, h = 0] = numbers.map(Number);
    return { id, place: { x, y, w, h } };
  });
const shown = (found: ReturnType<typeof tiles> | null) => found?.map(({ id, place: { x, y, w, h } }) => [id, x, y, w, h].join(" ")) ?? null;

describe("tiles on a board", () => {
  test.each([
    ["rise until they meet another", ["a 0 5 4 2", "b 0 9 4 2", "c 4 3 4 2"], ["a 0 0 4 2", "c 4 0 4 2", "b 0 2 4 2"]],
    ["never overlap", ["a 0 0 6 3", "b 3 1 6 3", "c 0 2 12 2"], ["a 0 0 6 3", "b 3 3 6 3", "c 0 6 12 2"]],
    ["stay within twelve columns", ["a 9 0 6 2"], ["a 6 0 6 2"]],
    ["keep below what they stood below", ["a 0 0 12 2", "b 6 4 6 2", "c 0 6 3 2"], ["a 0 0 12 2", "c 0 2 3 2", "b 6 2 6 2"]],
  ])("%s", (_what, given, wanted) => {
    expect(shown(settleTiles(tiles(...given)))).toEqual(wanted);
  });

  const row = tiles("a 0 0 4 2", "b 4 0 4 2", "c 0 2 4 2");

  test.each([
    ["onto another pushes it down", "c", { x: 4, y: 0 }, ["a 0 0 4 2", "c 4 0 4 2", "b 4 2 4 2"]],
    ["past another lets it rise", "a", { x: 0, y: 2 }, ["c 0 0 4 2", "b 4 0 4 2", "a 0 2 4 2"]],
    ["out of the board stops at its edge", "b", { x: 20, y: -3 }, ["a 0 0 4 2", "b 8 0 4 2", "c 0 2 4 2"]],
    ["far down leaves no hole", "a", { x: 8, y: 90 }, ["c 0 0 4 2", "b 4 0 4 2", "a 8 0 4 2"]],
  ])("moved %s", (_what, id, to, wanted) => {
    expect(shown(moveTile(row, id, to))).toEqual(wanted);
  });

  test.each([
    ["wider pushes its neighbour down", "a", { w: 6, h: 2 }, ["a 0 0 6 2", "b 4 2 4 2", "c 0 2 4 2"]],
    ["too wide stops at the edge", "b", { w: 30, h: 2 }, ["a 0 0 4 2", "b 4 0 8 2", "c 0 2 4 2"]],
    ["too small stops at two by two", "b", { w: 0, h: 0 }, ["a 0 0 4 2", "b 4 0 2 2", "c 0 2 4 2"]],
  ])("made %s", (_what, id, to, wanted) => {
    expect(shown(resizeTile(row, id, to))).toEqual(wanted.toSorted((one, other) => placeOf(one) - placeOf(other)));
  });

  test.each<[Direction, string, string[] | null]>([
    ["down", "a", ["c 0 0 4 2", "b 4 0 4 2", "a 0 2 4 2"]],
    ["up", "c", ["c 0 0 4 2", "b 4 0 4 2", "a 0 2 4 2"]],
    ["left", "a", null],
    ["up", "a", null],
    ["down", "c", null],
    ["right", "b", ["a 0 0 4 2", "b 5 0 4 2", "c 0 2 4 2"]],
    ["down", "nobody", null],
  ])("one step %s takes %s past its neighbour, or nowhere", (direction, id, wanted) => {
    expect(shown(stepTile(row, id, direction))).toEqual(wanted);
  });

  test.each<[Direction, string[] | null]>([["right", ["a 0 0 12 2"]], ["left", ["a 0 0 10 2"]], ["down", ["a 0 0 11 3"]], ["up", null]])("shift and %s stretch a tile", (direction, wanted) => {
    expect(shown(stretchTile(tiles("a 0 0 11 2"), "a", direction))).toEqual(wanted);
  });

  test.each([
    ["the first gap that is large enough", ["a 0 0 4 2", "b 8 0 4 2"], { w: 4, h: 2 }, "4 0"],
    ["below all where there is none", ["a 0 0 10 2"], { w: 4, h: 2 }, "0 2"],
    ["the top of an empty board", [], { w: 4, h: 2 }, "0 0"],
  ])("a new one finds %s", (_what, given, size, wanted) => {
    const { x, y } = findRoom(tiles(...given), size);
    expect(`${x} ${y}`).toBe(wanted);
  });
});

const placeOf = (line: string): number => {
  const [, x = 0, y = 0] = line.split(" ").map(Number);
  return y * 12 + x;
};

test.each([
  [{ preset: "7d" as const }, "2026-06-24", "2026-07-01"],
  [{ preset: "12m" as const }, "2025-07-01", "2026-07-01"],
  [{ preset: "all" as const }, "2024-03-05", "2026-02-02"],
  [{ from: "2026-05-01", to: "2026-06-01" }, "2026-05-01", "2026-06-01"],
])("the period %o is counted in whole days with today", (choice, from, to) => {
  expect(daysOf(choice, "2026-06-30", { first: "2024-03-05", last: "2026-02-01" })).toEqual({ from, to });
});

test("all time of nobody is a year, not a hundred", () => {
  expect(daysOf({ preset: "all" }, "2026-06-30", null)).toEqual({ from: "2025-07-01", to: "2026-07-01" });
});

test.each([
  [{}, {}, {}],
  [{ channel: ["web"] }, {}, { channel: ["web"] }],
  [{ channel: ["web"] }, { stage: ["buy"] }, { channel: ["web"], stage: ["buy"] }],
  [{ channel: ["web", "shop"] }, { channel: ["shop", "app"] }, { channel: ["shop"] }],
  [{ channel: ["web"] }, { channel: ["shop"] }, null],
  [{ channel: [] }, { channel: ["shop"] }, { channel: ["shop"] }],
])("the filters %o of a tile and %o above it hold at once", (own, above, wanted) => {
  expect(joinFilters(own, above)).toEqual(wanted);
});

test.each([["2026-06-10", "day"], ["2026-04-01", "week"], ["2025-07-01", "month"]])("a course since %s has a point for every %s", (from, wanted) => {
  expect(bucketFor({ from, to: "2026-07-01" })).toBe(wanted);
});
