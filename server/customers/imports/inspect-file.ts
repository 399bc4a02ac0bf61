import { FileFault } from "./file-fault.ts";
import { type ColumnProfile, profileColumn } from "./column-profile.rules.ts";
import type { Column } from "./grid.rules.ts";
import { type Guess, guessMapping } from "./mapping-guess.rules.ts";
import { inspectObjects } from "./ocel.ts";
import { encodings, type ReadLimits, type ReadSettings, type SourceRow } from "./row-source.contract.ts";
import { readRows } from "./row-source.ts";
import { guessDelimiter, guessHeader, guessQuote, splitSample } from "./sniff.rules.ts";
import { detectEncoding, readBytes, readHead, readText } from "./text-file.ts";
import { listSheets } from "./workbook.ts";

const sampleRows = 2_000;
const sampleCharacters = 512 * 1024;

export type Preview = { columns: readonly Column[]; rows: readonly SourceRow[] };
export type Inspection = { guess: Guess; preview: Preview; sheets: readonly string[] };

/** Finds out what a file is and proposes how to import it.
 *  @returns `sheets`: those of a workbook, or the types of objects in an object-centric log */
export const inspectFile = async (path: string, fileName: string, limits: ReadLimits): Promise<Inspection> => {
  const guessed = await guessReadSettings(path, limits);
  const objects = guessed.format === "ocel" ? await inspectObjects(path, guessed.encoding, limits) : null;
  const read = objects === null ? guessed : { ...guessed, objects: objects.customers };
  const preview = await readPreview(path, read, limits);
  const sheets = read.format === "xlsx" ? (await listSheets(path, limits)).map((sheet) => sheet.name) : (objects?.types ?? []);
  return { guess: guessMapping(profilePreview(preview), read, fileName), preview, sheets };
};

/** The first rows under given settings, for looking at them and for guessing.
 *  @throws FileFault when the file cannot be read that way or holds no row */
export const readPreview = async (path: string, read: ReadSettings, limits: ReadLimits): Promise<Preview> => {
  const named = new Map<string, Column>();
  const rows: SourceRow[] = [];
  for await (const batch of readRows(path, read, limits)) {
    for (const column of batch.columns ?? []) named.set(column.name, column);
    for (const row of batch.rows) {
      if (rows.length >= sampleRows) break;
      rows.push(row);
      for (const name of row.cells.keys()) if (!named.has(name) && named.size < limits.columns) named.set(name, { name, label: null });
    }
    if (rows.length >= sampleRows) break;
  }
  if (named.size === 0) throw new FileFault("file_not_a_table", "The file holds no row.");
  return { columns: [...named.values()], rows };
};

export const profilePreview = (preview: Preview): ColumnProfile[] =>
  preview.columns.map((column) => profileColumn(column, preview.rows.map((row) => row.cells.get(column.name) ?? "")));

const defaults: ReadSettings = { format: "csv", encoding: "utf-8", delimiter: ",", quote: "\"", headerRows: 1, skipRows: 0, sheet: null };

const guessReadSettings = async (path: string, limits: ReadLimits): Promise<ReadSettings> => {
  const head = await readHead(path, 8);
  if (head.length === 0) throw new FileFault("file_not_a_table", "The file is empty.");
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return { ...defaults, ...(await sheetHeader(path, limits)), format: "xlsx" };
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new FileFault("file_not_a_table", "This is a workbook of the old .xls kind. Save it as .xlsx or CSV and import that.");
  }
  if (head.toString("latin1").startsWith("SQLite f")) {
    throw new FileFault("file_not_a_table", "This is a database file (SQLite). Save an object-centric log as JSON or XML and import that.");
  }
  const first = await firstBytes(path, limits);
  if (first.subarray(0, 2).toString("latin1") === "PK") throw new FileFault("file_not_a_table", "This is a packed archive. Unpack it and import the files in it.");
  const encoding = await detectEncoding(path, limits);
  const sample = await readSample(path, encoding, limits);
  const start = sample.trimStart();
  if (start === "") throw new FileFault("file_not_a_table", "The file holds no row.");
  if (start.startsWith("<")) return { ...defaults, ...xmlSettings(start, encoding) };
  if (start.startsWith("{") && isObjectLog(start)) return { ...defaults, encoding, format: "ocel" };
  if (start.startsWith("{") && isJsonLine(start)) return { ...defaults, encoding, format: "jsonl" };
  if (start.startsWith("[") && /^\[\s*[{\]]/.test(start)) return { ...defaults, encoding, format: "json" };
  const quote = guessQuote(sample);
  const delimiter = guessDelimiter(sample, quote);
  return { ...defaults, encoding, quote, delimiter, ...guessHeader(splitSample(sample, delimiter, quote)) };
};

const sheetHeader = async (path: string, limits: ReadLimits): Promise<{ skipRows: number; headerRows: number }> => {
  const raw = await readPreview(path, { ...defaults, format: "xlsx", headerRows: 0 }, limits);
  return guessHeader(raw.rows.slice(0, 200).map((row) => raw.columns.map((column) => row.cells.get(column.name) ?? "")));
};

/** @param found what the bytes look like, for a file that says nothing or says UTF-8 and is not */
const xmlSettings = (start: string, found: ReadSettings["encoding"]): Pick<ReadSettings, "encoding" | "format"> => {
  const head = start.slice(0, 20_000);
  if (!/<(\w+:)?log[\s>/]/.test(head)) throw new FileFault("file_not_a_table", "This XML is no event log. Import CSV, XLSX, JSON lines, XES or OCEL 2.0.");
  const format = /<(object-types|event-types|objects|events)[\s>/]/.test(head) ? "ocel" : "xes";
  const declared = /^<\?xml[^>]*encoding=["']([^"']*)/.exec(start)?.[1]?.toLowerCase() ?? found;
  if (declared.startsWith("utf-16") || declared === "utf-8" || declared === "utf8" || declared === "us-ascii") return { encoding: found, format };
  // Browsers and Node read ISO 8859-1 as Windows-1252, which holds it whole.
  const known = declared === "iso-8859-1" ? "windows-1252" : encodings.find((encoding) => encoding === declared);
  if (known === undefined) throw new FileFault("encoding_unknown", `The file says that it is written in "${declared.slice(0, 40)}", which is not known. Write it as UTF-8.`);
  return { encoding: known, format };
};

/** An object-centric log names its lists of types first, or has both other lists, which no row of JSON lines has. */
const isObjectLog = (start: string): boolean => {
  const has = (name: string): boolean => new RegExp(`"${name}"\\s*:\\s*\\[`).test(start);
  if (/"ocel:(global-log|events|objects)"\s*:/.test(start.slice(0, 20_000))) {
    throw new FileFault("file_not_a_table", "This is an object-centric log of version 1. Write it as OCEL 2.0 and import that.");
  }
  return has("objectTypes") || has("eventTypes") || (has("objects") && has("events"));
};

const isJsonLine = (start: string): boolean => {
  const line = start.split("\n", 1)[0] ?? "";
  // A cut or broken first line still looks like an object with a quoted key; CSV never does.
  return /^\{\s*("|\}|$)/.test(line);
};

const firstBytes = async (path: string, limits: ReadLimits): Promise<Buffer> => {
  for await (const chunk of readBytes(path, limits)) return chunk;
  return Buffer.alloc(0);
};

const readSample = async (path: string, encoding: ReadSettings["encoding"], limits: ReadLimits): Promise<string> => {
  let sample = "";
  for await (const text of readText(path, encoding, limits)) {
    sample += text;
    if (sample.length >= sampleCharacters) break;
  }
  return sample;
};
