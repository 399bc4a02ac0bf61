import { columnOfReference, numberText } from "../../customers/imports/sheet.rules.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { FileTools, Row } from "./survey-file.rules.ts";

const SHEETS = ["survey", "choices", "settings"];
const ROWS_MAX = 20_000;
const COLUMNS_MAX = 300;
const CELLS_MAX = 500_000;
const NAME_MAX = 300;

/** The sheets "survey", "choices" and "settings" of a workbook, each row by the names in the first row.
 *  @returns null when the archive is no workbook */
export function readSheets(bytes: Uint8Array, tools: FileTools): ReadonlyMap<string, readonly Row[]> | null {
  const parts = tools.unzip(bytes, (name) => /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[\w.-]+\.xml)$/.test(name));
  const textOf = (name: string): string | null => {
    const part = parts.get(name);
    return part === undefined ? null : new TextDecoder("utf-8").decode(part);
  };
  const outline = textOf("xl/workbook.xml");
  if (outline === null) return null;
  const targets = targetsOf(textOf("xl/_rels/workbook.xml.rels") ?? "", tools);
  const shared = sharedTextsOf(textOf("xl/sharedStrings.xml"), tools);
  const sheets = new Map<string, readonly Row[]>();
  for (const { name, target } of sheetsOf(outline, targets, tools)) {
    const text = textOf(target);
    if (SHEETS.includes(name) && text !== null) sheets.set(name, rowsOf(text, shared, tools));
  }
  return sheets;
}

const bare = (name: string): string => name.slice(name.indexOf(":") + 1);
const nothing = (): void => undefined;

function targetsOf(text: string, tools: FileTools): Map<string, string> {
  const targets = new Map<string, string>();
  if (text !== "") tools.readXml(text, { open: (name, attributes) => void (bare(name) === "Relationship" && targets.set(attributes["Id"] ?? "", attributes["Target"] ?? "")), close: nothing, text: nothing });
  return targets;
}

function sheetsOf(text: string, targets: ReadonlyMap<string, string>, tools: FileTools): { name: string; target: string }[] {
  const sheets: { name: string; target: string }[] = [];
  tools.readXml(text, {
    open: (name, attributes) => {
      if (bare(name) !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => bare(key) === "id" && key.includes(":"))?.[1] ?? "";
      const target = targets.get(id) ?? "";
      sheets.push({ name: (attributes["name"] ?? "").trim().toLowerCase(), target: target.startsWith("/") ? target.slice(1) : `xl/${target}` });
    },
    close: nothing, text: nothing,
  });
  return sheets;
}

function sharedTextsOf(text: string | null, tools: FileTools): string[] {
  const texts: string[] = [];
  if (text === null) return texts;
  let [current, isText, phonetic] = ["", false, 0];
  tools.readXml(text, {
    open: (name) => {
      if (bare(name) === "si") current = "";
      if (bare(name) === "rPh") phonetic += 1;
      isText = bare(name) === "t" && phonetic === 0;
    },
    text: (words) => {
      if (isText) current += words;
    },
    close: (name) => {
      isText = false;
      if (bare(name) === "rPh") phonetic -= 1;
      if (bare(name) === "si") texts.push(current);
    },
  });
  return texts;
}

/** Rows of a sheet by the names in its first row that has any; empty rows are left out. */
function rowsOf(text: string, shared: readonly string[], tools: FileTools): Row[] {
  const grid = gridOf(text, shared, tools).filter((cells) => cells.some((cell) => cell.trim() !== ""));
  const [header = [], ...body] = grid;
  // Excel writes "label :: French" now and then; the form means the same.
  const names = header.map((name) => name.trim().slice(0, NAME_MAX).replaceAll(/\s*::\s*/g, "::").replace(/^(label|hint|constraint_message|required_message):(?!:)/i, "$1::")).map((name) => (name.includes("::") ? name.replace(/^[^:]+/, (base) => base.toLowerCase()) : name.toLowerCase()));
  return body.map((cells) => new Map(names.flatMap((name, index) => (name === "" ? [] : [[name, cells[index] ?? ""] as const]))));
}

function gridOf(text: string, shared: readonly string[], tools: FileTools): string[][] {
  const grid: string[][] = [];
  let cells: string[] = [];
  let total = 0;
  let cell: { column: number; type: string; value: string } | null = null;
  let isValue = false;
  tools.readXml(text, {
    open: (name, attributes) => {
      if (bare(name) === "row") cells = [];
      if (bare(name) === "c") cell = { column: columnOfReference(attributes["r"]) ?? cells.length, type: attributes["t"] ?? "n", value: "" };
      isValue = cell !== null && (bare(name) === "v" || bare(name) === "t");
    },
    text: (words) => {
      if (isValue && cell !== null) cell.value += words;
    },
    close: (name) => {
      isValue = false;
      if (bare(name) === "c" && cell !== null) {
        total += 1;
        if (total > CELLS_MAX) throw new ConversionFault("file_too_large", `A sheet has more than ${CELLS_MAX} cells.`);
        if (cell.column < COLUMNS_MAX) putCell(cells, cell.column, wordsOf(cell, shared));
        cell = null;
      }
      if (bare(name) === "row") grid.push(cells);
      if (grid.length > ROWS_MAX) throw new ConversionFault("file_too_large", `A sheet has more than ${ROWS_MAX} rows.`);
    },
  });
  return grid;
}

function putCell(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push("");
  cells[column] = text;
}

function wordsOf(cell: { type: string; value: string }, shared: readonly string[]): string {
  if (cell.type === "s") return shared[Number(cell.value)] ?? "";
  if (cell.type === "b") return cell.value === "1" ? "true" : "false";
  if (cell.type === "e") return "";
  return cell.type === "n" && cell.value !== "" ? numberText(cell.value) : cell.value;
}
