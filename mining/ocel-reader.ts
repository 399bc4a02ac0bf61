// Reads object-centric event logs (OCEL 2.0) piece by piece, as JSON and as XML, for readers that decide themselves what is a fault.
import { BrokenFile } from "./broken-file.ts";
import { ENTRY_MAX, openJsonLists } from "./json-lists.ts";
import type { Attribute, Attributes } from "./log-event.ts";
import type { LogObject, ObjectValue, Relation } from "./object-log.ts";
import { isRecord, readAttributes, relationsOf, textOf, valuesOf } from "./ocel.ts";
import { showValue } from "./reading-report.ts";
import { readTime } from "./times.ts";
import { attributeOf, localName, openXmlReader, type XmlAttributes } from "./xml-reader.ts";

/** An event as it stands in the file; what it lacks is the empty text. */
export type OcelEvent = { id: string; activity: string; time: string; attributes: Attributes; relations: Relation[]; isTooLong: boolean };

/** Objects may come before or behind the events that touch them. */
export type OcelListener = { object?: (object: LogObject) => void; event?: (event: OcelEvent) => void };

export type OcelReader = { push: (text: string) => void; end: () => void };

/** @returns a reader to which the text is pushed in pieces; it finds out whether it is JSON or XML
 *  @throws BrokenFile at the first fault of form
 *  Source: OCEL 2.0 specification, arXiv 2403.01975. */
export const openOcelReader = (listener: OcelListener): OcelReader => {
  let reader: OcelReader | null = null;
  return {
    push: (text) => {
      if (reader === null && text.trim() === "") return;
      reader ??= /^[\s\ufeff]*</u.test(text) ? openXml(listener) : openJson(listener);
      reader.push(text);
    },
    end: () => {
      if (reader === null) throw new BrokenFile("The file is empty.");
      reader.end();
    },
  };
};

const openJson = ({ object, event }: OcelListener): OcelReader => {
  const seen = new Set<string>();
  let events = 0;
  const lists = openJsonLists({
    list: (name) => void seen.add(name),
    entry: (name, text) => {
      if (name === "objects") object?.(readObject(text));
      if (name !== "events") return;
      events++;
      if (event !== undefined) event(text === null ? tooLong(events) : readEvent(parseEntry(text)));
    },
  });
  return {
    push: lists.push,
    end: () => {
      lists.end();
      requireLists(seen);
    },
  };
};

const requireLists = (seen: ReadonlySet<string>): void => {
  if (seen.has("events") && seen.has("objects")) return;
  throw new BrokenFile('An object-centric log (OCEL 2.0) has the lists "objects" and "events"; this file has not. A log of version 1 has to be written as OCEL 2.0 first.');
};

const tooLong = (number: number): OcelEvent => ({ id: `event ${number}`, activity: "", time: "", attributes: new Map(), relations: [], isTooLong: true });

const parseEntry = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch (fault) {
    throw new BrokenFile(`The file is no JSON: ${fault instanceof Error ? fault.message.slice(0, 200) : "it cannot be read"}.`);
  }
};

const readObject = (text: string | null): LogObject => {
  if (text === null) throw new BrokenFile(`An object has more than ${ENTRY_MAX} characters.`, null, { isTooLarge: true });
  const { id, type, attributes, relationships } = parseEntry(text);
  return { id: textOf(id), type: textOf(type), values: valuesOf(attributes), relations: relationsOf(relationships) };
};

const readEvent = ({ id, type, time, attributes, relationships }: Record<string, unknown>): OcelEvent => ({
  id: textOf(id), activity: textOf(type), time: textOf(time), attributes: readAttributes(attributes), relations: relationsOf(relationships), isTooLong: false,
});

/** What an attribute or relation counts besides its text. */
const ROOM = 100;

/** The object or event that is open. */
type Entry = { kind: "object" | "event"; id: string; type: string; time: string; values: ObjectValue[]; relations: Relation[]; size: number };

/** What each type of object or event says of its attributes, by both names. */
type SaidTypes = Map<string, Attribute["type"]>;
const bothNames = (kind: Entry["kind"], type: string, attribute: string): string => JSON.stringify([kind, type, attribute]);
const typeNames: ReadonlyMap<string, Attribute["type"]> = new Map([["integer", "int"], ["float", "float"], ["boolean", "boolean"], ["time", "date"]]);
/** Attributes of all types together: more are taken for text. */
const SAID_MAX = 10_000;

