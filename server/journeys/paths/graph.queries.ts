// Counts, customers and times of what follows what.
import { z } from "zod";
import type { AnalyticsRow, AnalyticsStore } from "#platform/analytics";
import type { EdgeTimes, GraphCounts, Shown, ShownCustomers } from "./graph.rules.ts";
import { PATIENCE_MS } from "./selection.queries.ts";
import { startCountedSteps } from "./steps.queries.ts";
import type { CountedSteps, PathsAsked, StepsQuery } from "./steps.queries.ts";
import { countStoredCustomers, measureStoredEdges, startStoredEdges } from "./stored-steps.queries.ts";

// More connections than this are counted, but not told one by one.
const EDGES_READ = 5_000;
// Names told one by one, the most met; all count in the totals.
const NAMES_READ = 1_000;

/** How often each name was met, began and ended a path, and how often one came right after another. One pass over the steps. */
export const countGraph = async (analytics: AnalyticsStore, asked: PathsAsked): Promise<GraphCounts> => {
  const query = asked.isStored ? startStoredEdges(analytics, asked) : startEdges(analytics, asked);
  const rows = await analytics.query(
    `${query.with}, sums as (
       select node, sum(count) as count from edges group by node
     ), leaving as (
       select previous, sum(count) as count from edges where previous is not null group by previous
     ), told as (
       select node, count from sums order by count desc, node limit ${NAMES_READ}
     )
     select * from (select 'edge' as part, previous, node, count, mean_s from edges where previous is not null order by count desc, previous, node limit ${EDGES_READ}) largest
     union all
     select * from (select 'met' as part, null as previous, node, count, 0 as mean_s from told order by count desc, node) most
     union all
     select 'start' as part, null as previous, edges.node, edges.count, 0 as mean_s from edges join told on told.node = edges.node where previous is null
     union all
     select 'out' as part, previous, null as node, leaving.count, 0 as mean_s from leaving join told on told.node = leaving.previous
     union all
     select 'all' as part, 'transitions' as previous, null as node, coalesce(sum(count), 0) as count, count(*) as mean_s from edges where previous is not null
     union all
     select 'all' as part, 'paths' as previous, null as node, coalesce(sum(count), 0) as count, count(*) as mean_s from edges where previous is null
     union all
     select 'all' as part, 'steps' as previous, null as node, coalesce(sum(count), 0) as count, count(*) as mean_s from sums
     union all
     select 'all' as part, 'ends' as previous, null as node, 0 as count, count(*) as mean_s from sums left join leaving on leaving.previous = sums.node where sums.count > coalesce(leaving.count, 0)`,
    query.values,
    { limitRows: EDGES_READ + 3 * NAMES_READ + 4, timeoutMs: PATIENCE_MS },
  );
  const read = rows.map(readCount);
  const of = (part: string): Counted[] => read.filter((row) => row.part === part);
  const all = new Map(of("all").map(({ previous, count, mean_s: names }) => [previous, { count, names }]));
  const [transitions, paths, steps, ends] = ["transitions", "paths", "steps", "ends"].map((what) => all.get(what) ?? { count: 0, names: 0 });
  return {
    edges: of("edge").map(({ previous, node, count, mean_s: meanS }) => ({ from: previous ?? "", to: node ?? "", count, meanS })),
    starts: new Map(of("start").map(({ node, count }) => [node ?? "", count])),
    met: new Map(of("met").map(({ node, count }) => [node ?? "", count])),
    out: new Map(of("out").map(({ previous, count }) => [previous ?? "", count])),
    totals: {
      steps: steps?.count ?? 0, paths: paths?.count ?? 0, names: steps?.names ?? 0, edges: transitions?.names ?? 0, transitions: transitions?.count ?? 0,
      startNames: paths?.names ?? 0, endNames: ends?.names ?? 0,
    },
  };
};

const startEdges = (analytics: AnalyticsStore, asked: PathsAsked): StepsQuery => {
  const query = startCountedSteps(analytics, asked, { before: true, numbered: false });
  return {
    ...query,
    with: `${query.with}, counted as (
       select previous, node, count(*) as count, coalesce(avg(gap_s), 0) as mean_s
       from paths
       group by previous, node
     ), ${query.names}, edges as (
       select before.name as previous, own.name as node, count, mean_s
       from counted
       join names own on own.key = counted.node
       left join names before on before.key = counted.previous
     )`,
  };
};

/** How many customers met each name, anything at all, and took each connection. One pass in which every customer is a row
 *  of bits, a bit for each name and connection: counting customers for each by itself takes four times as long. */
