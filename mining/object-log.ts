// Events that touch several things at once, such as a customer, an order and a parcel (object-centric event logs).
import { makeLogBuilder, type EventLog } from "./event-log.ts";
import { noAttributes, type Attributes } from "./log-event.ts";

/** Says what the object is to the event or to the other object: "ordered by". */
export type Relation = { objectId: string; qualifier: string };

/** A value an object had from a time on. */
export type ObjectValue = { name: string; time: number; value: string };

export type LogObject = { id: string; type: string; values: ObjectValue[]; relations: Relation[] };
export type ObjectEvent = { id: string; activity: string; time: number; attributes: Attributes; relations: Relation[] };

/** Objects by id, in the order of the file. */
export type ObjectLog = { objects: ReadonlyMap<string, LogObject>; events: readonly ObjectEvent[] };

export type ObjectTypeSize = { type: string; objects: number; events: number; activities: number };

/** @returns each type of object with how many there are, how many events touch one of them and how many activities those have; as first seen */
export const listObjectTypes = ({ objects, events }: ObjectLog): ObjectTypeSize[] => {
  const sizes = new Map<string, { objects: number; events: number; activities: Set<string> }>();
  const sizeOf = (type: string) => {
    const size = sizes.get(type) ?? { objects: 0, events: 0, activities: new Set() };
    sizes.set(type, size);
    return size;
  };
  for (const { type } of objects.values()) sizeOf(type).objects++;
  for (const { activity, relations } of events) {
    for (const type of new Set(relations.flatMap(({ objectId }) => objects.get(objectId)?.type ?? []))) {
      const size = sizeOf(type);
      size.events++;
      size.activities.add(activity);
    }
  }
  return [...sizes].map(([type, size]) => ({ type, objects: size.objects, events: size.events, activities: size.activities.size }));
};

/** Makes a plain log: a case for each object of one type, with the events that touch it. An event that touches three of them stands in three cases. */
export const flattenByObject = ({ objects, events }: ObjectLog, type: string): EventLog => {
  const log = makeLogBuilder();
  for (const { activity, time, relations } of events) {
    for (const id of new Set(relations.map(({ objectId }) => objectId))) {
      if (objects.get(id)?.type === type) log.add(log.caseOf(id), activity, time);
    }
  }
  return log.finish();
};

/** Makes objects of the cases of a plain log, so that it can be written as an object-centric one. */
export const liftLog = (log: EventLog, type: string): ObjectLog => {
  const objects = new Map<string, LogObject>();
  const events: ObjectEvent[] = [];
  log.cases.forEach((name, place) => {
    // Cases of one name are different cases all the same.
    const id = objects.has(name) ? `${name} (${place + 1})` : name;
    objects.set(id, { id, type, values: [], relations: [] });
    for (let at = log.offsets[place] ?? 0; at < (log.offsets[place + 1] ?? 0); at++) {
      events.push({ id: `e${at + 1}`, activity: log.activities[log.steps[at] ?? 0] ?? "", time: log.times[at] ?? 0, attributes: noAttributes, relations: [{ objectId: id, qualifier: "case" }] });
    }
  });
  return { objects, events: events.toSorted((one, other) => one.time - other.time) };
};
