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

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string => (typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? `${value}` : "");
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
export const relationsOf = (value: unknown): Relation[] => listOf(value).map(({ objectId, qualifier }) => ({ objectId: textOf(objectId), qualifier: textOf(qualifier) }));
export const valuesOf = (value: unknown): ObjectValue[] => listOf(value).map((entry) => ({ name: textOf(entry.name), time: readTime(textOf(entry.time)) ?? 0, value: textOf(entry.value) }));
export const readAttributes = (value: unknown): Map<string, Attribute> => new Map(listOf(value).map((entry) => [textOf(entry.name), attributeOf(entry.value)] as const));

const readObject = (entry: unknown, objects: Map<string, LogObject>, report: ReadingReport): void => {
  const { id, type, attributes, relationships } = isRecord(entry) ? entry : {};
  keepObject({ id: textOf(id), type: textOf(type), values: valuesOf(attributes), relations: relationsOf(relationships) }, objects, report);
};

const readEvent = (entry: unknown, place: number, objects: ReadonlyMap<string, LogObject>, report: ReadingReport): ObjectEvent[] => {
  const { id, type, time, attributes, relationships } = isRecord(entry) ? entry : {};
  return checkEvent({ id: textOf(id), activity: textOf(type), time: textOf(time), attributes: readAttributes(attributes), relations: relationsOf(relationships) }, place, objects, report);
};

/** Takes an object in, unless it lacks its id or type or is there already. */
export const keepObject = (object: LogObject, objects: Map<string, LogObject>, report: ReadingReport): void => {
  if (object.id === "" || object.type === "" || objects.has(object.id)) return noteFault(report, "brokenRows", () => `The object ${showValue(object.id)} has no id or no type, or stands there twice.`);
  objects.set(object.id, object);
};

/** @param event as it stands in the file
 *  @param place of the event in the file, from 0
 *  @returns the event, or nothing when it cannot be used */
export const checkEvent = (event: Omit<ObjectEvent, "time"> & { time: string }, place: number, objects: ReadonlyMap<string, LogObject>, report: ReadingReport): ObjectEvent[] => {
  const { activity, time: text, attributes } = event;
  const id = event.id || `event ${place + 1}`;
  const time = readTime(text);
  const relations = event.relations.filter(({ objectId }) => objects.has(objectId));
  const leaveOut = (fault: Parameters<typeof noteFault>[1], what: string): ObjectEvent[] => {
    noteFault(report, fault, () => `The event ${showValue(id)} ${what}.`);
    return [];
  };
  if (activity === "") return leaveOut("withoutName", "has no type");
  if (text === "") return leaveOut("withoutTime", "has no time");
  if (time === null) return leaveOut("unreadableTimes", `has the time ${showValue(text)}, which is none`);
  if (relations.length === 0) return leaveOut("withoutCase", "touches no object of the file");
  return [{ id, activity, time, attributes, relations }];
};

const attributeOf = (value: unknown): Attribute => ({ type: typeof value === "number" ? (Number.isInteger(value) ? "int" : "float") : typeof value === "boolean" ? "boolean" : "string", value: textOf(value) });

/** Writes an object-centric log piece by piece: its types first, then its objects, then its events. Each function gives the next text of the file. */
export type OcelWriter = {
  begin: (types: { objects: readonly OcelType[]; events: readonly OcelType[] }) => string;
  object: (object: LogObject) => string;
  beginEvents: () => string;
  event: (event: ObjectEvent) => string;
  end: () => string;
};

export const makeOcelWriter = (): OcelWriter => {
  let between = "\n";
  const next = (entry: unknown): string => {
    const text = between + JSON.stringify(entry);
    between = ",\n";
    return text;
  };
  return {
    begin: ({ objects, events }) => `{"objectTypes":${JSON.stringify(objects)},\n"eventTypes":${JSON.stringify(events)},\n"objects":[`,
    object: ({ id, type, values, relations }) =>
      next({ id, type, attributes: values.map(({ name, time, value }) => ({ name, time: new Date(time).toISOString(), value })), relationships: relations }),
    beginEvents: () => {
      between = "\n";
      return '],\n"events":[';
    },
    event: ({ id, activity, time, attributes, relations }) => {
      const written = [...attributes].map(([name, attribute]) => ({ name, value: valueOf(attribute) }));
      return next({ id, type: activity, time: new Date(time).toISOString(), attributes: written, relationships: relations });
    },
    end: () => "]}\n",
  };
};

/** @returns the text of the file in pieces, an object or an event each */
export function* writeOcel({ objects, events }: ObjectLog, writer: OcelWriter = makeOcelWriter()): Generator<string> {
  yield writer.begin({
    objects: typesOf(objects.values(), ({ type }) => type, ({ values }) => values.map(({ name }) => [name, "string"])),
    events: typesOf(events, ({ activity }) => activity, ({ attributes }) => [...attributes].map(([name, { type }]) => [name, ocelTypeOf(type)])),
  });
  for (const object of objects.values()) yield writer.object(object);
  yield writer.beginEvents();
  for (const event of events) yield writer.event(event);
  yield writer.end();
}

/** A type of objects or events with the attributes they may have. */
export type OcelType = { name: string; attributes: { name: string; type: string }[] };

/** A type has every attribute that one of its entries has; where they differ in type, it is text. */
const typesOf = <Entry>(entries: Iterable<Entry>, typeOf: (entry: Entry) => string, attributesOf: (entry: Entry) => readonly (readonly [string, string])[]): OcelType[] => {
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
