import { curveBasis, line } from "d3-shape";
import { expect, test } from "vitest";
import { alongSpline, type Box, keepInside, placeLabels, placesOn } from "./graph-labels.rules.ts";

const size = { width: 50, height: 20 };
const straight = (from: [number, number], to: [number, number]) => Array.from({ length: 41 }, (_, at) => ({ x: from[0] + ((to[0] - from[0]) * at) / 40, y: from[1] + ((to[1] - from[1]) * at) / 40 }));
const labelled = (id: string, from: [number, number], to: [number, number]) => {
  const points = straight(from, to);
  return { id, size, line: points, places: placesOn(points) };
};
const step = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });
const isApart = (one: Box, other: Box): boolean => Math.abs(one.x - other.x) >= (one.width + other.width) / 2 || Math.abs(one.y - other.y) >= (one.height + other.height) / 2;

test.each([
  ["one line alone has it in the middle", [labelled("a", [0, 0], [400, 0])], [], { a: { x: 200, y: 0 } }],
  ["of two that cross, both stand beside the crossing", [labelled("a", [0, 0], [400, 0]), labelled("b", [200, -200], [200, 200])], [], { a: { x: 150, y: 0 }, b: { x: 200, y: -50 } }],
  ["a step in the middle of a line is not covered", [labelled("a", [0, 0], [400, 0])], [step(200, 0)], { a: { x: 100, y: 0 } }],
  ["of two on one line, the one taken more has the middle", [labelled("a", [0, 0], [400, 0]), labelled("b", [0, 0], [400, 0])], [], { a: { x: 200, y: 0 }, b: { x: 130, y: 0 } }],
  ["a line too short for a number has none", [labelled("a", [50, 0], [90, 0])], [step(0, 0), step(140, 0)], {}],
])("%s", (_, lines, steps, places) => {
  const placed = placeLabels(lines, steps);
  expect(Object.fromEntries([...placed].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]))).toEqual(places);
});

test("Of many lines between many steps, no number covers another or a step", () => {
  const steps = Array.from({ length: 25 }, (_, at) => step((at % 5) * 180, Math.floor(at / 5) * 90));
  const lines = steps.flatMap((from, one) => steps.flatMap((to, other) => (one === other || (one * 7 + other * 3) % 4 > 0 ? [] : [labelled(`${one}-${other}`, [from.x, from.y], [to.x, to.y])])));
  const boxes = [...placeLabels(lines, steps).values()].map((place): Box => ({ ...place, ...size }));
  expect(boxes.length).toBeGreaterThan(40);
  const all = [...boxes, ...steps];
  expect(boxes.flatMap((box, at) => all.filter((other, index) => index > at && !isApart(box, other)))).toEqual([]);
});

test("A number at the edge of a drawing stays inside it", () => {
  expect([{ x: 5, y: 5 }, { x: 200, y: 100 }, { x: 399, y: 198 }].map((place) => keepInside(place, size, { width: 400, height: 200 }))).toEqual([{ x: 25, y: 10 }, { x: 200, y: 100 }, { x: 375, y: 190 }]);
});

test("A line is followed as it is drawn", () => {
  const bends = [{ x: 0, y: 0 }, { x: 60, y: 120 }, { x: 240, y: 30 }, { x: 300, y: 300 }];
  const ends = (line<{ x: number; y: number }>(({ x }) => x, ({ y }) => y).curve(curveBasis)(bends) ?? "").split(/[MLC]/u).filter((part) => part !== "").map((part) => part.split(",").slice(-2).map(Number));
  const along = alongSpline(bends);
  for (const [x = 0, y = 0] of ends) expect(Math.min(...along.map((point) => Math.hypot(point.x - x, point.y - y)))).toBeLessThan(0.01);
  expect([along[0], along.at(-1), alongSpline([])]).toEqual([bends[0], bends.at(-1), []]);
});
