import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compareCurves, countAtRisk, shareAt, survive, type Leaving } from "./survival.rules.ts";

const sumSpans = (spans: readonly { time: number; isLeft: boolean }[]): Leaving[] => {
  const sums = new Map<number, Leaving>();
  for (const { time, isLeft } of spans) {
    const sum = sums.get(time) ?? { time, left: 0, censored: 0 };
    sums.set(time, isLeft ? { ...sum, left: sum.left + 1 } : { ...sum, censored: sum.censored + 1 });
  }
  return [...sums.values()].toSorted((a, b) => a.time - b.time);
};

// Freireich et al., Blood 1963: weeks in remission; a plus marks who was still there when last seen.
const read = (text: string): Leaving[] => sumSpans(text.split(" ").map((one) => ({ time: Number.parseInt(one, 10), isLeft: !one.endsWith("+") })));
const treated = read("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");
const placebo = read("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");

describe("the curve of who is still there", () => {
  test("is that of the textbook, with the interval of R survfit", () => {
    const curve = survive(treated);
    expect(curve).toMatchObject({ count: 21, left: 9, median: { time: 23, low: 13, high: null } });
    expect(curve.steps.map(({ time, atRisk, left, share }) => [time, atRisk, left, Number(share.toFixed(3))])).toEqual([
      [6, 21, 3, 0.857], [7, 17, 1, 0.807], [10, 15, 1, 0.753], [13, 12, 1, 0.69], [16, 11, 1, 0.627], [22, 7, 1, 0.538], [23, 6, 1, 0.448],
    ]);
    expect(curve.steps[0]?.low).toBeCloseTo(0.6197, 4);
    expect(curve.steps[0]?.high).toBeCloseTo(0.9516, 4);
  });

  test("ends at nobody without an interval, and its median is a half between two steps", () => {
    expect(survive(placebo)).toMatchObject({ left: 21, median: { time: 8, low: 4, high: 11 } });
    expect(survive(placebo).steps.at(-1)).toMatchObject({ time: 23, share: 0, low: null, high: null });
    expect(survive(read("1 2 3 4")).median.time).toBe(2.5);
  });

  test("holds at 1 where nobody left, and says who was at risk", () => {
    expect(survive(read("3+ 4+"))).toEqual({ count: 2, left: 0, steps: [], median: { time: null, low: null, high: null } });
    expect(shareAt(survive(treated), 5)).toEqual({ share: 1, low: null, high: null });
    expect(shareAt(survive(treated), 12).share).toBeCloseTo(0.753, 3);
    expect([0, 6, 10, 23, 36].map((time) => countAtRisk(treated, time))).toEqual([21, 21, 15, 6, 0]);
    expect(survive([]).count).toBe(0);
  });
});

describe("the log-rank test", () => {
  test("of the textbook is 16.79", () => {
    const tested = compareCurves([treated, placebo]);
    expect(tested?.statistic).toBeCloseTo(16.793, 3);
    expect(tested?.degrees).toBe(1);
    expect(tested?.expected.map((value) => Number(value.toFixed(2)))).toEqual([19.25, 10.75]);
    expect(tested?.p).toBeCloseTo(4.17e-5, 7);
  });

  test("has a degree less than groups, and says nothing of one group or of nobody leaving", () => {
    expect(compareCurves([treated, placebo, treated])?.degrees).toBe(2);
    expect(compareCurves([treated, []])).toBeNull();
    expect(compareCurves([read("3+ 4+"), read("5+")])).toBeNull();
  });
});

const file = join(import.meta.dirname, "../../../../shared/data/churn/Telco-Customer-Churn.csv");
const row = z.object({ tenure: z.coerce.number(), Churn: z.string(), Contract: z.string() });

describe.skipIf(!existsSync(file))(existsSync(file) ? "the customers of a telephone company" : `the customers of a telephone company (skipped: ${file} is not there)`, () => {
  test("stay as the reference says", () => {
    const rows = z.array(row).parse(parse(readFileSync(file, "utf8"), { columns: true }));
    const of = (contract: string | null): Leaving[] =>
      sumSpans(rows.flatMap(({ tenure, Churn, Contract }) => (contract === null || Contract === contract ? [{ time: tenure, isLeft: Churn === "Yes" }] : [])));
    const shares = (contract: string | null, months: readonly number[]): string[] => months.map((month) => shareAt(survive(of(contract)), month).share.toFixed(4));

    expect(shares(null, [6, 12, 24, 36, 48, 60, 72])).toEqual(["0.8848", "0.8432", "0.7887", "0.7485", "0.7088", "0.6644", "0.5928"]);
    expect(shares("Month-to-month", [6, 12, 24, 36, 48, 60, 72])).toEqual(["0.7858", "0.7031", "0.5859", "0.4911", "0.3973", "0.2972", "0.1290"]);
    expect(shares("One year", [12, 72])).toEqual(["0.9908", "0.5681"]);
    expect(shares("Two year", [24, 72])).toEqual(["1.0000", "0.9357"]);
    expect(compareCurves([of("Month-to-month"), of("One year"), of("Two year")])?.statistic).toBeCloseTo(2352.87, 1);
  });
});
