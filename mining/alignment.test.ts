import { describe, expect, test } from "vitest";
import { alignToLine, makeLineAligner, makeLineCost, TraceTooLong } from "./alignment.ts";

const letters = (text: string): string[] => [...text];
const sayMoves = (trace: string, line: string, optional?: ReadonlySet<number>): string =>
  alignToLine(letters(trace), letters(line), optional).moves.map(({ kind, activity }) => `${kind}:${activity}`).join(" ");

describe("a trace laid on a line", () => {
  test.each([
    ["abc", "abc", 0, 1, "sync:a sync:b sync:c"],
    ["ac", "abc", 1, 0.8, "sync:a missing:b sync:c"],
    ["axbc", "abc", 1, 1 - 1 / 7, "sync:a adHoc:x sync:b sync:c"],
    ["acb", "abc", 2, 1 - 2 / 6, "sync:a missing:b sync:c outOfOrder:b"],
    ["abbc", "abc", 1, 1 - 1 / 7, "sync:a sync:b outOfOrder:b sync:c"],
    ["", "abc", 3, 0, "missing:a missing:b missing:c"],
    ["xy", "", 2, 0, "adHoc:x adHoc:y"],
    ["", "", 0, 1, ""],
  ])("%s on %s costs %i", (trace, line, cost, fitness, moves) => {
    const alignment = alignToLine(letters(trace), letters(line));

    expect(alignment.cost).toBe(cost);
    expect(alignment.fitness).toBeCloseTo(fitness, 12);
    expect(sayMoves(trace, line)).toBe(moves);
  });

  test("places of moves point into the trace and the line", () => {
    expect(alignToLine(["x", "b", "a"], ["a", "b"]).moves).toEqual([
      { kind: "adHoc", activity: "x", traceAt: 0, lineAt: null },
      { kind: "missing", activity: "a", traceAt: null, lineAt: 0 },
      { kind: "sync", activity: "b", traceAt: 1, lineAt: 1 },
      { kind: "outOfOrder", activity: "a", traceAt: 2, lineAt: null },
    ]);
  });

  test("an optional step may be done or left out at no cost", () => {
    const optional = new Set([1]);

    expect(alignToLine(letters("ac"), letters("abc"), optional)).toMatchObject({ cost: 0, fitness: 1 });
    expect(alignToLine(letters("abc"), letters("abc"), optional)).toMatchObject({ cost: 0, fitness: 1 });
    expect(sayMoves("acb", "abc", optional)).toBe("sync:a sync:c outOfOrder:b");
  });
});

