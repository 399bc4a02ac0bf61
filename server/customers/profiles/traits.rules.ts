/** One statement about a customer: what was said, when it was so (`at`), when we heard it (`recordedAt`), both in ms. Null clears. */
export type TraitEntry = { name: string; value: unknown; at: number; recordedAt: number; source: string };
export type Trait = { name: string; value: unknown; at: number; source: string; history: readonly TraitEntry[] };

/** What a member wrote by hand outranks what systems send, and both outrank what was inferred. */
export const sourceRank = (source: string): number => (source === "manual" ? 2 : source === "inferred" ? 0 : 1);

/** The present traits of a customer out of everything ever said about all of its identifiers.
 *  @param history any order, duplicates allowed; not mutated
 *  @returns one entry per name that has a value, by name; each with its history, the deciding entry first */
export const currentTraits = (history: readonly TraitEntry[]): Trait[] =>
  [...Map.groupBy(history, (entry) => entry.name)]
    .flatMap(([name, entries]) => {
      const sorted = entries.toSorted(byWeight);
      const first = sorted[0];
      return first === undefined || first.value === null ? [] : [{ name, value: first.value, at: first.at, source: first.source, history: sorted }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Traits as they were known to us at `knownAt` about the time `at` (both ms): the two times of a bitemporal history. */
export const traitsAsOf = (history: readonly TraitEntry[], at: number, knownAt: number): Trait[] =>
  currentTraits(history.filter((entry) => entry.at <= at && entry.recordedAt <= knownAt));

const byWeight = (a: TraitEntry, b: TraitEntry): number =>
  sourceRank(b.source) - sourceRank(a.source) || b.at - a.at || b.recordedAt - a.recordedAt || (JSON.stringify(a.value) < JSON.stringify(b.value) ? 1 : -1);

/** A name to show: what the traits say, else the e-mail address, else the strongest identifier. */
export const displayName = (traits: ReadonlyMap<string, unknown>, email: string | null, fallback: string): string => {
  const said = (name: string): string => {
    const value = traits.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const full = said("name") || [said("firstName") || said("first_name"), said("lastName") || said("last_name")].filter(Boolean).join(" ");
  return (full || email || fallback).slice(0, 200);
};

export const nameTraits = ["name", "firstName", "lastName", "first_name", "last_name", "email"] as const;

/** The traits of a message worth keeping: at most 200, names up to 100 characters, values up to 8,000 as JSON. */
export const keptTraits = (traits: Readonly<Record<string, unknown>>): [name: string, value: string][] =>
  Object.entries(traits)
    .slice(0, 200)
    .flatMap(([name, value]): [string, string][] => {
      const json = storableJson(value ?? null);
      return name === "" || name.length > 100 || json === undefined || json.length > 8_000 ? [] : [[cleanText(name), json]];
    });

/** JSON that jsonb takes: it refuses zero characters and halves of surrogate pairs, which json in messages may hold. */
const storableJson = (value: unknown): string | undefined => {
  const json = JSON.stringify(value);
  return json !== undefined && /\\u(0000|d[89a-f])/i.test(json) ? JSON.stringify(cleanValue(value)) : json;
};

const cleanText = (text: string): string => text.toWellFormed().replaceAll("\u0000", "");

const cleanValue = (value: unknown): unknown => {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [cleanText(name), cleanValue(part)]));
};
