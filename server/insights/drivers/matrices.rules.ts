// The little linear algebra that drivers need: symmetric matrices of at most sixteen rows, row by row in one array.

/** A square matrix: the cell of row i and column j is `cells[i * size + j]`. */
export type Matrix = { size: number; cells: Float64Array };

/** Below this share of its own variance left over, a factor is taken to follow from the others: rounding leaves about 1e-14. */
export const SINGULAR_BELOW = 1e-9;

/** Smallest eigenvalue a repaired matrix keeps. Smaller ones would let a figure rest on rounding; the largest is about the size of the matrix. */
const EIGENVALUE_MIN = 1e-4;
const SWEEPS_MAX = 60;

export const cellOf = ({ size, cells }: Matrix, row: number, column: number): number => cells[row * size + column] ?? 0;

export const identity = (size: number): Matrix => ({ size, cells: Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0)) });

/** The first rows and columns of a matrix. */
export const leading = (matrix: Matrix, size: number): Matrix =>
  ({ size, cells: Float64Array.from({ length: size * size }, (_, at) => cellOf(matrix, Math.floor(at / size), at % size)) });

/** Eigenvalues and eigenvectors of a symmetric matrix, in no order.
 *  @returns `vectors` holds the vector of value j in column j
 *  Source: Jacobi's cyclic rotations; Golub & Van Loan, Matrix Computations, 8.5. */
export const eigenOf = (matrix: Matrix): { values: Float64Array; vectors: Matrix } => {
  const { size } = matrix;
  const work: Matrix = { size, cells: matrix.cells.slice() };
  const vectors = identity(size);
  for (let sweep = 0; sweep < SWEEPS_MAX && offDiagonal(work) > 1e-26 * size; sweep += 1) {
    for (let p = 0; p < size - 1; p += 1) for (let q = p + 1; q < size; q += 1) rotate(work, vectors, p, q);
  }
  return { values: Float64Array.from({ length: size }, (_, at) => cellOf(work, at, at)), vectors };
};

const offDiagonal = (matrix: Matrix): number => {
  let sum = 0;
  for (let row = 0; row < matrix.size; row += 1) for (let column = row + 1; column < matrix.size; column += 1) sum += cellOf(matrix, row, column) ** 2;
  return sum;
};

const rotate = (work: Matrix, vectors: Matrix, p: number, q: number): void => {
  const off = cellOf(work, p, q);
  if (off === 0) return;
  const theta = (cellOf(work, q, q) - cellOf(work, p, p)) / (2 * off);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let at = 0; at < work.size; at += 1) turn(work.cells, [at * work.size + p, at * work.size + q], cosine, sine);
  for (let at = 0; at < work.size; at += 1) turn(work.cells, [p * work.size + at, q * work.size + at], cosine, sine);
  for (let at = 0; at < work.size; at += 1) turn(vectors.cells, [at * work.size + p, at * work.size + q], cosine, sine);
};

const turn = (cells: Float64Array, [first, second]: readonly [number, number], cosine: number, sine: number): void => {
  const [one, other] = [cells[first] ?? 0, cells[second] ?? 0];
  cells[first] = cosine * one - sine * other;
  cells[second] = sine * one + cosine * other;
};

/** A function of a symmetric matrix: the same vectors, with every eigenvalue replaced. */
const rebuild = ({ values, vectors }: { values: Float64Array; vectors: Matrix }, replace: (value: number) => number): Matrix => {
  const { size } = vectors;
  const scaled = values.map((value) => replace(value));
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      for (let at = 0; at < size; at += 1) sum += cellOf(vectors, row, at) * (scaled[at] ?? 0) * cellOf(vectors, column, at);
      cells[row * size + column] = sum;
    }
  }
  return { size, cells };
};

/** The symmetric square root. Eigenvalues that rounding made negative count as 0. */
export const rootOf = (matrix: Matrix): Matrix => rebuild(eigenOf(matrix), (value) => Math.sqrt(Math.max(0, value)));

/** The nearest usable correlation matrix to one that no data can have: correlations from different rows each may contradict one another.
 *  Eigenvalues are raised to 0.0001 and the diagonal is brought back to 1.
 *  Source: Rebonato & Jäckel, "The most general methodology to create a valid correlation matrix", J. of Risk 2(2), 1999 (spectral method). */
export const makePositive = (matrix: Matrix): Matrix => {
  const raised = rebuild(eigenOf(matrix), (value) => Math.max(EIGENVALUE_MIN, value));
  const { size } = matrix;
  const cells = raised.cells.map((value, at) => value / Math.sqrt(cellOf(raised, Math.floor(at / size), Math.floor(at / size)) * cellOf(raised, at % size, at % size)));
  return { size, cells };
};

/** The inverse of a symmetric positive-definite matrix, or null where it has none. Source: Gauss and Jordan, without pivoting, which such matrices do not need. */
export const invert = (matrix: Matrix): Matrix | null => {
  const { size } = matrix;
  const left = matrix.cells.slice();
  const right = identity(size);
  for (let pivot = 0; pivot < size; pivot += 1) {
    const value = left[pivot * size + pivot] ?? 0;
    if (value <= SINGULAR_BELOW * (matrix.cells[pivot * size + pivot] ?? 0) || value <= 0) return null;
    for (const side of [left, right.cells]) for (let at = 0; at < size; at += 1) side[pivot * size + at] = (side[pivot * size + at] ?? 0) / value;
    for (let row = 0; row < size; row += 1) {
      const factor = left[row * size + pivot] ?? 0;
      if (row === pivot || factor === 0) continue;
      for (const side of [left, right.cells]) for (let at = 0; at < size; at += 1) side[row * size + at] = (side[row * size + at] ?? 0) - factor * (side[pivot * size + at] ?? 0);
    }
  }
  return right;
};

/** Whether data can have this matrix: every variable has variance of its own left when those before it are known, up to rounding. */
export const isPositive = ({ size, cells }: Matrix): boolean => {
  const root = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = cells[row * size + column] ?? 0;
      for (let at = 0; at < column; at += 1) sum -= (root[row * size + at] ?? 0) * (root[column * size + at] ?? 0);
      if (row === column) {
        if (sum <= SINGULAR_BELOW) return false;
        root[row * size + row] = Math.sqrt(sum);
      } else root[row * size + column] = sum / (root[column * size + column] ?? 1);
    }
  }
  return true;
};
