// Fills what is missing among factors: with the mean, or several times with answers of people who look alike.
import { listUsedRows, type Table } from "./correlations.rules.ts";
import { normalOf, chiSquareOf } from "./draws.rules.ts";
import { invert, rootOf, type Matrix } from "./matrices.rules.ts";

/** How often the gaps are filled. Source: Rubin, Multiple Imputation for Nonresponse in Surveys, 1987: 10 lose under 1 % of precision with a tenth missing. */
export const IMPUTATIONS = 10;
/** Rounds through all factors before a table is taken. Source: van Buuren, Flexible Imputation of Missing Data, 2018, 4.5. */
const ROUNDS = 5;
/** One of so many nearest people gives the answer. Source: as above, 3.4. */
const NEAREST = 5;
/** Of more people who gave an answer, so many drawn anew each time may give theirs: among 2,000 the nearest five are near enough. */
const DONORS_MAX = 2_000;
/** Keeps factors that follow from one another apart; the same share of the variance as in the package mice. */
const RIDGE = 1e-5;

/** Rows that filling can help: with a usable weight, the outcome and at least one factor. An outcome is never made up. */
export const keepAnswered = (table: Table): Table => {
  const outcome = table.columns.at(-1);
  const rows = listUsedRows(table, "pairwise").filter((row) => !Number.isNaN(outcome?.[row] ?? Number.NaN));
  const take = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? Number.NaN);
  return { columns: table.columns.map(take), weights: table.weights === null ? null : take(table.weights) };
};

/** Every gap of a factor filled with its mean; `share` of the values of the factors were filled in. */
export const fillMeans = (table: Table): { share: number; table: Table } => {
  const gaps = listGaps(table);
  const columns = table.columns.map((column, at) => {
    const mean = meanOf(column, table.weights);
    return (gaps[at]?.length ?? 0) === 0 ? column : column.map((value) => (Number.isNaN(value) ? mean : value));
  });
  return { table: { ...table, columns }, share: shareOf(table, gaps) };
};

/** Fills gaps with answers that others gave, another way each time: each factor in turn is predicted from the others and the outcome, with slopes drawn
 *  as uncertain as they are, and one of the five people with the nearest prediction gives the answer. How the tables differ shows how much is unknown.
 *  @param table rows with the outcome and at least one factor, each factor known of somebody
 *  @param random at least 0 and below 1; the same numbers give the same tables
 *  Source: chained equations with predictive mean matching, van Buuren & Groothuis-Oudshoorn, "mice", J. Stat. Software 45(3), 2011; Rubin 1987, 5.3. */
export const startFilling = (table: Table, random: () => number): { share: number; fill: () => Table } => {
  const gaps = listGaps(table);
  const known = table.columns.map((column) => Int32Array.from([...column.keys()].filter((row) => !Number.isNaN(column[row] ?? Number.NaN))));
  return { share: shareOf(table, gaps), fill: () => ({ ...table, columns: fillOnce(table.columns, { gaps, known }, random) }) };
};

const listGaps = ({ columns }: Table): Int32Array[] =>
  columns.map((column) => Int32Array.from([...column.keys()].filter((row) => Number.isNaN(column[row] ?? Number.NaN))));

const shareOf = ({ columns }: Table, gaps: readonly Int32Array[]): number => {
  const cells = (columns.length - 1) * (columns[0]?.length ?? 0);
  return cells === 0 ? 0 : gaps.reduce((sum, { length }) => sum + length, 0) / cells;
};

const meanOf = (column: Float64Array, weights: Float64Array | null): number => {
  let [sum, total] = [0, 0];
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const weight = weights === null ? 1 : (weights[row] ?? 0);
    sum += weight * value;
    total += weight;
  }
  return sum / total;
};

