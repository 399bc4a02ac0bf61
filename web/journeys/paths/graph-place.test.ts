import { expect, test } from "vitest";
import { placeInFrame } from "./graph-place.ts";

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
