import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Driver, Drivers, DriversFault } from "./drivers.contract.ts";
import { finishDrivers, prepareDrivers, type DriversChoices } from "./drivers.rules.ts";
import { addUnits, correlate, gatherUnits, listUsedRows, UNITS_MAX, type Table } from "./correlations.rules.ts";
import { explainEverySet, prepareSets, shareByOrder } from "./importance.rules.ts";
import { poolEstimates } from "./pooling.rules.ts";
import { linesOf, placeOnMap } from "./quadrants.rules.ts";
import { seededRandom } from "./resampling.rules.ts";

// `swiss` of the R datasets (Mosteller & Tukey 1977, public domain): Fertility, then the five factors.
const swiss = `80.2 17.0 15 12 9.96 22.2|83.1 45.1 6 9 84.84 22.2|92.5 39.7 5 5 93.40 20.2|85.8 36.5 12 7 33.77 20.3|76.9 43.5 17 15 5.16 20.6|76.1 35.3 9 7 90.57 26.6
83.8 70.2 16 7 92.85 23.6|92.4 67.8 14 8 97.16 24.9|82.4 53.3 12 7 97.67 21.0|82.9 45.2 16 13 91.38 24.4|87.1 64.5 14 6 98.61 24.5|64.1 62.0 21 12 8.52 16.5
66.9 67.5 14 7 2.27 19.1|68.9 60.7 19 12 4.43 22.7|61.7 69.3 22 5 2.82 18.7|68.3 72.6 18 2 24.20 21.2|71.7 34.0 17 8 3.30 20.0|55.7 19.4 26 28 12.11 20.2
54.3 15.2 31 20 2.15 10.8|65.1 73.0 19 9 2.84 20.0|65.5 59.8 22 10 5.23 18.0|65.0 55.1 14 3 4.52 22.4|56.6 50.9 22 12 15.14 16.7|57.4 54.1 20 6 4.20 15.3
72.5 71.2 12 1 2.40 21.0|74.2 58.1 14 8 5.23 23.8|72.0 63.5 6 3 2.56 18.0|60.5 60.8 16 10 7.72 16.3|58.3 26.8 25 19 18.46 20.9|65.4 49.5 15 8 6.10 22.5
75.5 85.9 3 2 99.71 15.1|69.3 84.9 7 6 99.68 19.8|77.3 89.7 5 2 100.00 18.3|70.5 78.2 12 6 98.96 19.4|79.4 64.9 7 3 98.22 20.2|65.0 75.9 9 9 99.06 17.8
92.2 84.6 3 3 99.46 16.3|79.3 63.1 13 13 96.83 18.1|70.4 38.4 26 12 5.62 20.3|65.7 7.7 29 11 13.79 20.5|72.7 16.7 22 13 11.22 18.9|64.4 17.6 35 32 16.92 23.0
77.6 37.6 15 7 4.97 20.0|67.6 18.7 25 7 8.65 19.5|35.0 1.2 37 53 42.34 18.0|44.7 46.6 16 29 50.43 18.2|42.8 27.7 22 29 58.33 19.3`;

// `attitude` of the R datasets (Chatterjee & Price 1977): how clerks rate their department, then complaints, privileges, learning, raises, critical, advance.
const attitude = `43 51 30 39 61 92 45|63 64 51 54 63 73 47|71 70 68 69 76 86 48|61 63 45 47 54 84 35|81 78 56 66 71 83 47|43 55 49 44 54 49 34|58 67 42 56 66 68 35|71 75 50 55 70 66 41
72 82 72 67 71 83 31|67 61 45 47 62 80 41|64 53 53 58 58 67 34|67 60 47 39 59 74 41|69 62 57 42 55 63 25|68 83 83 45 59 77 35|77 77 54 72 79 77 46|81 90 50 72 60 54 36
74 85 64 69 79 79 63|65 60 65 75 55 80 60|65 70 46 57 75 85 46|50 58 68 54 64 78 52|50 40 33 34 43 64 33|64 61 52 62 66 80 41|53 66 52 50 63 80 37|40 37 42 58 50 57 49
63 54 42 48 66 75 33|66 77 66 63 88 76 72|78 75 58 74 80 78 49|48 57 44 45 51 83 38|85 85 71 71 77 74 55|82 82 39 59 64 78 39`;