// `values` are what is handed out. `rows` holds the same row by row, less each factor's mean so that sums of products keep their digits, and a constant of 1
// behind each row; `products` are the sums over rows of the product of each two of its columns.
type Work = Gaps & { values: Float64Array[]; rows: Float64Array; products: Matrix };
type Gaps = { gaps: readonly Int32Array[]; known: readonly Int32Array[] };

const fillOnce = (columns: readonly Float64Array[], { gaps, known }: Gaps, random: () => number): Float64Array[] => {
  const values = columns.map((column, at) => startFrom(column, gaps[at] ?? new Int32Array(), known[at] ?? new Int32Array(), random));
  const rows = layRows(values, columns.map((column) => meanOf(column, null)));
  const all = Int32Array.from(values[0]?.keys() ?? []);
  const work: Work = { values, rows, gaps, known, products: productsOf(rows, values.length + 1, all) };
  // Those with the fewest gaps first: the others then lean on more that is known.
  const order = [...gaps.keys()].filter((at) => (gaps[at]?.length ?? 0) > 0).toSorted((one, other) => (gaps[one]?.length ?? 0) - (gaps[other]?.length ?? 0));
  for (let round = 0; round < (order.length === 1 ? 1 : ROUNDS); round += 1) for (const at of order) fillColumn(work, at, random);
  return values;
};

const layRows = (columns: readonly Float64Array[], means: readonly number[]): Float64Array => {
  const size = columns.length + 1;
  const rows = new Float64Array(size * (columns[0]?.length ?? 0)).fill(1);
  for (const [at, column] of columns.entries()) for (let row = 0; row < column.length; row += 1) rows[row * size + at] = (column[row] ?? 0) - (means[at] ?? 0);
  return rows;
};

const startFrom = (column: Float64Array, gaps: Int32Array, known: Int32Array, random: () => number): Float64Array => {
  const filled = column.slice();
  for (const row of gaps) filled[row] = column[known[Math.floor(random() * known.length)] ?? 0] ?? 0;
  return filled;
};

const fillColumn = (work: Work, at: number, random: () => number): void => {
  const [gaps = new Int32Array(), known = new Int32Array(), values = new Float64Array()] = [work.gaps[at], work.known[at], work.values[at]];
  const { rows, products } = work;
  const fit = fitColumn(work, at, random);
  if (fit === null) return;
  const donors = pickDonors(known, random);
  const said = Float64Array.from(donors, (row) => predict(rows, fit.slopes, row));
  const order = Int32Array.from(said.keys()).sort((one, other) => (said[one] ?? 0) - (said[other] ?? 0));
  const sorted = Float64Array.from(order, (place) => said[place] ?? 0);
  for (const row of gaps) {
    const place = pickNear(sorted, predict(rows, fit.drawn, row), random);
    const donor = donors[order[place] ?? 0] ?? 0;
    moveProducts(products, rows, { at, row, to: rows[donor * products.size + at] ?? 0 });
    values[row] = values[donor] ?? 0;
  }
};

// From the people who gave this answer: the best slopes, and slopes as the data might as well have had them; that of the factor itself is 0.
const fitColumn = ({ products, rows, gaps, known }: Work, at: number, random: () => number): { slopes: Float64Array; drawn: Float64Array } | null => {
  const { size } = products;
  const unseen = productsOf(rows, size, gaps[at] ?? new Int32Array());
  const seen: Matrix = { size, cells: products.cells.map((sum, cell) => sum - (unseen.cells[cell] ?? 0)) };
  const along = Float64Array.from({ length: size - 1 }, (_, row) => seen.cells[placeOf(row, at, size) * size + at] ?? 0);
  const inverse = invert(withoutColumn(seen, at));
  if (inverse === null) return null;
  const slopes = multiply(inverse, along);
  const degrees = Math.max(1, (known[at]?.length ?? 0) - (size - 1));
  const left = (seen.cells[at * size + at] ?? 0) - slopes.reduce((sum, slope, row) => sum + slope * (along[row] ?? 0), 0);
  const spread = Math.sqrt(Math.max(0, left) / chiSquareOf(degrees, random));
  const noise = multiply(rootOf(inverse), slopes.map(() => normalOf(random)));
  const lay = (found: Float64Array): Float64Array => Float64Array.from({ length: size }, (_, row) => (row === at ? 0 : (found[row === size - 1 ? at : row] ?? 0)));
  return { slopes: lay(slopes), drawn: lay(slopes.map((slope, row) => slope + spread * (noise[row] ?? 0))) };
};

