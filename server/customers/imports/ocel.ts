import { setImmediate as pause } from "node:timers/promises";
import { openOcelReader, type LogObject, type OcelEvent } from "@firsthand/mining";
import { FileFault } from "./file-fault.ts";
import { createEventRows, isCustomerType, nameCharacters, type KnownObject } from "./ocel.rules.ts";
import type { ReadLimits, ReadSettings, SourceRow } from "./row-source.contract.ts";
import { readText } from "./text-file.ts";
import { withFaultsOfFile } from "./text-reader.ts";

/** What an object costs in memory besides its texts, in characters. */
const objectCharacters = 200;
const portionRows = 1_000;

/** The events of an object-centric log (OCEL 2.0 as JSON or XML), a row each; an event that touches several customers is a row of each of them.
 *  Objects may stand behind the events that touch them, so the file is read twice: they are kept, the events pass by. */
export async function* readOcel(path: string, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<SourceRow[]> {
  const rowsOf = createEventRows(await readObjects(path, settings.encoding, limits), { customerType: settings.objects ?? null, columns: limits.columns, rowCharacters: limits.rowCharacters });
  const read: OcelEvent[] = [];
  const reader = withFaultsOfFile(openOcelReader({ event: (event) => read.push(event) }));
  let number = 0;
  let ready: SourceRow[] = [];
  for await (const text of readText(path, settings.encoding, limits)) {
    reader.push(text);
    for (const event of read.splice(0)) {
      for (const row of rowsOf(event)) ready.push({ number: ++number, ...row });
      if (ready.length < portionRows) continue;
      yield ready;
      ready = [];
      // One piece of text can hold events for half a million rows, and other work has to get its turn between them.
      await pause();
    }
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  reader.end();
}

/** Types of the objects in a log, and which of them are probably the customers. */
export const inspectObjects = async (path: string, encoding: ReadSettings["encoding"], limits: ReadLimits): Promise<{ types: string[]; customers: string | null }> => {
  const types = new Set<string>();
  for (const { type } of (await readObjects(path, encoding, limits)).values()) if (type !== "" && types.size < limits.columns) types.add(type);
  const names = [...types];
  return { types: names, customers: names.find(isCustomerType) ?? null };
};

const readObjects = async (path: string, encoding: ReadSettings["encoding"], limits: ReadLimits): Promise<Map<string, KnownObject>> => {
  const objects = new Map<string, KnownObject>();
  let size = 0;
  const take = ({ id, type, values, relations }: LogObject): void => {
    // A text that is cut keeps the whole of it in memory.
    size += objectCharacters + id.length + type.length + values.reduce((sum, { name, value }) => sum + objectCharacters + name.length + value.length, 0) + relations.reduce((sum, { objectId }) => sum + objectId.length + 50, 0);
    if (size > limits.sharedTextCharacters) throw new FileFault("file_too_large", "The log holds too many objects to keep in memory. Import it in parts, each with the objects its events touch.");
    if (!objects.has(id)) objects.set(id, { type: type.slice(0, nameCharacters), values: values.toSorted((one, other) => one.time - other.time), related: relations.map(({ objectId }) => objectId) });
  };
  const reader = withFaultsOfFile(openOcelReader({ object: take }));
  for await (const text of readText(path, encoding, limits)) reader.push(text);
  reader.end();
  return objects;
};