// The outcome stands first in these texts and last in a table.
const tableOf = (text: string): Table => {
  const rows = text.split(/[|\n]/u).map((row) => row.split(" ").map(Number));
  const columns = (rows[0] ?? []).map((_, at) => Float64Array.from(rows, (row) => row[at] ?? Number.NaN));
  const [outcome = new Float64Array(), ...factors] = columns;
  return { columns: [...factors, outcome], weights: null };
};

const names = { swiss: ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"], attitude: ["complaints", "privileges", "learning", "raises", "critical", "advance"] };

const measure = (table: Table, given: Partial<DriversChoices> & { bootstraps?: number } = {}): Drivers => {
  const prepared = prepare(table, given);
  if (!prepared.ok) throw new Error(`No result: ${JSON.stringify(prepared.fault)}`);
  const bootstraps = given.bootstraps ?? 0;
  for (let drawn = 0; drawn < bootstraps; drawn += 1) prepared.resampling.draw();
  return finishDrivers(prepared.drivers, prepared.resampling.intervals(), bootstraps);
};

const prepare = (table: Table, given: Partial<DriversChoices>) => {
  const factors = given.names ?? table.columns.slice(1).map((_, at) => `f${at + 1}`);
  return prepareDrivers(table, { missing: "listwise", seed: 1, ranges: factors.map(() => null), ...given, names: factors });
};

const faultOf = (table: Table, given: Partial<DriversChoices> = {}): DriversFault | null => {
  const prepared = prepare(table, given);
  return prepared.ok ? null : prepared.fault;
};

const rounded = (values: readonly (number | null)[], digits = 6): (number | null)[] => values.map((value) => (value === null ? null : Number(value.toFixed(digits))));

describe("swiss, whose shares the reference package gives to six digits", () => {
  const { r2, factors } = measure(tableOf(swiss), { names: names.swiss });

  test("has R² 0.706735", () => {
    expect(r2).toBeCloseTo(0.706735, 6);
  });

  test.each([
    ["lmg", [0.057091, 0.171173, 0.260135, 0.10557, 0.112766]],
    ["johnson", [0.048417, 0.154708, 0.271964, 0.11468, 0.116966]],
    ["first", [0.124665, 0.417164, 0.440616, 0.215004, 0.173519]],
    ["last", [0.04287, 0.007387, 0.161963, 0.062373, 0.056945]],
    ["pratt", [-0.110486, 0.106427, 0.445005, 0.161177, 0.104612]],
  ] as const)("gives the %s of each factor", (measured, expected) => {
    expect(rounded(factors.map((factor) => factor[measured]))).toEqual(expected);
  });

  test("has intervals as wide as the reference package draws them, the same for the same seed", () => {
    const [one, other] = [measure(tableOf(swiss), { names: names.swiss, bootstraps: 1_000 }), measure(tableOf(swiss), { names: names.swiss, bootstraps: 1_000 })];
    expect(other).toEqual(one);
    // Reference, 1,000 draws: Education 11.7–52.9 %, Examination 13.0–37.3 %, Catholic 4.7–34.1 %. Other draws move these ends by about two points.
    for (const [at, low, high] of [[2, 0.117, 0.529], [1, 0.13, 0.373], [3, 0.047, 0.341]] as const) {
      expect(Math.abs((one.factors[at]?.lmgShareLow ?? 0) - low)).toBeLessThan(0.03);
      expect(Math.abs((one.factors[at]?.lmgShareHigh ?? 0) - high)).toBeLessThan(0.03);
    }
    expect(one.warnings).toContainEqual({ code: "order_open", factor: "Education", rivals: expect.arrayContaining(["Examination"]) });
    expect(one.warnings).toContainEqual({ code: "direction_turns", factor: "Agriculture" });
    expect(one.warnings).toContainEqual({ code: "few_rows", n: 47 });
  });
});

test("attitude, ratings of a department by its clerks, gives Johnson's weights of the reference", () => {
  const { factors } = measure(tableOf(attitude), { names: names.attitude });
  const johnson = factors.map((factor) => factor.johnson).toSorted((one, other) => (other ?? 0) - (one ?? 0));
  expect(rounded(johnson)).toEqual([0.36276, 0.163611, 0.12178, 0.056002, 0.020193, 0.008255]);
  expect(factors[0]?.johnson).toBe(johnson[0]);
});

const surveys = join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/data/survey");
const hasSurveys = existsSync(join(surveys, "sfo_2018.csv.gz"));
const title = hasSurveys ? "the airport survey of 2018" : `the airport survey of 2018 (skipped: it is not in ${surveys})`;
const ratings = ["Q7SIGN", "Q7FOOD", "Q7STORE", "Q7SCREENS", "Q7ART", "Q9Restroom", "Q9Food", "Q9Boarding", "Q7WALKWAY", "Q7WIFI"];

const readAirport = (): ((column: string, blanks: readonly string[]) => Float64Array) => {
  const text = gunzipSync(readFileSync(join(surveys, "sfo_2018.csv.gz"))).toString("latin1");
  const rows: unknown[] = parse(text, { columns: (header: string[]) => header.map((name) => name.trim()), relax_column_count: true });
  const read = rows.map((row) => z.record(z.string(), z.string()).parse(row));
  return (column, blanks) => Float64Array.from(read, (row) => ((row[column] ?? "").trim() === "" || blanks.includes(row[column] ?? "") ? Number.NaN : Number(row[column])));
};

describe.skipIf(!hasSurveys)(title, () => {
  const column = hasSurveys ? readAirport() : () => new Float64Array();
  const airport = (outcome: string, blanks: readonly string[]): Table => ({ columns: [...ratings.map((rating) => column(rating, ["0", "6"])), column(outcome, blanks)], weights: null });

  test("recommending on ten ratings: 1,199 of 2,650 rows are complete, R² .414519, signs first", () => {
    const drivers = measure(airport("NETPRO", ["11"]), { names: ratings, bootstraps: 200 });
    expect([drivers.n, drivers.outcomeRows]).toEqual([1199, 2650]);
    expect(drivers.r2).toBeCloseTo(0.414519, 6);
    expect(rounded(drivers.factors.map(({ lmg }) => lmg), 5)).toEqual([0.0666, 0.05701, 0.04628, 0.04341, 0.04085, 0.03833, 0.03755, 0.03585, 0.02684, 0.02179]);
    expect(drivers.factors[0]?.lmgShare).toBeCloseTo(0.161, 3);
    expect(drivers.factors.reduce((sum, { lmgShare }) => sum + (lmgShare ?? 0), 0)).toBeCloseTo(1, 12);
    expect(drivers.warnings).toContainEqual({ code: "rows_lost", n: 1199, of: 2650 });
    expect(drivers.factors.every(({ lmgShare, lmgShareLow, lmgShareHigh }) => (lmgShareLow ?? 1) < (lmgShare ?? 0) && (lmgShare ?? 1) < (lmgShareHigh ?? 0))).toBe(true);
  });

  test("overall satisfaction on the same ratings: 1,219 rows, R² .603159, another order", () => {
    const drivers = measure(airport("Q7ALL", ["0", "6"]), { names: ratings });
    expect(drivers.n).toBe(1219);
    expect(drivers.r2).toBeCloseTo(0.603159, 6);
    const order = drivers.factors.toSorted((one, other) => other.lmg - one.lmg).slice(0, 5);
    expect(order.map(({ factor }) => factor)).toEqual(["Q7FOOD", "Q7STORE", "Q7SCREENS", "Q7ART", "Q7SIGN"]);
    expect(rounded(order.map(({ lmg }) => lmg), 5)).toEqual([0.08848, 0.07756, 0.07239, 0.07156, 0.06976]);
  });

  test("by pairs every answer counts", () => {
    const drivers = measure(airport("NETPRO", ["11"]), { names: ratings, missing: "pairwise", bootstraps: 50 });
    expect(drivers.n).toBeGreaterThan(2500);
    expect(drivers.fewestRows).toBeGreaterThan(1199);
    expect(drivers.r2).toBeGreaterThan(0.3);
    expect(drivers.factors.every(({ n }) => n > 1199)).toBe(true);
  });
});

/** Answers that share a general impression: outcome and factors lean on it as strongly as asked. */
const makeAnswers = (given: { rows: number; factors: number; halo: number; seed?: number; outcome?: (factors: readonly number[], noise: number) => number }): Table => {
  const random = seededRandom(given.seed ?? 7);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const columns = Array.from({ length: given.factors + 1 }, () => new Float64Array(given.rows));
  const outcome = given.outcome ?? ((factors, noise) => factors.reduce((sum, value, at) => sum + value / (at + 1), 0) + noise);
  for (let row = 0; row < given.rows; row += 1) {
    const impression = normal();
    const factors = Array.from({ length: given.factors }, () => Math.max(1, Math.min(5, Math.round(3 + given.halo * impression + normal() * Math.sqrt(1 - given.halo ** 2)))));
    for (const [at, value] of [...factors, outcome(factors, normal())].entries()) {
      const column = columns[at];
      if (column !== undefined) column[row] = value;
    }
  }
  return { columns, weights: null };
};

const withoutSome = (table: Table, everyNth: number): Table =>
  ({ ...table, columns: table.columns.map((column, at) => column.map((value, row) => ((row + at) % everyNth === 0 ? Number.NaN : value))) });

describe("shares", () => {
  test("are the mean gain over every order in which factors can be entered", () => {
    const table = makeAnswers({ rows: 200, factors: 4, halo: 0.5 });
    const work = prepareSets(4);
    const explained = explainEverySet(matrixOf(table), work);
    const orders = permute([0, 1, 2, 3]);
    const gains = [0, 1, 2, 3].map((factor) => orders.reduce((sum, order) => {
      const before = order.slice(0, order.indexOf(factor)).reduce((set, at) => set | (1 << at), 0);
      return sum + (explained[before | (1 << factor)] ?? 0) - (explained[before] ?? 0);
    }, 0) / orders.length);
    expect(rounded([...shareByOrder(explained, work)], 12)).toEqual(rounded(gains, 12));
  });

  test("are those of a file in which every row stands as often as it weighs", () => {
    const table = makeAnswers({ rows: 60, factors: 3, halo: 0.4 });
    const weights = Float64Array.from({ length: 60 }, (_, row) => 1 + (row % 3));
    const repeated = { weights: null, columns: table.columns.map((column) => Float64Array.from([...column].flatMap((value, row) => Array.from({ length: weights[row] ?? 0 }, () => value)))) };
    const [weighted, counted] = [measure({ ...table, weights }), measure(repeated)];
    expect(weighted.factors.map(({ lmg }) => lmg.toFixed(10))).toEqual(counted.factors.map(({ lmg }) => lmg.toFixed(10)));
    expect([weighted.n, counted.n]).toEqual([60, 120]);
    expect(weighted.effectiveN).toBeCloseTo(120 ** 2 / 280, 6);
  });

  test("have the same intervals from blocks of rows as from single rows", () => {
    const many = measure(makeAnswers({ rows: 4 * UNITS_MAX, factors: 3, halo: 0.5 }), { bootstraps: 400 });
    const few = measure(makeAnswers({ rows: UNITS_MAX, factors: 3, halo: 0.5 }), { bootstraps: 400 });
    const widths = (drivers: Drivers): number[] => drivers.factors.map(({ lmgShareLow, lmgShareHigh }) => (lmgShareHigh ?? 0) - (lmgShareLow ?? 0));
    // Four times the rows halve an interval; 400 draws leave its width uncertain by some 5 %.
    for (const [at, width] of widths(many).entries()) expect(width / (widths(few)[at] ?? 0)).toBeGreaterThan(0.4);
    for (const [at, width] of widths(many).entries()) expect(width / (widths(few)[at] ?? 0)).toBeLessThan(0.6);
  });
});

describe("no result", () => {
  const sound = makeAnswers({ rows: 200, factors: 3, halo: 0.3 });
  const [first = new Float64Array(), second = new Float64Array(), third = new Float64Array(), outcome = new Float64Array()] = sound.columns;

  test.each<[string, Table, DriversFault]>([
    ["one factor", { ...sound, columns: [first, outcome] }, { fault: "too_few_factors", needed: 2 }],
    ["sixteen factors", { ...sound, columns: Array.from({ length: 17 }, () => first) }, { fault: "too_many_factors", factors: 16, most: 15 }],
    ["as many rows as slopes", { ...sound, columns: sound.columns.map((column) => column.slice(0, 4)) }, { fault: "too_few_rows", n: 4, needed: 5 }],
    ["no row at all", { ...sound, columns: sound.columns.map(() => new Float64Array()) }, { fault: "too_few_rows", n: 0, needed: 5 }],
    ["an outcome that is always the same", { ...sound, columns: [first, second, third, outcome.map(() => 9)] }, { fault: "constant_outcome" }],
    ["a factor that is always the same", { ...sound, columns: [first, second.map(() => 4), third, outcome] }, { fault: "constant_factor", factor: "f2" }],
    ["a factor twice", { ...sound, columns: [first, second, first.map((value) => 10 - value), outcome] }, { fault: "collinear", factor: "f3", from: ["f1"] }],
    ["a factor that is the sum of others", { ...sound, columns: [first, second, first.map((value, row) => value + (second[row] ?? 0)), outcome] }, { fault: "collinear", factor: "f3", from: ["f1", "f2"] }],
  ])("comes of %s", (_, table, fault) => {
    expect(faultOf(table)).toEqual(fault);
  });
});

describe("warnings", () => {
  test.each([
    ["halo", 0.9, true],
    ["halo", 0.6, false],
    ["inflated", 0.97, true],
  ] as const)("of %s where a general impression weighs %d", (code, halo, isGiven) => {
    const { warnings } = measure(makeAnswers({ rows: 500, factors: 4, halo }));
    expect(warnings.some((warning) => warning.code === code)).toBe(isGiven);
  });

  test("of answers left out, by list, and of correlations on different people, by pairs", () => {
    const table = withoutSome(makeAnswers({ rows: 600, factors: 3, halo: 0.5 }), 6);
    const [byList, byPairs] = [measure(table), measure(table, { missing: "pairwise" })];
    expect(byList.warnings).toContainEqual({ code: "rows_lost", n: 200, of: 500 });
    expect([byPairs.n, byPairs.fewestRows]).toEqual([500, 400]);
    expect(byPairs.warnings).toEqual([]);
  });

  test("of a matrix that no data can have and that was mended", () => {
    const none = Number.NaN;
    // Three stretches of rows: in each one pair goes together, and the third pair goes against it.
    const stretch = (pattern: (value: number) => readonly number[]): number[][] => Array.from({ length: 60 }, (_, row) => [...pattern(row % 5)]);
    const rows = [...stretch((value) => [value, value, none, value]), ...stretch((value) => [value, none, value, value]), ...stretch((value) => [none, value, 4 - value, value])];
    const noise = seededRandom(3);
    const columns = [0, 1, 2, 3].map((at) => Float64Array.from(rows, (row) => (row[at] ?? none) + noise() * 0.2));
    const drivers = measure({ columns, weights: null }, { missing: "pairwise", bootstraps: 20 });
    expect(drivers.warnings).toContainEqual({ code: "matrix_repaired" });
    expect(drivers.r2).toBeLessThanOrEqual(1);
    expect(drivers.factors.every(({ lmgShareLow, lmgShareHigh }) => (lmgShareLow ?? -1) >= 0 && (lmgShareHigh ?? 2) <= 1)).toBe(true);
  });
});

/** Leaves out a fifth of the factors' values, whoever gave them. */
const withGaps = (table: Table, seed: number): Table => {
  const random = seededRandom(seed);
  return { ...table, columns: table.columns.map((column, at) => (at === table.columns.length - 1 ? column : column.map((value) => (random() < 0.2 ? Number.NaN : value)))) };
};

describe("gaps that are filled", () => {
  test("several times give back the shares of the whole swiss data, nearer than means do, and their intervals hold them", () => {
    const whole = measure(tableOf(swiss), { names: names.swiss }).factors.map(({ lmgShare }) => lmgShare ?? 0);
    const seeds = Array.from({ length: 25 }, (_, at) => at + 1);
    const missed = { multiple: 0, mean: 0, outside: 0 };
    for (const seed of seeds) {
      const table = withGaps(tableOf(swiss), seed);
      const [multiple, mean] = [measure(table, { names: names.swiss, missing: "multiple", bootstraps: 200 }), measure(table, { names: names.swiss, missing: "mean" })];
      for (const [at, share] of whole.entries()) {
        const { lmgShare, lmgShareLow, lmgShareHigh } = multiple.factors[at] ?? {};
        missed.multiple += Math.abs((lmgShare ?? 0) - share);
        missed.mean += Math.abs((mean.factors[at]?.lmgShare ?? 0) - share);
        if (share < (lmgShareLow ?? 1) || share > (lmgShareHigh ?? 0)) missed.outside += 1;
      }
      expect(multiple.factors.reduce((sum, { lmgShare }) => sum + (lmgShare ?? 0), 0)).toBeCloseTo(1, 9);
    }
    expect(missed.multiple).toBeLessThan(0.8 * missed.mean);
    expect(missed.outside / (5 * seeds.length)).toBeLessThan(0.05);
  });
  // Those who are dissatisfied leave the second factor out: its mean, and what goes with it, are wrong for who is left.
  const leaning = (): { whole: Table; gappy: Table } => {
    const whole = makeAnswers({ rows: 3_000, factors: 3, halo: 0.6 });
    const [first] = whole.columns;
    return { whole, gappy: { ...whole, columns: whole.columns.map((column, at) => (at === 1 ? column.map((value, row) => ((first?.[row] ?? 0) < 3 && row % 5 !== 0 ? Number.NaN : value)) : column)) } };
  };

  test("several times give back mean, slope and R² where the dissatisfied leave a question out", () => {
    const { whole, gappy } = leaning();
    const [truth, multiple, mean, complete] = [measure(whole), measure(gappy, { missing: "multiple", bootstraps: 100 }), measure(gappy, { missing: "mean" }), measure(gappy)];
    const off = (drivers: Drivers, read: (driver: Driver) => number): number => Math.abs((drivers.factors.map(read)[1] ?? 0) - (truth.factors.map(read)[1] ?? 0));
    expect(off(multiple, ({ mean: value }) => value)).toBeLessThan(0.05);
    expect(off(mean, ({ mean: value }) => value)).toBeGreaterThan(0.1);
    expect(off(complete, ({ mean: value }) => value)).toBeGreaterThan(0.1);
    expect(off(multiple, ({ lmg }) => lmg)).toBeLessThan(off(mean, ({ lmg }) => lmg) / 3);
    expect(multiple.factors[1]?.missingInfo).toBeGreaterThan(multiple.factors[0]?.missingInfo ?? 1);
    expect([multiple.n, multiple.imputations, multiple.factors[0]?.n]).toEqual([3_000, 10, 3_000]);
    expect(mean.warnings).toContainEqual({ code: "means_filled", share: multiple.filled });
  });

  test("give the same result for the same seed, and without a gap that of complete rows", () => {
    const table = withGaps(tableOf(swiss), 1);
    const often = { names: names.swiss, missing: "multiple", bootstraps: 20 } as const;
    expect(measure(table, often)).toEqual(measure(table, often));
    expect(measure(table, { ...often, seed: 2 }).r2).not.toBe(measure(table, often).r2);
    const whole = measure(tableOf(swiss), { names: names.swiss, missing: "multiple", bootstraps: 50 });
    const { missing: _, ...rest } = measure(tableOf(swiss), { names: names.swiss, bootstraps: 50 });
    expect(whole).toMatchObject(rest);
  });

  test("are none where too few gave an answer, and a factor mostly filled is named", () => {
    const table = makeAnswers({ rows: 200, factors: 3, halo: 0.4 });
    const sparse = { ...table, columns: table.columns.map((column, at) => (at === 0 ? column.map((value, row) => (row % 4 === 0 ? value : Number.NaN)) : column)) };
    expect(faultOf(sparse, { missing: "multiple", rowsMin: 60 })).toEqual({ fault: "too_few_rows", n: 50, needed: 60 });
    expect(measure(sparse, { missing: "multiple" }).warnings).toContainEqual({ code: "much_filled", factor: "f1", share: 0.75 });
  });

  // By hand: the mean is 2, within 1, between 1, so the total is 1 + 4/3 and 4/7 of it is owed to the gaps; degrees 2 / (4/7)² = 6.125 without an end, with 20 + they are fewer.
  test("are combined by Rubin's rules", () => {
    const pooled = poolEstimates([1, 2, 3], [1, 1, 1], 1e9);
    expect([pooled.estimate, pooled.missingInfo]).toEqual([2, expect.closeTo(4 / 7, 12)]);
    expect(pooled.high - 2).toBeCloseTo(2.4469 * Math.sqrt(7 / 3), 3);
    expect(poolEstimates([1, 2, 3], [1, 1, 1], 20).high).toBeGreaterThan(pooled.high);
    expect(poolEstimates([2, 2], [0, 0], 20)).toEqual({ estimate: 2, low: 2, high: 2, missingInfo: 0 });
  });
});

describe("penalty and reward", () => {
  test.each<[string, (value: number) => number, string]>([
    ["a straight line", (value) => value, "even"],
    ["a basic that costs when it fails", (value) => Math.min(0, value - 3) * 2, "costs_more"],
    ["a delight that nobody misses", (value) => Math.max(0, value - 3) * 2, "earns_more"],
  ])("of %s", (_, curve, shape) => {
    const table = makeAnswers({ rows: 3_000, factors: 3, halo: 0.4, outcome: ([first = 3, second = 3], noise) => curve(first) + second / 2 + noise });
    const { contrast } = measure(table, { ranges: [1, 2, 3].map(() => ({ min: 1, max: 5 })) }).factors[0] ?? {};
    expect(contrast?.shape).toBe(shape);
    expect(contrast?.penalty.low).toBeLessThan(contrast?.penalty.effect ?? 0);
    if (shape === "costs_more") {
      // Low is 1–2 with a mean near 1.8, so a line of slope 2 costs about 2.4 there and earns nothing above.
      expect(contrast?.penalty.high).toBeLessThan(-2);
      expect(Math.abs(contrast?.reward.effect ?? 9)).toBeLessThan(0.2);
    }
  });

  test("needs thirty rows in each third of the scale", () => {
    const table = makeAnswers({ rows: 60, factors: 2, halo: 0.3 });
    expect(measure(table).factors.map(({ contrast }) => contrast)).toEqual([null, null]);
  });
});

describe("the map of importance and performance", () => {
  const place = (lmgShare: number, performance: number, half = 0.01) => {
    const [some] = measure(tableOf(swiss)).factors;
    if (some === undefined) throw new Error("Swiss has factors.");
    return placeOnMap({ ...some, lmgShare, lmgShareLow: lmgShare - half, lmgShareHigh: lmgShare + half, performance, performanceLow: performance - 2, performanceHigh: performance + 2 }, { importance: 0.2, performance: 70 });
  };

  test.each([[0.3, 50, "improve_first"], [0.3, 90, "keep"], [0.1, 50, "watch"], [0.1, 90, "maintain"]] as const)("a share of %d rated %d is %s", (share, performance, quadrant) => {
    expect(place(share, performance)).toMatchObject({ quadrant, isCertain: true });
  });

  test("is uncertain of a factor whose interval crosses a line", () => {
    expect([place(0.3, 90, 0.2).isCertain, place(0.3, 71).isCertain]).toEqual([false, false]);
  });

  test("has its lines at even shares and the mean rating", () => {
    const { factors } = measure(tableOf(swiss));
    expect(linesOf(factors)).toEqual({ importance: 0.2, performance: factors.reduce((sum, { performance }) => sum + performance, 0) / 5 });
    expect(linesOf([])).toBeNull();
  });
});

const matrixOf = (table: Table) => {
  const units = gatherUnits(table, listUsedRows(table, "listwise"), "listwise", seededRandom(1));
  const total = new Float64Array(units.width);
  addUnits(units, new Int32Array(units.count).fill(1), total);
  return correlate(total, units);
};

const permute = (items: readonly number[]): number[][] =>
  items.length === 0 ? [[]] : items.flatMap((item) => permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
