// Places a graph, once for every shape it has: people look at the same graph again and again.
import * as dagre from "@dagrejs/dagre";

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

/** @param edges heavier ones are kept short and straight; one from a node to itself needs no place
 *  @returns middles of nodes and bends of edges */
export const placeGraph = (nodes: readonly string[], edges: readonly { id: string; from: string; to: string; count: number }[]): Placed => {
  const between = edges.filter(({ from, to }) => from !== to);
  // A weight counts in steps: a graph that grew a little keeps its place.
  const weighed = between.map((edge) => ({ ...edge, weight: 1 + Math.floor(Math.log2(Math.max(1, edge.count))) }));
  const key = JSON.stringify([nodes, weighed.map(({ from, to, weight }) => [from, to, weight])]);
  const found = kept.get(key);
  if (found !== undefined) return found;
  const placed = nodes.length === 0 ? { nodes: new Map(), edges: new Map(), width: 0, height: 0 } : place(nodes, weighed);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, placed);
  return placed;
};

const place = (nodes: readonly string[], edges: readonly { id: string; from: string; to: string; weight: number }[]): Placed => {
  const graph = new dagre.graphlib.Graph();
  // Where paths run in circles, the connection taken least is the one drawn backwards.
  graph.setGraph({ rankdir: "TB", acyclicer: "greedy", nodesep: 26, ranksep: 60, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to, weight } of edges) graph.setEdge(from, to, { weight });
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
