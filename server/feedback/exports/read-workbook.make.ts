// Reads a workbook as strictly as its format is meant: parts by their relations, XML without faults, cells in their places. It shares no code with the writer.
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";

export type ReadSheet = { name: string; rows: (string | number | Date | null)[][] };
type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** @throws when a part is missing, is not well-formed XML, or a cell is out of order */
export const readWorkbook = (bytes: Uint8Array): ReadSheet[] => {
  const files = unzipSync(new Uint8Array(bytes));
  const part = (path: string): Element => {
    const file = files[path];
    if (file === undefined) throw new Error(`The workbook has no part ${path}.`);
    return parse(strFromU8(file));
  };
  const types = part("[Content_Types].xml").children;
  const main = targetOf(part("_rels/.rels"), ({ Type = "" }) => Type.endsWith("/officeDocument"));
  const relations = part("xl/_rels/workbook.xml.rels");
  const dates = dateStyles(part(`xl/${targetOf(relations, ({ Type = "" }) => Type.endsWith("/styles"))}`));
  return all(part(main), "sheet").map(({ attributes }) => {
    const path = `xl/${targetOf(relations, ({ Id }) => Id === attributes["r:id"])}`;
    if (types.every((type) => type.attributes["PartName"] !== `/${path}`)) throw new Error(`The kind of ${path} is not stated.`);
    return { name: attributes["name"] ?? "", rows: all(part(path), "row").map((row, index) => readRow(row, index + 1, dates)) };
  });
};

const parse = (xml: string): Element => {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (fault) => {
    throw fault;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])), children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  const [document] = root.children;
  if (document === undefined) throw new Error("A part of the workbook is empty.");
  return document;
};

const all = (element: Element, name: string): Element[] => [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];

const targetOf = (relations: Element, fits: (attributes: Record<string, string>) => boolean): string => {
  const target = relations.children.find(({ attributes }) => fits(attributes))?.attributes["Target"];
  if (target === undefined) throw new Error("A relation of the workbook leads nowhere.");
  return target;
};

// Places of cell formats that show a date.
const dateStyles = (styles: Element): Set<number> => {
  const dates = new Set(all(styles, "numFmt").filter(({ attributes }) => /[ymdh]/.test(attributes["formatCode"] ?? "")).map(({ attributes }) => attributes["numFmtId"]));
  const formats = all(styles, "cellXfs")[0]?.children ?? [];
  return new Set(formats.flatMap(({ attributes }, index) => (dates.has(attributes["numFmtId"]) ? [index] : [])));
};

const readRow = (row: Element, number: number, dates: ReadonlySet<number>): (string | number | Date | null)[] => {
  if (row.attributes["r"] !== String(number)) throw new Error(`Row ${number} is called ${row.attributes["r"]}.`);
  const values: (string | number | Date | null)[] = [];
  for (const cell of row.children) {
    const [, letters = "", line] = /^([A-Z]+)(\d+)$/.exec(cell.attributes["r"] ?? "") ?? [];
    const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    if (line !== String(number) || place < values.length) throw new Error(`Cell ${cell.attributes["r"]} is out of place.`);
    while (values.length < place) values.push(null);
    values.push(readCell(cell, dates));
  }
  return values;
};

const readCell = (cell: Element, dates: ReadonlySet<number>): string | number | Date => {
  if (all(cell, "f").length > 0) throw new Error("A cell holds a formula.");
  if (cell.attributes["t"] === "inlineStr") return all(cell, "t").map(({ text }) => text).join("");
  const value = Number(all(cell, "v")[0]?.text);
  if (Number.isNaN(value)) throw new Error(`Cell ${cell.attributes["r"]} holds no number.`);
  return dates.has(Number(cell.attributes["s"] ?? 0)) ? new Date(Math.round((value - 25_569) * 86_400_000)) : value;
};
