// Places a graph, once for every shape it has: people look at the same graph again and again, in frames of any size.
import { setImmediate as breathe } from "node:timers/promises";
import * as dagre from "@dagrejs/dagre";
import { isReadable, READABLE_ZOOM, zoomInto } from "./graph-frame.rules.ts";
import type { Size } from "./graph-frame.rules.ts";

export type Placed = {
  nodes: ReadonlyMap<string, { x: number; y: number }>;
  edges: ReadonlyMap<string, { x: number; y: number }[]>;
  width: number;
  height: number;
};

export const NODE_WIDTH = 172;
export const NODE_HEIGHT = 62;

const KEPT_MAX = 300;
const kept = new Map<string, Placed>();

// Where paths run in circles, the connection taken least is the one drawn backwards. The gaps hold a number of four digits beside a line.
const usual = { acyclicer: "greedy", nodesep: 24, edgesep: 14, marginx: 24, marginy: 24 } as const;

/** Ways to place the same graph: down or across, and with the most taken connections kept short and straight or all alike. Which is the smallest
 *  differs from graph to graph by half, and no rule tells it beforehand. */
const ways = [
  { rankdir: "TB", ranksep: 48, isWeighed: true },
  { rankdir: "LR", ranksep: 56, isWeighed: true },
  { rankdir: "LR", ranksep: 56, isWeighed: false },
  { rankdir: "TB", ranksep: 48, isWeighed: false },
] as const;
/** Where none of these can be read on a phone, its few steps stand one below the other, first where paths begin: that order needs the least width,
 *  360 to 450 units of seven steps against 420 to 630 in the order of the first way. Connections nobody draws hold it. */
const oneBelowTheOther = { rankdir: "TB", ranksep: 40, nodesep: 16, edgesep: 10, isWeighed: true } as const;
const HELD = 1_000;
type Way = (typeof ways)[number] | typeof oneBelowTheOther;

// A picture that is this large needs no better way, and one that is this small has none: a try takes up to a tenth of a second.
const LARGE_ZOOM = 0.8;
const HOPELESS_ZOOM = READABLE_ZOOM / 3;

/** `begins`: of the times it was met, the share that began a path. */
export type PlacedNode = { id: string; begins: number };

/** @param edges heavier ones are kept short and straight; one from a node to itself needs no place
 *  @param frame where it is shown, in pixels: the way is taken in which it is the largest there
 *  @returns middles of nodes and bends of edges */
export const placeGraph = async (nodes: readonly PlacedNode[], edges: readonly { id: string; from: string; to: string; count: number }[], frame: Size | null): Promise<Placed> => {
  const between = edges.filter(({ from, to }) => from !== to);
  // A weight counts in steps: a graph that grew a little keeps its place.
  const weighed = between.map((edge) => ({ ...edge, weight: 1 + Math.floor(Math.log2(Math.max(1, edge.count))) }));
  const ids = nodes.map(({ id }) => id);
  const shape: Shape = { nodes: ids, edges: weighed, key: JSON.stringify([ids, weighed.map(({ from, to, weight }) => [from, to, weight])]) };
  let best = await placeOnce(shape, ways[0]);
  if (frame === null) return best;
  for (const way of ways.slice(1)) {
    const zoom = zoomInto(frame, best);
    if (zoom >= LARGE_ZOOM || zoom <= HOPELESS_ZOOM) return best;
    const other = await placeOnce(shape, way);
    if (zoomInto(frame, other) > zoom) best = other;
  }
  if (frame.width >= frame.height || isReadable(frame, best)) return best;
  const column = nodes.toSorted((one, other) => other.begins - one.begins).map(({ id }) => id);
  const high = await placeOnce({ ...shape, column, key: `${column.join()} ${shape.key}` }, oneBelowTheOther);
  return zoomInto(frame, high) > zoomInto(frame, best) ? high : best;
};

type Shape = { nodes: readonly string[]; edges: readonly { id: string; from: string; to: string; weight: number }[]; key: string; column?: readonly string[] };

// Others have their turn before each try, and may have placed the same meanwhile.
const placeOnce = async (shape: Shape, way: Way): Promise<Placed> => {
  const key = `${[...ways, oneBelowTheOther].indexOf(way)} ${shape.key}`;
  if (!kept.has(key)) await breathe();
  const found = kept.get(key);
  if (found !== undefined) return found;
  const placed = place(shape, way);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, placed);
  return placed;
};

const place = ({ nodes, edges, column = [] }: Shape, { isWeighed, ...way }: Way): Placed => {
  if (nodes.length === 0) return { nodes: new Map(), edges: new Map(), width: 0, height: 0 };
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ ...usual, ...way });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to, weight } of edges) graph.setEdge(from, to, { weight: isWeighed ? weight : 1 });
  column.slice(1).forEach((to, at) => graph.setEdge(column[at] ?? to, to, { weight: HELD }));
  dagre.layout(graph);
  const size = graph.graph();
  return {
    nodes: new Map(nodes.map((id) => [id, { x: graph.node(id).x ?? 0, y: graph.node(id).y ?? 0 }])),
    edges: new Map(edges.map(({ id, from, to }) => [id, readBends(graph.edge(from, to))])),
    width: size.width ?? 0,
    height: size.height ?? 0,
  };
};

// The library's graph is typed loosely.
const readBends = (edge: { points?: { x: number; y: number }[] }): { x: number; y: number }[] => (edge.points ?? []).map(({ x, y }) => ({ x, y }));
