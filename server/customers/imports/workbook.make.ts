import { strToU8, zipSync } from "fflate";

/** A cell as it stands in the XML of a sheet; plain texts become inline texts. */
export type MadeCell = string | { type?: string; style?: number; value?: string; formula?: string };

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");

/** A workbook for tests: sheets of rows of cells. Style 1 is a date, style 2 a date of a custom format.
 *  @param given `sharedTexts` become the shared texts; `parts` replaces or adds raw parts */
export const makeWorkbook = (given: { sheets: Record<string, readonly (readonly MadeCell[])[]>; sharedTexts?: readonly string[]; parts?: Record<string, string> }): Buffer => {
  const names = Object.keys(given.sheets);
  const parts: Record<string, string> = {
    "xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr/><sheets>${names.map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names.map((_name, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}</Relationships>`,
    "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst>${(given.sharedTexts ?? []).map((text) => `<si><t>${escape(text)}</t></si>`).join("")}</sst>`,
    ...Object.fromEntries(names.map((name, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(given.sheets[name] ?? [])])),
    ...given.parts,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))));
};

const sheetXml = (rows: readonly (readonly MadeCell[])[]): string =>
  `<worksheet><sheetData>${rows.map((cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${String.fromCodePoint(65 + column)}${row + 1}`)).join("")}</row>`).join("")}</sheetData></worksheet>`;

const cellXml = (cell: MadeCell, reference: string): string => {
  if (typeof cell === "string") return `<c r="${reference}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
  const type = cell.type === undefined ? "" : ` t="${cell.type}"`;
  const style = cell.style === undefined ? "" : ` s="${cell.style}"`;
  const formula = cell.formula === undefined ? "" : `<f>${escape(cell.formula)}</f>`;
  return `<c r="${reference}"${type}${style}>${formula}${cell.value === undefined ? "" : `<v>${escape(cell.value)}</v>`}</c>`;
};
