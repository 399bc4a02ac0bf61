import { defaultLimits, kindFamily, strength, type IdentityLimits } from "./identifiers.rules.ts";

export type IdentifierNode = { id: string; kind: string; isBlocked: boolean; bundle?: string };
export type Decision = "accepted" | "refused" | "retracted";
export type ClaimStatus = "live" | "proposed" | "refused" | "retracted";
/** `seenAt` in ms: of a claim on a device, the beginning of one run. `bundle` of a node names a customer taken as it stands. */
export type ClaimEdge = { key: string; first: string; second: string; seenAt: number; decision: Decision | null };
export type Standing = { status: ClaimStatus; reason: "person" | "limit" | "blocked" | "two_users" | null };
/** From `from` (ms, -Infinity at first) on, the device belongs to the customer of component `root`. */
export type OwnerSpan = { from: number; root: string };
export type Resolution = { standings: ReadonlyMap<string, Standing>; rootOf: (id: string) => string; spans: ReadonlyMap<string, readonly OwnerSpan[]> };

type Counts = Record<string, number>;
const live: Standing = { status: "live", reason: null };

/** Decides which claims hold and who belongs together. The result depends on the set of claims alone, not on the order of their arrival.
 *  Claims count in the order in which they were seen; at last those a person accepted join what they link, whatever the rules say.
 *  @param held how many identifiers of each kind a bundle (a customer that is not taken apart) already holds */
export const resolveClaims = (
  nodes: readonly IdentifierNode[],
  claims: readonly ClaimEdge[],
  held: ReadonlyMap<string, Counts> = new Map(),
  limits: IdentityLimits = defaultLimits,
): Resolution => {
  const graph = createGraph(nodes, held, limits);
  const standings = new Map<string, Standing>();
  for (const claim of inOrder(claims)) standings.set(claim.key, standingOf(claim, graph));
  for (const claim of claims) if (claim.decision === "accepted") joinAccepted(claim, graph, standings);
  for (const claim of claims) {
    // What was put before a person may have been answered by another link between the same two.
    const isSettled = claim.decision === null && standings.get(claim.key)?.reason !== "blocked" && graph.find(claim.first) === graph.find(claim.second);
    if (isSettled) standings.set(claim.key, live);
  }
  const spans = new Map<string, readonly OwnerSpan[]>();
  for (const [device, owners] of graph.owners) spans.set(device, settled(owners, graph.find));
  return { standings, rootOf: graph.find, spans };
};

const inOrder = (claims: readonly ClaimEdge[]): ClaimEdge[] =>
  [...claims].sort((a, b) =>
    a.seenAt - b.seenAt || (a.key < b.key ? -1 : 1));

const standingOf = (claim: ClaimEdge, graph: Graph): Standing => {
  if (claim.decision === "refused" || claim.decision === "retracted") return { status: claim.decision, reason: "person" };
  const first = graph.nodes.get(claim.first);
  const second = graph.nodes.get(claim.second);
  if (first === undefined || second === undefined || first.isBlocked || second.isBlocked) return { status: "refused", reason: "blocked" };
  const [strong, weak] = strength(first.kind) >= strength(second.kind) ? [first, second] : [second, first];
  if (weak.kind === "anonymous" && strong.kind !== "anonymous") return claimDevice(weak, strong, claim, graph);
  return graph.join(strong.id, weak.id, false);
};

const joinAccepted = (claim: ClaimEdge, graph: Graph, standings: Map<string, Standing>): void => {
  if (standings.get(claim.key)?.reason === "blocked") return;
  standings.set(claim.key, live);
  const [first, second] = [graph.nodes.get(claim.first), graph.nodes.get(claim.second)];
  if (first?.kind === "anonymous" && second?.kind === "anonymous") {
    // Two devices joined by hand go together: the one nobody signed in on follows the other.
    const owners = graph.owners.get(first.id) ?? graph.owners.get(second.id);
    if (owners !== undefined) for (const id of [first.id, second.id]) if (!graph.owners.has(id)) graph.owners.set(id, owners);
  }
  if (second?.kind !== "anonymous" || first?.kind === "anonymous") graph.join(claim.first, claim.second, true);
};

