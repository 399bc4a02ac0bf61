import type { ReadLimits, ReadSettings, SourceRow } from "./row-source.contract.ts";
import { readText } from "./text-file.ts";
import { createXmlReader, type XmlListener } from "./xml-reader.ts";

const valueElements = new Set(["string", "date", "int", "float", "boolean", "id"]);
const listElements = new Set(["list", "container"]);

/** The events of a log in XES (IEEE 1849-2023), one row each, numbered from 1 in the order of the file.
 *  Attributes of the trace that stand before its events come along as "case:<key>"; nested ones as "<key>.<key>". */
export async function* readXes(path: string, encoding: ReadSettings["encoding"], limits: ReadLimits): AsyncGenerator<SourceRow[]> {
  let ready: SourceRow[] = [];
  const reader = createXmlReader(createLogListener(limits, (row) => ready.push(row)), limits);
  for await (const text of readText(path, encoding, limits)) {
    reader.write(text);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  reader.close();
  if (ready.length > 0) yield ready;
}

const createLogListener = (limits: ReadLimits, rowRead: (row: SourceRow) => void): XmlListener => {
  const open: string[] = [];
  let traceCells = new Map<string, string>();
  let eventCells: Map<string, string> | null = null;
  let isTrace = false;
  let number = 0;
  let traces = 0;
  let size = 0;
  return {
    open: (name, attributes) => {
      if (name === "trace") {
        isTrace = true;
        traces += 1;
        traceCells = new Map([["case:number", String(traces)]]);
      } else if (name === "event") {
        eventCells = new Map(traceCells);
        size = 0;
      } else if (valueElements.has(name) || listElements.has(name)) {
        open.push(attributes["key"] ?? name);
        const value = attributes["value"];
        const cells = eventCells ?? (isTrace ? traceCells : null);
        if (cells === null || value === undefined || value === "" || open.length > limits.depth) return;
        size += value.length;
        const key = open.join(".").slice(0, 200);
        if (cells.size < limits.columns && size <= limits.rowCharacters) cells.set(eventCells === null ? `case:${key}` : key, value);
      }
    },
    close: (name) => {
      if (valueElements.has(name) || listElements.has(name)) open.pop();
      if (name === "trace") isTrace = false;
      if (name !== "event" || eventCells === null) return;
      number += 1;
      const problem = { code: "row_too_long", reason: "The event holds too much text." };
      rowRead(size > limits.rowCharacters ? { number, cells: eventCells, problem } : { number, cells: eventCells });
      eventCells = null;
    },
  };
};