export const countShownCustomers = async (analytics: AnalyticsStore, asked: PathsAsked, shown: Shown): Promise<ShownCustomers> => {
  if (asked.isStored && asked.cut.by === "customer") return countStoredCustomers(analytics, asked, shown);
  const query = startCountedSteps(analytics, asked, { before: true, numbered: false });
  const { bitsOf, hasBit } = analytics.dialect;
  const codes = codeShown(query, shown);
  const words = Array.from({ length: Math.max(1, Math.ceil(shown.edges.length / WORD)) }, (_, word) => word);
  const bits = [
    `${bitsOf("coalesce(name_codes.bit, 0)")} as met`,
    ...words.map((word) => `${bitsOf(`case when edge_codes.word = ${word} then edge_codes.bit else 0 end`)} as went${word}`),
  ];
  const counts = [
    ...shown.names.map((_, at) => `count(case when ${hasBit("met", bit(at))} then 1 end) as met_${at}`),
    ...shown.edges.map((_, at) => `count(case when ${hasBit(`went${Math.floor(at / WORD)}`, bit(at % WORD))} then 1 end) as went_${at}`),
  ];
  const [row = {}] = await analytics.query(
    `${query.with}, ${codes}, people as (
       select customer, ${bits.join(", ")}
       from paths
       left join name_codes on name_codes.own = node
       left join edge_codes on edge_codes.before = previous and edge_codes.own = node
       group by customer
     )
     select count(*) as customers, ${counts.join(", ")} from people`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  const read = (name: string): number => Number(row[name] ?? 0);
  return { customers: read("customers"), names: shown.names.map((_, at) => read(`met_${at}`)), edges: shown.edges.map((_, at) => read(`went_${at}`)) };
};

/** How many customers met anything but these names. Each counts once, however many of the rest she met. */
export const countCustomersOfRest = async (analytics: AnalyticsStore, asked: PathsAsked, names: readonly string[]): Promise<number> => {
  const query = startCountedSteps(analytics, asked, { before: false, numbered: false });
  const [row] = await analytics.query(`${query.with} select count(distinct customer) as customers from paths where node not in (${names.map(query.nodeOf).join(", ")})`, query.values, { timeoutMs: PATIENCE_MS });
  return Number(row?.["customers"] ?? 0);
};

/** How long each connection took. */
export const measureShownEdges = async (analytics: AnalyticsStore, asked: PathsAsked, shown: Shown): Promise<(EdgeTimes | null)[]> => {
  const read = asked.isStored ? await measureStoredEdges(analytics, asked, shown) : await measureEdges(analytics, asked, shown);
  return shown.edges.map((_, at) => read.get(at) ?? null);
};

const measureEdges = async (analytics: AnalyticsStore, asked: PathsAsked, shown: Shown): Promise<Map<number, EdgeTimes>> => {
  const query = startCountedSteps(analytics, asked, { before: true, numbered: false });
  const codes = codeShown(query, shown);
  const rows = await analytics.query(
    `${query.with}, ${codes}
     select place, mean_s, parts[1] as median_s, parts[2] as p90_s
     from (
       select edge_codes.place, avg(gap_s) as mean_s, ${analytics.dialect.quantiles([0.5, 0.9], "gap_s")} as parts
       from paths
       join edge_codes on edge_codes.before = previous and edge_codes.own = node
       group by edge_codes.place
     ) measured`,
    query.values,
    { timeoutMs: PATIENCE_MS },
  );
  return new Map(rows.map((row) => edgeRow.parse(row)).map(({ place, mean_s: meanS, median_s: medianS, p90_s: p90S }) => [place, { meanS, medianS, p90S }]));
};

// A whole number of the store holds 63 bits beside its sign; sixty names fit into one.
const WORD = 60;
const bit = (place: number): string => (2n ** BigInt(place)).toString();

/** Tables of what is looked at, with a bit for each. Every name is bound once, however many connections it has. */
const codeShown = (query: CountedSteps, { names, edges }: Shown): string => {
  const places = new Map(names.map((name) => [name, query.nodeOf(name)]));
  const placeOf = (name: string): string => places.get(name) ?? query.nodeOf(name);
  const nameRows = names.map((name, at) => `select ${placeOf(name)} as own, cast(${bit(at)} as bigint) as bit`);
  const edgeRows = edges.map(({ from, to }, at) => `select ${placeOf(from)} as before, ${placeOf(to)} as own, ${at} as place, ${Math.floor(at / WORD)} as word, cast(${bit(at % WORD)} as bigint) as bit`);
  const none = (): string => `select ${query.nodeOf("")} as before, ${query.nodeOf("")} as own, 0 as place, 0 as word, cast(0 as bigint) as bit where false`;
  return `name_codes as (${nameRows.length === 0 ? none() : nameRows.join(" union all ")}), edge_codes as (${edgeRows.length === 0 ? none() : edgeRows.join(" union all ")})`;
};

type Counted = { part: string; previous: string | null; node: string | null; count: number; mean_s: number };

// Thousands of them: checking each takes longer than counting.
const readCount = (row: AnalyticsRow): Counted => ({ part: String(row["part"]), previous: nameOf(row["previous"]), node: nameOf(row["node"]), count: Number(row["count"]), mean_s: Number(row["mean_s"]) });
const nameOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const edgeRow = z.object({ place: z.number(), mean_s: z.number(), median_s: z.number(), p90_s: z.number() });
