// Cases with all that is known of them, as writers of files take them.
import type { EventLog } from "./event-log.ts";
import { noAttributes, type Attributes, type LogEvent } from "./log-event.ts";
import type { LogObject, ObjectEvent, ObjectLog } from "./object-log.ts";

export type WrittenEvent = { activity: string; time: number; attributes: Attributes };
export type WrittenCase = { name: string; attributes: Attributes; events: Iterable<WrittenEvent> };

/** @returns the cases of a log one after the other, without attributes */
export function* casesOf(log: EventLog): Generator<WrittenCase> {
  for (let place = 0; place < log.cases.length; place++) yield { name: log.cases[place] ?? "", attributes: noAttributes, events: eventsOf(log, place) };
}

function* eventsOf({ activities, offsets, steps, times }: EventLog, place: number): Generator<WrittenEvent> {
  for (let at = offsets[place] ?? 0; at < (offsets[place + 1] ?? 0); at++) yield { activity: activities[steps[at] ?? 0] ?? "", time: times[at] ?? 0, attributes: noAttributes };
}

export type CaseCollector = { take: (event: LogEvent) => void; cases: () => WrittenCase[] };

/** Puts events that come with their attributes into cases, by time and, where times are equal, as they came. */
export const makeCaseCollector = (): CaseCollector => {
  const cases = new Map<number, { name: string; attributes: Attributes; events: WrittenEvent[] }>();
  return {
    take: ({ caseAt, caseName, caseAttributes, activity, time, attributes }) => {
      const known = cases.get(caseAt);
      if (known === undefined) cases.set(caseAt, { name: caseName, attributes: caseAttributes, events: [{ activity, time, attributes }] });
      else known.events.push({ activity, time, attributes });
    },
    cases: () => [...cases.values()].map((one) => ({ ...one, events: one.events.toSorted((before, after) => before.time - after.time) })),
  };
};

/** A case for each object of one type, with what the object is known to be and the events that touch it. */
export const casesOfObjects = ({ objects, events }: ObjectLog, type: string): WrittenCase[] => {
  const cases = new Map<string, { name: string; attributes: Attributes; events: WrittenEvent[] }>();
  for (const { activity, time, attributes, relations } of events) {
    for (const id of new Set(relations.map(({ objectId }) => objectId))) {
      const object = objects.get(id);
      if (object === undefined || object.type !== type) continue;
      const known = cases.get(id) ?? { name: id, attributes: new Map(object.values.map(({ name, value }) => [name, { type: "string" as const, value }])), events: [] };
      known.events.push({ activity, time, attributes });
      cases.set(id, known);
    }
  }
  return [...cases.values()];
};

/** Makes objects of cases, so that they can be written as an object-centric log.
 *  @param type of all these objects, such as "customer" */
export const liftCases = (cases: Iterable<WrittenCase>, type: string): ObjectLog => {
  const objects = new Map<string, LogObject>();
  const events: ObjectEvent[] = [];
  const repeats = new Map<string, number>();
  for (const { name, attributes, events: own } of cases) {
    const id = freeId(name, objects, repeats);
    const first = events.length;
    for (const event of own) events.push({ id: `e${events.length + 1}`, ...event, relations: [{ objectId: id, qualifier: "case" }] });
    const time = events[first]?.time ?? 0;
    objects.set(id, { id, type, values: [...attributes].map(([key, { value }]) => ({ name: key, time, value })), relations: [] });
  }
  return { objects, events: events.toSorted((one, other) => one.time - other.time) };
};

/** Cases of one name are different cases all the same: the second becomes "name (2)", unless another case is called so. */
const freeId = (name: string, taken: ReadonlyMap<string, unknown>, repeats: Map<string, number>): string => {
  let id = name;
  while (taken.has(id)) {
    const number = (repeats.get(name) ?? 1) + 1;
    repeats.set(name, number);
    id = `${name} (${number})`;
  }
  return id;
};
