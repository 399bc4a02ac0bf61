import type { RowProblem } from "./row-source.contract.ts";
import { readTimeAs } from "./times.rules.ts";

/** What is kept of an object: its values in order of time, and the ids of objects it says it belongs to. */
export type KnownObject = { type: string; values: readonly { name: string; time: number; value: string }[]; related: readonly string[] };

type LoggedEvent = {
  id: string;
  activity: string;
  time: string;
  attributes: ReadonlyMap<string, { value: string }>;
  relations: readonly { objectId: string }[];
  isTooLong: boolean;
};
type EventRow = { cells: ReadonlyMap<string, string>; problem?: RowProblem };

/** Names of columns that are no attributes of events. */
export const eventColumns = { id: "event:id", type: "event:type", time: "event:time" } as const;
export const objectColumn = (type: string): string => `object:${type}`;

/** Whether objects of this type are probably the customers. */
export const isCustomerType = (type: string): boolean => /(^|[^\p{L}])(customers?|clients?|users?|persons?|people|consumers?|shoppers?|patients?|guests?|passengers?|visitors?|kund(e|in|en|innen))($|[^\p{L}])/iu.test(type.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));

const mostCustomersOfEvent = 1_000;

/** Turns events into rows: "event:id", "event:type", "event:time", attributes by their names, "object:<type>" with the id of the object touched (a list
 *  as JSON when there are several) and, where it is one, "object:<type>:<attribute>" with the value it had at that time.
 *  An event that touches no customer belongs to those whom its objects belong to, as an order belongs to who placed it. */
export const createEventRows = (objects: ReadonlyMap<string, KnownObject>, { customerType, columns }: { customerType: string | null; columns: number }): ((event: LoggedEvent) => EventRow[]) => {
  const owners = listOwners(objects, customerType);
  return (event) => {
    const touched = [...new Set(event.relations.map(({ objectId }) => objectId))].filter((id) => objects.has(id));
    const typeOf = (id: string): string => objects.get(id)?.type ?? "";
    const direct = touched.filter((id) => typeOf(id) === customerType);
    const customers = customerType === null ? [] : (direct.length > 0 ? direct : [...new Set(touched.flatMap((id) => [...(owners.get(id) ?? [])]))]).slice(0, mostCustomersOfEvent);
    const at = readTimeAs(event.time, "iso", "UTC");
    const others = Map.groupBy(touched.filter((id) => typeOf(id) !== customerType && typeOf(id) !== ""), typeOf);
    const rowOf = (customer: string | null, place: number): EventRow => {
      const cells = new Map<string, string>();
      const set = (name: string, value: string): void => {
        const key = name.slice(0, 200);
        if (value !== "" && cells.size < columns) cells.set(key === "__proto__" ? "proto" : key, value);
      };
      // One event of several customers is as many facts, so each needs an id of its own.
      set(eventColumns.id, place === 0 || event.id === "" ? event.id : `${event.id} ${customer}`);
      set(eventColumns.type, event.activity);
      set(eventColumns.time, event.time);
      for (const [name, { value }] of event.attributes) set(cells.has(name) ? `${name} (attribute)` : name, value);
      const shown: (readonly [string, readonly string[]])[] = [...(customer === null || customerType === null ? [] : [[customerType, [customer]] as const]), ...others];
      for (const [type, ids] of shown) {
        set(objectColumn(type), ids.length === 1 ? (ids[0] ?? "") : JSON.stringify(ids));
        if (ids.length === 1) for (const [name, value] of valuesAt(objects.get(ids[0] ?? ""), at)) set(`${objectColumn(type)}:${name}`, value);
      }
      return event.isTooLong ? { cells, problem: { code: "row_too_long", reason: "The event holds too much text." } } : { cells };
    };
    return customers.length === 0 ? [rowOf(null, 0)] : customers.map(rowOf);
  };
};

/** The customers that each object belongs to, as it says itself or, where they are plainly people, as they say: nobody belongs to an order that names her. */
const listOwners = (objects: ReadonlyMap<string, KnownObject>, customerType: string | null): Map<string, Set<string>> => {
  const owners = new Map<string, Set<string>>();
  const add = (id: string, customer: string): void => {
    const known = owners.get(id);
    if (known === undefined) owners.set(id, new Set([customer]));
    else known.add(customer);
  };
  for (const [id, { type, related }] of objects) {
    for (const other of related) {
      const otherType = objects.get(other)?.type;
      if (type === customerType && otherType !== undefined && otherType !== customerType && isCustomerType(type)) add(other, id);
      if (otherType === customerType && type !== customerType) add(id, other);
    }
  }
  return owners;
};

/** What an object was by a time, not what became of it later. */
const valuesAt = (object: KnownObject | undefined, at: number | null): Map<string, string> =>
  new Map((object?.values ?? []).flatMap(({ name, time, value }) => (at === null || time <= at ? [[name, value] as const] : [])));