const openXml = (listener: OcelListener): OcelReader => {
  const seen = new Set<string>();
  let depth = 0;
  let section = "";
  let entry: Entry | null = null;
  let value: ObjectValue | null = null;
  let told = "";
  const said: SaidTypes = new Map();
  const tell = (name: string, attributes: XmlAttributes): void => {
    const called = attributeOf(attributes, "name") ?? "";
    if (depth === 3) told = called;
    const type = typeNames.get(attributeOf(attributes, "type") ?? "");
    if (depth === 5 && name === "attribute" && type !== undefined && said.size < SAID_MAX) said.set(bothNames(section === "event-types" ? "event" : "object", told, called), type);
  };
  const grow = (length: number): void => {
    if (entry === null) return;
    entry.size += length;
    if (entry.size > ENTRY_MAX) throw new BrokenFile(`The ${entry.kind} ${showValue(entry.id)} has more than ${ENTRY_MAX} characters.`, xml.line(), { isTooLarge: true });
  };
  const xml = openXmlReader({
    opened: (written, attributes) => {
      const name = localName(written);
      depth++;
      if (depth === 1 && name !== "log") throw new BrokenFile(`the file begins with <${name.slice(0, 40)}>, an object-centric log with <log>.`, xml.line());
      if (depth === 2) section = name;
      if (depth === 2) seen.add(name);
      if (section === "event-types" || section === "object-types") tell(name, attributes);
      if (depth === 3 && section === "objects" && name === "object") entry = openEntry("object", attributes);
      if (depth === 3 && section === "events" && name === "event") entry = openEntry("event", attributes);
      if (depth !== 5 || entry === null) return;
      const objectId = attributeOf(attributes, "object-id");
      if (objectId !== null) entry.relations.push({ objectId, qualifier: attributeOf(attributes, "qualifier") ?? "" });
      if (name === "attribute") {
        value = { name: attributeOf(attributes, "name") ?? "", time: readTime(attributeOf(attributes, "time") ?? "") ?? 0, value: "" };
        entry.values.push(value);
      }
      grow(ROOM);
    },
    text: (text) => {
      if (value === null) return;
      value.value += text;
      grow(text.length);
    },
    closed: () => {
      if (depth === 5) value = null;
      if (depth === 3 && entry !== null) {
        giveEntry(entry, said, listener);
        entry = null;
      }
      depth--;
    },
  });
  return {
    push: xml.push,
    end: () => {
      xml.end();
      requireLists(seen);
    },
  };
};

const openEntry = (kind: Entry["kind"], attributes: XmlAttributes): Entry => {
  const said = (name: string): string => attributeOf(attributes, name) ?? "";
  return { kind, id: said("id"), type: said("type"), time: said("time"), values: [], relations: [], size: 0 };
};

const giveEntry = ({ kind, id, type, time, values, relations }: Entry, said: SaidTypes, { object, event }: OcelListener): void => {
  const typedAt = (name: string, value: string): Attribute => typed(value, said.get(bothNames(kind, type, name)));
  if (kind === "object") object?.({ id, type, values: values.map((one) => ({ ...one, value: typedAt(one.name, one.value).value })), relations });
  else event?.({ id, activity: type, time, attributes: new Map(values.map(({ name, value }) => [name, typedAt(name, value)])), relations, isTooLong: false });
};

/** A value that is not of the type its attribute is said to have stays text. Blanks around it belong to a text and to nothing else.
 *  Source: XML Schema 1.1 part 2, `whiteSpace` of its built-in types. */
const typed = (value: string, type: Attribute["type"] = "string"): Attribute => {
  const bare = value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/gu, "");
  return type !== "string" && isOfType(bare, type) ? { type, value: bare } : { type: "string", value };
};

const isOfType = (value: string, type: Attribute["type"]): boolean => {
  switch (type) {
    case "int": return /^[+-]?\d{1,18}$/u.test(value);
    // As XML Schema writes them; infinity and what is no number have no place in JSON.
    case "float": return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/iu.test(value) && Number.isFinite(Number(value));
    case "boolean": return value === "true" || value === "false";
    case "date": return readTime(value) !== null;
    default: return true;
  }
};
