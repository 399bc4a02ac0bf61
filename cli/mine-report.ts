// What was mined from a log, for programs and for people.
import type { Conformance, PathEdge, PathGraph } from "@firsthand/mining";
import { count, layOut, percent, printable } from "./text-table.ts";

export type Mined = { graph: PathGraph; variants: { count: number; top: { path: string[]; cases: number }[] }; conformance: Conformance | null; map: readonly string[] | null };

export const writeMinedJson = ({ graph, variants, conformance }: Mined): string => {
  const ends = (list: PathGraph["starts"]): Record<string, number> => Object.fromEntries(list.map(({ activity, cases }) => [activity, cases]));
  const mined = {
    cases: graph.cases,
    events: graph.events,
    activities: graph.nodes.length,
    variants,
    edges: graph.edges.map(({ from, to, count: times, seconds }) => ({ from, to, count: times, meanS: seconds.mean, medianS: seconds.median, p90S: seconds.p90, minS: seconds.min, maxS: seconds.max })),
    starts: ends(graph.starts),
    ends: ends(graph.ends),
    ...(conformance === null ? {} : { conformance: { meanFitness: conformance.meanFitness, costs: Object.fromEntries(conformance.costs.map(({ cost, cases }) => [`${cost}`, cases])) } }),
  };
  return `${JSON.stringify(mined)}\n`;
};

const rowsMax = 20;

export const writeMinedTables = ({ graph, variants, conformance, map }: Mined): string => {
  const { cases, events, nodes, edges, starts, ends } = graph;
  const parts = [
    `Cases ${count(cases)} · events ${count(events)} · activities ${count(nodes.length)} · variants ${count(variants.count)} · connections ${count(edges.length)}\n`,
    table("Begins with", starts.map(({ activity, cases: number }) => [count(number), percent(number / cases), printable(activity)]), ["cases", "share", "activity"]),
    table("Ends with", ends.map(({ activity, cases: number }) => [count(number), percent(number / cases), printable(activity)]), ["cases", "share", "activity"]),
    table("What follows what", edges.map(edgeRow), ["times", "median", "mean", "90 % within", "from → to"]),
    table("Variants", variants.top.map(({ path, cases: number }) => [count(number), percent(number / cases), sayPath(path)]), ["cases", "share", "path"], variants.count),
  ];
  if (conformance !== null) {
    parts.push(`Against the map (steps: ${count(map?.length ?? 0)}): mean fitness ${conformance.meanFitness.toFixed(6)}.\n`);
    parts.push(table("Deviations from the map", conformance.costs.map(({ cost, cases: number }) => [count(cost), count(number), percent(number / cases)]), ["deviations", "cases", "share"]));
  }
  return parts.join("\n");
};

const edgeRow = ({ from, to, count: times, seconds }: PathEdge): string[] => [count(times), duration(seconds.median), duration(seconds.mean), duration(seconds.p90), `${printable(from)} → ${printable(to)}`];

const table = (title: string, rows: readonly string[][], header: readonly string[], all = rows.length): string => {
  const shown = rows.slice(0, rowsMax);
  const more = all > shown.length ? `… and ${count(all - shown.length)} more\n` : "";
  return `${title}\n${layOut([[...header], ...shown])}${more}`;
};

const pathCharacters = 160;

/** A long path is cut in the middle, since how it ends says more than how it goes on. */
const sayPath = (path: readonly string[]): string => {
  const whole = path.map(printable).join(" → ");
  if (whole.length <= pathCharacters) return whole;
  return `${whole.slice(0, pathCharacters / 2)} … ${whole.slice(-pathCharacters / 2)} (${count(path.length)} steps)`;
};

/** In the greatest unit of which there is at least one. */
const duration = (seconds: number): string => {
  const units = [[86_400, "d"], [3_600, "h"], [60, "min"], [1, "s"]] as const;
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, "s"];
  return `${(seconds / size).toFixed(1)} ${unit}`;
};
