import { openXesRows, type Attributes, type XesRow } from "@firsthand/mining";
import type { ReadLimits, ReadSettings, SourceRow } from "./row-source.contract.ts";
import { readText } from "./text-file.ts";
import { withFaultsOfFile } from "./text-reader.ts";

/** The events of a log in XES (IEEE 1849-2023), one row each, numbered from 1 in the order of the file.
 *  Attributes of the trace that stand before its events come along as "case:<key>"; nested ones as "<key>.<key>". */
export async function* readXes(path: string, encoding: ReadSettings["encoding"], limits: ReadLimits): AsyncGenerator<SourceRow[]> {
  let ready: SourceRow[] = [];
  let number = 0;
  const reader = withFaultsOfFile(openXesRows((row) => ready.push(rowOf(row, ++number, limits))));
  for await (const text of readText(path, encoding, limits)) {
    reader.push(text);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  reader.end();
  if (ready.length > 0) yield ready;
}

const rowOf = ({ trace, attributes, caseAttributes, isTooLong }: XesRow, number: number, limits: ReadLimits): SourceRow => {
  const cells = new Map<string, string>(trace === 0 ? [] : [["case:number", String(trace)]]);
  addCells(cells, caseAttributes, "case:", limits);
  addCells(cells, attributes, "", limits);
  return isTooLong ? { number, cells, problem: { code: "row_too_long", reason: "The event holds too much text." } } : { number, cells };
};

const addCells = (cells: Map<string, string>, attributes: Attributes, prefix: string, limits: ReadLimits): void => {
  for (const [name, { value }] of attributes) {
    const key = `${prefix}${name}`.slice(0, 200);
    if (value !== "" && (cells.size < limits.columns || cells.has(key))) cells.set(key === "__proto__" ? "proto" : key, value);
  }
};
