import { expect, test } from "vitest";
import { controlChanges } from "./board-discoveries.rules.ts";
import type { Measured, TileNumbers } from "./tiles.contract.ts";

type Summary = NonNullable<Measured["summary"]>;

const definition = { title: "", formula: "", interval: "", comparison: "By a test.", source: "" };
const changeOf = (p: number | null): NonNullable<Summary["change"]> => ({
  previousCount: 90, previousScore: 20, previousLow: null, previousHigh: null, difference: 4, z: null, p, isSignificant: p !== null && p < 0.05, compared: null,
});
const summaryOf = (p: number | null): Summary => ({
  metric: "nps", title: "", unit: "points", scale: { min: 0, max: 10 }, otherScales: [], count: 100, score: 24, low: 20, high: 28, outOf: null, evidence: "normal", bands: [], distribution: [], mean: null, share: null,
  change: changeOf(p), weighted: null, definition,
});
const tile = (summary: Summary | null): Measured => ({
  state: "measured", tileId: "01900000-0000-7000-8000-000000000001", asked: { period: { from: "", to: "" }, filters: {} }, isWeighted: false, previous: null,
  definition, fact: null, summary, trend: null, breaks: null, breakdown: null, bands: null, heat: null, answers: null, spread: null, cases: null,
});
const summaryIn = (one: TileNumbers | undefined): Summary | null => (one?.state === "measured" ? one.summary : null);
const marked = (tiles: readonly TileNumbers[]): (boolean | undefined)[] => controlChanges(tiles).map((one) => summaryIn(one)?.change?.isSignificant);

test.each([
  ["a tile alone as its own test says", [0.04], [true]],
  ["a chance find among others no more", [0.04, 0.3, 0.6], [false, false, false]],
  ["a clear change however many stand beside it", [0.04, 0.0001, ...Array.from({ length: 30 }, () => 0.7)], [false, true, ...Array.from({ length: 30 }, () => false)]],
  ["all where all moved", [0.04, 0.03, 0.045], [true, true, true]],
  ["what cannot be tested never, and it does not count", [null, 0.04], [false, true]],
])("marks %s", (_what, ps, wanted) => {
  expect(marked(ps.map((p) => tile(summaryOf(p))))).toEqual(wanted);
});

test("of boards on which nothing moved hardly one in twenty marks anything", () => {
  let seed = 20_261_123;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const boards = Array.from({ length: 400 }, () => Array.from({ length: 30 }, () => tile(summaryOf(random()))));

  const areNews = boards.map((tiles) => marked(tiles).includes(true)).filter(Boolean).length;

  // By each tile's own test it were four boards in five.
  expect(areNews / boards.length).toBeLessThan(0.08);
});

test("says so where a change is shown, and holds figures by weights to the same", () => {
  const weighted = { score: 24, low: 20, high: 28, effectiveCount: 80, designEffect: 1.2, isUnsteady: false, change: changeOf(0.04) };
  const failed: TileNumbers = { state: "failed", tileId: "01900000-0000-7000-8000-000000000002", code: "internal", message: "" };

  const [first, trend, second, broken] = controlChanges([tile({ ...summaryOf(0.2), weighted }), tile(null), tile(summaryOf(0.6)), failed]);

  expect(summaryIn(first)?.weighted?.change?.isSignificant).toBe(false);
  expect([first, trend, second].map((one) => (one?.state === "measured" ? one.definition.comparison : null)))
    .toEqual([expect.stringMatching(/^By a test\. Of all changes marked on one dashboard/u), "By a test.", expect.stringContaining("one in twenty")]);
  expect(broken).toEqual(failed);
});
