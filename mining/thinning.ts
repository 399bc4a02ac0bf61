// A graph with its rare parts left out, so that a person can read it.
import type { PathEdge, PathEnd, PathGraph } from "./path-graph.ts";

/** Shares from 0 to 1 of the number of activities and of ways between them; the most frequent stay. */
export type ThinningWishes = { activities: number; paths: number };

/** Leaves out rare activities and ways, but never so many that one of the rest is on no way from a start to an end:
 *  what it takes to keep them on their most travelled way stays too. Counts are those of the whole graph. */
export const thinGraph = (graph: PathGraph, { activities, paths }: ThinningWishes): PathGraph => {
  const all = waysOf(graph);
  const kept = new Set(graph.nodes.slice(0, portion(graph.nodes.length, activities)).map(({ activity }) => activity));
  for (const direction of [forward, backward]) {
    const tree = growTree(all, direction);
    for (const activity of kept) addAncestors(kept, tree, direction, activity);
  }
  const ways = all.filter(({ from, to }) => (from === null || kept.has(from)) && (to === null || kept.has(to)));
  const stay = new Set([...ways.slice(0, portion(ways.length, paths)), ...growTree(ways, forward).values(), ...growTree(ways, backward).values()].map(({ what }) => what));
  return {
    cases: graph.cases,
    events: graph.events,
    nodes: graph.nodes.filter(({ activity }) => kept.has(activity)),
    edges: graph.edges.filter((edge) => stay.has(edge)),
    starts: graph.starts.filter((start) => stay.has(start)),
    ends: graph.ends.filter((end) => stay.has(end)),
  };
};

const portion = (length: number, share: number): number => Math.max(1, Math.ceil(share * length));

/** From activity to activity; from nowhere is a start, to nowhere an end. */
type Way = { from: string | null; to: string | null; count: number; what: PathEdge | PathEnd };

const waysOf = ({ edges, starts, ends }: PathGraph): Way[] =>
  [
    ...starts.map((start): Way => ({ from: null, to: start.activity, count: start.cases, what: start })),
    ...ends.map((end): Way => ({ from: end.activity, to: null, count: end.cases, what: end })),
    ...edges.map((edge): Way => ({ from: edge.from, to: edge.to, count: edge.count, what: edge })),
  ].toSorted((one, other) => other.count - one.count);

type Direction = { source: (way: Way) => string | null; target: (way: Way) => string | null };

const forward: Direction = { source: ({ from }) => from, target: ({ to }) => to };
const backward: Direction = { source: ({ to }) => to, target: ({ from }) => from };

/** Ways are added from the most travelled on; whatever way first connects an activity is on its widest path from nowhere.
 *  @returns the way by which each activity is first reached */
const growTree = (ways: readonly Way[], { source, target }: Direction): Map<string, Way> => {
  const tree = new Map<string, Way>();
  const waiting = new Map<string, Way[]>();
  for (const way of ways) {
    const [from, to] = [source(way), target(way)];
    if (to === null) continue;
    if (from !== null && !tree.has(from)) {
      const others = waiting.get(from);
      if (others === undefined) waiting.set(from, [way]);
      else others.push(way);
      continue;
    }
    const open = [way];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const reached = target(next);
      if (reached === null || tree.has(reached)) continue;
      tree.set(reached, next);
      open.push(...(waiting.get(reached) ?? []).toReversed());
      waiting.delete(reached);
    }
  }
  return tree;
};

/** Whoever is kept already has been followed to nowhere, or will be. */
const addAncestors = (kept: Set<string>, tree: ReadonlyMap<string, Way>, { source }: Direction, activity: string): void => {
  let way = tree.get(activity);
  while (way !== undefined) {
    const next = source(way);
    if (next === null || kept.has(next)) return;
    kept.add(next);
    way = tree.get(next);
  }
};
