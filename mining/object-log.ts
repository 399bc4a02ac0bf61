// Events that touch several things at once, such as a customer, an order and a parcel (object-centric event logs).
import { makeLogBuilder, type EventLog } from "./event-log.ts";
import type { Attributes } from "./log-event.ts";

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
