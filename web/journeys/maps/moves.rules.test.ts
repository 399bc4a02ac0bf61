import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { applyEdits } from "@firsthand/server/journeys/maps/document.rules";
import { describe, expect, test } from "vitest";
import { type Direction, dropPart, stepPart } from "./moves.rules.ts";
import { emptyCard, emptyStep, neighbourOf } from "./parts.rules.ts";

const lanes = [{ id: "lane1", kind: "actions", name: "What they do" }, { id: "lane2", kind: "pains", name: "Pain points" }] as const;
const map: MapDocument = {
  stages: [{ id: "find", name: "Find" }, { id: "buy1", name: "Buy" }, { id: "use1", name: "Use" }],
  steps: [emptyStep("look", "find", "Look"), emptyStep("read", "find", "Read"), emptyStep("cart", "buy1", "Cart")],
  lanes: [...lanes],
  cards: [emptyCard("one1", "look", lanes[0]), emptyCard("two2", "look", lanes[0]), emptyCard("tre3", "read", lanes[0])],
  measured: [],
};
const after = (edit: ReturnType<typeof dropPart>): MapDocument => (edit === null ? map : applyEdits(map, [edit]).document);
const stepsOf = ({ steps }: MapDocument): string => steps.map(({ id, stageId }) => `${stageId}/${id}`).join(" ");
const cardsOf = ({ cards }: MapDocument): string => cards.map(({ id, stepId, laneId }) => `${stepId}/${laneId}/${id}`).join(" ");

describe("by keys a step", () => {
  test.each<[string, string, Direction, string]>([
    ["changes places with its neighbour", "look", "right", "find/read find/look buy1/cart"],
    ["goes over into the next stage", "read", "right", "find/look buy1/read buy1/cart"],
    ["goes back into the stage before", "cart", "left", "find/look find/read find/cart"],
    ["reaches a stage without steps", "cart", "right", "find/look find/read use1/cart"],
    ["stays at the edge", "look", "left", "find/look find/read buy1/cart"],
    ["knows no up", "look", "up", "find/look find/read buy1/cart"],
  ])("%s", (_, id, direction, expected) => expect(stepsOf(after(stepPart(map, "step", id, direction)))).toBe(expected));
});

describe("by keys a card", () => {
  test.each<[string, string, Direction, string]>([
    ["goes down among its neighbours", "one1", "down", "look/lane1/two2 look/lane1/one1 read/lane1/tre3"],
    ["goes down into the next lane", "two2", "down", "look/lane1/one1 look/lane2/two2 read/lane1/tre3"],
    ["goes to the next step, in its lane", "one1", "right", "look/lane1/two2 read/lane1/tre3 read/lane1/one1"],
    ["stays at the edge", "one1", "left", "look/lane1/one1 look/lane1/two2 read/lane1/tre3"],
  ])("%s", (_, id, direction, expected) => expect(cardsOf(after(stepPart(map, "card", id, direction)))).toBe(expected));
});

describe("dropped, a part", () => {
  test.each<[string, string, string, string]>([
    ["takes the place of the step it is dropped on, from the left", "step:look", "step:read", "find/read find/look buy1/cart"],
    ["and from the right", "step:read", "step:look", "find/read find/look buy1/cart"],
    ["goes into the stage of the step it is dropped on", "step:cart", "step:read", "find/look find/cart find/read"],
    ["changes nothing on itself or on another kind", "step:look", "stage:buy1", "find/look find/read buy1/cart"],
  ])("%s", (_, dragged, onto, expected) => expect(stepsOf(after(dropPart(map, dragged, onto)))).toBe(expected));

  test.each<[string, string, string, string]>([
    ["goes to the end of the crossing it is dropped on", "card:one1", "cell:read:lane1", "look/lane1/two2 read/lane1/tre3 read/lane1/one1"],
    ["goes before the card it is dropped on", "card:one1", "card:tre3", "look/lane1/two2 read/lane1/one1 read/lane1/tre3"],
    ["changes nothing where it already is the last", "card:two2", "cell:look:lane1", "look/lane1/one1 look/lane1/two2 read/lane1/tre3"],
    ["changes nothing on what is not there", "card:gone", "cell:look:lane1", "look/lane1/one1 look/lane1/two2 read/lane1/tre3"],
  ])("as a card %s", (_, dragged, onto, expected) => expect(cardsOf(after(dropPart(map, dragged, onto)))).toBe(expected));

  test.each([["card:two2", "cell:look:lane1"], ["card:one1", "card:one1"], ["step:look", "step:look"], ["step:look", "stage:buy1"], ["stage:find", "lane:lane1"], ["lane:lane1", "step:look"]])("%s on %s is no change at all", (dragged, onto) => {
    expect(dropPart(map, dragged, onto)).toBeNull();
  });

  test("as a stage or lane changes places", () => {
    expect(after(dropPart(map, "stage:use1", "stage:find")).stages.map(({ id }) => id)).toEqual(["use1", "find", "buy1"]);
    expect(after(stepPart(map, "stage", "find", "right")).stages.map(({ id }) => id)).toEqual(["buy1", "find", "use1"]);
    expect(after(dropPart(map, "lane:lane1", "lane:lane2")).lanes.map(({ id }) => id)).toEqual(["lane2", "lane1"]);
    expect(after(stepPart(map, "lane", "lane2", "up")).lanes.map(({ id }) => id)).toEqual(["lane2", "lane1"]);
  });
});

test("The part after the one that goes takes its place, else the one before", () => {
  expect(["find", "use1", "none"].map((id) => neighbourOf(map.stages, id))).toEqual(["buy1", "buy1", null]);
  expect(neighbourOf(map.stages.slice(0, 1), "find")).toBeNull();
});
