// Logs whose numbers are known from other programs; each must come out to the last digit.
import { describe, expect, test } from "vitest";
import { bothAfter, measureDependencies, sureDependencies } from "./dependencies.ts";
import { meanArrival, measureCases } from "./durations.ts";
import type { EventLog } from "./event-log.ts";
import { runFunnel } from "./funnel.ts";
import { filterLog } from "./log-filter.ts";
import { hasOtherLogs, readClickstream, readRealXes, withOtherLogs } from "./logs.make.ts";
import { makePathGraph, type PathEdge } from "./path-graph.ts";
import { countLater, listRework } from "./repeats.ts";
import { compareWithLine, listVariants } from "./variants.ts";

const sizesOf = (log: EventLog) => {
  const { cases, events, nodes, edges, starts, ends } = makePathGraph(log);
  return { cases, events, activities: nodes.length, variants: listVariants(log).list.length, edges: edges.length, sum: edges.reduce((sum, { count }) => sum + count, 0), starts: starts.length, ends: ends.length };
};

const edgeOf = (log: EventLog, from: string, to: string): PathEdge => {
  const edge = makePathGraph(log).edges.find((candidate) => candidate.from.startsWith(from) && candidate.to.startsWith(to));
  if (edge === undefined) throw new Error(`${from} is never followed by ${to}.`);
  return edge;
};

const costsOf = (log: EventLog, line: readonly string[]) => {
  const conformance = compareWithLine(log, listVariants(log), line);
  return { fitness: conformance?.meanFitness.toFixed(6), costs: conformance?.costs.map(({ cost, cases }) => `${cost}:${cases}`).join(" ") };
};

const letters: Record<string, string> = { a: "register request", b: "examine casually", c: "examine thoroughly", d: "check ticket", e: "decide", f: "reinitiate request", g: "pay compensation", h: "reject request" };
const letterOf = (activity: string): string => Object.keys(letters).find((letter) => letters[letter] === activity) ?? "?";
const named = (text: string): string[] => [...text].map((letter) => letters[letter] ?? "");

describe("the running example", () => {
  const log = readRealXes("running-example.xes");

  test("has its sizes, variants, starts and ends", () => {
    expect(sizesOf(log)).toEqual({ cases: 6, events: 42, activities: 8, variants: 6, edges: 16, sum: 36, starts: 1, ends: 2 });
    expect(listVariants(log).list.map(({ path }) => path.map(letterOf).join(""))).toEqual(["abdefcdeg", "adbeg", "acdeh", "abdeg", "abdefdbefbdeh", "adceh"]);
    expect(makePathGraph(log)).toMatchObject({ starts: [{ activity: letters.a, cases: 6 }], ends: [{ activity: letters.g, cases: 3 }, { activity: letters.h, cases: 3 }] });
  });

  test("has its graph", () => {
    const counts = Object.fromEntries(makePathGraph(log).edges.map(({ from, to, count }) => [letterOf(from) + letterOf(to), count]));

    expect(counts).toEqual({ de: 6, db: 2, dc: 1, eg: 3, ef: 3, eh: 3, bd: 4, be: 2, cd: 2, ce: 1, ad: 2, ab: 3, ac: 1, fd: 1, fb: 1, fc: 1 });
  });

  test("takes its time", () => {
    const { seconds } = edgeOf(log, letters.d ?? "", letters.e ?? "");
    const mean = (pair: string): number => edgeOf(log, letters[pair[0] ?? ""] ?? "", letters[pair[1] ?? ""] ?? "").seconds.mean;

    expect(seconds).toMatchObject({ mean: 181_960, median: 129_300, min: 1_800, max: 578_640 });
    expect(seconds.stdev?.toFixed(3)).toBe("206034.118");
    expect(["eg", "ab", "eh", "ef", "bd"].map(mean)).toEqual([514_160, 32_240, 154_240, 66_400, 47_970]);
    expect(measureCases(log)).toMatchObject({ min: 520_920, median: 815_940, mean: 966_890, max: 1_576_440 });
    expect(meanArrival(log)).toBe(123_840);
  });

  test("has its dependencies, later pairs and rework", () => {
    const dependencies = measureDependencies(log);
    const measures = Object.fromEntries(dependencies.list.map(({ from, to, measure }) => [letterOf(from) + letterOf(to), measure.toFixed(4)]));

    expect(measures).toMatchObject({ de: "0.8571", db: "-0.2857", eg: "0.7500", eh: "0.7500", ef: "0.7500", bd: "0.2857", be: "0.6667", ab: "0.7500", ad: "0.6667" });
    expect(sureDependencies(dependencies)).toHaveLength(12);
    expect(bothAfter(dependencies, letters.a ?? "", letters.b ?? "", letters.d ?? "")).toBe(1);
    expect(countLater(log)).toHaveLength(39);
    expect(listRework(log).map(({ activity, cases }) => letterOf(activity) + cases).toSorted()).toEqual(["b1", "d2", "e2", "f1"]);
  });

  test("is as far from a line as it is", () => {
    expect(costsOf(log, named("abdeg"))).toEqual({ fitness: "0.693122", costs: "0:1 2:1 4:3 10:1" });
  });
});

