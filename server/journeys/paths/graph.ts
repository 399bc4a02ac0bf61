import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { readPathsAsked } from "./asked.ts";
import { listFeelings } from "./feelings.queries.ts";
import type { Feeling } from "./feelings.queries.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "./graph-layout.ts";
import { choosePicture } from "./graph-picture.ts";
import { countCustomersOfRest, countGraph, countShownCustomers, measureShownEdges } from "./graph.queries.ts";
import { OTHER } from "./graph.rules.ts";
import type { ChosenEdge, ChosenGraph, EdgeTimes, GraphCounts } from "./graph.rules.ts";
import { pathQuery } from "./paths.contract.ts";
import type { GraphNode, GraphQuery, GraphReply, NamesQuery, NodeFeeling } from "./paths.contract.ts";
import { showJourneyPeriod } from "./selection.ts";
import { countOfNobody } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

// A screen asks for the counts alone and for everything at once. Kept for longer, a graph would not show what was just imported.
const keepCounts = keepReadings<GraphCounts>({ ms: 500, most: 20 });

/** What customers did after what, placed for drawing. */
export const drawGraph = async (services: Services, workspaceId: string, query: GraphQuery): Promise<GraphReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const { chosen, placed, detail } = await choosePicture(await keepCounts(services.db, keyOf(asked), () => countGraph(services.analytics, asked)), query);
  const measured = query.measures === "all" ? await measure(services, asked, chosen) : null;
  return {
    period: showJourneyPeriod(asked.selection), level: query.level, cut: query.cut,
    totals: { ...chosen.totals, customers: measured?.customers ?? (query.cut === "customer" ? chosen.totals.paths : null), ofNobody: measured?.ofNobody ?? null },
    nodes: chosen.nodes.map((node): GraphNode => ({
      ...node, customers: measured?.customersOf.get(node.id) ?? null, feeling: feelingOf(measured?.feelings, node.name),
      ...(placed.nodes.get(node.id) ?? { x: 0, y: 0 }), width: NODE_WIDTH, height: NODE_HEIGHT,
    })),
    edges: chosen.edges.map((edge) => ({ ...edge, ...detailOf(measured, edge), points: placed.edges.get(edge.id) ?? [] })),
    leftOut: chosen.leftOut, detail, width: placed.width, height: placed.height,
  };
};

/** Names of steps that were met, those met most first: to choose from. */
export const listMetNames = async (services: Services, workspaceId: string, query: NamesQuery): Promise<string[]> => {
  const asked = await readPathsAsked(services, workspaceId, pathQuery.parse(query));
  const { met } = await keepCounts(services.db, keyOf(asked), () => countGraph(services.analytics, asked));
  return [...met.keys()];
};

type Measured = { customers: number; ofNobody: number; feelings: ReadonlyMap<string, Feeling> | null; customersOf: ReadonlyMap<string, number>; times: ReadonlyMap<string, EdgeTimes | null> };

/** Looks closer at what is shown. Connections with "other" are many at once: of them only counts and means are told. */
const measure = async (services: Services, asked: PathsAsked, { names, nodes, edges }: ChosenGraph): Promise<Measured> => {
  const { analytics } = services;
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  const single = edges.flatMap(({ id, from, to }) => {
    const [first, then] = [nameOf.get(from) ?? null, nameOf.get(to) ?? null];
    return first === null || then === null ? [] : [{ id, from: first, to: then }];
  });
  const shown = { names, edges: single };
  const hasRest = nodes.some(({ id }) => id === OTHER);
  const [people, ofRest, times, ofNobody, feelings] = await Promise.all([
    countShownCustomers(analytics, asked, shown),
    hasRest ? countCustomersOfRest(analytics, asked, names) : null,
    measureShownEdges(analytics, asked, shown),
    countOfNobody(analytics, asked.selection),
    asked.level === "name" ? null : listFeelings(analytics, asked.selection, asked.level),
  ]);
  return {
    ofNobody, customers: people.customers,
    customersOf: new Map([...people.names.map((count, at) => [`n${at}`, count] as const), ...people.edges.map((count, at) => [single[at]?.id ?? "", count] as const), ...(ofRest === null ? [] : [[OTHER, ofRest] as const])]),
    times: new Map(single.map(({ id }, at) => [id, times[at] ?? null])),
    feelings: feelings === null ? null : new Map(feelings.map((feeling) => [feeling.name, feeling])),
  };
};

const detailOf = (measured: Measured | null, edge: ChosenEdge): { customers: number | null; meanS: number; medianS: number | null; p90S: number | null } => {
  const times = measured?.times.get(edge.id) ?? null;
  return { customers: measured?.customersOf.get(edge.id) ?? null, meanS: times?.meanS ?? edge.meanS, medianS: times?.medianS ?? null, p90S: times?.p90S ?? null };
};

const feelingOf = (feelings: ReadonlyMap<string, Feeling> | null | undefined, name: string | null): NodeFeeling | null => {
  const found = name === null ? undefined : feelings?.get(name);
  return found === undefined ? null : { mean: found.mean, count: found.count, readMean: found.readMean, readCount: found.readCount };
};

const keyOf = ({ selection, objects, marks: _marks, ...asked }: PathsAsked): string => {
  // The end of a period that ends now moves with every request; within the second nothing else is seen.
  const { toMs, ...narrowed } = selection;
  return JSON.stringify([asked, narrowed, Math.floor(toMs / 1000), objects?.ids.length]);
};
