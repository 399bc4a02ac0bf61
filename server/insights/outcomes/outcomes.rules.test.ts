import { describe, expect, test } from "vitest";
import { t95 } from "../../customers/scores/student.rules.ts";
import { compareMeans, compareRanks, meanOf, type AmountSums } from "./amounts.rules.ts";
import { commonOdds, standardise, type Stratum } from "./strata.rules.ts";
import { valueOfMoving } from "./value.rules.ts";

const sums = (groups: readonly (readonly number[])[]): { groups: AmountSums[]; ties: number } => {
  const all = groups.flat();
  const place = (value: number): number => all.filter((one) => one < value).length + (all.filter((one) => one === value).length + 1) / 2;
  const runs = [...Map.groupBy(all, (value) => value).values()].map(({ length }) => length ** 3 - length);
  const add = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return { ties: add(runs), groups: groups.map((values) => ({ count: values.length, sum: add(values), squares: add(values.map((value) => value ** 2)), rankSum: add(values.map(place)) })) };
};

describe("amounts", () => {
  test.each([[1, 12.706], [5, 2.571], [8, 2.306], [10, 2.228], [30, 2.042], [120, 1.98]])("the 97.5 %% point of Student's t with %i degrees is %f", (degrees, point) => {
    expect(t95(degrees)).toBeCloseTo(point, 2);
  });

  // R datasets: sleep, extra hours by drug. t.test: difference -1.58, -3.3654832 to 0.2054832, 17.776 degrees.
  test("two means differ as R's t.test says of the sleep of ten people", () => {
    const { groups: [one, other] } = sums([[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]]);
    if (one === undefined || other === undefined) throw new Error("no groups");
    const compared = compareMeans(one, other);
    expect([compared?.difference, compared?.low, compared?.high].map((value) => value?.toFixed(2))).toEqual(["-1.58", "-3.37", "0.21"]);
    expect(meanOf(one)?.mean).toBeCloseTo(0.75, 9);
    expect(meanOf({ count: 1, sum: 3, squares: 9, rankSum: 1 })).toBeNull();
  });

  // Hollander & Wolfe 1973, mucociliary efficiency, as in R's kruskal.test: 0.77143, 2 degrees, p 0.68.
  test("three groups rank as R's kruskal.test says", () => {
    const { groups, ties } = sums([[2.9, 3, 2.5, 2.6, 3.2], [3.8, 2.7, 4, 2.4], [2.8, 3.4, 3.7, 2.2, 2]]);
    const tested = compareRanks(groups, ties);
    expect(tested?.statistic).toBeCloseTo(0.77143, 5);
    expect(tested?.p).toBeCloseTo(0.68, 2);
    expect(compareRanks(sums([[1, 1], [1, 1]]).groups, sums([[1, 1], [1, 1]]).ties)).toBeNull();
  });
});

const stratum = (name: string, first: [number, number], second: [number, number]): Stratum => {
  const cell = ([hits, count]: [number, number]) => ({ count, hits, sum: hits * 10, squares: hits * 100 });
  return { name, cells: new Map([["a", cell(first)], ["b", cell(second)]]) };
};

describe("adjusting by strata", () => {
  // Admissions to Berkeley by department A–F (R datasets UCBAdmissions): men and women admitted of those who applied.
  const berkeley: Stratum[] = [
    stratum("A", [512, 825], [89, 108]), stratum("B", [353, 560], [17, 25]), stratum("C", [120, 325], [202, 593]),
    stratum("D", [138, 417], [131, 375]), stratum("E", [53, 191], [94, 393]), stratum("F", [22, 373], [24, 341]),
  ];

  test("takes away what the mix of departments had made: R's mantelhaen.test gives 0.905, 0.772 to 1.060", () => {
    const odds = commonOdds(berkeley, "a", "b");
    expect([odds?.ratio, odds?.low, odds?.high].map((value) => value?.toFixed(3))).toEqual(["0.905", "0.772", "1.060"]);
    const { groups, leftOut } = standardise(berkeley, ["a", "b"], 5);
    expect(groups.get("a")?.share).toBeCloseTo(0.387, 3);
    expect(groups.get("b")?.share).toBeCloseTo(0.43, 3);
    expect(groups.get("b")?.mean).toBeCloseTo(4.3, 2);
    expect(leftOut).toBe(0);
  });

  test("leaves out strata where a group is missing, and says how many customers that is", () => {
    const given = [stratum("A", [5, 10], [6, 10]), stratum("B", [5, 20], [0, 0])];
    expect(standardise(given, ["a", "b"], 5)).toMatchObject({ leftOut: 0.5 });
    expect(standardise([stratum("B", [5, 20], [0, 0])], ["a", "b"], 5).groups.size).toBe(0);
    expect(commonOdds([stratum("B", [5, 20], [0, 0])], "a", "b")).toBeNull();
  });
});

describe("the value of moving customers", () => {
  test("is their number times the difference less the discount, and says first how many must move", () => {
    const value = valueOfMoving({ people: 200, difference: { mean: 50, low: 20, high: 80 }, share: 0.1, discount: 0.4, cost: 300 });
    expect(value).toEqual({ moved: 20, value: 600, low: 200, high: 1120, breakEven: { people: 10, share: 0.05 }, returned: 1 });
  });

  test("has no break-even where the other group spends no more", () => {
    const value = valueOfMoving({ people: 200, difference: { mean: -5, low: -20, high: 10 }, share: 0.1, discount: 0.4, cost: 300 });
    expect(value).toMatchObject({ value: -60, breakEven: null, returned: -1.2 });
    expect(value.low).toBeLessThan(0);
    expect(valueOfMoving({ people: 0, difference: { mean: 1, low: 0, high: 2 }, share: 0.1, discount: 0.4, cost: null })).toMatchObject({ value: 0, breakEven: null, returned: null });
  });
});
