// Small logs whose numbers can be reckoned by hand, so that the rules are tested also where the real logs are not at hand.
import { describe, expect, test } from "vitest";
import { bothAfter, measureDependencies, sureDependencies } from "./dependencies.ts";
import { meanArrival, measureCases } from "./durations.ts";
import { LogTooLarge, makeLogBuilder, takeCases, traceOf, type EventLog } from "./event-log.ts";
import { runFunnel } from "./funnel.ts";
import { filterLog, type LogFilter } from "./log-filter.ts";
import { makeLog } from "./logs.make.ts";
import { makePathGraph } from "./path-graph.ts";
import { countLater, listLoops, listRework } from "./repeats.ts";
import { compareWithLine, listVariants } from "./variants.ts";

const tracesOf = (log: EventLog): string[] => log.cases.map((_, place) => traceOf(log, place).join(""));

describe("a log", () => {
  test("is put in order by time, and equal times stay as they came", () => {
    const builder = makeLogBuilder();
    for (const [activity, time] of [["c", 2], ["a", 1], ["d", 2], ["b", 1], ["e", 2]] as const) builder.add(builder.caseOf("one"), activity, time);

    expect(tracesOf(builder.finish())).toEqual(["abcde"]);
  });

  test("keeps cases apart that are mixed in the file, and leaves out empty ones", () => {
    const builder = makeLogBuilder();
    builder.openCase("empty");
    for (const [name, activity] of [["one", "a"], ["two", "b"], ["one", "c"]] as const) builder.add(builder.caseOf(name), activity, 0);
    const log = builder.finish();

    expect(log.cases).toEqual(["one", "two"]);
    expect(tracesOf(log)).toEqual(["ac", "b"]);
    expect(tracesOf(takeCases(log, [1]))).toEqual(["b"]);
  });
});

test("more events than a log may hold are refused, and pairs of too many", () => {
  const builder = makeLogBuilder(3_000);
  for (let event = 0; event < 3_000; event++) builder.add(builder.caseOf("one"), `${event}`, event);
  expect(() => builder.add(0, "a", 0)).toThrow(LogTooLarge);
  expect(builder.finish().steps).toHaveLength(3_000);

  const wide = makeLogBuilder();
  for (let event = 0; event < 60_000; event++) wide.add(wide.caseOf("one"), `${event}`, event);
  expect(() => countLater(wide.finish(), 1_000_000)).toThrow(LogTooLarge);
});

