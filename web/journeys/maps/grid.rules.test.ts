import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { describe, expect, test } from "vitest";
import { columnsOf, nextStop, rowsOf, settleStop, stageSpans, type Stop, type StopKey } from "./grid.rules.ts";
import { emptyCard, emptyStep } from "./parts.rules.ts";

const lane = { id: "lane1", kind: "actions", name: "What they do" } as const;
const otherLane = { id: "lane2", kind: "pains", name: "Pain points" } as const;
const map: MapDocument = {
  stages: [{ id: "find", name: "Find" }, { id: "none", name: "Nothing yet" }, { id: "buy1", name: "Buy" }],
  steps: [emptyStep("look", "find", "Look"), emptyStep("read", "find", "Read"), emptyStep("cart", "buy1", "Cart")],
  lanes: [lane, otherLane],
  cards: [{ ...emptyCard("one1", "look", lane), text: "one" }, { ...emptyCard("two2", "look", lane), text: "two" }],
  measured: [],
};
const columns = columnsOf(map);
const rows = rowsOf(map, columns, true);
const at = (row: string, column: number, index = 0): Stop => ({ row, column, index });

test("a stage without steps has a column of its own, so that one can be put there", () => {
  expect(columns.map(({ stage, step }) => [stage.id, step?.id ?? null])).toEqual([["find", "look"], ["find", "read"], ["none", null], ["buy1", "cart"]]);
  expect(stageSpans(columns).map(({ column, span }) => [column, span])).toEqual([[0, 2], [2, 1], [3, 1]]);
});

describe("arrow keys", () => {
  test.each<[string, Stop, StopKey, Stop]>([
    ["go from one step to the next", at("steps", 0), "ArrowRight", at("steps", 1)],
    ["stay at the edge", at("steps", 3), "ArrowRight", at("steps", 3)],
    ["go from a step to the stage above it", at("steps", 1), "ArrowUp", at("stages", 0)],
    ["go from a stage to its first step", at("stages", 0), "ArrowDown", at("steps", 0)],
    ["skip what a stage spans", at("stages", 0), "ArrowRight", at("stages", 2)],
    ["go through the cards of a crossing", at("lane1", 0, 0), "ArrowDown", at("lane1", 0, 1)],
    ["reach the place for a new card after them", at("lane1", 0, 1), "ArrowDown", at("lane1", 0, 2)],
    ["leave a crossing downwards for the first of the next", at("lane1", 0, 2), "ArrowDown", at("lane2", 0, 0)],
    ["enter a crossing from below at its end", at("lane2", 0, 0), "ArrowUp", at("lane1", 0, 2)],
    ["reach the name of a lane", at("lane1", 0, 1), "ArrowLeft", at("lane1", -1, 0)],
    ["go from the name of a lane to the next", at("lane1", -1), "ArrowDown", at("lane2", -1)],
    ["stay on the names, which have nothing above them", at("lane1", -1), "ArrowUp", at("lane1", -1)],
    ["jump to the end of a row", at("lane2", 0), "End", at("lane2", 3)],
    ["jump to its beginning", at("steps", 3), "Home", at("steps", 0)],
  ])("%s", (_, from, key, to) => expect(nextStop(rows, from, key)).toEqual(to));
});

test("a stop that is gone leads to the nearest there is", () => {
  expect(settleStop(rows, at("lane1", 9, 4))).toEqual(at("lane1", 3, 0));
  expect(settleStop(rows, at("gone", 0))).toEqual(at("stages", 0));
});