/** A device goes with whoever was last seen on it. Two people with user ids on one device are a switch, never a merge. */
const claimDevice = (device: IdentifierNode, other: IdentifierNode, claim: ClaimEdge, graph: Graph): Standing => {
  const owners = graph.owners.get(device.id) ?? [];
  const last = owners.at(-1);
  if (last === undefined) {
    const joined = graph.adopt(other.id);
    if (joined.status === "live") graph.owners.set(device.id, [{ from: Number.NEGATIVE_INFINITY, root: other.id }]);
    return joined;
  }
  if (graph.find(last.root) === graph.find(other.id)) return live;
  const bothAreUsers = graph.holdsUser(last.root) && graph.holdsUser(other.id);
  if (bothAreUsers || graph.join(last.root, other.id, false).status !== "live") {
    owners.push({ from: claim.seenAt, root: other.id });
    graph.owners.set(device.id, owners);
  }
  return live;
};

const settled = (owners: readonly OwnerSpan[], find: (id: string) => string): OwnerSpan[] => {
  const spans: OwnerSpan[] = [];
  for (const owner of owners) {
    const last = spans.at(-1);
    const root = find(owner.root);
    if (last?.root === root) continue;
    if (last !== undefined && last.from === owner.from) spans.pop();
    if (spans.at(-1)?.root !== root) spans.push({ from: spans.length === 0 ? Number.NEGATIVE_INFINITY : owner.from, root });
  }
  return spans;
};

type Graph = {
  nodes: ReadonlyMap<string, IdentifierNode>;
  owners: Map<string, OwnerSpan[]>;
  find: (id: string) => string;
  join: (first: string, second: string, isAccepted: boolean) => Standing;
  adopt: (id: string) => Standing;
  holdsUser: (id: string) => boolean;
};

const createGraph = (list: readonly IdentifierNode[], held: ReadonlyMap<string, Counts>, limits: IdentityLimits): Graph => {
  const nodes = new Map(list.map((node) => [node.id, node] as const));
  const parents = new Map<string, string>();
  const counts = new Map<string, Counts>();
  for (const node of list) {
    parents.set(node.id, node.id);
    counts.set(node.id, node.kind === "anonymous" ? {} : { [kindFamily(node.kind)]: 1 });
  }
  const find = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent;
    parents.set(id, root);
    return root;
  };
  const countsOf = (id: string): Counts => counts.get(find(id)) ?? {};
  const holdsUser = (id: string): boolean => (countsOf(id)["user"] ?? 0) > 0;
  const unite = (first: string, second: string, sum: Counts): void => {
    const [a, b] = [find(first), find(second)];
    const [root, leaf] = a < b ? [a, b] : [b, a];
    parents.set(leaf, root);
    counts.set(root, sum);
  };
  const join = (first: string, second: string, isAccepted: boolean): Standing => {
    if (find(first) === find(second)) return live;
    const sum = added(countsOf(first), countsOf(second));
    if (!isAccepted && holdsUser(first) && holdsUser(second)) return { status: "proposed", reason: "two_users" };
    if (!isAccepted && isOver(sum, limits)) return { status: "refused", reason: "limit" };
    unite(first, second, sum);
    return live;
  };
  const adopt = (id: string): Standing => {
    const sum = added(countsOf(id), { anonymous: 1 });
    if (isOver(sum, limits)) return { status: "refused", reason: "limit" };
    counts.set(find(id), sum);
    return live;
  };
  joinBundles(list, held, { unite, setCounts: (id, own) => counts.set(find(id), own) });
  return { nodes, owners: new Map(), find, join, adopt, holdsUser };
};

const joinBundles = (
  list: readonly IdentifierNode[],
  held: ReadonlyMap<string, Counts>,
  graph: { unite: (first: string, second: string, sum: Counts) => void; setCounts: (id: string, own: Counts) => void },
): void => {
  const firstOf = new Map<string, string>();
  for (const node of list) {
    if (node.bundle === undefined) continue;
    const own = held.get(node.bundle) ?? {};
    const first = firstOf.get(node.bundle);
    if (first === undefined) {
      firstOf.set(node.bundle, node.id);
      graph.setCounts(node.id, own);
    } else graph.unite(first, node.id, own);
  }
};

const added = (first: Counts, second: Counts): Counts => {
  const sum: Counts = { ...first };
  for (const [kind, count] of Object.entries(second)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
};

// A user over the limit is a matter of two people, which the guard above has already put before a person.
const isOver = (sum: Counts, limits: IdentityLimits): boolean =>
  Object.entries(sum).some(([kind, count]) => kind !== "user" && count > (limits.perKind[kind] ?? Number.POSITIVE_INFINITY));
