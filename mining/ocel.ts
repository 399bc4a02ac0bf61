// Reads and writes object-centric event logs as JSON of the standard OCEL 2.0.
import { BrokenFile } from "./broken-file.ts";
import type { Attribute } from "./log-event.ts";
import type { LogObject, ObjectEvent, ObjectLog, ObjectValue, Relation } from "./object-log.ts";
import { emptyReport, noteFault, showValue, type ReadingReport } from "./reading-report.ts";
import { readTime } from "./times.ts";

/** Characters of a file: about a million events. The whole of it has to be in memory, unlike XES. */
export const OCEL_CHARACTERS_MAX = 268_435_456;

/** Source: OCEL 2.0 specification, arXiv 2403.01975.
 *  @throws BrokenFile when it is no such log; single events without id, name, time or objects are left out and counted */
export const readOcel = (text: string): { log: ObjectLog; report: ReadingReport } => {
  if (text.length > OCEL_CHARACTERS_MAX) throw new BrokenFile(`The file has more than ${OCEL_CHARACTERS_MAX} characters. Cut it into parts.`);
  const file = parse(text);
  if (!isRecord(file)) throw new BrokenFile("The file holds no object, so it is no object-centric log.");
  if ("ocel:events" in file) throw new BrokenFile("This is an object-centric log of version 1. Write it as OCEL 2.0.");
  if (!Array.isArray(file.events) || !Array.isArray(file.objects)) throw new BrokenFile("An object-centric log (OCEL 2.0) has the lists \"objects\" and \"events\"; this file has not.");
  const report = emptyReport();
  const objects = new Map<string, LogObject>();
  for (const entry of file.objects) readObject(entry, objects, report);
  const events = file.events.flatMap((entry: unknown, place) => readEvent(entry, place, objects, report));
  report.events = events.length;
  // Sorting keeps the order of the file where times are equal.
  return { log: { objects, events: events.toSorted((one, other) => one.time - other.time) }, report };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch (fault) {
    throw new BrokenFile(`The file is no JSON: ${fault instanceof Error ? fault.message.slice(0, 200) : "it cannot be read"}.`);
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? `${value}` : "");
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const relationsOf = (value: unknown): Relation[] => listOf(value).map(({ objectId, qualifier }) => ({ objectId: textOf(objectId), qualifier: textOf(qualifier) }));

const readObject = (entry: unknown, objects: Map<string, LogObject>, report: ReadingReport): void => {
  const [id, type] = isRecord(entry) ? [textOf(entry.id), textOf(entry.type)] : ["", ""];
  if (!isRecord(entry) || id === "" || type === "" || objects.has(id)) return noteFault(report, "brokenRows", () => `The object ${showValue(id)} has no id or no type, or stands there twice.`);
  const values = listOf(entry.attributes).map(({ name, time, value }): ObjectValue => ({ name: textOf(name), time: readTime(textOf(time)) ?? 0, value: textOf(value) }));
  objects.set(id, { id, type, values, relations: relationsOf(entry.relationships) });
};

const readEvent = (entry: unknown, place: number, objects: ReadonlyMap<string, LogObject>, report: ReadingReport): ObjectEvent[] => {
  const fields = isRecord(entry) ? entry : {};
  const [id, activity, text] = [textOf(fields.id) || `event ${place + 1}`, textOf(fields.type), textOf(fields.time)];
  const time = readTime(text);
  const relations = relationsOf(fields.relationships).filter(({ objectId }) => objects.has(objectId));
  const leaveOut = (fault: Parameters<typeof noteFault>[1], what: string): ObjectEvent[] => {
    noteFault(report, fault, () => `The event ${showValue(id)} ${what}.`);
    return [];
  };
  if (activity === "") return leaveOut("withoutName", "has no type");
  if (text === "") return leaveOut("withoutTime", "has no time");
  if (time === null) return leaveOut("unreadableTimes", `has the time ${showValue(text)}, which is none`);
  if (relations.length === 0) return leaveOut("withoutCase", "touches no object of the file");
  const attributes = new Map(listOf(fields.attributes).map(({ name, value }) => [textOf(name), attributeOf(value)] as const));
  return [{ id, activity, time, attributes, relations }];
};

const attributeOf = (value: unknown): Attribute => ({ type: typeof value === "number" ? (Number.isInteger(value) ? "int" : "float") : typeof value === "boolean" ? "boolean" : "string", value: textOf(value) });

/** @returns the text of the file in pieces, an object or an event each */
export function* writeOcel({ objects, events }: ObjectLog): Generator<string> {
  yield `{"objectTypes":${JSON.stringify(typesOf(objects.values(), ({ type }) => type, ({ values }) => values.map(({ name }) => [name, "string"])))},\n`;
  yield `"eventTypes":${JSON.stringify(typesOf(events, ({ activity }) => activity, ({ attributes }) => [...attributes].map(([name, { type }]) => [name, ocelTypeOf(type)])))},\n`;
  yield "\"objects\":[";
  let between = "\n";
  for (const { id, type, values, relations } of objects.values()) {
    const attributes = values.map(({ name, time, value }) => ({ name, time: new Date(time).toISOString(), value }));
    yield `${between}${JSON.stringify({ id, type, attributes, relationships: relations })}`;
    between = ",\n";
  }
  yield "],\n\"events\":[";
  between = "\n";
  for (const { id, activity, time, attributes, relations } of events) {
    const written = [...attributes].map(([name, attribute]) => ({ name, value: valueOf(attribute) }));
    yield `${between}${JSON.stringify({ id, type: activity, time: new Date(time).toISOString(), attributes: written, relationships: relations })}`;
    between = ",\n";
  }
  yield "]}\n";
}

type NamedType = { name: string; attributes: { name: string; type: string }[] };

/** A type has every attribute that one of its entries has; where they differ in type, it is text. */
const typesOf = <Entry>(entries: Iterable<Entry>, typeOf: (entry: Entry) => string, attributesOf: (entry: Entry) => readonly (readonly [string, string])[]): NamedType[] => {
  const types = new Map<string, Map<string, string>>();
  for (const entry of entries) {
    const known = types.get(typeOf(entry)) ?? new Map<string, string>();
    types.set(typeOf(entry), known);
    for (const [name, type] of attributesOf(entry)) known.set(name, (known.get(name) ?? type) === type ? type : "string");
  }
  return [...types].map(([name, attributes]) => ({ name, attributes: [...attributes].map(([attribute, type]) => ({ name: attribute, type })) }));
};

const ocelTypeOf = (type: Attribute["type"]): string => (type === "int" ? "integer" : type === "date" ? "time" : type === "id" ? "string" : type);

const valueOf = ({ type, value }: Attribute): string | number | boolean => {
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  const number = type === "int" || type === "float" ? Number(value) : Number.NaN;
  // What JSON could not give back to the last digit stays text.
  return Number.isFinite(number) && `${number}` === value ? number : value;
};