// The constant, which stands last, takes the place of the column that is explained.
const placeOf = (row: number, at: number, size: number): number => (row === at ? size - 1 : row);

// The products of the other columns, the constant's in the place of the one left out, and a little more variance for each.
const withoutColumn = ({ size, cells }: Matrix, at: number): Matrix => {
  const kept: Matrix = { size: size - 1, cells: Float64Array.from({ length: (size - 1) ** 2 }, (_, cell) => cells[placeOf(Math.floor(cell / (size - 1)), at, size) * size + placeOf(cell % (size - 1), at, size)] ?? 0) };
  for (let row = 0; row < size - 1; row += 1) {
    const own = row * (size - 1) + row;
    kept.cells[own] = Math.max(1e-12, (kept.cells[own] ?? 0) * (1 + RIDGE));
  }
  return kept;
};

const multiply = ({ size, cells }: Matrix, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: size }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < size; at += 1) sum += (cells[row * size + at] ?? 0) * (vector[at] ?? 0);
    return sum;
  });

const predict = (rows: Float64Array, slopes: Float64Array, row: number): number => {
  const start = row * slopes.length;
  let sum = 0;
  for (let at = 0; at < slopes.length; at += 1) sum += (slopes[at] ?? 0) * (rows[start + at] ?? 0);
  return sum;
};

const pickDonors = (known: Int32Array, random: () => number): Int32Array =>
  known.length <= DONORS_MAX ? known : Int32Array.from({ length: DONORS_MAX }, () => known[Math.floor(random() * known.length)] ?? 0);

// The place, among predictions in order, of one of the nearest.
const pickNear = (sorted: Float64Array, wanted: number, random: () => number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  let [first, end] = [low, low];
  while (end - first < Math.min(NEAREST, sorted.length)) {
    const [below, above] = [first > 0 ? wanted - (sorted[first - 1] ?? 0) : Number.POSITIVE_INFINITY, end < sorted.length ? (sorted[end] ?? 0) - wanted : Number.POSITIVE_INFINITY];
    if (below <= above) first -= 1;
    else end += 1;
  }
  return first + Math.floor(random() * (end - first));
};

const productsOf = (rows: Float64Array, size: number, wanted: Int32Array): Matrix => {
  const cells = new Float64Array(size * size);
  for (const row of wanted) {
    const start = row * size;
    for (let one = 0; one < size; one += 1) {
      const value = rows[start + one] ?? 0;
      for (let other = one; other < size; other += 1) cells[one * size + other] = (cells[one * size + other] ?? 0) + value * (rows[start + other] ?? 0);
    }
  }
  for (let one = 0; one < size; one += 1) for (let other = 0; other < one; other += 1) cells[one * size + other] = cells[other * size + one] ?? 0;
  return { size, cells };
};

// One value becomes another: only its own row and column of the products change.
const moveProducts = ({ size, cells }: Matrix, rows: Float64Array, { at, row, to }: { at: number; row: number; to: number }): void => {
  const start = row * size;
  const from = rows[start + at] ?? 0;
  if (from === to) return;
  rows[start + at] = 0;
  for (let other = 0; other < size; other += 1) {
    const sum = (cells[at * size + other] ?? 0) + (to - from) * (rows[start + other] ?? 0);
    cells[at * size + other] = sum;
    cells[other * size + at] = sum;
  }
  cells[at * size + at] = (cells[at * size + at] ?? 0) + to * to - from * from;
  rows[start + at] = to;
};
