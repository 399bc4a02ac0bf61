import { isReadable, READABLE_ZOOM, ZOOM_MAX } from "@firsthand/server/journeys/paths/graph-frame.rules";
import { expect, test } from "vitest";
import { firstPlace, frameOf, heightOf } from "./graph-place.ts";

const frame = { width: 1000, height: 500 };

test.each([
  ["a laptop", { innerWidth: 1280, innerHeight: 900 }, { width: 950, height: 700 }],
  ["a laptop whose window is a little larger", { innerWidth: 1290, innerHeight: 910 }, { width: 950, height: 700 }],
  ["a large screen, where the page is no wider than it can be read", { innerWidth: 3000, innerHeight: 2000 }, { width: 1450, height: 900 }],
  ["a phone", { innerWidth: 390, innerHeight: 844 }, { width: 300, height: 650 }],
  ["the smallest window", { innerWidth: 200, innerHeight: 200 }, { width: 200, height: 400 }],
])("the frame is known before it is there: %s", (_, window, size) => {
  expect(frameOf(window)).toEqual(size);
});

test("The frame is as high as what is in it, within bounds", () => {
  expect([{ width: 1200, height: 500 }, { width: 976, height: 100 }, { width: 3000, height: 400 }, { width: 900, height: 2000 }].map((drawing) => heightOf(drawing, frame))).toEqual([431, 260, 260, 500]);
});

test.each([
  ["a small one, not made large", { width: 400, height: 300 }, ZOOM_MAX],
  ["one as large as can be read", { width: 1600, height: 700 }, 976 / 1600],
])("all of a drawing is shown where it can be read: %s", (_, drawing, zoom) => {
  const place = firstPlace(drawing, [], frame);
  expect(isReadable(frame, drawing)).toBe(true);
  expect(place).toEqual({ zoom, x: (1000 - drawing.width * zoom) / 2, y: (500 - drawing.height * zoom) / 2 });
});

const large = { width: 4000, height: 3000 };
const node = (x: number, y: number, count: number, name: string | null = "Cart") => ({ x, y, width: 170, height: 60, count, name });

/** Which steps a place shows whole, and which in part. */
const look = (nodes: readonly ReturnType<typeof node>[]) => {
  const { x, y, zoom } = firstPlace(large, nodes, frame);
  const sides = nodes.map((one) => ({ count: one.count, left: (one.x - 85) * zoom + x, right: (one.x + 85) * zoom + x, top: (one.y - 30) * zoom + y, bottom: (one.y + 30) * zoom + y }));
  const isWhole = ({ left, right, top, bottom }: (typeof sides)[number]): boolean => left >= 0 && right <= frame.width && top >= 0 && bottom <= frame.height;
  const isOutside = ({ left, right, top, bottom }: (typeof sides)[number]): boolean => right <= 0 || left >= frame.width || bottom <= 0 || top >= frame.height;
  return { zoom, whole: sides.filter(isWhole).map(({ count }) => count), cut: sides.filter((one) => !isWhole(one) && !isOutside(one)).map(({ count }) => count) };
};

test.each([
  ["two busy neighbours before a busier one alone", [node(100, 100, 9), node(2000, 100, 6), node(2300, 400, 5)], [6, 5]],
  ["less rather than a step that is cut", [node(100, 100, 9), node(1000, 100, 8), node(1760, 100, 1), node(2400, 100, 2)], [9, 8]],
  ["one step where none has a neighbour", [node(100, 100, 1), node(3000, 100, 2)], [2]],
  ["a step rather than the sum of many", [node(100, 100, 99, null), node(3000, 100, 2)], [2]],
])("of what is too large to be read as a whole is shown %s", (_, nodes, whole) => {
  const seen = look(nodes);
  expect(seen).toMatchObject({ whole, cut: [] });
  expect(seen.zoom).toBeGreaterThanOrEqual(READABLE_ZOOM);
});

test("No step is cut by the edge of a large drawing, wherever its steps lie", () => {
  for (const [across, down] of [[200, 110], [230, 97], [310, 170], [187, 243]] as const) {
    const nodes = Array.from({ length: 60 }, (__, at) => node(100 + (at % 10) * across, 100 + Math.floor(at / 10) * down, 60 - at));
    expect(look(nodes).cut).toEqual([]);
  }
});