describe("fines of road traffic", () => {
  const log = readRealXes("roadtraffic100traces.xes.gz");

  test("have their sizes, variants and ends", () => {
    expect(sizesOf(log)).toEqual({ cases: 100, events: 390, activities: 10, variants: 10, edges: 18, sum: 290, starts: 1, ends: 3 });
    expect(listVariants(log).list.map(({ cases }) => cases)).toEqual([36, 22, 16, 10, 5, 4, 4, 1, 1, 1]);
    expect(makePathGraph(log).ends).toEqual([{ activity: "Payment", cases: 47 }, { activity: "Send for Credit Collection", cases: 36 }, { activity: "Send Fine", cases: 17 }]);
  });

  test("take their time with the offsets of summer and winter kept", () => {
    const sent = edgeOf(log, "Create Fine", "Send Fine");
    const penalty = edgeOf(log, "Insert Fine Notification", "Add penalty");

    expect([sent.count, sent.seconds.mean.toFixed(3)]).toEqual([77, "7217906.494"]);
    expect(edgeOf(log, "Send Fine", "Insert Fine Notification")).toMatchObject({ count: 56, seconds: { mean: 1_643_400 } });
    expect([penalty.count, penalty.seconds.mean.toFixed(3), penalty.seconds.median, penalty.seconds.stdev?.toFixed(3)]).toEqual([52, "5185038.462", 5_184_000, "1930.981"]);
    expect(edgeOf(log, "Add penalty", "Send for Credit Collection").count).toBe(36);
    expect(measureCases(log)?.median).toBe(21_859_200);
    expect(Math.round(measureCases(log)?.mean ?? 0)).toBe(26_997_336);
  });

  test("have their dependencies", () => {
    const { list } = measureDependencies(log);
    const measure = (from: string, to: string) => list.find((dependency) => dependency.from === from && dependency.to === to)?.measure;

    expect(edgeOf(log, "Payment", "Payment").count).toBe(5);
    expect(measure("Payment", "Payment")).toBeCloseTo(5 / 6, 12);
    expect(measure("Add penalty", "Payment")).toBeCloseTo(0.64, 12);
    expect(measure("Payment", "Add penalty")).toBeCloseTo(-0.64, 12);
  });

  test("are as far from a line as they are", () => {
    expect(costsOf(log, ["Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Send for Credit Collection"])).toEqual({ fitness: "0.697727", costs: "0:36 2:10 3:26 4:5 5:22 6:1" });
  });
});

