import { openOcelReader, type LogObject, type OcelEvent } from "@firsthand/mining";
import { FileFault } from "./file-fault.ts";
import { createEventRows, isCustomerType, type KnownObject } from "./ocel.rules.ts";
import type { ReadLimits, ReadSettings, SourceRow } from "./row-source.contract.ts";
import { readText } from "./text-file.ts";
import { withFaultsOfFile } from "./text-reader.ts";

/** What an object costs in memory besides its texts, in characters. */
const objectCharacters = 200;

/** The events of an object-centric log (OCEL 2.0 as JSON or XML), a row each; an event that touches several customers is a row of each of them.
 *  Objects may stand behind the events that touch them, so the file is read twice: they are kept, the events pass by. */
export async function* readOcel(path: string, settings: ReadSettings, limits: ReadLimits): AsyncGenerator<SourceRow[]> {
  const rowsOf = createEventRows(await readObjects(path, settings.encoding, limits), { customerType: settings.objects ?? null, columns: limits.columns });
  let ready: SourceRow[] = [];
  let number = 0;
  const take = (event: OcelEvent): void => {
    for (const row of rowsOf(event)) ready.push({ number: ++number, ...row });
  };
  const reader = withFaultsOfFile(openOcelReader({ event: take }));
  for await (const text of readText(path, settings.encoding, limits)) {
    reader.push(text);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
  reader.end();
  if (ready.length > 0) yield ready;
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
    size += objectCharacters + id.length + values.reduce((sum, value) => sum + objectCharacters + value.value.length, 0) + relations.reduce((sum, { objectId }) => sum + objectId.length + 50, 0);
    if (size > limits.sharedTextCharacters) throw new FileFault("file_too_large", "The log holds too many objects to keep in memory. Import it in parts, each with the objects its events touch.");
    if (!objects.has(id)) objects.set(id, { type, values: values.toSorted((one, other) => one.time - other.time), related: relations.map(({ objectId }) => objectId) });
  };
  const reader = withFaultsOfFile(openOcelReader({ object: take }));
  for await (const text of readText(path, encoding, limits)) reader.push(text);
  reader.end();
  return objects;
};
