import { attributeOf, localName, type XmlListener } from "@firsthand/mining";
import { FileFault } from "./file-fault.ts";
import type { ReadLimits } from "./row-source.contract.ts";
import { isDateFormat } from "./sheet.rules.ts";
import { openXml } from "./text-reader.ts";
import { openZip, type ZipFile } from "./zip-file.ts";

export type Sheet = { name: string; part: string };
export type Workbook = {
  sheets: readonly Sheet[];
  is1904: boolean;
  sharedTexts: readonly string[];
  dateStyles: ReadonlySet<number>;
  readPart: (name: string) => AsyncGenerator<string>;
};

/** Names of the sheets without reading their rows or the shared texts. */
export const listSheets = async (path: string, limits: ReadLimits): Promise<readonly Sheet[]> => {
  const zip = await openZip(path, limits);
  return (await readOutline(zip)).sheets;
};

/** Everything of a workbook that is needed before the rows of a sheet can be read. */
export const openWorkbook = async (path: string, limits: ReadLimits): Promise<Workbook> => {
  const zip = await openZip(path, limits);
  const outline = await readOutline(zip);
  return {
    ...outline,
    sharedTexts: await readSharedTexts(zip, limits),
    dateStyles: await readDateStyles(zip),
    readPart: zip.readEntry,
  };
};

const readOutline = async (zip: ZipFile): Promise<{ sheets: Sheet[]; is1904: boolean }> => {
  if (!zip.names.includes("xl/workbook.xml")) {
    throw new FileFault("file_not_a_table", "This archive holds no workbook. Unpack it and import the files in it, or save as XLSX.");
  }
  const targets = new Map<string, string>();
  await readXml(zip, "xl/_rels/workbook.xml.rels", {
    opened: (name, attributes) => {
      if (localName(name) === "Relationship") targets.set(attributeOf(attributes, "Id") ?? "", attributeOf(attributes, "Target") ?? "");
    },
    closed: () => undefined,
  });
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readXml(zip, "xl/workbook.xml", {
    opened: (written, attributes) => {
      const name = localName(written);
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributeOf(attributes, "date1904") ?? "");
      if (name !== "sheet") return;
      const target = targets.get(attributeOf(attributes, "r:id") ?? "") ?? "";
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      if (zip.names.includes(part)) sheets.push({ name: attributeOf(attributes, "name") ?? "", part });
    },
    closed: () => undefined,
  });
  if (sheets.length === 0) throw new FileFault("file_not_a_table", "The workbook has no sheet.");
  return { sheets, is1904 };
};

const readSharedTexts = async (zip: ZipFile, limits: ReadLimits): Promise<string[]> => {
  const texts: string[] = [];
  if (!zip.names.includes("xl/sharedStrings.xml")) return texts;
  let current = "";
  let isText = false;
  let phoneticDepth = 0;
  let total = 0;
  await readXml(zip, "xl/sharedStrings.xml", {
    opened: (written) => {
      const name = localName(written);
      if (name === "si") current = "";
      if (name === "rPh") phoneticDepth += 1;
      isText = name === "t" && phoneticDepth === 0;
    },
    text: (text) => {
      if (isText) current = growText(current, text, limits);
    },
    closed: (written) => {
      const name = localName(written);
      isText = false;
      if (name === "rPh") phoneticDepth -= 1;
      if (name !== "si") return;
      // Each entry costs memory even when it is empty, hence the constant.
      total += current.length + 16;
      if (total > limits.sharedTextCharacters) throw new FileFault("file_too_large", "The workbook holds too much text to open. Save the sheet as CSV.");
      texts.push(current);
    },
  });
  return texts;
};

/** Adds a piece to a text of the workbook. A row refuses what is beyond its limit; what is far beyond it may never end, so it is not gathered at all. */
export const growText = (text: string, piece: string, limits: ReadLimits): string => {
  if (text.length + piece.length <= 4 * limits.rowCharacters) return text + piece;
  throw new FileFault("row_too_long", "A cell of the workbook holds far too much text. Empty it and save the workbook anew.");
};

const readDateStyles = async (zip: ZipFile): Promise<Set<number>> => {
  const dateStyles = new Set<number>();
  if (!zip.names.includes("xl/styles.xml")) return dateStyles;
  const codes = new Map<number, string>();
  let isCellStyle = false;
  let index = 0;
  await readXml(zip, "xl/styles.xml", {
    opened: (written, attributes) => {
      const name = localName(written);
      if (name === "numFmt") codes.set(Number(attributeOf(attributes, "numFmtId") ?? Number.NaN), attributeOf(attributes, "formatCode") ?? "");
      if (name === "cellXfs") isCellStyle = true;
      if (name !== "xf" || !isCellStyle) return;
      const id = Number(attributeOf(attributes, "numFmtId") ?? 0);
      if (isDateFormat(id, codes.get(id) ?? null)) dateStyles.add(index);
      index += 1;
    },
    closed: (name) => {
      if (localName(name) === "cellXfs") isCellStyle = false;
    },
  });
  return dateStyles;
};

const readXml = async (zip: ZipFile, part: string, listener: XmlListener): Promise<void> => {
  if (!zip.names.includes(part)) return;
  const reader = openXml(listener);
  for await (const text of zip.readEntry(part)) reader.push(text);
  reader.end();
};
