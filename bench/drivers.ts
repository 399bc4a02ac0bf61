// Drivers of an outcome on 100,000 rows and 12 factors with 1,000 bootstraps: the arithmetic alone, the command on a file, and beside them the plain
// bootstrap that draws rows instead of blocks.
//   node tools/run.mjs bench/drivers.ts [--rows 100000] [--factors 12] [--bootstraps 1000]
// Prints JSON.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Table } from "../server/insights/drivers/correlations.rules.ts";
import { finishDrivers, prepareDrivers } from "../server/insights/drivers/drivers.rules.ts";
import { explainEverySet, prepareSets, shareByOrder } from "../server/insights/drivers/importance.rules.ts";
import type { Matrix } from "../server/insights/drivers/matrices.rules.ts";
import { seededRandom } from "../server/insights/drivers/resampling.rules.ts";

type Given = { rows: number; factors: number; bootstraps: number };
type Width = { blocks: number; rows: number };
export type DriverFigures = {
  rows: number; factors: number; bootstraps: number;
  /** Seconds of processor time: everything from the columns to shares with intervals. */
  listwiseS: number; pairwiseS: number; fifteenFactorsS: number;
  /** Seconds by the clock of the command from a CSV file to its table, and the file's size. */
  commandS: number; fileMb: number;
  /** Seconds of processor time that drawing rows would take, from a fifth of the draws, and how many times that is the listwise time. */
  plainS: number; plainRatio: number;
  /** Widths of the intervals of the three largest shares in percent, by drawing blocks and by drawing rows. */
  widths: Width[];
};

/** Makes answers, measures, and takes its file away again. */
export const measureDrivers = async (given: Given): Promise<DriverFigures> => {
  const { rows, factors, bootstraps } = given;
  const table = makeAnswers(rows, factors);
  const listwise = measure(table, "listwise", bootstraps);
  const pairwise = measure(withGaps(table), "pairwise", bootstraps);
  const fifteen = measure(makeAnswers(rows, 15), "listwise", bootstraps);
  const plain = drawPlainly(table, Math.max(50, Math.round(bootstraps / 5)));
  const plainS = (plain.seconds * bootstraps) / plain.draws;
  const largest = [...listwise.shares.keys()].toSorted((one, other) => (listwise.shares[other]?.share ?? 0) - (listwise.shares[one]?.share ?? 0)).slice(0, 3);
  const command = await runCommand(table, given);
  return {
    rows, factors, bootstraps, listwiseS: rounded(listwise.seconds), pairwiseS: rounded(pairwise.seconds), fifteenFactorsS: rounded(fifteen.seconds), ...command,
    plainS: rounded(plainS), plainRatio: rounded(plainS / listwise.seconds),
    widths: largest.map((factor) => ({ blocks: rounded(100 * (listwise.shares[factor]?.width ?? 0)), rows: rounded(100 * (plain.widths[factor] ?? 0)) })),
  };
};

const measure = (table: Table, missing: "listwise" | "pairwise", bootstraps: number): { seconds: number; shares: { share: number; width: number }[] } => {
  const names = table.columns.slice(1).map((_, at) => `factor${at}`);
  const startedAt = process.cpuUsage();
  const prepared = prepareDrivers(table, { missing, seed: 1, names, ranges: names.map(() => ({ min: 1, max: 5 })) });
  if (!prepared.ok) throw new Error(`No result: ${prepared.fault.fault}`);
  for (let drawn = 0; drawn < bootstraps; drawn += 1) prepared.resampling.draw();
  const { factors } = finishDrivers(prepared.drivers, prepared.resampling.intervals(), bootstraps);
  return { seconds: secondsSince(startedAt), shares: factors.map(({ lmgShare, lmgShareLow, lmgShareHigh }) => ({ share: lmgShare ?? 0, width: (lmgShareHigh ?? 0) - (lmgShareLow ?? 0) })) };
};

