// Object-centric event logs (OCEL 2.0) as XML: telling one from an event log of cases, reading one whole, and writing one.
import { BrokenFile } from "./broken-file.ts";
import { escaped } from "./log-writers.ts";
import type { LogObject, ObjectLog, Relation } from "./object-log.ts";
import { checkEvent, keepObject, OCEL_CHARACTERS_MAX, type OcelType, type OcelWriter } from "./ocel.ts";
import { openOcelReader, type OcelEvent } from "./ocel-reader.ts";
import { emptyReport, noteFault, showValue, type ReadingReport } from "./reading-report.ts";
import { localName, openXmlReader } from "./xml-reader.ts";

const sections = new Set(["object-types", "event-types", "objects", "events"]);

/** Whether XML that begins so is an object-centric log: those of cases (XES) have <log> around all as well, but no such part within it. */
export const isOcelXml = (head: string): boolean => {
  const seen: { depth: number; first: string | null } = { depth: 0, first: null };
  const reader = openXmlReader({
    opened: (name) => {
      seen.depth++;
      if (seen.depth === 2) seen.first ??= localName(name);
    },
    closed: () => void seen.depth--,
  });
  try {
    reader.push(head);
  } catch (fault) {
    // What is wrong with it says whoever reads the whole.
    if (!(fault instanceof BrokenFile)) throw fault;
  }
  return seen.first !== null && sections.has(seen.first);
};

export type OcelLogReader = { push: (text: string) => void; end: () => { log: ObjectLog; report: ReadingReport } };

/** Reads a log in JSON or XML that is pushed in pieces of text, and keeps all of it.
 *  @returns a reader that throws BrokenFile when it is no such log; single events without id, name, time or objects are left out and counted */
export const openOcelLog = (): OcelLogReader => {
  const report = emptyReport();
  const objects = new Map<string, LogObject>();
  const events: OcelEvent[] = [];
  let characters = 0;
  const reader = openOcelReader({ object: (object) => keepObject(object, objects, report), event: (event) => void events.push(event) });
  return {
    push: (text) => {
      characters += text.length;
      if (characters > OCEL_CHARACTERS_MAX) throw new BrokenFile(`The file has more than ${OCEL_CHARACTERS_MAX} characters. Cut it into parts.`);
      reader.push(text);
    },
    end: () => {
      reader.end();
      // Objects may stand behind the events that touch them.
      const kept = events.flatMap((event, place) => {
        if (!event.isTooLong) return checkEvent(event, place, objects, report);
        noteFault(report, "brokenRows", () => `The event ${showValue(event.id)} is too long.`);
        return [];
      });
      report.events = kept.length;
      return { log: { objects, events: kept.toSorted((one, other) => one.time - other.time) }, report };
    },
  };
};

/** The same functions as for JSON; times in UTC.
 *  Source: OCEL 2.0 specification, arXiv 2403.01975. */
export const makeOcelXmlWriter = (): OcelWriter => ({
  begin: ({ objects, events }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<log>\n<object-types>\n${objects.map((type) => writeType("object-type", type)).join("")}</object-types>\n<event-types>\n${events.map((type) => writeType("event-type", type)).join("")}</event-types>\n<objects>\n`,
  object: ({ id, type, values, relations }) =>
    `<object id="${escaped(id)}" type="${escaped(type)}">${inside(values.map(({ name, time, value }) => writeValue(name, value, ` time="${new Date(time).toISOString()}"`)), relations)}</object>\n`,
  beginEvents: () => "</objects>\n<events>\n",
  event: ({ id, activity, time, attributes, relations }) =>
    `<event id="${escaped(id)}" type="${escaped(activity)}" time="${new Date(time).toISOString()}">${inside([...attributes].map(([name, { value }]) => writeValue(name, value, "")), relations)}</event>\n`,
  end: () => "</events>\n</log>\n",
});

const writeType = (element: string, { name, attributes }: OcelType): string =>
  `<${element} name="${escaped(name)}"><attributes>${attributes.map((attribute) => `<attribute name="${escaped(attribute.name)}" type="${escaped(attribute.type)}"/>`).join("")}</attributes></${element}>\n`;

const writeValue = (name: string, value: string, time: string): string => `<attribute name="${escaped(name)}"${time}>${escaped(value)}</attribute>`;

const inside = (attributes: readonly string[], relations: readonly Relation[]): string =>
  `<attributes>${attributes.join("")}</attributes><objects>${relations.map(({ objectId, qualifier }) => `<relationship object-id="${escaped(objectId)}" qualifier="${escaped(qualifier)}"/>`).join("")}</objects>`;
