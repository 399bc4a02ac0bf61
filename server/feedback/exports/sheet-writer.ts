import { Zip, ZipDeflate, strToU8 } from "fflate";
import { Readable } from "node:stream";

/** Most rows a sheet takes, with its heading. Source: Microsoft, "Excel specifications and limits". */
export const SHEET_ROWS_MAX = 1_048_576;
const CELL_TEXT_MAX = 32_767;
// Rows are pushed into the archive in pieces of about this many characters.
const PIECE_CHARACTERS = 256_000;

export type Cell = string | number | Date | null;

type Workbook = {
  heading: readonly string[];
  rows: AsyncIterable<readonly Cell[]>;
  /** Rows of a sheet with its heading; at least 2. */
  sheetRowsMax?: number;
};

/** A workbook as a stream: rows are written as they come, so that its size does not matter; when a sheet is full, the next one begins. */
export const workbookStream = (given: Workbook): Readable =>
  Readable.from(bytesOf(given), { objectMode: false, highWaterMark: 1 << 20 });

async function* bytesOf({ heading, rows, sheetRowsMax = SHEET_ROWS_MAX }: Workbook): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((fault, chunk) => {
    if (fault !== null) throw fault;
    if (chunk.length > 0) ready.push(chunk);
  });
  let sheet = beginSheet(zip, 1, heading);
  let count = 1;
  for await (const row of rows) {
    if (sheet.rows >= sheetRowsMax) {
      sheet.end();
      count += 1;
      sheet = beginSheet(zip, count, heading);
    }
    sheet.add(row);
    if (ready.length > 0) yield* ready.splice(0);
  }
  sheet.end();
  for (const [name, content] of partsOf(count)) addFile(zip, name, content);
  zip.end();
  yield* ready.splice(0);
}

const beginSheet = (zip: Zip, number: number, heading: readonly string[]): { readonly rows: number; add: (row: readonly Cell[]) => void; end: () => void } => {
  const file = new ZipDeflate(`xl/worksheets/sheet${number}.xml`, { level: 1 });
  zip.add(file);
  let rows = 0;
  let waiting = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  const add = (row: readonly Cell[]): void => {
    rows += 1;
    waiting += rowXml(row, rows);
    if (waiting.length < PIECE_CHARACTERS) return;
    file.push(strToU8(waiting));
    waiting = "";
  };
  add(heading);
  return {
    get rows() {
      return rows;
    },
    add,
    end: () => file.push(strToU8(`${waiting}</sheetData></worksheet>`), true),
  };
};

const rowXml = (row: readonly Cell[], number: number): string =>
  `<row r="${number}">${row.map((cell, column) => cellXml(cell, `${columnName(column)}${number}`)).join("")}</row>`;

// Texts stand in the cell as texts: no table calculator takes them for formulas.
const cellXml = (cell: Cell, place: string): string => {
  if (cell === null || cell === "") return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : "";
  // Days since 30 December 1899, which the format of style 1 shows as a date.
  if (cell instanceof Date) return `<c r="${place}" s="1"><v>${cell.getTime() / 86_400_000 + 25_569}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.slice(0, CELL_TEXT_MAX))}</t></is></c>`;
};

const columnName = (index: number): string => (index < 26 ? "" : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

// XML 1.0 cannot hold most control characters at all.
const escapeXml = (text: string): string =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const addFile = (zip: Zip, name: string, content: string): void => {
  const file = new ZipDeflate(name, { level: 6 });
  zip.add(file);
  file.push(strToU8(content), true);
};

const partsOf = (sheets: number): [string, string][] => {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006/relationships";
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return [
    ["[Content_Types].xml", `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbers.map((number) => `<sheet name="Responses${number === 1 ? "" : ` ${number}`}" sheetId="${number}" r:id="rId${number}"/>`).join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${packages}">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join("")}<Relationship Id="rId${sheets + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`],
  ];
};
