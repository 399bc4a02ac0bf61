import { attributeOf, localName, type XmlListener } from "@firsthand/mining";
import { FileFault } from "./file-fault.ts";
import type { GridRow } from "./grid.rules.ts";
import type { ReadLimits } from "./row-source.contract.ts";
import { columnOfReference, dateOfSerial, numberText } from "./sheet.rules.ts";
import { openXml } from "./text-reader.ts";
import { growText, openWorkbook, type Workbook } from "./workbook.ts";

/** The rows of one sheet, streamed. Formulas are never computed: their stored value is read, else the cell is empty. */
export async function* readSheet(path: string, sheetName: string | null, limits: ReadLimits): AsyncGenerator<GridRow[]> {
  const workbook = await openWorkbook(path, limits);
  const sheet = sheetName === null ? workbook.sheets[0] : workbook.sheets.find((candidate) => candidate.name === sheetName);
  if (sheet === undefined) throw new FileFault("sheet_unknown", `The workbook has no sheet "${sheetName ?? ""}".`);
  let ready: GridRow[] = [];
  const reader = openXml(createSheetListener(workbook, limits, (row) => ready.push(row)));
  for await (const text of workbook.readPart(sheet.part)) {
    reader.push(text);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  reader.end();
  if (ready.length > 0) yield ready;
}

type Cell = { column: number; type: string; style: number; value: string };

const createSheetListener = (workbook: Workbook, limits: ReadLimits, rowRead: (row: GridRow) => void): XmlListener => {
  let number = 0;
  let cells: string[] = [];
  let size = 0;
  let cell: Cell | null = null;
  let isValue = false;
  let phoneticDepth = 0;
  return {
    opened: (written, attributes) => {
      const name = localName(written);
      if (name === "row") {
        const stated = Number(attributeOf(attributes, "r") ?? Number.NaN);
        number = Number.isInteger(stated) && stated > number && stated <= 1_048_576 ? stated : number + 1;
        cells = [];
        size = 0;
      } else if (name === "c") {
        const column = columnOfReference(attributeOf(attributes, "r")) ?? cells.length;
        cell = { column, type: attributeOf(attributes, "t") ?? "n", style: Number(attributeOf(attributes, "s") ?? -1), value: "" };
      } else if (name === "rPh") phoneticDepth += 1;
      isValue = cell !== null && phoneticDepth === 0 && (name === "v" || name === "t");
    },
    text: (text) => {
      if (isValue && cell !== null) cell.value = growText(cell.value, text, limits);
    },
    closed: (written) => {
      const name = localName(written);
      isValue = false;
      if (name === "rPh") phoneticDepth -= 1;
      if (name === "c" && cell !== null) {
        const text = textOfCell(cell, workbook);
        size += text.length;
        if (cell.column < limits.columns && size <= limits.rowCharacters) placeCell(cells, cell.column, text);
        cell = null;
      }
      if (name === "row") rowRead(size > limits.rowCharacters ? { number, cells: [], problem: rowTooLong } : { number, cells });
    },
  };
};

const rowTooLong = { code: "row_too_long", reason: "The row holds too much text." };

const placeCell = (cells: string[], column: number, text: string): void => {
  while (cells.length < column) cells.push("");
  cells[column] = text;
};

const textOfCell = (cell: Cell, workbook: Workbook): string => {
  switch (cell.type) {
    case "s":
      return workbook.sharedTexts[Number(cell.value)] ?? "";
    case "b":
      return cell.value === "1" ? "true" : "false";
    case "e":
      return "";
    case "n":
      if (cell.value === "") return "";
      return (workbook.dateStyles.has(cell.style) ? dateOfSerial(Number(cell.value), workbook.is1904) : null) ?? numberText(cell.value);
    default:
      return cell.value;
  }
};
