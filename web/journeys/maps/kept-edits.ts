import type { Conflict, Parcel, Unsettled } from "./session.rules.ts";

type Owner = { workspaceId: string; memberId: string; mapId: string };
type Store = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;
type Entry = { at: number; parcel: Parcel } | { at: number; conflict: Conflict };
type Kept = { place: string; value: Parcel | Conflict };

/** What one member drew on one map and the server does not have yet, kept in this browser so that closing it loses nothing.
 *  Each parcel and each conflict has an entry of its own, so that tabs only take away what they know to be settled. A parcel two tabs
 *  send counts once, by its id; what another member left here is not read. */
export const openKeptEdits = (owner: Owner, given: { store: () => Store; newId: () => string; now: () => number }) => {
  const prefix = `firsthand.map-edits.${owner.workspaceId}.${owner.memberId}.${owner.mapId}.`;
  const kept = new Map<string, Kept>();
  const { waiting, conflicts, last } = readKept(prefix, given.store, kept);
  let at = last;
  const write = (store: Store, name: string, value: Parcel | Conflict): void => {
    if (kept.get(name)?.value === value) return;
    const place = kept.get(name)?.place ?? `${prefix}${"key" in value ? given.newId() : value.id}`;
    at = Math.max(given.now(), at + 1);
    store.setItem(place, JSON.stringify("key" in value ? { at, conflict: value } : { at, parcel: value }));
    kept.set(name, { place, value });
  };
  const keep = (unsettled: Unsettled): void => {
    const wanted = new Map<string, Parcel | Conflict>([...unsettled.waiting.map((one) => [parcelName(one), one] as const), ...unsettled.conflicts.map((one) => [conflictName(one), one] as const)]);
    try {
      const store = given.store();
      // What is new is written first: a page that closes in between keeps it twice rather than not at all.
      for (const [name, value] of wanted) write(store, name, value);
      for (const [name, { place }] of kept) {
        if (wanted.has(name)) continue;
        store.removeItem(place);
        kept.delete(name);
      }
    } catch {
      // A full or forbidden store keeps nothing; the edits are still sent from memory.
    }
  };
  return { kept: { waiting, conflicts }, keep };
};

const readKept = (prefix: string, storeOf: () => Store, kept: Map<string, Kept>): Unsettled & { last: number } => {
  const waiting: Parcel[] = [];
  const conflicts: Conflict[] = [];
  const found = entriesOf(prefix, storeOf).toSorted((one, other) => one.entry.at - other.entry.at);
  for (const { place, entry } of found) {
    if ("parcel" in entry) {
      waiting.push(entry.parcel);
      kept.set(parcelName(entry.parcel), { place, value: entry.parcel });
      continue;
    }
    // Two tabs may each have met a conflict of the same name.
    const isTaken = conflicts.some(({ key }) => key === entry.conflict.key);
    const conflict = isTaken ? { ...entry.conflict, key: `${entry.conflict.key}#${conflicts.length + 1}` } : entry.conflict;
    conflicts.push(conflict);
    kept.set(conflictName(conflict), { place, value: conflict });
  }
  return { waiting, conflicts, last: found.at(-1)?.entry.at ?? 0 };
};

const entriesOf = (prefix: string, storeOf: () => Store): { place: string; entry: Entry }[] => {
  try {
    const store = storeOf();
    const places = Array.from({ length: store.length }, (_, index) => store.key(index)).filter((place) => place?.startsWith(prefix) === true);
    return places.flatMap((place) => {
      const entry = place === null ? null : readEntry(store.getItem(place));
      return place === null || entry === null ? [] : [{ place, entry }];
    });
  } catch {
    return [];
  }
};

const readEntry = (words: string | null): Entry | null => {
  try {
    const entry: unknown = JSON.parse(words ?? "null");
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
};

const parcelName = ({ id }: Parcel): string => `parcel.${id}`;
const conflictName = ({ key }: Conflict): string => `conflict.${key}`;

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;
const isEntry = (value: unknown): value is Entry => isRecord(value) && typeof Reflect.get(value, "at") === "number" && (isParcel(Reflect.get(value, "parcel")) || isKeptConflict(Reflect.get(value, "conflict")));
const isParcel = (value: unknown): value is Parcel => isRecord(value) && typeof Reflect.get(value, "id") === "string" && Array.isArray(Reflect.get(value, "edits"));
const isKeptConflict = (value: unknown): value is Conflict => isRecord(value) && typeof Reflect.get(value, "key") === "string" && isRecord(Reflect.get(value, "edit")) && isRecord(Reflect.get(value, "theirs"));
