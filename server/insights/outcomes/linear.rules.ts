/** Solves a small system of linear equations by elimination with the largest pivot.
 *  @param matrix square; not mutated
 *  @returns null when the equations depend on each other */
export const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null => {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let column = 0; column < size; column++) {
    const best = rows.reduce((found, row, index) => (index > column && Math.abs(row[column] ?? 0) > Math.abs(rows[found]?.[column] ?? 0) ? index : found), column);
    const pivot = rows[best];
    const other = rows[column];
    if (pivot === undefined || other === undefined || Math.abs(pivot[column] ?? 0) < TINY) return null;
    [rows[column], rows[best]] = [pivot, other];
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      rows[index] = row.map((value, place) => value - factor * (pivot[place] ?? 0));
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
};

const TINY = 1e-12;
