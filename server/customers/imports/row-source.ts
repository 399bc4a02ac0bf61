import { createCsvReader } from "./csv.rules.ts";
import { FileFault } from "./file-fault.ts";
import { type Column, type GridRow, nameCells, nameColumns } from "./grid.rules.ts";
import { createJsonArrayReader, createJsonLinesReader, flattenObject, type JsonPiece } from "./json.rules.ts";
import { readOcel } from "./ocel.ts";
import type { ReadLimits, ReadSettings, SourceRow } from "./row-source.contract.ts";
import { readSheet } from "./sheet.ts";
import { readText } from "./text-file.ts";
import { readXes } from "./xes.ts";

/** Rows in the order of the file. `columns` comes once, with the first batch, when the file has a header. */
export type RowBatch = { columns?: readonly Column[]; rows: readonly SourceRow[] };

/** Reads any supported file as rows with named cells, in batches, with memory that does not grow with the file.
 *  Reading always starts at the first row: a resumed import skips what it has, since compressed files cannot be entered midway. */
export const readRows = (path: string, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<RowBatch> => {
  switch (settings.format) {
    case "csv":
      return nameGrid(readCsv(path, settings, limits), settings, limits);
    case "xlsx":
      return nameGrid(readSheet(path, settings.sheet, limits), settings, limits);
    case "jsonl":
    case "json":
      return readJson(path, settings, limits);
    case "xes":
      return wrap(readXes(path, settings.encoding, limits));
    case "ocel":
      return wrap(readOcel(path, settings, limits));
  }
};

async function* readCsv(path: string, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<GridRow[]> {
  const reader = createCsvReader(settings, limits.rowCharacters);
  let number = 0;
  const count = (rows: ReturnType<typeof reader.push>): GridRow[] =>
    rows.map((row) => {
      number += 1;
      return { number, ...row };
    });
  for await (const text of readText(path, settings.encoding, limits)) yield count(reader.push(text));
  yield count(reader.end());
}

async function* nameGrid(grid: AsyncGenerator<GridRow[]>, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<RowBatch> {
  let columns: Column[] | null = null;
  const headers: (readonly string[])[] = [];
  for await (const batch of grid) {
    const rows: SourceRow[] = [];
    for (const row of batch) {
      const isBlank = row.problem === undefined && row.cells.every((cell) => cell.trim() === "");
      if (isBlank || row.number <= settings.skipRows) continue;
      if (columns === null && headers.length < settings.headerRows && row.problem === undefined) {
        headers.push(row.cells);
        if (headers.length < settings.headerRows) continue;
        columns = limitColumns(nameColumns(headers, 0), limits);
        yield { columns, rows: [] };
        continue;
      }
      if (columns === null) {
        columns = limitColumns(nameColumns(headers, row.cells.length), limits);
        yield { columns, rows: [] };
      }
      rows.push(nameCells(row, columns));
    }
    if (rows.length > 0) yield { rows };
  }
}

const limitColumns = (columns: Column[], limits: ReadLimits): Column[] => {
  if (columns.length <= limits.columns) return columns;
  throw new FileFault("too_many_columns", `The file has ${columns.length} columns; at most ${limits.columns} can be imported. Is the delimiter right?`);
};

async function* readJson(path: string, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<RowBatch> {
  const reader = settings.format === "jsonl" ? createJsonLinesReader(limits.rowCharacters) : createJsonArrayReader(limits.rowCharacters);
  let number = 0;
  const rowsOf = (pieces: readonly (JsonPiece | null)[]): SourceRow[] => {
    const rows: SourceRow[] = [];
    for (const piece of pieces) {
      number += 1;
      if (piece !== null) rows.push(rowOfPiece(piece, number, limits));
    }
    return rows;
  };
  for await (const text of readText(path, settings.encoding, limits)) {
    const rows = rowsOf(reader.push(text));
    if (rows.length > 0) yield { rows };
  }
  yield { rows: rowsOf(reader.end()) };
}

const rowOfPiece = (piece: JsonPiece, number: number, limits: ReadLimits): SourceRow => {
  if ("problem" in piece) return { number, cells: new Map(), problem: piece.problem };
  const cells = flattenObject(piece.value, limits.depth, limits.columns);
  if (cells !== null) return { number, cells };
  return { number, cells: new Map(), problem: { code: "json_not_an_object", reason: "A row must be a JSON object such as {\"id\": 1}." } };
};

async function* wrap(batches: AsyncGenerator<SourceRow[]>): AsyncGenerator<RowBatch> {
  for await (const rows of batches) yield { rows };
}
