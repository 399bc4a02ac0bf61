import { createCsvReader } from "../../customers/imports/csv.rules.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import { plainText } from "./plain-text.rules.ts";
import { itemsAt, itemsOf, memberOf, readJson, textAt, textOf } from "./source-values.rules.ts";

/** A column of responses: its name, the question's words if the file has them, and Qualtrics' import id. */
export type ResponseColumn = { name: string; label: string; importId: string };
/** Responses as rows of cells; a cell holds several values where the source lists choices. */
export type ResponseTable = { kind: "qualtrics" | "csv" | "typeform"; columns: readonly ResponseColumn[]; rows: readonly (readonly (readonly string[])[])[] };

const ROWS_MAX = 50_000;
const COLUMNS_MAX = 2_000;
const ROW_CHARACTERS_MAX = 400_000;
/** Cells of a whole file, empty ones too: each takes memory until the file is read. */
const CELLS_MAX = 6_000_000;
const NOTHING: readonly string[] = [];

/** Reads responses: Qualtrics' CSV with three header rows, CSV with one, or the responses JSON of Typeform. */
export function readResponses(text: string): ResponseTable {
  const bare = text.replace(/^\uFEFF/, "");
  return /^\s*[[{]/.test(bare) ? readTypeform(readJson(bare)) : readCsv(bare);
}

function readCsv(text: string): ResponseTable {
  const head = text.slice(0, 4_000).split(/\r?\n/)[0] ?? "";
  const delimiter = [",", ";", "\t"].toSorted((one, other) => head.split(other).length - head.split(one).length)[0] ?? ",";
  const reader = createCsvReader({ delimiter, quote: "\"" }, ROW_CHARACTERS_MAX);
  const rows = [...reader.push(text), ...reader.end()].filter((row) => row.problem === undefined && row.cells.some((cell) => cell.trim() !== "")).map((row) => row.cells);
  const [names = [], labels = [], ids = []] = rows;
  if (names.length === 0 || rows.length < 2) throw new ConversionFault("file_damaged", "The file has no rows of responses.");
  if (names.length > COLUMNS_MAX || rows.length > ROWS_MAX) throw new ConversionFault("file_too_large", `The file has more than ${ROWS_MAX.toLocaleString("en")} responses or ${COLUMNS_MAX} columns. Import it in parts.`);
  refuseTooMany(names.length, rows.length);
  const isQualtrics = ids.length > 0 && ids.filter((cell) => /^\{["']ImportId["']\s*:/.test(cell.trim())).length > ids.length / 2;
  if (!isQualtrics && isSecondHeader(names, labels)) return tableOf("csv", joinHeaders(names, labels), rows.slice(2));
  const columns = names.map((name, index) => ({ name: name.trim(), label: isQualtrics ? plainText(labels[index] ?? "") : "", importId: isQualtrics ? (/["']ImportId["']\s*:\s*["']([^"']*)/.exec(ids[index] ?? "")?.[1] ?? "") : "" }));
  return tableOf(isQualtrics ? "qualtrics" : "csv", columns, rows.slice(isQualtrics ? 3 : 1));
}

const tableOf = (kind: ResponseTable["kind"], columns: readonly ResponseColumn[], rows: readonly (readonly string[])[]): ResponseTable =>
  ({ kind, columns, rows: rows.map((cells) => columns.map((_column, index) => cellOf(cells[index] ?? ""))) });

const OF_WHOLE = ["response", "open-ended response", ""];

// SurveyMonkey writes the question once over all its columns, and its options in a second row.
function isSecondHeader(names: readonly string[], labels: readonly string[]): boolean {
  return (labels[0] ?? "").trim() === "" && labels.some((label) => OF_WHOLE.includes(label.trim().toLowerCase()) && label.trim() !== "") && names[0]?.trim() !== "";
}

function joinHeaders(names: readonly string[], labels: readonly string[]): ResponseColumn[] {
  let over = "";
  return Array.from({ length: Math.max(names.length, labels.length) }, (_none, index) => {
    over = (names[index] ?? "").trim() || over;
    const label = (labels[index] ?? "").trim();
    return { name: over, label: OF_WHOLE.includes(label.toLowerCase()) ? plainText(over) : plainText(`${over} ${label}`), importId: "" };
  });
}

const cellOf = (text: string): readonly string[] => (text.trim() === "" ? NOTHING : [text.trim()]);

function refuseTooMany(columns: number, rows: number): void {
  if (columns * rows <= CELLS_MAX) return;
  throw new ConversionFault("file_too_large", `The file has ${rows.toLocaleString("en")} responses in ${columns} columns, more than can be read at once. Import it in parts, or leave out columns you do not need.`);
}

function readTypeform(file: unknown): ResponseTable {
  const items = itemsOf(memberOf(file, "items") ?? (memberOf(file, "form_response") === undefined ? file : [memberOf(file, "form_response")]));
  const columns = new Map<string, ResponseColumn>(["response_id", "landed_at", "submitted_at"].map((name) => [name, { name, label: "", importId: "" }]));
  const found = items.slice(0, ROWS_MAX).map((item) => {
    const cells = new Map([["response_id", cellOf(textAt(item, "response_id") || textAt(item, "token"))], ["landed_at", cellOf(textAt(item, "landed_at"))], ["submitted_at", cellOf(textAt(item, "submitted_at"))]]);
    for (const answer of itemsAt(item, "answers")) {
      const name = textAt(answer, "field", "ref") || textAt(answer, "field", "id");
      if (!columns.has(name) && columns.size < COLUMNS_MAX) columns.set(name, { name, label: "", importId: textAt(answer, "field", "id") });
      cells.set(name, valuesOf(answer));
    }
    return cells;
  });
  if (found.length === 0) throw new ConversionFault("file_damaged", "The file holds no responses of Typeform: “items” with “answers”.");
  const list = [...columns.values()];
  refuseTooMany(list.length, found.length);
  return { kind: "typeform", columns: list, rows: found.map((cells) => list.map((column) => cells.get(column.name) ?? NOTHING)) };
}

function valuesOf(answer: unknown): readonly string[] {
  const type = textAt(answer, "type");
  if (type === "choice") return cellOf(textAt(answer, "choice", "label") || textAt(answer, "choice", "other"));
  if (type === "choices") return [...itemsAt(answer, "choices", "labels"), memberOf(answer, "choices", "other")].map(textOf).filter((text) => text !== "");
  return cellOf(textOf(memberOf(answer, type)));
}
