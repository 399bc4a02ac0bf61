import { expect, test } from "vitest";
import { makeLegs, placeAfter, placeOn } from "./travel.rules.ts";

const node = (id: string, name: string | null, x: number) => ({ id, name, x, y: 0, inside: 1, count: 1, customers: null, starts: 0, ends: 0, loops: 0, feeling: null, width: 10, height: 10 });
const graph = {
  nodes: [node("n0", "a", 0), node("n1", "b", 100), node("other", null, 50)],
  edges: [{ id: "n0-n1", from: "n0", to: "n1", count: 1, customers: null, meanS: 0, medianS: null, p90S: null, points: [{ x: 50, y: 40 }] }],
};

test("a customer goes along the connection that is drawn, else straight, and by other where a step is not drawn", () => {
  expect(makeLegs(graph)(["a", "b", "rare", "a"])).toEqual([
    [{ x: 0, y: 0 }, { x: 50, y: 40 }, { x: 100, y: 0 }],
    [{ x: 100, y: 0 }, { x: 50, y: 0 }],
    [{ x: 50, y: 0 }, { x: 0, y: 0 }],
  ]);
});

test.each([
  [0, { x: 0, y: 0 }],
  [0.25, { x: 10, y: 0 }],
  [0.75, { x: 20, y: 10 }],
  [1, { x: 20, y: 20 }],
])("after a share of %d of a line, a customer is there", (share, expected) => {
  expect(placeOn([{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 20 }], share)).toEqual(expected);
});

test("a line of no length, or none, has one place", () => {
  expect(placeOn([{ x: 3, y: 4 }, { x: 3, y: 4 }], 0.5)).toEqual({ x: 3, y: 4 });
  expect(placeOn([], 0.5)).toEqual({ x: 0, y: 0 });
});

test.each([
  [-0.1, null],
  [0, { x: 0, y: 0 }],
  [0.5, { x: 5, y: 0 }],
  [1, { x: 10, y: 0 }],
  [1.5, { x: 10, y: 5 }],
  [2, { x: 10, y: 10 }],
  [2.9, { x: 10, y: 10 }],
  [3.1, null],
])("after %d steps, a customer of three steps is there, waits where the path ends, and is gone a step later", (passed, expected) => {
  expect(placeAfter([[{ x: 0, y: 0 }, { x: 10, y: 0 }], [{ x: 10, y: 0 }, { x: 10, y: 10 }]], passed)).toEqual(expected);
});

test("who took a single step moves nowhere", () => {
  expect(placeAfter([], 0.5)).toBeNull();
});
