import { ConversionFault } from "./conversion-fault.rules.ts";

/** Levels of nesting read in a file of somebody else; no real survey comes near. */
const DEPTH_MAX = 100;

/** A member of an object by its own key, so that "__proto__" and "constructor" find nothing by accident; undefined when there is none. */
export function memberOf(value: unknown, ...keys: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** A text, or a number or boolean written out; "" for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The text of a member; "" when there is none. */
export function textAt(value: unknown, ...keys: readonly string[]): string {
  return textOf(memberOf(value, ...keys));
}

/** A finite number, also one written as text; null for everything else. */
export function numberOf(value: unknown): number | null {
  const text = textOf(value).trim();
  if (text === "" || typeof value === "boolean") return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

export function numberAt(value: unknown, ...keys: readonly string[]): number | null {
  return numberOf(memberOf(value, ...keys));
}

/** The items of a list; none when it is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function itemsAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  return itemsOf(memberOf(value, ...keys));
}

/** Keys and values of an object, or positions and items of a list: PHP writes either for the same thing. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

export function entriesAt(value: unknown, ...keys: readonly string[]): readonly (readonly [string, unknown])[] {
  return entriesOf(memberOf(value, ...keys));
}

export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a switch is on, however it is written: true, 1, "true", "yes", "Y", "ON". */
export function isOn(value: unknown): boolean {
  return ["true", "1", "yes", "y", "on", "true()"].includes(textOf(value).trim().toLowerCase());
}

/** Reads JSON of a stranger.
 *  @throws ConversionFault when it is no JSON or nested beyond any survey */
export function readJson(text: string): unknown {
  refuseDepth(text);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (fault) {
    throw new ConversionFault("file_damaged", `The file is not well-formed JSON: ${fault instanceof Error ? fault.message.slice(0, 200) : "unknown fault"}. Export it again.`);
  }
}

function refuseDepth(text: string): void {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (isText) {
      if (sign === 92) at += 1;
      else if (sign === 34) isText = false;
    } else if (sign === 34) isText = true;
    else if (sign === 91 || sign === 123) depth += 1;
    else if (sign === 93 || sign === 125) depth -= 1;
    if (depth > DEPTH_MAX) throw new ConversionFault("file_damaged", `The file is nested more than ${DEPTH_MAX} levels deep, which no survey is.`);
  }
}
