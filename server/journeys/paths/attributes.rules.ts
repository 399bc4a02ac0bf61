// What is said in messages and of customers, as names with the values they took: to choose a filter from.
import type { KnownAttribute } from "./paths.contract.ts";

export type SaidAttribute = { name: string; value: string; count: number };

const NAMES_MAX = 100;
const VALUES_MAX = 50;
// As much as a filter can ask for.
const TEXT_MAX = 200;
const DEPTH_MAX = 2;

/** @param said how often each value was said of each name
 *  @returns names the most said first; values that were said once alone tell who somebody is rather than what kind, and are not proposed */
export const proposeAttributes = (said: readonly SaidAttribute[]): KnownAttribute[] => {
  const byName = [...Map.groupBy(said, ({ name }) => name)].map(([name, own]) => ({ name, own, count: own.reduce((sum, one) => sum + one.count, 0) }));
  return byName
    .toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
    .slice(0, NAMES_MAX)
    .map(({ name, own }) => ({
      name,
      values: own.filter(({ count }) => count > 1).toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1)).slice(0, VALUES_MAX).map(({ value }) => value),
    }));
};

/** Counts the single values that messages carry; names that lie deeper are joined by dots. */
export const countProperties = (messages: readonly unknown[]): SaidAttribute[] => {
  const counts = new Map<string, SaidAttribute>();
  for (const message of messages) {
    for (const { name, value } of listValues(holderOf(message), "", 1)) {
      const key = JSON.stringify([name, value]);
      counts.set(key, { name, value, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()];
};

/** Whether paths can be asked for an attribute: a question is "name=value", which a name with "=" would cut elsewhere. */
export const isAskable = (name: string): boolean => !name.includes("=") && name.length <= TEXT_MAX;

const holderOf = (message: unknown): unknown => (isRecord(message) ? (message["properties"] ?? message["data"]) : undefined);

const listValues = (holder: unknown, path: string, depth: number): { name: string; value: string }[] => {
  if (!isRecord(holder)) return [];
  return Object.entries(holder).flatMap(([key, value]) => {
    // A dot of its own would be one between two names.
    if (key === "" || !isAskable(key) || key.includes(".")) return [];
    const name = `${path}${key}`;
    if (isRecord(value)) return depth < DEPTH_MAX ? listValues(value, `${name}.`, depth + 1) : [];
    const text = typeof value === "string" ? value.trim() : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
    return text === "" || text.length > TEXT_MAX || name.length > TEXT_MAX ? [] : [{ name, value: text }];
  });
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
