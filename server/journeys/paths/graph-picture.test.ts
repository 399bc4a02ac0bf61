import { expect, test } from "vitest";
import { isReadable, zoomInto } from "./graph-frame.rules.ts";
import type { Size } from "./graph-frame.rules.ts";
import { NODE_HEIGHT, NODE_WIDTH, placeGraph } from "./graph-layout.ts";
import { choosePicture } from "./graph-picture.ts";
import type { GraphCounts } from "./graph.rules.ts";

/** So many names, met less and less, each followed by some others, also backwards. */
const makeCounts = (names: number): GraphCounts => {
  const met = new Map(Array.from({ length: names }, (_, at) => [`step ${at}`, 1_000 - at * 10]));
  const edges = [...met.keys()].flatMap((from, at) => [1, 3, 7, names - 2].map((jump, more) => ({ from, to: `step ${(at + jump) % names}`, count: 200 - at * 3 - more * 20, meanS: 60 })));
  const transitions = edges.reduce((sum, { count }) => sum + count, 0);
  return { edges, met, starts: new Map([["step 0", 100]]), out: new Map(), totals: { steps: transitions + 100, paths: 100, names, edges: edges.length, transitions, startNames: 1, endNames: 1 } };
};

const laptop = { width: 950, height: 700 };
const phone = { width: 300, height: 650 };

test.each([
  ["a laptop, few names", 6, laptop, [0.4, true]],
  ["a laptop, more names than can be read at once", 40, laptop, [0.2, true]],
  ["a phone, on which the least there is stands in one column", 40, phone, [0.1, true]],
  ["a phone, few names", 4, phone, [0.4, true]],
])("a picture holds as much as can be read in its frame: %s", async (_, names, frame, held) => {
  const picture = await choosePicture(makeCounts(names), frame);
  expect([picture.detail, isReadable(frame, picture.placed)]).toEqual(held);
});

test("What was asked for is drawn, read or not, and a frame of no height is none", async () => {
  const counts = makeCounts(40);
  const pictures = await Promise.all([choosePicture(counts, { ...phone, detail: 1 }), choosePicture(counts, { width: 300 }), choosePicture(counts, {})]);
  expect(pictures.map(({ detail }) => detail)).toEqual([1, 0.4, 0.4]);
});

test.each([["wide", { width: 2_000, height: 500 }], ["high", { width: 500, height: 2_000 }]] as const)("A chain is placed so that it is the largest in a %s frame, and nothing of it lies on another", async (_, frame: Size) => {
  const names = Array.from({ length: 9 }, (__, at) => ({ id: `${frame.width} ${at}`, begins: 0 }));
  const edges = names.slice(1).map(({ id: to }, at) => ({ id: `e${at}`, from: names[at]?.id ?? "", to, count: 10 }));
  const [framed, plain] = [await placeGraph(names, edges, frame), await placeGraph(names, edges, null)];
  expect(framed.width > framed.height).toBe(frame.width > frame.height);
  expect(zoomInto(frame, framed)).toBeGreaterThanOrEqual(zoomInto(frame, plain));
  const places = [...framed.nodes.values()];
  expect(places.flatMap((one, at) => places.filter((other, index) => index > at && Math.abs(one.x - other.x) < NODE_WIDTH && Math.abs(one.y - other.y) < NODE_HEIGHT))).toEqual([]);
});

test("A graph is placed once, whatever the size of the frame, and others have their turn between the ways it is tried", async () => {
  const names = Array.from({ length: 30 }, (_, at) => ({ id: `once ${at}`, begins: 0 }));
  const edges = names.flatMap(({ id: from }, at) => [1, 5].map((jump) => ({ id: `${at} ${jump}`, from, to: names[(at + jump) % names.length]?.id ?? "", count: 10 })));
  let turns = 0;
  let turn = setImmediate(function next() {
    turns += 1;
    turn = setImmediate(next);
  });

  const first = await placeGraph(names, edges, { width: 1_600, height: 1_200 });
  clearImmediate(turn);

  expect(turns).toBeGreaterThanOrEqual(3);
  for (const widened of [1, 2, 3]) expect(await placeGraph(names, edges, { width: 1_600 + widened, height: 1_200 + widened })).toBe(first);
});
