import { describe, expect, test } from "vitest";
import { rake } from "./raking.rules.ts";

const wide = { low: 0, high: 100 };
const cells = [
  { values: ["F", "old"], count: 20 }, { values: ["M", "old"], count: 30 }, { values: ["F", "young"], count: 40 }, { values: ["M", "young"], count: 10 },
];
const targets = [
  { dimension: "sex", groups: [{ value: "F", share: 0.5 }, { value: "M", share: 0.5 }] },
  { dimension: "age", groups: [{ value: "old", share: 0.6 }, { value: "young", share: 0.4 }] },
];

describe("raking", () => {
  test("of the toy case gives the weights of R survey: 1, 1.3333, 0.75, 1 and 94.49 effective answers", () => {
    const raked = rake(cells, targets, wide);
    expect(raked?.weights.map((weight) => weight.toFixed(4))).toEqual(["1.0000", "1.3333", "0.7500", "1.0000"]);
    expect(raked?.effectiveCount).toBeCloseTo(94.49, 2);
    expect(raked?.designEffect).toBeCloseTo(100 / 94.49, 3);
    expect(raked?.efficiency).toBeCloseTo(0.9449, 4);
    expect(raked).toMatchObject({ isConverged: true, trimmed: 0, count: 100 });
  });

  test("of the school districts of R survey moves the mean of api00 from 644.17 to 641.23", () => {
    // apiclus1: 183 schools by type and whether the whole school met its target, with the sum of api00; population counts as in its manual.
    const schools = [["E", "No", 12, 7_156], ["E", "Yes", 132, 86_281], ["H", "No", 3, 1_978], ["H", "Yes", 11, 6_682], ["M", "No", 8, 4_851], ["M", "Yes", 17, 10_935]] as const;
    const share = (dimension: string, sizes: Readonly<Record<string, number>>) => ({ dimension, groups: Object.entries(sizes).map(([value, size]) => ({ value, share: size / 6_194 })) });
    const raked = rake(schools.map(([type, isMet, count]) => ({ values: [type, isMet], count })), [share("stype", { E: 4_421, H: 755, M: 1_018 }), share("sch.wide", { No: 1_072, Yes: 5_122 })], wide);
    const mean = (weights: readonly number[]): string => (schools.reduce((sum, [, , , total], index) => sum + total * (weights[index] ?? 0), 0) / 183).toFixed(2);
    expect([mean(schools.map(() => 1)), mean(raked?.weights ?? [])]).toEqual(["644.17", "641.23"]);
  });

  test("of very many values takes a moment", () => {
    const many = Array.from({ length: 5_000 }, (_none, index) => ({ values: [`v${index}`, index % 2 === 0 ? "F" : "M"], count: 1 + (index % 7) }));
    const began = performance.now();
    rake(many, [{ dimension: "city", groups: many.slice(0, 50).map(({ values: [value = ""] }) => ({ value, share: 0.02 })) }, { dimension: "sex", groups: [{ value: "F", share: 0.3 }, { value: "M", share: 0.7 }] }], { low: 0.3, high: 3 });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test("moves the promoter score of the toy case from 20 to 14", () => {
    // Promoters minus detractors in each cell.
    const scores = [-4, 0, 24, 0].map((sum, index) => sum / (cells[index]?.count ?? 1));
    const raked = rake(cells, targets, wide);
    const score = (weights: readonly number[]): number => cells.reduce((sum, cell, index) => sum + cell.count * (weights[index] ?? 0) * (scores[index] ?? 0), 0);
    expect(score([1, 1, 1, 1])).toBeCloseTo(20, 10);
    expect(score(raked?.weights ?? [])).toBeCloseTo(14, 4);
  });

  test("leaves responses without a value their share, and says how many they are", () => {
    const raked = rake([{ values: ["F"], count: 60 }, { values: ["M"], count: 20 }, { values: [""], count: 20 }], [{ dimension: "sex", groups: [{ value: "F", share: 0.5 }, { value: "M", share: 0.5 }] }], wide);
    expect(raked?.margins[0]?.missingShare).toBeCloseTo(0.2, 10);
    expect(raked?.margins[0]?.groups.map(({ after }) => Number(after.toFixed(6)))).toEqual([0.5, 0.5]);
    expect(raked?.margins[0]?.groups.map(({ before }) => Number(before.toFixed(6)))).toEqual([0.75, 0.25]);
    expect(raked?.weights.map((weight, index) => Math.round(weight * ([60, 20, 20][index] ?? 0)))).toEqual([40, 40, 20]);
    expect(raked?.weights[2]).toBeCloseTo(1, 6);
  });

  test("cuts weights off and says that the targets are then not met", () => {
    const raked = rake([{ values: ["F"], count: 99 }, { values: ["M"], count: 1 }], [{ dimension: "sex", groups: [{ value: "F", share: 0.5 }, { value: "M", share: 0.5 }] }], { low: 0.3, high: 3 });
    expect(raked?.isConverged).toBe(false);
    expect(raked?.trimmed).toBe(1);
    expect(raked?.highest).toBeLessThanOrEqual(3.01);
    expect(raked?.gap).toBeGreaterThan(0.4);
  });

  test("of nobody is nothing", () => {
    expect(rake([], targets, wide)).toBeNull();
  });

  test("does not reach a target for a group nobody is in, and says so", () => {
    const raked = rake([{ values: ["F"], count: 10 }], [{ dimension: "sex", groups: [{ value: "F", share: 0.5 }, { value: "M", share: 0.5 }] }], wide);
    expect(raked?.isConverged).toBe(false);
    expect(raked?.gap).toBeCloseTo(0.5, 6);
  });
});
