import { describe, expect, test } from "vitest";
import type { CommentFilters } from "./comments.contract.ts";
import { correctorsFor, isChosenByReading, openCorrectors, type Corrector } from "./corrected-shares.rules.ts";

const need = { met: [10, 5], unmet: [20, 30] } as const;
const source = {
  comments: 100, sentiment: { pos: [50, 40], neg: [30, 35], neu: [15, 5], mix: [5, 20] }, needs: { EASY: need, EXPECT: need, PROMISE: { ...need, unmet: [40, 20] }, INFORM: need, INDIVID: need, RIGHT: need },
} as const;
/** As far off as all sources together. */
const byRatio = (sources: readonly { truth: number; read: number }[]): Corrector => {
  const sum = (of: "truth" | "read"): number => sources.reduce((total, one) => total + one[of], 0);
  return (count, comments) => ({ share: ((count / comments) * sum("truth")) / sum("read"), low: 0, high: 1 });
};

describe("each feeling and each side of each need", () => {
  test.each([
    ["what is positive", 20, 100, 0.25, (all: ReturnType<typeof openCorrectors>) => all?.sentiments.pos],
    ["what is mixed", 20, 100, 0.05, (all: ReturnType<typeof openCorrectors>) => all?.sentiments.mix],
    ["a promise kept", 4, 100, 0.08, (all: ReturnType<typeof openCorrectors>) => all?.needs.PROMISE.met],
    ["a promise broken", 10, 100, 0.2, (all: ReturnType<typeof openCorrectors>) => all?.needs.PROMISE.unmet],
    ["what was not easy", 30, 100, 0.2, (all: ReturnType<typeof openCorrectors>) => all?.needs.EASY.unmet],
  ])("is corrected by its own errors: %s", (_what, count, comments, share, of) => {
    expect(of(openCorrectors([source, source], byRatio))?.(count, comments).share).toBeCloseTo(share, 9);
  });

  test("stays as it was read where too few sources were judged", () => {
    expect(openCorrectors([source], () => null)).toBeNull();
  });
});

test.each([
  [{ count: 100, otherLanguages: 0 }, true],
  [{ count: 100, otherLanguages: 20 }, true],
  [{ count: 100, otherLanguages: 21 }, false],
  [{ count: 0, otherLanguages: 0 }, false],
])("errors measured in English correct %o: %s", (read, isCorrected) => {
  const correctors = openCorrectors([source], byRatio);
  expect(correctorsFor(read, correctors)).toBe(isCorrected ? correctors : null);
});

test.each<[CommentFilters, boolean]>([
  [{}, false],
  [{ theme: "0198", language: "en" }, false],
  [{ need: "EASY" }, true],
  [{ sentiment: "neg" }, true],
  [{ emotion: "joy" }, true],
  [{ urgent: false }, true],
  [{ unsure: true }, true],
  [{ language: "de" }, true],
])("%o chooses comments by what was read in them: %s", (filters, isChosen) => {
  expect(isChosenByReading(filters)).toBe(isChosen);
});
