import { describe, expect, test } from "vitest";
import { compareEstimates, estimateNps, estimateShare, passesFalseDiscovery, type Estimate } from "./comparisons.rules.ts";
import { evidenceOf } from "./evidence.rules.ts";

const counts = ([promoters, passives, detractors]: readonly [number, number, number]) => ({ promoters, passives, detractors });

const compare = (first: Estimate | null, second: Estimate | null) => (first === null || second === null ? null : compareEstimates(first, second));

describe("the test of two net promoter scores", () => {
  test.each([
    // first, second, version, difference of the estimates (null: not given), z, p
    [[260, 140, 100], [220, 150, 130], "plain", 14, 2.761, 0.0058],
    [[260, 140, 100], [220, 150, 130], "adjusted", null, 2.754, 0.0059],
    [[50, 30, 20], [40, 30, 30], "plain", 20, 1.754, 0.079],
    [[250, 150, 100], [220, 150, 130], "plain", 12, 2.374, 0.0176],
    [[60, 25, 15], [45, 30, 25], "plain", 25, 2.275, 0.0229],
    [[1268, 935, 447], [1436, 968, 342], "plain", -8.86, -4.51, 0.0000064],
  ] as const)("%j against %j, %s", (first, second, version, difference, z, p) => {
    const tested = compare(estimateNps(counts(first), version), estimateNps(counts(second), version));
    if (difference !== null) expect(tested?.difference).toBeCloseTo(difference, 2);
    expect(tested?.z).toBeCloseTo(z, first[0] === 1268 ? 2 : 3);
    expect(tested?.p).toBeCloseTo(p, p === 0.079 ? 3 : 4);
  });

  test("14 points between 500 and 500 answers have a standard error of 5.07", () => {
    const [first, second] = [estimateNps(counts([260, 140, 100]), "plain"), estimateNps(counts([220, 150, 130]), "plain")];
    expect(Math.hypot(first?.standardError ?? 0, second?.standardError ?? 0)).toBeCloseTo(5.07, 2);
  });

  test("the change of the airport survey holds adjusted too", () => {
    const tested = compare(estimateNps(counts([1268, 935, 447]), "adjusted"), estimateNps(counts([1436, 968, 342]), "adjusted"));
    expect(tested?.z).toBeCloseTo(-4.5, 1);
  });

  test("nothing is tested where neither side has any spread", () => {
    expect(compare(estimateNps(counts([5, 0, 0]), "plain"), estimateNps(counts([0, 0, 5]), "plain"))).toBeNull();
  });
});

describe("the test of two means", () => {
  test("is Welch's where their spreads were estimated: the data set sleep of R, t = -1.8608 with 17.776 degrees of freedom", () => {
    const tested = compareEstimates({ value: 0.75, standardError: 1.78901 / Math.sqrt(10), degrees: 9 }, { value: 2.33, standardError: 2.002249 / Math.sqrt(10), degrees: 9 });
    expect(tested?.z).toBeCloseTo(-1.8608, 4);
    expect(tested?.p).toBeCloseTo(0.07939, 5);
  });
});

describe("the test of two shares", () => {
  test("9 of 10 against 5 of 10 is not significant, with one success and one failure added", () => {
    const tested = compareEstimates(estimateShare(9, 10), estimateShare(5, 10));
    expect(tested?.difference).toBeCloseTo(10 / 12 - 6 / 12, 10);
    expect(tested?.z).toBeCloseTo(1.852, 3);
    expect(tested?.p).toBeCloseTo(0.064, 3);
  });
});

describe("the false discovery rate", () => {
  test("marks all up to the last p value under its line, in the order given", () => {
    expect(passesFalseDiscovery([0.2, 0.001, 0.06, 0.04, 0.9], 0.1)).toEqual([false, true, true, true, false]);
  });
  test("marks a p value above its own line when a later one is under its line", () => {
    expect(passesFalseDiscovery([0.06, 0.07, 0.09], 0.1)).toEqual([true, true, true]);
  });
  test("marks none when all are above", () => {
    expect(passesFalseDiscovery([0.5, 0.11], 0.1)).toEqual([false, false]);
  });
  test("has nothing to say about no tests", () => {
    expect(passesFalseDiscovery([], 0.1)).toEqual([]);
  });
});

describe("how far a score may be trusted", () => {
  test.each([
    [0, "none"], [1, "anecdotal"], [9, "anecdotal"], [10, "indicative"], [29, "indicative"], [30, "limited"], [99, "limited"], [100, "normal"],
  ])("%i answers are %s evidence", (count, evidence) => {
    expect(evidenceOf(count)).toBe(evidence);
  });
});
