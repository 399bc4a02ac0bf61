// Writes a log in the form that the name of a file asks for.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { liftCases, makeOcelXmlWriter, writeCsv, writeOcel, writeXes, type WrittenCase } from "@firsthand/mining";
import { CommandError, UsageError, type Output } from "./command.ts";
import { count } from "./text-table.ts";

/** @throws UsageError when the name of the file asks for no form that can be written */
export const checkWrittenForm = (path: string): void => {
  if (formOf(path) === null) throw new UsageError(`--write takes a file that ends with .xes, .csv, .json or .xml, and perhaps .gz after it, not "${path}".`);
};

const formOf = (path: string): "xes" | "csv" | "json" | "xml" | null => {
  const ending = /\.(xes|csv|json|xml|jsonocel|xmlocel)(?:\.gz)?$/iu.exec(path)?.[1]?.toLowerCase();
  if (ending === "jsonocel") return "json";
  if (ending === "xmlocel") return "xml";
  return ending === "xes" || ending === "csv" || ending === "json" || ending === "xml" ? ending : null;
};

/** @param objectType what the cases are in an object-centric log
 *  @throws CommandError when there is such a file already, or it cannot be written */
export const writeLog = async (path: string, cases: readonly WrittenCase[], objectType: string, output: Output): Promise<void> => {
  const text = Readable.from(textOf(path, cases, objectType));
  const file = createWriteStream(path, { flags: "wx" });
  try {
    if (/\.gz$/iu.test(path)) await pipeline(text, createGzip(), file);
    else await pipeline(text, file);
  } catch (fault) {
    const isThere = fault instanceof Error && "code" in fault && fault.code === "EEXIST";
    throw new CommandError(isThere ? `There is a file "${path}" already. Choose another name, or remove it.` : `The file "${path}" cannot be written: ${fault instanceof Error ? fault.message : String(fault)}.`);
  }
  output.say(`${count(cases.length)} cases written to ${path}.`);
};

const textOf = (path: string, cases: readonly WrittenCase[], objectType: string): Iterable<string> => {
  switch (formOf(path)) {
    case "csv":
      return writeCsv(cases, { columns: columnsOf(cases) });
    case "json":
      return writeOcel(liftCases(cases, objectType));
    case "xml":
      return writeOcel(liftCases(cases, objectType), makeOcelXmlWriter());
    default:
      return writeXes(cases);
  }
};

/** Every attribute that some event or case has, but for those that are columns anyhow. */
const columnsOf = (cases: readonly WrittenCase[]): string[] => {
  const names = new Set<string>();
  for (const { attributes, events } of cases) {
    for (const name of attributes.keys()) names.add(name);
    for (const event of events) for (const name of event.attributes.keys()) names.add(name);
  }
  return [...names].filter((name) => name !== "concept:name" && name !== "time:timestamp");
};
