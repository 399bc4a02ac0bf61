// Which steps a funnel begins with before anybody chose some.
import { isLikelyGoal } from "@firsthand/server/journeys/effects/goals.rules";
import type { GraphEdge, GraphNode } from "@firsthand/server/journeys/paths/paths.contract";

const MOST = 6;

type Node = Pick<GraphNode, "id" | "name" | "count" | "starts" | "ends">;
type Edge = Pick<GraphEdge, "from" | "to" | "count">;

/** The beaten way through a graph: from where most paths begin to what customers should reach, a purchase if there is one, else where most end.
 *  @returns names in their order, at most six, those nearest to the end; none where there are no two of them */
export const usualSteps = ({ nodes, edges }: { nodes: readonly Node[]; edges: readonly Edge[] }): string[] => {
  const named = nodes.filter(({ name }) => name !== null);
  const goal = mostOf(named.filter(({ name }) => isLikelyGoal(name ?? "")), "count") ?? mostOf(named, "ends");
  const start = mostOf(named.filter(({ id }) => id !== goal?.id), "starts");
  if (goal === undefined || start === undefined) return [];
  const nameOf = new Map(named.map(({ id, name }) => [id, name ?? ""]));
  const way = beatenWay(edges.filter(({ from, to }) => nameOf.has(from) && nameOf.has(to)), start.id, goal.id) ?? [start.id, goal.id];
  return way.slice(-MOST).map((id) => nameOf.get(id) ?? "");
};

const mostOf = (nodes: readonly Node[], what: "count" | "starts" | "ends"): Node | undefined =>
  nodes.reduce<Node | undefined>((most, node) => (most === undefined || node[what] > most[what] ? node : most), undefined);

/** The shortest of the ways whose rarest connection is taken most often. */
const beatenWay = (edges: readonly Edge[], start: string, goal: string): string[] | null => {
  for (const least of new Set(edges.map(({ count }) => count).toSorted((one, other) => other - one))) {
    const way = shortestWay(edges.filter(({ count }) => count >= least), start, goal);
    if (way !== null) return way;
  }
  return null;
};

const shortestWay = (edges: readonly Edge[], start: string, goal: string): string[] | null => {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const at of cameFrom.keys()) {
    if (at === goal) return goBack(cameFrom, goal);
    for (const { from, to } of edges) if (from === at && !cameFrom.has(to)) cameFrom.set(to, at);
  }
  return null;
};

const goBack = (cameFrom: ReadonlyMap<string, string | null>, goal: string): string[] => {
  const way = [goal];
  for (let at = cameFrom.get(goal); at !== undefined && at !== null; at = cameFrom.get(at)) way.unshift(at);
  return way;
};