/** What one would write first: every draw takes as many rows as there are and adds up their products. The share of each draw is the same exact one. */
const drawPlainly = (table: Table, draws: number): { seconds: number; draws: number; widths: number[] } => {
  const random = seededRandom(2);
  const size = table.columns.length;
  const rows = table.columns[0]?.length ?? 0;
  const work = prepareSets(size - 1);
  const drawn: number[][] = table.columns.slice(1).map(() => []);
  // Row by row in memory, which is the kinder order for drawing rows.
  const values = Float64Array.from({ length: rows * size }, (_, at) => table.columns[at % size]?.[Math.floor(at / size)] ?? 0);
  const startedAt = process.cpuUsage();
  for (let draw = 0; draw < draws; draw += 1) {
    const sums = new Float64Array(size);
    const products = new Float64Array(size * size);
    for (let row = 0; row < rows; row += 1) {
      const start = Math.floor(random() * rows) * size;
      for (let one = 0; one < size; one += 1) {
        const value = values[start + one] ?? 0;
        sums[one] = (sums[one] ?? 0) + value;
        for (let other = one; other < size; other += 1) products[one * size + other] = (products[one * size + other] ?? 0) + value * (values[start + other] ?? 0);
      }
    }
    const matrix: Matrix = { size, cells: products.map((_, at) => covarianceOf(products, sums, [Math.floor(at / size), at % size], rows)) };
    const shares = shareByOrder(explainEverySet(matrix, work), work);
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [at, share] of shares.entries()) drawn[at]?.push(share / total);
  }
  // So few draws give the ends of an interval too roughly: its width is taken from their spread.
  return { seconds: secondsSince(startedAt), draws, widths: drawn.map((shares) => 2 * 1.959964 * deviation(shares)) };
};

// Other work on the machine lengthens the clock and not this.
const secondsSince = (start: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

const covarianceOf = (products: Float64Array, sums: Float64Array, [row, column]: readonly [number, number], rows: number): number =>
  (products[Math.min(row, column) * sums.length + Math.max(row, column)] ?? 0) - ((sums[row] ?? 0) * (sums[column] ?? 0)) / rows;

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

/** Ratings of 1–5 that share a mood, and a recommendation of 0–10 that leans on the first ones most. */
const makeAnswers = (rows: number, factors: number): Table => {
  const random = seededRandom(7);
  const columns = Array.from({ length: factors + 1 }, () => new Float64Array(rows));
  for (let row = 0; row < rows; row += 1) {
    const mood = random() + random() - 1;
    let leaning = 0;
    for (let factor = 0; factor < factors; factor += 1) {
      const rating = Math.max(1, Math.min(5, Math.round(3.4 + 1.4 * mood + 3 * (random() - 0.5))));
      (columns[factor] ?? new Float64Array(rows))[row] = rating;
      leaning += (rating - 3) / (factor + 1);
    }
    (columns[factors] ?? new Float64Array(rows))[row] = Math.max(0, Math.min(10, Math.round(6.5 + leaning + 4 * (random() - 0.5))));
  }
  return { columns, weights: null };
};

const withGaps = (table: Table): Table => {
  const random = seededRandom(9);
  return { ...table, columns: table.columns.map((column, at) => (at === table.columns.length - 1 ? column : column.map((value) => (random() < 0.1 ? Number.NaN : value)))) };
};

const runCommand = async (table: Table, { factors, bootstraps }: Given): Promise<{ commandS: number; fileMb: number }> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  try {
    const names = Array.from({ length: factors }, (_, at) => `factor${at}`);
    const rows = Array.from(table.columns[0] ?? [], (_, row) => table.columns.map((column) => column[row]).join(","));
    const text = [[...names, "outcome"].join(","), ...rows].join("\n");
    writeFileSync(join(folder, "answers.csv"), text);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [join(dirname(import.meta.dirname), "cli/firsthand.mjs"), "drivers", "answers.csv", "--outcome", "outcome", "--factors", names.join(","), "--bootstraps", String(bootstraps)], { cwd: folder, stdio: "ignore" });
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.on("error", reject).on("close", resolve);
    if ((await promise) !== 0) throw new Error("The command drivers failed.");
    return { commandS: rounded((performance.now() - startedAt) / 1000), fileMb: rounded(text.length / 1e6) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const rounded = (value: number): number => Number(value.toFixed(2));

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: "string", default: "100000" }, factors: { type: "string", default: "12" }, bootstraps: { type: "string", default: "1000" } } });
  console.log(JSON.stringify(await measureDrivers({ rows: Number(values.rows), factors: Number(values.factors), bootstraps: Number(values.bootstraps) }), null, 2));
}
