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

/** Characters of a type of objects and of the name of a column. */
export const nameCharacters = 200;

/** Names of columns that are no attributes of events. */
export const eventColumns = { id: "event:id", type: "event:type", time: "event:time" } as const;
export const objectColumn = (type: string): string => `object:${type}`.slice(0, nameCharacters);

/** Whether objects of this type are probably the customers. */
export const isCustomerType = (type: string): boolean => /(^|[^\p{L}])(customers?|clients?|users?|persons?|people|consumers?|shoppers?|patients?|guests?|passengers?|visitors?|kund(e|in|en|innen))($|[^\p{L}])/iu.test(type.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));

/** Facts that one event can become: each costs a row of its own. */
const mostCustomersOfEvent = 1_000;

type RowLimits = { customerType: string | null; columns: number; rowCharacters: number };
type Cell = readonly [string, string];

/** Turns events into rows: "event:id", "event:type", "event:time", attributes by their names, "object:<type>" with the id of the object touched (a list
 *  as JSON when there are several) and, where it is one, "object:<type>:<attribute>" with the value it had at that time.
 *  An event that touches no customer belongs to those whom its objects belong to, as an order belongs to who placed it.
 *  An event of too many customers, or whose rows hold more text together than one row may, becomes one row that says so. */
export const createEventRows = (objects: ReadonlyMap<string, KnownObject>, { customerType, columns, rowCharacters }: RowLimits): ((event: LoggedEvent) => EventRow[]) => {
  const owners = listOwners(objects, customerType);
  const typeOf = (id: string): string => objects.get(id)?.type ?? "";
  return (event) => {
    const head: Cell[] = [[eventColumns.id, event.id], [eventColumns.type, event.activity], [eventColumns.time, event.time]];
    const refuse = (reason: string): EventRow[] => [{ cells: cellsOf(head, columns), problem: { code: "row_too_long", reason } }];
    if (event.isTooLong) return refuse("The event holds too much text.");
    const touched = [...new Set(event.relations.map(({ objectId }) => objectId))].filter((id) => objects.has(id));
    const customers = customersOf(touched, typeOf, owners, customerType);
    if (customers.length > mostCustomersOfEvent) return refuse(`The event concerns more than ${mostCustomersOfEvent} customers. Write it as several events.`);
    const at = readTimeAs(event.time, "iso", "UTC");
    // What all rows of the event share is worked out once; it may be long and the rows many.
    const shared = cellsOf([...head, ...attributesOf(event)], columns);
    const others: Cell[] = [];
    for (const [type, ids] of Map.groupBy(touched, typeOf)) if (type !== customerType && type !== "" && others.length < columns) others.push(...objectCells(type, ids, objects, at).slice(0, columns));
    const rows: EventRow[] = [];
    let size = 0;
    for (const customer of customers.length === 0 ? [null] : customers) {
      // One event of several customers is as many facts, so each needs an id of its own.
      const own: Cell[] = rows.length === 0 || event.id === "" ? [] : [[eventColumns.id, `${event.id} ${customer}`]];
      const cells = cellsOf([...shared, ...own, ...(customer === null || customerType === null ? [] : objectCells(customerType, [customer], objects, at)), ...others], columns);
      rows.push({ cells });
      for (const [name, value] of cells) size += name.length + value.length;
      if (size > rowCharacters) return refuse(customers.length > 1 ? `The event holds too much text for each of its ${customers.length} customers. Write it as several events.` : "The event holds too much text.");
    }
    return rows;
  };
};

/** @returns one more than an event may have at most */
const customersOf = (touched: readonly string[], typeOf: (id: string) => string, owners: ReadonlyMap<string, ReadonlySet<string>>, customerType: string | null): string[] => {
  if (customerType === null) return [];
  const direct = touched.filter((id) => typeOf(id) === customerType);
  if (direct.length > 0) return direct;
  const found = new Set<string>();
  for (const id of touched) {
    for (const owner of owners.get(id) ?? []) {
      found.add(owner);
      if (found.size > mostCustomersOfEvent) return [...found];
    }
  }
  return [...found];
};

/** Empty cells are left out, and those beyond the columns a file may have. */
const cellsOf = (given: Iterable<Cell>, columns: number): Map<string, string> => {
  const cells = new Map<string, string>();
  for (const [name, value] of given) {
    const key = name === "__proto__" ? "proto" : name.slice(0, nameCharacters);
    if (value !== "" && (cells.size < columns || cells.has(key))) cells.set(key, value);
  }
  return cells;
};

const ownColumns: ReadonlySet<string> = new Set(Object.values(eventColumns));

const attributesOf = ({ attributes }: LoggedEvent): Cell[] => [...attributes].map(([name, { value }]) => [ownColumns.has(name) ? `${name} (attribute)` : name, value]);

const objectCells = (type: string, ids: readonly string[], objects: ReadonlyMap<string, KnownObject>, at: number | null): Cell[] => {
  const column = objectColumn(type);
  const [only = ""] = ids;
  if (ids.length !== 1) return [[column, JSON.stringify(ids)]];
  return [[column, only], ...[...valuesAt(objects.get(only), at)].map(([name, value]): Cell => [`${column}:${name.slice(0, nameCharacters)}`, value])];
};

/** The customers that each object belongs to, as it says itself or, where they are plainly people, as they say: nobody belongs to an order that names her. */
const listOwners = (objects: ReadonlyMap<string, KnownObject>, customerType: string | null): Map<string, Set<string>> => {
  const owners = new Map<string, Set<string>>();
  const arePeople = customerType !== null && isCustomerType(customerType);
  const add = (id: string, customer: string): void => {
    const known = owners.get(id);
    if (known === undefined) owners.set(id, new Set([customer]));
    else known.add(customer);
  };
  for (const [id, { type, related }] of objects) {
    for (const other of related) {
      const otherType = objects.get(other)?.type;
      if (type === customerType && otherType !== undefined && otherType !== customerType && arePeople) add(other, id);
      if (otherType === customerType && type !== customerType) add(id, other);
    }
  }
  return owners;
};

/** What an object was by a time, not what became of it later. */
const valuesAt = (object: KnownObject | undefined, at: number | null): Map<string, string> =>
  new Map((object?.values ?? []).flatMap(({ name, time, value }) => (at === null || time <= at ? [[name, value] as const] : [])));
