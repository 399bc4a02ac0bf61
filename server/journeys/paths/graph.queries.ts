// Counts, customers and times of what follows what.
import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import type { GraphCounts } from "./graph.rules.ts";
import { startSteps } from "./steps.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";

/** More connections than this are counted, but not told one by one. */
export const EDGES_READ = 5_000;
const NAMES_READ = 20_000;

/** How often each name was met, began and ended a path, and how often one came right after another. One pass over the steps. */
export const countGraph = async (analytics: AnalyticsStore, asked: PathsAsked): Promise<GraphCounts> => {
  const query = startSteps(analytics, asked);
  const rows = await analytics.query(
    `${query.with}, edges as (
       select any_value(previous) as previous, any_value(node) as node, count(*) as count, coalesce(avg(gap_s), 0) as mean_s
       from paths
       group by ${analytics.dialect.pairKey("previous", "node")}
     )
     select * from (select 'edge' as part, previous, node, count, mean_s from edges where previous is not null order by count desc, previous, node limit ${EDGES_READ}) largest
     union all
     select * from (select 'start' as part, null as previous, node, count, 0 as mean_s from edges where previous is null order by count desc, node limit ${NAMES_READ}) starts
     union all
     select * from (select 'met' as part, null as previous, node, sum(count) as count, 0 as mean_s from edges group by node order by sum(count) desc, node limit ${NAMES_READ}) met
     union all
     select * from (select 'out' as part, previous, null as node, sum(count) as count, 0 as mean_s from edges where previous is not null group by previous order by sum(count) desc, previous limit ${NAMES_READ}) out_of
     union all
     select 'all' as part, null as previous, null as node, count(*) as count, coalesce(sum(count), 0) as mean_s from edges where previous is not null`,
    query.values,
    { limitRows: EDGES_READ + 3 * NAMES_READ + 1, timeoutMs: PATIENCE_MS },
  );
  const read = rows.map((row) => countRow.parse(row));
  const of = (part: string): z.infer<typeof countRow>[] => read.filter((row) => row.part === part);
  const all = of("all")[0];
  return {
    edges: of("edge").map(({ previous, node, count, mean_s: meanS }) => ({ from: previous ?? "", to: node ?? "", count, meanS })),
    starts: new Map(of("start").map(({ node, count }) => [node ?? "", count])),
    met: new Map(of("met").map(({ node, count }) => [node ?? "", count])),
    out: new Map(of("out").map(({ previous, count }) => [previous ?? "", count])),
    edgeCount: all?.count ?? 0,
    transitions: all?.mean_s ?? 0,
  };
};

/** Steps put in order anew over ten million interactions take some seconds; so may a busy machine. */
export const PATIENCE_MS = 60_000;

export type EdgeDetail = { from: string | null; to: string | null; count: number; customers: number; meanS: number; medianS: number; p90S: number };
export type NodeDetail = { name: string | null; customers: number };

/** Customers and times of connections between some names; all other names are taken together as null. */
export const measureEdges = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<EdgeDetail[]> => {
  const query = startSteps(analytics, asked);
  const listed = names.map((one) => query.bind(one)).join(", ");
  const label = (column: string): string => (names.length === 0 ? "null" : `case when ${column} in (${listed}) then ${column} end`);
  const rows = await analytics.query(
    `${query.with}
     select ${label("previous")} as previous_label, ${label("node")} as node_label, count(*) as count, count(distinct customer) as customers, avg(gap_s) as mean_s,
            ${analytics.dialect.quantile(0.5, "gap_s")} as median_s, ${analytics.dialect.quantile(0.9, "gap_s")} as p90_s
     from paths
     where previous is not null
     group by ${label("previous")}, ${label("node")}`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return rows.map((row) => {
    const { previous_label: from, node_label: to, count, customers, mean_s: meanS, median_s: medianS, p90_s: p90S } = edgeRow.parse(row);
    return { from, to, count, customers, meanS, medianS, p90S };
  });
};

/** How many customers met each of some names, anything else, and anything at all. */
export const countNodeCustomers = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<{ nodes: NodeDetail[]; customers: number }> => {
  const query = startSteps(analytics, asked);
  const label = names.length === 0 ? "null" : `case when node in (${names.map((one) => query.bind(one)).join(", ")}) then node end`;
  const rows = await analytics.query(
    `${query.with}, known as (select ${label} as label, customer from paths group by ${label}, customer)
     select 'node' as part, label, count(*) as customers from known group by label
     union all
     select 'all' as part, null as label, count(distinct customer) as customers from known`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  const read = rows.map((row) => nodeRow.parse(row));
  return {
    nodes: read.filter(({ part }) => part === "node").map(({ label: one, customers }) => ({ name: one, customers })),
    customers: read.find(({ part }) => part === "all")?.customers ?? 0,
  };
};

const countRow = z.object({ part: z.string(), previous: z.string().nullable(), node: z.string().nullable(), count: z.number(), mean_s: z.number() });
const edgeRow = z.object({ previous_label: z.string().nullable(), node_label: z.string().nullable(), count: z.number(), customers: z.number(), mean_s: z.number(), median_s: z.number(), p90_s: z.number() });
const nodeRow = z.object({ part: z.string(), label: z.string().nullable(), customers: z.number() });
