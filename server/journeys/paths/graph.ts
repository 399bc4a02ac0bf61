import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { readPathsAsked } from "./asked.ts";
import { listFeelings } from "./feelings.queries.ts";
import type { Feeling } from "./feelings.queries.ts";
import { NODE_HEIGHT, NODE_WIDTH, placeGraph } from "./graph-layout.ts";
import { countGraph, countNodeCustomers, measureEdges } from "./graph.queries.ts";
import type { EdgeDetail } from "./graph.queries.ts";
import { chooseGraph, OTHER } from "./graph.rules.ts";
import type { ChosenEdge, ChosenGraph, GraphCounts } from "./graph.rules.ts";
import type { GraphNode, GraphQuery, GraphReply, NodeFeeling } from "./paths.contract.ts";
import { showJourneyPeriod } from "./selection.ts";
import { countOfNobody } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

// A screen asks for the counts alone and for everything at once. Kept for longer, a graph would not show what was just imported.
const keepCounts = keepReadings<GraphCounts>({ ms: 500, most: 20 });

/** What customers did after what, placed for drawing. */
export const drawGraph = async (services: Services, workspaceId: string, query: GraphQuery): Promise<GraphReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const chosen = chooseGraph(await keepCounts(services.db, keyOf(asked), () => countGraph(services.analytics, asked)), query.detail);
  const measured = query.measures === "all" ? await measure(services, asked, chosen) : null;
  const placed = placeGraph(chosen.nodes.map(({ id }) => id), chosen.edges);
  const nameOf = new Map(chosen.nodes.map(({ id, name }) => [id, name]));
  return {
    period: showJourneyPeriod(asked.selection), level: query.level, cut: query.cut,
    totals: { ...chosen.totals, customers: measured?.customers ?? (query.cut === "customer" ? chosen.totals.paths : null), ofNobody: measured?.ofNobody ?? null },
    nodes: chosen.nodes.map((node): GraphNode => ({
      ...node, customers: measured?.customersOf.get(node.name) ?? null, feeling: feelingOf(measured?.feelings, node.name),
      ...(placed.nodes.get(node.id) ?? { x: 0, y: 0 }), width: NODE_WIDTH, height: NODE_HEIGHT,
    })),
    edges: chosen.edges.map((edge) => ({ ...edge, ...detailOf(measured?.edges, edge, nameOf), points: placed.edges.get(edge.id) ?? [] })),
    leftOut: chosen.leftOut, width: placed.width, height: placed.height,
  };
};

type Measured = { customers: number; ofNobody: number; customersOf: ReadonlyMap<string | null, number>; feelings: ReadonlyMap<string, Feeling> | null; edges: readonly EdgeDetail[] };

const measure = async (services: Services, asked: PathsAsked, { names }: ChosenGraph): Promise<Measured> => {
  const { analytics } = services;
  const [edges, people, ofNobody, feelings] = await Promise.all([
    measureEdges(analytics, asked, names),
    countNodeCustomers(analytics, asked, names),
    countOfNobody(analytics, asked.selection),
    asked.level === "name" ? null : listFeelings(analytics, asked.selection, asked.level),
  ]);
  return {
    edges, ofNobody, customers: people.customers,
    customersOf: new Map(people.nodes.map(({ name, customers }) => [name, customers])),
    feelings: feelings === null ? null : new Map(feelings.map((feeling) => [feeling.name, feeling])),
  };
};

const detailOf = (details: readonly EdgeDetail[] | undefined, edge: ChosenEdge, nameOf: ReadonlyMap<string, string | null>): { customers: number | null; meanS: number; medianS: number | null; p90S: number | null } => {
  const nameAt = (id: string): string | null => (id === OTHER ? null : (nameOf.get(id) ?? null));
  const found = details?.find(({ from, to }) => from === nameAt(edge.from) && to === nameAt(edge.to));
  return found === undefined ? { customers: null, meanS: edge.meanS, medianS: null, p90S: null } : { customers: found.customers, meanS: found.meanS, medianS: found.medianS, p90S: found.p90S };
};

const feelingOf = (feelings: ReadonlyMap<string, Feeling> | null | undefined, name: string | null): NodeFeeling | null => {
  const found = name === null ? undefined : feelings?.get(name);
  return found === undefined ? null : { mean: found.mean, count: found.count, readMean: found.readMean, readCount: found.readCount };
};

const keyOf = ({ selection, objects, ...asked }: PathsAsked): string => {
  // The end of a period that ends now moves with every request; within the second nothing else is seen.
  const { toMs, ...narrowed } = selection;
  return JSON.stringify([asked, narrowed, Math.floor(toMs / 1000), objects?.ids.length]);
};
