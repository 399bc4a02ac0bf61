import { describe, expect, test } from "vitest";
import type { EventLog } from "./event-log.ts";
import { hasOtherLogs, makeLog, readClickstream, readRealXes } from "./logs.make.ts";
import { makePathGraph, type PathGraph } from "./path-graph.ts";
import { thinGraph } from "./thinning.ts";

const waysOf = ({ starts, edges, ends }: PathGraph): string => [...starts.map(({ activity }) => `-${activity}`), ...edges.map(({ from, to }) => from + to), ...ends.map(({ activity }) => `${activity}-`)].join(" ");

/** Activities that are on no way from a start to an end. */
const findStranded = ({ nodes, starts, edges, ends }: PathGraph): string[] => {
  const spread = (from: readonly string[], next: (activity: string) => string[]): Set<string> => {
    const reached = new Set(from);
    for (const activity of reached) next(activity).forEach((other) => reached.add(other));
    return reached;
  };
  const forward = spread(starts.map(({ activity }) => activity), (activity) => edges.flatMap(({ from, to }) => (from === activity ? [to] : [])));
  const backward = spread(ends.map(({ activity }) => activity), (activity) => edges.flatMap(({ from, to }) => (to === activity ? [from] : [])));
  return nodes.flatMap(({ activity }) => (forward.has(activity) && backward.has(activity) ? [] : [activity]));
};

describe("a graph with rare parts left out", () => {
  const graph = makePathGraph(makeLog("abd", "abd", "abd", "acd", "acd", "axd", "ab", "d"));

  test("is whole when all is wanted", () => {
    expect(thinGraph(graph, { activities: 1, paths: 1 })).toEqual(graph);
  });

  test("keeps each activity on its most travelled way", () => {
    expect(waysOf(thinGraph(graph, { activities: 1, paths: 0 }))).toBe("-a ab bd ac cd ax xd d-");
    expect(waysOf(thinGraph(graph, { activities: 0.75, paths: 0 }))).toBe("-a ab bd ac cd d-");
    expect(waysOf(thinGraph(graph, { activities: 0.75, paths: 0.95 }))).toBe("-a -d ab bd ac cd d- b-");
  });

  test("keeps a rare activity where a frequent one is reached by no other way", () => {
    expect(waysOf(thinGraph(makePathGraph(makeLog("abbbbc", "abbbc")), { activities: 0.1, paths: 0.1 }))).toBe("-a bb ab bc c-");
  });

  test("of nothing is nothing", () => {
    expect(thinGraph(makePathGraph(makeLog()), { activities: 0.5, paths: 0.5 }).nodes).toEqual([]);
  });

  test.each<[string, () => EventLog]>([
    ["receipts of building permits", () => readRealXes("receipt.xes.gz")],
    ...(hasOtherLogs ? [["a shop's clicks", () => readClickstream("session_id")] satisfies [string, () => EventLog]] : []),
  ])("strands nobody in %s", (_, read) => {
    const real = makePathGraph(read());
    for (const activities of [0.05, 0.3, 0.8, 1]) {
      for (const paths of [0, 0.1, 0.5, 1]) {
        const thin = thinGraph(real, { activities, paths });
        expect(findStranded(thin)).toEqual([]);
        expect(thin.edges.length).toBeLessThanOrEqual(real.edges.length);
      }
    }
  });
});
