import { ConversionFault } from "./conversion-fault.rules.ts";

/** A streaming XML parser's events, so that the parser itself stays outside of the rules. */
export type XmlListener = {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  close: (name: string) => void;
  text: (text: string) => void;
};

/** What the outside gives to read files with. */
export type FileTools = {
  /** Feeds well-formed XML to a listener; must refuse a document type. */
  readXml: (text: string, listener: XmlListener) => void;
  /** The parts of a zip archive whose names are wanted, unpacked up to a size. */
  unzip: (bytes: Uint8Array, isWanted: (name: string) => boolean) => ReadonlyMap<string, Uint8Array>;
};

/** One row of a LimeSurvey table, or of a sheet: column name to text. */
export type Row = ReadonlyMap<string, string>;

const ROWS_MAX = 200_000;
const DEPTH_MAX = 20;

export type LimeFile = { kind: string; version: string; languages: readonly string[]; tables: ReadonlyMap<string, readonly Row[]> };

/** The tables of a LimeSurvey file; null when it is other XML. */
export function readLimeTables(text: string, tools: FileTools): LimeFile | null {
  const path: string[] = [];
  const tables = new Map<string, Row[]>();
  const languages: string[] = [];
  let [kind, version, words] = ["", "", ""];
  let row: Map<string, string> | null = null;
  let count = 0;
  tools.readXml(text, {
    open: (name) => {
      path.push(name);
      words = "";
      if (path.length > DEPTH_MAX) throw new ConversionFault("file_damaged", "The XML is nested too deeply for a LimeSurvey file.");
      if (path.length === 4 && path[2] === "rows" && name === "row") row = new Map();
    },
    text: (given) => {
      words += given;
    },
    close: (name) => {
      const [root, table = "", rows] = path;
      if (root === "document" && path.length === 2 && table === "LimeSurveyDocType") kind = words.trim();
      if (root === "document" && path.length === 2 && table === "DBVersion") version = words.trim();
      if (path.length === 3 && table === "languages" && name === "language") languages.push(words.trim());
      if (path.length === 5 && row !== null) row.set(name, words);
      if (path.length === 4 && rows === "rows" && row !== null) {
        count += 1;
        if (count > ROWS_MAX) throw new ConversionFault("file_too_large", `The file has more than ${ROWS_MAX} rows.`);
        tables.set(table, pushed(tables.get(table), row));
        row = null;
      }
      words = "";
      path.pop();
    },
  });
  return kind === "" ? null : { kind, version, languages, tables };
}

function pushed(rows: Row[] | undefined, row: Row): Row[] {
  const all = rows ?? [];
  all.push(row);
  return all;
}
