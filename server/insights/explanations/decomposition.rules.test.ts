import fc from "fast-check";
import { expect, test } from "vitest";
import { decomposeChange, type GroupScore } from "./decomposition.rules.ts";

const group = (name: string, count: number, score: number, standardError = 5): GroupScore => ({ name, count, score, estimate: { value: score, standardError } });

test("one group that fell explains the whole change by itself", () => {
  const found = decomposeChange([group("web", 100, 40), group("shop", 100, 60)], [group("web", 100, 20), group("shop", 100, 60)]);
  expect(found).toMatchObject({ previousScore: 50, score: 40, difference: -10, within: -10 });
  expect(found?.contributions[0]).toMatchObject({ name: "web", within: -10, isSignificant: true });
  expect(found?.contributions[0]?.mix).toBeCloseTo(0);
  expect(found?.contributions[1]).toMatchObject({ name: "shop", within: 0, p: 1, isSignificant: false });
});

test("more answers from the unhappy group move the score although nobody changed", () => {
  const found = decomposeChange([group("web", 50, 0), group("shop", 150, 60)], [group("web", 150, 0), group("shop", 50, 60)]);
  expect(found).toMatchObject({ difference: -30, within: 0, mix: -30 });
});

test("a new group brings only its share, and is not tested", () => {
  const found = decomposeChange([group("shop", 100, 50)], [group("shop", 100, 50), group("app", 100, 10)]);
  expect(found?.difference).toBe(-20);
  expect(found?.contributions.find(({ name }) => name === "app")).toMatchObject({ previousScore: null, within: 0, p: null, isSignificant: false });
});

test("a few answers are never called a change", () => {
  expect(decomposeChange([group("web", 9, 90, 1), group("shop", 100, 50)], [group("web", 9, -90, 1), group("shop", 100, 50)])?.contributions[0]).toMatchObject({ name: "web", p: null, isSignificant: false });
});

test("without answers on one side there is nothing to split", () => {
  expect(decomposeChange([], [group("web", 10, 1)])).toBeNull();
});

test("whatever the groups, their parts add up to the change", () => {
  const groups = fc.uniqueArray(fc.record({ name: fc.constantFrom("a", "b", "c", "d"), count: fc.integer({ min: 1, max: 500 }), score: fc.double({ min: -100, max: 100, noNaN: true }), estimate: fc.constant(null) }), { selector: ({ name }) => name, minLength: 1 });
  fc.assert(
    fc.property(groups, groups, (before, after) => {
      const found = decomposeChange(before, after);
      expect((found?.within ?? 0) + (found?.mix ?? 0)).toBeCloseTo(found?.difference ?? 0, 8);
    }),
  );
});