describe("the receipt of building permits", () => {
  const log = readRealXes("receipt.xes.gz");
  const full = (start: string): string => log.activities.find((activity) => activity.startsWith(start)) ?? start;
  const size = (kept: EventLog): string => `${kept.cases.length}/${kept.steps.length}`;

  test("has its sizes, variants and ends", () => {
    expect(sizesOf(log)).toEqual({ cases: 1_434, events: 8_577, activities: 27, variants: 116, edges: 99, sum: 7_143, starts: 1, ends: 14 });
    expect(listVariants(log).list.slice(0, 14).map(({ cases }) => cases)).toEqual([713, 123, 116, 115, 75, 40, 28, 25, 13, 12, 12, 10, 10, 8]);
    expect(makePathGraph(log).ends.map(({ activity, cases }) => `${activity.slice(0, 3)} ${cases}`)).toEqual(["T10 828", "T05 400", "Con 116", "T15 39", "T06 16", "T20 15", "T02 8", "T11 4", "T03 2", "T04 2", ...["", "", "", ""].map(() => expect.stringMatching(/^T\d\d 1$/u))]);
  });

  test("has its graph and times", () => {
    const { count, seconds } = edgeOf(log, "T04", "T05");

    expect([count, seconds.mean.toFixed(3), seconds.median.toFixed(3)]).toEqual([1_177, "55643.557", "31.055"]);
    expect([edgeOf(log, "T06", "T10").count, edgeOf(log, "T02", "T04").count, edgeOf(log, "Confirmation", "T02").count]).toEqual([1_165, 1_119, 1_079]);
    expect(measureCases(log)?.median.toFixed(2)).toBe("2868.58");
    expect(measureCases(log)?.mean.toFixed(3)).toBe("467263.915");
  });

  test("is filtered by variants", () => {
    expect([1, 3, 5, 10].map((top) => size(filterLog(log, { kind: "topVariants", count: top })))).toEqual(["713/4278", "952/5132", "1142/6272", "1260/7068"]);
    const common = [0.01, 0.05, 0.1].map((share) => filterLog(log, { kind: "commonVariants", share }));
    expect(common.map((kept) => [kept.cases.length, listVariants(kept).list.length])).toEqual([[1_235, 8], [1_142, 5], [713, 1]]);
  });

  test("is filtered by what follows, how long it took, what was repeated and when it was", () => {
    const from = full("T02");
    expect(filterLog(log, { kind: "followsDirectly", from, to: full("T03") }).cases).toHaveLength(30);
    expect(filterLog(log, { kind: "followsLater", from, to: full("T10") }).cases).toHaveLength(1_122);
    expect(filterLog(log, { kind: "duration", minS: 86_400, maxS: 864_000 }).cases).toHaveLength(296);
    expect(filterLog(log, { kind: "repeats", activity: from, times: 2 }).cases).toHaveLength(35);
    expect(filterLog(log, { kind: "eventsWithin", from: Date.UTC(2011, 2, 9), to: Date.UTC(2012, 0, 18, 23, 59, 59) }).steps).toHaveLength(5_688);
  });

  test("has its dependencies", () => {
    const dependencies = measureDependencies(log);

    expect(dependencies.list.find(({ from, to }) => from.startsWith("T04") && to.startsWith("T05"))?.measure.toFixed(4)).toBe("0.9992");
    expect(sureDependencies(dependencies)).toHaveLength(70);
  });

  test("is as far from its most frequent variant as it is", () => {
    const line = ["Confirmation", "T02", "T04", "T05", "T06", "T10"].map(full);

    expect(listVariants(log).list[0]?.path).toEqual(line);
    expect(costsOf(log, line)).toEqual({ fitness: "0.818053", costs: "0:713 1:14 2:173 3:10 4:316 5:126 6:32 7:6 8:24 9:2 10:7 11:2 12:6 14:1 18:1 19:1" });
  });
});

const purchase = ["product_view", "add_to_cart", "cart", "shipping_details", "payment_details", "purchase"];

describe.skipIf(!hasOtherLogs)(withOtherLogs("a shop's clicks"), () => {
  const byUser = hasOtherLogs ? readClickstream("user_id") : null;
  const bySession = hasOtherLogs ? readClickstream("session_id") : null;
  if (byUser === null || bySession === null) return;

  test("have their sizes by user and by session", () => {
    expect(sizesOf(byUser)).toEqual({ cases: 600, events: 31_106, activities: 19, variants: 600, edges: 338, sum: 30_506, starts: 11, ends: 18 });
    expect(sizesOf(bySession)).toEqual({ cases: 3_605, events: 31_106, activities: 19, variants: 3_003, edges: 336, sum: 27_501, starts: 16, ends: 19 });
    expect([edgeOf(byUser, "catalog", "product_view").count, edgeOf(byUser, "product_view", "catalog").count, edgeOf(byUser, "product_view", "product_view").count]).toEqual([1_751, 1_561, 1_401]);
  });

  test("come through the funnel to a purchase", () => {
    expect(runFunnel(byUser, purchase, "ordered").map(({ cases }) => cases)).toEqual([598, 517, 429, 329, 222, 114]);
    expect(runFunnel(bySession, purchase, "ordered").map(({ cases }) => cases)).toEqual([2_868, 944, 477, 194, 72, 15]);
  });

  test("lose those who met an error when they paid", () => {
    const count = (log: EventLog, from: string): number => filterLog(log, { kind: "followsLater", from, to: "purchase" }).cases.length;
    const without = (log: EventLog): EventLog => filterLog(filterLog(log, { kind: "avoids", activities: ["payment_error"] }), { kind: "passes", activities: ["payment_details"] });
    const buyers = (log: EventLog): number => filterLog(log, { kind: "passes", activities: ["purchase"] }).cases.length;
    const met = (log: EventLog): number => filterLog(log, { kind: "passes", activities: ["payment_error"] }).cases.length;

    expect([met(byUser), count(byUser, "payment_error"), without(byUser).cases.length, buyers(without(byUser))]).toEqual([87, 17, 303, 279]);
    expect([met(bySession), count(bySession, "payment_error"), without(bySession).cases.length, buyers(without(bySession))]).toEqual([95, 7, 537, 459]);
  });
});
