import { describe, expect, test } from "vitest";
import { twoSidedP } from "../../customers/scores/normal.rules.ts";
import { chiSquareP, testIndependence } from "./chi-square.rules.ts";
import { compareShares, crosstabulate, type CrosstabInput } from "./crosstab.rules.ts";

describe("the p value of chi-square", () => {
  // Critical values as printed in tables: NIST/SEMATECH e-Handbook 1.3.6.7.4.
  test.each([
    [3.841, 1, 0.05], [6.635, 1, 0.01], [5.991, 2, 0.05], [9.488, 4, 0.05], [18.307, 10, 0.05], [29.588, 10, 0.001], [124.342, 100, 0.05], [2.706, 1, 0.1],
  ])("of %f with %i degrees is %f", (statistic, degrees, p) => {
    expect(chiSquareP(statistic, degrees)).toBeCloseTo(p, 3);
  });
  test("of one degree is that of the normal distribution squared", () => {
    for (const z of [0.1, 1, 2.374, 5]) expect(chiSquareP(z * z, 1) / twoSidedP(z)).toBeCloseTo(1, 9);
  });
  test("of nothing is 1", () => {
    expect(chiSquareP(0, 3)).toBe(1);
  });
});

describe("the test of a whole table", () => {
  test("gives the statistic, degrees, Cramér's V and thin cells", () => {
    // Expected counts 25, 25, 25, 25: four times 25/25.
    const tested = testIndependence([[30, 20], [20, 30]]);
    expect(tested).toMatchObject({ statistic: 4, degrees: 1, cramersV: 0.2, sparseShare: 0 });
    expect(tested?.p).toBeCloseTo(0.0455, 4);
  });
  test("leaves empty rows and columns out", () => {
    expect(testIndependence([[30, 0, 20], [0, 0, 0], [20, 0, 30]])).toMatchObject({ statistic: 4, degrees: 1 });
    expect(testIndependence([[5, 5]])).toBeNull();
  });
});

describe("the test of two shares", () => {
  test("60 of 100 against 45 of 100 has z 2.124 and p 0.0337, the square root of Pearson's chi-square", () => {
    const p = compareShares({ successes: 60, count: 100 }, { successes: 45, count: 100 });
    expect(p).toBeCloseTo(0.0337, 4);
    expect(p).toBeCloseTo(testIndependence([[60, 45], [40, 55]])?.p ?? 0, 9);
  });
  test("nothing is said about a share of nobody or everybody", () => {
    expect(compareShares({ successes: 0, count: 50 }, { successes: 20, count: 50 })).toBeNull();
    expect(compareShares({ successes: 50, count: 50 }, { successes: 20, count: 50 })).toBeNull();
  });
});

describe("a crosstab", () => {
  const input = (given: Partial<CrosstabInput> = {}): CrosstabInput => ({
    rows: [{ key: "yes", label: "Yes" }, { key: "no", label: "No" }],
    columns: [{ key: "a", label: "Web", count: 100 }, { key: "b", label: "Mail", count: 100 }, { key: "c", label: "Kiosk", count: 20 }],
    counts: [[60, 45, 2], [40, 55, 18]], weights: null, correction: "none", columnsOverlap: false, rowsOverlap: false, ...given,
  });
  const letters = (given: Partial<CrosstabInput>): string[][] => crosstabulate(input(given)).lines.map(({ cells }) => cells.map(({ higherThan }) => higherThan));

  test.each([
    ["none", [["B", "", ""], ["", "A", ""]]],
    ["bonferroni", [["B", "", ""], ["", "A", ""]]],
    ["benjamini_hochberg", [["B", "", ""], ["", "A", ""]]],
  ] as const)("with correction %s marks shares above others by letter and leaves columns under 30 untested", (correction, expected) => {
    expect(letters({ correction })).toEqual(expected);
  });

  test("Bonferroni multiplies by the pairs of a row: 0.0337 of three pairs is not significant any more", () => {
    const three = { columns: [{ key: "a", label: "Web", count: 100 }, { key: "b", label: "Mail", count: 100 }, { key: "c", label: "App", count: 100 }], counts: [[60, 45, 52], [40, 55, 48]] };
    expect(letters({ ...three, correction: "none" })[0]).toEqual(["B", "", ""]);
    expect(letters({ ...three, correction: "bonferroni" })[0]).toEqual(["", "", ""]);
  });

  test("tests nothing where people stand in several columns", () => {
    const table = crosstabulate(input({ columnsOverlap: true }));
    expect(table.chiSquare).toBeNull();
    expect(table.lines.flatMap(({ cells }) => cells.map(({ higherThan }) => higherThan)).join("")).toBe("");
  });

  test("gives shares of the column and of all", () => {
    const { lines, count } = crosstabulate(input());
    expect(count).toBe(220);
    expect(lines[0]).toMatchObject({ count: 107, cells: [{ count: 60, share: 0.6 }, { count: 45, share: 0.45 }, { count: 2, share: 0.1 }] });
  });

  test("compares many rows and columns in a moment: nobody else is served meanwhile", () => {
    const columns = Array.from({ length: 40 }, (_, index) => ({ key: String(index), label: "Irrelevant", count: 300 }));
    const rows = columns.slice(0, 30);
    const counts = rows.map((_row, row) => columns.map((_column, column) => 5 + ((row * 7 + column * 13) % 11)));
    const began = performance.now();
    expect(crosstabulate(input({ rows, columns, counts, correction: "bonferroni" })).lines).toHaveLength(30);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("weighted shares are tested on effective answers: weights that make 100 answers worth 50 take the letter away", () => {
    // Σw = 100 and Σw² = 200 are worth 50 answers.
    const columns = [{ weights: 100, squaredWeights: 200 }, { weights: 100, squaredWeights: 200 }, { weights: 20, squaredWeights: 20 }];
    const weights = { cells: [[60, 45, 2], [40, 55, 18]], columns };
    const table = crosstabulate(input({ weights }));
    expect(table.lines[0]?.cells.map(({ share, weightedShare, higherThan }) => [share, weightedShare, higherThan])).toEqual([[0.6, 0.6, ""], [0.45, 0.45, ""], [0.1, 0.1, ""]]);
    expect(table.lines[0]?.weightedShare).toBeCloseTo(107 / 220, 10);
    expect(table.chiSquare?.statistic).toBe(crosstabulate(input()).chiSquare?.statistic);
    const moved = crosstabulate(input({ weights: { cells: [[90, 45, 2], [10, 55, 18]], columns } }));
    expect(moved.lines[0]?.cells.map(({ weightedShare, higherThan }) => [weightedShare, higherThan])).toEqual([[0.9, "B"], [0.45, ""], [0.1, ""]]);
    expect(crosstabulate(input({ weights: { ...weights, columns: columns.map((column) => ({ ...column, squaredWeights: 400 })) } })).columns.map(({ isTested }) => isTested)).toEqual([false, false, false]);
  });
});
