import { expect, test } from "vitest";
import { busiestPlace, placeInFrame } from "./graph-place.ts";

const drawing = { x: 0, y: 0, width: 2000, height: 1000 };
const frame = { width: 1000, height: 500 };

// The frame shows 2000 × 1000 units at half the size, less the padding.
test.each([
  ["a point in the middle stays in the middle", { x: 1000, y: 500 }, 1, { x: -500, y: -250 }],
  ["a point at the top leaves nothing empty above it", { x: 1000, y: 10 }, 1, { x: -500, y: 20 }],
  ["a point at the right end leaves nothing empty beside it", { x: 1990, y: 500 }, 1, { x: -1020, y: -250 }],
  ["a drawing smaller than its frame lies in the middle", { x: 0, y: 0 }, 0.25, { x: 250, y: 125 }],
])("%s", (_, middle, zoom, place) => {
  expect(placeInFrame(drawing, frame, { middle, zoom, padding: 20 })).toEqual(place);
});

const step = (x: number, y: number, count: number) => ({ x, y, width: 100, height: 50, count });

test.each([
  ["two busy neighbours before a busier one alone", [step(50, 25, 9), step(1050, 25, 6), step(1250, 225, 5)], { x: 1150, y: 125 }],
  ["what is seen whole only", [step(50, 25, 9), step(340, 25, 8), step(250, 25, 2)], { x: 150, y: 25 }],
  ["one step where none has a neighbour", [step(50, 25, 1), step(1050, 25, 2)], { x: 1050, y: 25 }],
  ["nothing where no step fits", [{ ...step(0, 0, 1), width: 1000 }], null],
  ["nothing of nothing", [], null],
])("of what does not fit a frame shows %s", (_, steps, middle) => {
  expect(busiestPlace(steps, { width: 300, height: 300 })).toEqual(middle);
});
