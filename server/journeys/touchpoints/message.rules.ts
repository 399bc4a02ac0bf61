// Reads single fields out of messages of unknown shape.

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at a path such as "properties.category".
 *  @returns undefined when the path leads nowhere; never follows inherited fields */
export const fieldOf = (message: unknown, path: string): unknown => {
  let value: unknown = message;
  for (const part of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
};

/** A single value as text; undefined for lists, objects and nothing. */
export const textField = (message: unknown, path: string): string | undefined => {
  const value = fieldOf(message, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** Path of the page an interaction happened on, with its slash; null when it names none. */
export const pagePathOf = (message: unknown): string | null => {
  const path = textField(message, "properties.path") ?? textField(message, "context.page.path");
  if (path !== undefined) return path.startsWith("/") ? path : `/${path}`;
  const url = pageUrlOf(message);
  return url === null || !URL.canParse(url) ? null : new URL(url).pathname;
};

/** Full address of that page; null when it names none. */
export const pageUrlOf = (message: unknown): string | null => textField(message, "properties.url") ?? textField(message, "context.page.url") ?? null;