describe("a line that parts", () => {
  const none = new Set<number>();
  test.each([
    // a, then b or c, then d
    ["abd", "abcd", [[1, 2, 3]], none, 0, 1, "sync:a sync:b sync:d"],
    ["acd", "abcd", [[1, 2, 3]], none, 0, 1, "sync:a sync:c sync:d"],
    ["ad", "abcd", [[1, 2, 3]], none, 1, 1 - 1 / 5, "sync:a missing:b sync:d"],
    ["abcd", "abcd", [[1, 2, 3]], none, 1, 1 - 1 / 7, "sync:a sync:b outOfOrder:c sync:d"],
    ["cad", "abcd", [[1, 2, 3]], none, 2, 1 - 2 / 6, "missing:a sync:c outOfOrder:a sync:d"],
    // a, then b and c, or d alone, then e
    ["ade", "abcde", [[1, 3, 4]], none, 0, 1, "sync:a sync:d sync:e"],
    ["abce", "abcde", [[1, 3, 4]], none, 0, 1, "sync:a sync:b sync:c sync:e"],
    ["ace", "abcde", [[1, 3, 4]], none, 1, 1 - 1 / 6, "sync:a missing:b sync:c sync:e"],
    ["ae", "abcde", [[1, 3, 4]], none, 1, 1 - 1 / 5, "sync:a missing:d sync:e"],
    // at the very beginning and the very end, one after the other
    ["bd", "abcd", [[0, 1, 2], [2, 3, 4]], none, 0, 1, "sync:b sync:d"],
    ["", "abcd", [[0, 1, 2], [2, 3, 4]], none, 2, 0, "missing:a missing:c"],
    // of three
    ["ad", "abcd", [[1, 2, 3, 4]], none, 0, 1, "sync:a sync:d"],
    // a way that no data belongs to, and one whose only step may be left out
    ["ac", "abc", [[1, 2, 2]], none, 0, 1, "sync:a sync:c"],
    ["abc", "abc", [[1, 2, 2]], none, 0, 1, "sync:a sync:b sync:c"],
    ["ad", "abcd", [[1, 2, 3]], new Set([2]), 0, 1, "sync:a sync:d"],
  ])("%s on %s, forks %j, costs %i", (trace, line, forks, optional, cost, fitness, moves) => {
    const alignment = alignToLine(letters(trace), letters(line), optional, forks);

    expect(alignment.cost).toBe(cost);
    expect(alignment.fitness).toBeCloseTo(fitness, 12);
    expect(alignment.moves.map(({ kind, activity }) => `${kind}:${activity}`).join(" ")).toBe(moves);
  });

  test("costs as little as the cheapest of the lines it stands for", () => {
    const random = makeRandom(11);
    const forks = [[1, 2, 4, 5], [6, 7, 7]];
    for (let round = 0; round < 300; round++) {
      const line = Array.from({ length: 9 }, () => "abcdef"[Math.floor(random() * 6)] ?? "");
      const trace = Array.from({ length: Math.floor(random() * 12) }, () => "abcdef"[Math.floor(random() * 6)] ?? "");
      const at = (...places: number[]): string[] => places.flatMap((place) => line[place] ?? []);
      const lines = [at(1), at(2, 3), at(4)].flatMap((way) => [at(6), []].map((other) => [...at(0), ...way, ...at(5), ...other, ...at(7, 8)]));

      expect(alignToLine(trace, line, none, forks).cost).toBe(Math.min(...lines.map((one) => alignToLine(trace, one).cost)));
    }
  });
});

test("one line takes many traces, long and short, and each comes out as if it were the only one", () => {
  const [line, optional] = [letters("abcde"), new Set([1, 4])];
  const align = makeLineAligner(line, optional);

  for (const trace of ["abcde", "edcba", "x", "aabbccddeeffabcde", "", "ace", "abcde"]) expect(align(letters(trace))).toEqual(alignToLine(letters(trace), line, optional));
});

/** The table of the textbook, to compare with. */
const lcs = (one: readonly string[], other: readonly string[]): number => {
  const rows = Array.from({ length: one.length + 1 }, () => Array.from({ length: other.length + 1 }, () => 0));
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  one.forEach((mine, row) => other.forEach((theirs, column) => rows[row + 1]?.splice(column + 1, 1, mine === theirs ? at(row, column) + 1 : Math.max(at(row, column + 1), at(row + 1, column)))));
  return at(one.length, other.length);
};

/** The same numbers on each run. */
const makeRandom = (seed: number) => () => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647);

describe("costs", () => {
  test.each([1, 5, 12, 31, 32, 33, 70])("against a line of %i steps are |t| + |m| - 2 LCS, however they are reckoned", (length) => {
    const random = makeRandom(length + 7);
    const draw = (count: number): string[] => Array.from({ length: count }, () => "abcdefgh"[Math.floor(random() * 8)] ?? "");
    for (let round = 0; round < 60; round++) {
      const [trace, line] = [draw(Math.floor(random() * 40)), draw(length)];
      const cost = trace.length + line.length - 2 * lcs(trace, line);
      expect(makeLineCost(line)(trace)).toBe(cost);
      const alignment = alignToLine(trace, line);
      expect(alignment.cost).toBe(cost);
      expect(alignment.moves.filter(({ kind }) => kind !== "sync")).toHaveLength(cost);
    }
  });

  test("of a million events are known at once, while their moves are refused", () => {
    const trace = Array.from({ length: 1_000_000 }, (_, at) => `${at % 50}`);
    const line = Array.from({ length: 60 }, (_, at) => `${at}`);

    expect(makeLineCost(line)(trace)).toBe(1_000_000 + 60 - 2 * 50);
    expect(() => alignToLine(trace, line)).toThrow(TraceTooLong);
  });
});
