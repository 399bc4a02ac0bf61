// What of a graph is shown: the names met most, the connections taken most, and the rest as sums.

export type GraphTotals = { steps: number; paths: number; names: number; edges: number; transitions: number; startNames: number; endNames: number };
export type GraphCounts = {
  /** The most frequent connections. */
  edges: { from: string; to: string; count: number; meanS: number }[];
  /** The names met most, most first; `starts` and `out` are of these. */
  met: ReadonlyMap<string, number>;
  starts: ReadonlyMap<string, number>;
  /** How often something came after it. */
  out: ReadonlyMap<string, number>;
  /** Of all names and connections, told one by one or not. */
  totals: GraphTotals;
};

export type ChosenNode = { id: string; name: string | null; inside: number; count: number; starts: number; ends: number; loops: number };
export type ChosenEdge = { id: string; from: string; to: string; count: number; meanS: number };
export type ChosenGraph = {
  /** Names that are shown one by one. */
  names: string[];
  nodes: ChosenNode[];
  edges: ChosenEdge[];
  totals: GraphTotals;
  leftOut: { names: number; steps: number; edges: number; transitions: number };
};

/** Names and connections to look at closer. */
export type Shown = { names: readonly string[]; edges: readonly { from: string; to: string }[] };
export type ShownCustomers = { customers: number; names: number[]; edges: number[] };
export type EdgeTimes = { meanS: number; medianS: number; p90S: number };

const NODES_MAX = 60;
const EDGES_PER_NODE = 2;
export const OTHER = "other";

/** Chooses what a picture holds.
 *  @param detail 0–1 of 60 names and 120 connections; at least four names
 *  @returns counts that add up: what is not shown is in the node "other", in its connections, or in `leftOut` */
export const chooseGraph = (counts: GraphCounts, detail: number): ChosenGraph => {
  const ranked = [...counts.met].toSorted(byCount);
  const room = Math.max(4, Math.round(NODES_MAX * detail));
  const shown = ranked.slice(0, room);
  const ids = new Map(shown.map(([name], at) => [name, `n${at}`]));
  const idOf = (name: string): string => ids.get(name) ?? OTHER;
  const all = mergeEdges(counts, idOf, ids);
  const edges = chooseEdges(all, room * EDGES_PER_NODE);
  const { totals } = counts;
  const single = shown.map(([name]) => nodeOf(counts, name, idOf(name)));
  const rest = restOf(totals, single, all);
  return {
    names: shown.map(([name]) => name), nodes: [...single, ...rest], edges, totals,
    leftOut: {
      names: totals.names - shown.length,
      steps: sum(rest.map(({ count }) => count)),
      edges: all.length - edges.length,
      transitions: totals.transitions - sum(edges.map(({ count }) => count)),
    },
  };
};

const nodeOf = (counts: GraphCounts, name: string, id: string): ChosenNode => {
  const count = counts.met.get(name) ?? 0;
  const loops = counts.edges.find(({ from, to }) => from === name && to === name)?.count ?? 0;
  return { id, name, inside: 1, count, starts: counts.starts.get(name) ?? 0, ends: count - (counts.out.get(name) ?? 0), loops };
};

/** All names that are not shown, as what they leave of the totals: each path starts once and ends once. */
const restOf = (totals: GraphTotals, shown: readonly ChosenNode[], edges: readonly ChosenEdge[]): ChosenNode[] => {
  const inside = totals.names - shown.length;
  if (inside === 0) return [];
  const left = (total: number, value: (node: ChosenNode) => number): number => total - sum(shown.map(value));
  return [{
    id: OTHER, name: null, inside, count: left(totals.steps, ({ count }) => count),
    starts: left(totals.paths, ({ starts }) => starts), ends: left(totals.paths, ({ ends }) => ends),
    loops: edges.find(({ from, to }) => from === OTHER && to === OTHER)?.count ?? 0,
  }];
};

/** Connections between what is shown and the node "other". Those with "other" come from the sums, because the list of single ones may be cut off. */
const mergeEdges = (counts: GraphCounts, idOf: (name: string) => string, ids: ReadonlyMap<string, string>): ChosenEdge[] => {
  const merged = new Map<string, ChosenEdge>();
  for (const { from, to, count, meanS } of counts.edges) {
    const id = `${idOf(from)}-${idOf(to)}`;
    const before = merged.get(id) ?? { id, from: idOf(from), to: idOf(to), count: 0, meanS: 0 };
    merged.set(id, { ...before, count: before.count + count, meanS: (before.meanS * before.count + meanS * count) / (before.count + count) });
  }
  if (counts.edges.length < counts.totals.edges) addUnlisted(counts, merged, ids);
  return [...merged.values()].toSorted((one, other) => other.count - one.count || (one.id < other.id ? -1 : 1));
};

const addUnlisted = (counts: GraphCounts, merged: Map<string, ChosenEdge>, ids: ReadonlyMap<string, string>): void => {
  const put = (from: string, to: string, count: number): void => {
    const id = `${from}-${to}`;
    const before = merged.get(id);
    if (count > (before?.count ?? 0)) merged.set(id, { id, from, to, meanS: before?.meanS ?? 0, count });
  };
  const listed = [...merged.values()].filter(({ from, to }) => from !== OTHER && to !== OTHER);
  for (const [name, id] of ids) {
    put(id, OTHER, (counts.out.get(name) ?? 0) - sum(listed.filter(({ from }) => from === id).map(({ count }) => count)));
    put(OTHER, id, (counts.met.get(name) ?? 0) - (counts.starts.get(name) ?? 0) - sum(listed.filter(({ to }) => to === id).map(({ count }) => count)));
  }
  const rest = [...merged.values()].filter(({ from, to }) => from !== OTHER || to !== OTHER);
  put(OTHER, OTHER, counts.totals.transitions - sum(rest.map(({ count }) => count)));
};

/** The most taken ones, and for every node the best way in and the best way out, so that none hangs in the air. Connections with "other" are
 *  sums of many and would push all single ones out, so they have a sixth of the room. */
const chooseEdges = (edges: readonly ChosenEdge[], room: number): ChosenEdge[] => {
  const isSingle = ({ from, to }: ChosenEdge): boolean => from !== OTHER && to !== OTHER;
  const ranked = [...edges.filter(isSingle), ...edges.filter((edge) => !isSingle(edge))];
  const [into, outOf] = [new Map<string, string>(), new Map<string, string>()];
  for (const { id, from, to } of ranked.filter((edge) => edge.from !== edge.to)) {
    if (!outOf.has(from)) outOf.set(from, id);
    if (!into.has(to)) into.set(to, id);
  }
  const needed = new Set([...into.values(), ...outOf.values()]);
  const others = ranked.filter((edge) => !isSingle(edge) && !needed.has(edge.id)).slice(0, Math.floor(room / 6));
  const singles = ranked.filter((edge) => isSingle(edge) && !needed.has(edge.id)).slice(0, Math.max(0, room - needed.size - others.length));
  const kept = new Set([...needed, ...[...singles, ...others].map(({ id }) => id)]);
  return edges.filter(({ id }) => kept.has(id));
};

const byCount = ([one, count]: readonly [string, number], [other, otherCount]: readonly [string, number]): number => otherCount - count || (one < other ? -1 : 1);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