describe("the graph", () => {
  test("counts what follows directly, in how many cases, and after how long", () => {
    const { nodes, edges, starts, ends, cases, events } = makePathGraph(makeLog("abab", "ac", "b"));

    expect({ cases, events }).toEqual({ cases: 3, events: 7 });
    expect(nodes).toEqual([{ activity: "a", count: 3, cases: 2 }, { activity: "b", count: 3, cases: 2 }, { activity: "c", count: 1, cases: 1 }]);
    expect(edges.map(({ from, to, count, cases: own }) => [from + to, count, own])).toEqual([["ab", 2, 1], ["ba", 1, 1], ["ac", 1, 1]]);
    expect(starts).toEqual([{ activity: "a", cases: 2 }, { activity: "b", cases: 1 }]);
    expect(ends).toEqual([{ activity: "b", cases: 2 }, { activity: "c", cases: 1 }]);
  });

  test("tells mean, median, nine of ten, ends and spread of the seconds", () => {
    const builder = makeLogBuilder();
    [1, 2, 3, 4, 10].forEach((seconds, place) => {
      const caseAt = builder.openCase(`${place}`);
      builder.add(caseAt, "a", 0);
      builder.add(caseAt, "b", seconds * 1_000);
    });

    expect(makePathGraph(builder.finish()).edges[0]?.seconds).toEqual({ count: 5, mean: 4, median: 3, p90: expect.closeTo(7.6, 12), min: 1, max: 10, sum: 20, stdev: expect.closeTo(Math.sqrt(12.5), 12) });
  });

  test("of a single step has no spread", () => {
    expect(makePathGraph(makeLog("ab")).edges[0]?.seconds).toMatchObject({ mean: 1, median: 1, p90: 1, stdev: null });
  });

  test("of nothing is empty", () => {
    expect(makePathGraph(makeLog())).toEqual({ cases: 0, events: 0, nodes: [], edges: [], starts: [], ends: [] });
    expect([listVariants(makeLog()).list, measureCases(makeLog()), meanArrival(makeLog()), compareWithLine(makeLog(), listVariants(makeLog()), ["a"])]).toEqual([[], null, null, null]);
  });

  test("of 5,000 activities and of one case with a million events is made at once", () => {
    const many = makeLogBuilder();
    for (let event = 0; event < 20_000; event++) many.add(many.caseOf(`${event % 10}`), `page ${event % 5_000}`, event);
    const long = makeLogBuilder();
    for (let event = 0; event < 1_000_000; event++) long.add(long.caseOf("robot"), `page ${event % 7}`, 1_000_000 - event);
    const started = performance.now();
    const [wide, deep] = [makePathGraph(many.finish()), makePathGraph(long.finish())];

    expect([wide.nodes.length, wide.edges.length, wide.edges.reduce((sum, { count }) => sum + count, 0)]).toEqual([5_000, 5_000, 19_990]);
    expect([deep.edges.length, deep.edges.reduce((sum, { count }) => sum + count, 0)]).toEqual([7, 999_999]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("variants", () => {
  test("come by the number of their cases, and where it is equal the one seen first", () => {
    const { list, byCase } = listVariants(makeLog("xy", "ab", "ba", "ab", "ba", "xy", "c"));

    expect(list.map(({ path, cases, example }) => [path.join(""), cases, example])).toEqual([["xy", 2, 0], ["ab", 2, 1], ["ba", 2, 2], ["c", 1, 6]]);
    expect([...byCase]).toEqual([0, 1, 2, 1, 2, 0, 3]);
  });

  test("stay apart when their hashes are the same", () => {
    // Activities are numbered as first seen, and these two sequences of numbers have one hash.
    const paths = [Array.from({ length: 30 }, (_, number) => number), [4, 24, 0, 0, 1], [8, 21, 28, 13, 0]];
    const builder = makeLogBuilder();
    for (const path of paths) {
      const caseAt = builder.openCase(path.join(" "));
      for (const number of path) builder.add(caseAt, `${number}`, 0);
    }

    expect(listVariants(builder.finish()).list.map(({ path }) => path.join(" "))).toEqual(paths.map((path) => path.join(" ")));
  });

  test("are compared with a line once for all their cases", () => {
    const log = makeLog("abc", "abc", "ac", "x");

    expect(compareWithLine(log, listVariants(log), ["a", "b", "c", "never"])).toEqual({
      meanFitness: expect.closeTo((2 * (6 / 7) + (1 - 2 / 6) + 0) / 4, 12),
      costs: [{ cost: 1, cases: 2 }, { cost: 2, cases: 1 }, { cost: 5, cases: 1 }],
    });
  });
});

describe("what repeats", () => {
  test("of pairs that follow later, each pair of places counts", () => {
    expect(Object.fromEntries(countLater(makeLog("abab")).map(({ from, to, count }) => [from + to, count]))).toEqual({ aa: 1, ab: 3, ba: 1, bb: 1 });
  });

  test("is rework from twice on", () => {
    expect(listRework(makeLog("aab", "aba", "bb", "ab"))).toEqual([{ activity: "a", cases: 2 }, { activity: "b", cases: 1 }]);
    expect(listRework(makeLog("aaab", "aba"), 3)).toEqual([{ activity: "a", cases: 1 }]);
  });

  test("is a loop where steps are gone through again at once", () => {
    expect(listLoops(makeLog("aaab", "xabababy", "abcabc", "aa", "abc")).map(({ steps, cases, rounds }) => [steps.join(""), cases, rounds])).toEqual([["a", 2, 3], ["ab", 1, 2], ["abc", 1, 1]]);
  });

  test("has dependencies between -1 and 1", () => {
    const dependencies = measureDependencies(makeLog("abc", "abc", "acb", "bb", "aba"));
    const of = (from: string, to: string) => dependencies.list.find((one) => one.from === from && one.to === to)?.measure;

    expect([of("a", "b"), of("b", "c"), of("c", "b"), of("b", "b"), of("b", "a")]).toEqual([2 / 5, 1 / 4, -1 / 4, 1 / 2, -2 / 5]);
    expect(measureDependencies(makeLog("aaaa")).loopsOfTwo).toEqual([]);
    expect(dependencies.loopsOfTwo).toEqual([{ from: "a", to: "b", count: 1, measure: 1 / 2 }]);
    expect(sureDependencies(dependencies).map(({ from, to }) => from + to).toSorted()).toEqual(["ab", "ac", "ba", "bb"]);
    expect(bothAfter(dependencies, "a", "b", "c")).toBe(3 / 5);
  });
});

describe("cases", () => {
  test("have durations and arrivals", () => {
    const log = makeLog("abc", "a", "abcde");

    expect(measureCases(log)).toMatchObject({ count: 3, min: 0, median: 2, mean: 2, max: 4 });
    expect(meanArrival(log)).toBe(60);
  });
});

describe("a filter", () => {
  const log = makeLog("abc", "acb", "aab", "b", "abc");
  const minute = 60_000;
  test.each<[string, LogFilter, string[]]>([
    ["by the first step", { kind: "starts", activities: ["b", "x"] }, ["b"]],
    ["by the last step", { kind: "ends", activities: ["c"] }, ["abc", "abc"]],
    ["by what is passed", { kind: "passes", activities: ["c"] }, ["abc", "acb", "abc"]],
    ["by what is avoided", { kind: "avoids", activities: ["c"] }, ["aab", "b"]],
    ["by what follows directly", { kind: "followsDirectly", from: "a", to: "b" }, ["abc", "aab", "abc"]],
    ["by what follows later", { kind: "followsLater", from: "a", to: "b" }, ["abc", "acb", "aab", "abc"]],
    ["by what follows later within a time", { kind: "followsLater", from: "a", to: "b", maxS: 1 }, ["abc", "aab", "abc"]],
    ["by what follows later after a time", { kind: "followsLater", from: "a", to: "b", minS: 2 }, ["acb", "aab"]],
    ["by a step that nobody took", { kind: "followsLater", from: "a", to: "z" }, []],
    ["by duration", { kind: "duration", minS: 0, maxS: 1 }, ["b"]],
    ["by repeats", { kind: "repeats", activity: "a", times: 2 }, ["aab"]],
    ["by the top variant", { kind: "topVariants", count: 1 }, ["abc", "abc"]],
    ["by common variants", { kind: "commonVariants", share: 0.4 }, ["abc", "abc"]],
    ["by time, whole cases", { kind: "casesWithin", from: 0, to: minute + 1_000 }, ["abc"]],
    ["by time, cases that touch it", { kind: "casesTouching", from: 0, to: minute + 1_000 }, ["abc", "acb"]],
    ["by time, single events", { kind: "eventsWithin", from: 0, to: minute + 1_000 }, ["abc", "ac"]],
    ["by frequent activities", { kind: "activities", share: 0.5 }, ["ab", "ab", "aab", "b", "ab"]],
  ])("%s keeps what it should", (_, filter, kept) => {
    expect(tracesOf(filterLog(log, filter))).toEqual(kept);
  });
});

describe("a funnel", () => {
  test("of four users has 3, 2 and 1 of them", () => {
    const steps = runFunnel(makeLog("abc", "ab", "a", "x"), ["a", "b", "c"], "ordered");

    expect(steps.map(({ cases }) => cases)).toEqual([3, 2, 1]);
    expect(steps.map(({ share }) => share)).toEqual([0.75, 0.5, 0.25]);
    expect(steps.map(({ shareOfPrevious }) => shareOfPrevious)).toEqual([0.75, 2 / 3, 0.5]);
    expect(steps.map(({ seconds }) => seconds?.mean ?? null)).toEqual([null, 1, 1]);
  });

  test.each([
    ["ordered", [5, 4, 3]],
    ["strict", [5, 3, 2]],
    ["any", [5, 5, 4]],
  ] as const)("%s means what it says", (kind, cases) => {
    expect(runFunnel(makeLog("abc", "axbxc", "cba", "aab", "abxabc"), ["a", "b", "c"], kind).map((step) => step.cases)).toEqual(cases);
  });

  test("that asks for a step twice wants it twice", () => {
    expect((["ordered", "strict", "any"] as const).map((kind) => runFunnel(makeLog("ab", "aab", "aba"), ["a", "a"], kind).map(({ cases }) => cases))).toEqual([[3, 2], [3, 1], [3, 2]]);
  });

  test("of nobody is empty", () => {
    expect(runFunnel(makeLog(), ["a"], "ordered")).toEqual([{ activity: "a", cases: 0, share: 0, shareOfPrevious: 0, seconds: null }]);
  });
});
