// Reads documents of others, whose shape is known but never certain.

/** What stands under a path of names; undefined where it leads nowhere. Only own fields are seen. */
export const fieldAt = (value: unknown, ...path: readonly string[]): unknown => {
  let found = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
};

/** A text under a path, as the database can keep it: without halves of characters and without the sign 0. */
export const textAt = (value: unknown, ...path: readonly string[]): string | null => {
  const found = fieldAt(value, ...path);
  if (typeof found === "number" || typeof found === "bigint") return String(found);
  const text = typeof found === "string" ? found.toWellFormed().replaceAll("\0", "") : "";
  return text === "" ? null : text;
};

export const numberAt = (value: unknown, ...path: readonly string[]): number | null => {
  const found = fieldAt(value, ...path);
  const number = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};

/** A list; a single thing where a list is meant (XML turned into JSON does that) counts as a list of one. */
export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = fieldAt(value, ...path);
  if (Array.isArray(found)) return found;
  return found === undefined || found === null ? [] : [found];
};

/** A time as ISO text in UTC; null when it cannot be read or lies before 1990 or after 2100. */
export const readTime = (value: unknown): string | null => {
  const time = typeof value === "number" ? value : typeof value === "string" ? parseTime(value.trim()) : Number.NaN;
  return time > Date.UTC(1990, 0) && time < Date.UTC(2100, 0) ? new Date(time).toISOString() : null;
};

// Millis and seconds since 1970 as digits; a time without a zone is taken as UTC, so that it is the same on every server.
const parseTime = (text: string): number => {
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  return Date.parse(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text.replace(" ", "T")}Z` : text);
};

/** Stars within their scale; null for everything else, such as 0 for "none given". */
export const readStars = (value: number | null, starsMax: number): number | null => (value !== null && value >= 1 && value <= starsMax ? value : null);

/** Puts names and values behind an address; empty values are left out. */
export const withQuery = (url: string, query: Readonly<Record<string, string | null | undefined>>): string => {
  const entries = Object.entries(query).flatMap(([name, value]) => (value === null || value === undefined || value === "" ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`]));
  return entries.length === 0 ? url : `${url}${url.includes("?") ? "&" : "?"}${entries.join("&")}`;
};
