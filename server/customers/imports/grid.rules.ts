import type { RowProblem, SourceRow } from "./row-source.contract.ts";

/** A row of cells by position, before the header gave them names. */
export type GridRow = { number: number; cells: readonly string[]; problem?: RowProblem };
export type Column = { name: string; label: string | null };

/** Names for the columns: the first header row, made unique and never empty; a second header row becomes the labels.
 *  @param headers the header rows, none for a file without header
 *  @param width how many columns the first rows have */
export const nameColumns = (headers: readonly (readonly string[])[], width: number): Column[] => {
  const [names = [], labels = []] = headers;
  const taken = new Set<string>();
  return Array.from({ length: Math.max(width, names.length) }, (_unused, index) => {
    const name = uniqueName(safeName(names[index] ?? "", index), taken);
    taken.add(name);
    const label = oneLine(labels[index] ?? "");
    return { name, label: label === "" || label === name ? null : label.slice(0, 500) };
  });
};

const safeName = (raw: string, index: number): string => {
  const name = oneLine(raw).slice(0, 200);
  if (name === "") return `Column ${index + 1}`;
  // A property of this name would change the object that later holds the row.
  return name === "__proto__" ? "proto" : name;
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const uniqueName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  for (let copy = 2; ; copy += 1) if (!taken.has(`${name} (${copy})`)) return `${name} (${copy})`;
};

/** Gives the cells their names. Empty cells are left out. Missing cells at the end are empty; surplus cells with content
 *  refuse the row, because then a delimiter stands inside a value and every later cell is in the wrong column. */
export const nameCells = (row: GridRow, columns: readonly Column[]): SourceRow => {
  const cells = new Map<string, string>();
  row.cells.forEach((cell, index) => {
    const column = columns[index];
    if (column !== undefined && cell !== "") cells.set(column.name, cell);
  });
  if (row.problem !== undefined) return { number: row.number, cells, problem: row.problem };
  const surplus = row.cells.slice(columns.length).filter((cell) => cell.trim() !== "").length;
  if (surplus === 0) return { number: row.number, cells };
  const reason = `The row has ${row.cells.length} cells, the header ${columns.length}. Put values that contain the delimiter in quotes.`;
  return { number: row.number, cells, problem: { code: "too_many_cells", reason } };
};
