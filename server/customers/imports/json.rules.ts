import type { RowProblem } from "./row-source.contract.ts";

export type JsonPiece = { value: unknown } | { problem: RowProblem };

/** Splits JSON lines into values. A line that is no JSON, or longer than the limit, is refused alone; null is a blank line. */
export const createJsonLinesReader = (rowCharacters: number) => {
  let rest = "";
  let isDropping = false;

  const take = (isEnd: boolean): (JsonPiece | null)[] => {
    const pieces: (JsonPiece | null)[] = [];
    let start = 0;
    for (;;) {
      const found = rest.indexOf("\n", start);
      const end = found < 0 && isEnd ? rest.length : found;
      if (end < 0 || start >= rest.length) break;
      const line = rest.slice(start, end).trim();
      if (isDropping) isDropping = false;
      else pieces.push(line === "" ? null : line.length > rowCharacters ? tooLong(rowCharacters) : parsePiece(line));
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > rowCharacters) {
      if (!isDropping) pieces.push(tooLong(rowCharacters));
      isDropping = true;
      rest = "";
    }
    return pieces;
  };

  return {
    push: (text: string): (JsonPiece | null)[] => {
      rest += text;
      return take(false);
    },
    end: (): (JsonPiece | null)[] => take(true),
  };
};

/** Splits one JSON array, as large as it may be, into its elements without parsing the whole. */
export const createJsonArrayReader = (rowCharacters: number) => {
  let element = "";
  let length = 0;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let pieces: JsonPiece[] = [];

  const finish = (): void => {
    const json = element.trim();
    if (length > rowCharacters) pieces.push(tooLong(rowCharacters));
    else if (json !== "") pieces.push(parsePiece(json));
    element = "";
    length = 0;
  };
  const keep = (text: string): void => {
    length += text.length;
    if (length <= rowCharacters) element += text;
  };
  const push = (text: string): JsonPiece[] => {
    pieces = [];
    let start = 0;
    for (let position = 0; position < text.length; position += 1) {
      const character = text[position];
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (character === "\\") isEscaped = true;
        else if (character === "\"") isText = false;
        continue;
      }
      if (character === "\"") isText = true;
      else if (character === "[" || character === "{") {
        depth += 1;
        if (depth === 1) start = position + 1;
      } else if (character === "]" || character === "}") {
        depth -= 1;
        if (depth > 0) continue;
        keep(text.slice(start, position));
        finish();
        start = text.length;
      } else if (character === "," && depth === 1) {
        keep(text.slice(start, position));
        finish();
        start = position + 1;
      }
    }
    if (depth > 0) keep(text.slice(start));
    return pieces;
  };
  return {
    push,
    end: (): JsonPiece[] => {
      if (depth <= 0) return [];
      return [{ problem: { code: "json_invalid", reason: "The file ends in the middle of a JSON value." } }];
    },
  };
};

/** Flattens a value into cells: nested keys are joined by a dot, lists and anything below the depth become JSON text.
 *  @returns null when the value is no object, so no row */
export const flattenObject = (value: unknown, depth: number, columns: number): Map<string, string> | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const cells = new Map<string, string>();
  const visit = (object: object, prefix: string, level: number): void => {
    for (const [key, item] of Object.entries(object)) {
      if (cells.size >= columns) return;
      const name = prefix === "" ? key.slice(0, 200) : `${prefix}.${key}`.slice(0, 200);
      if (item === null || item === undefined || item === "") continue;
      if (typeof item === "object" && !Array.isArray(item) && level < depth) visit(item, name, level + 1);
      else cells.set(name === "__proto__" ? "proto" : name, cellText(item));
    }
  };
  visit(value, "", 1);
  return cells;
};

const cellText = (item: unknown): string => {
  if (typeof item === "string") return item.includes("\u0000") ? item.replaceAll("\u0000", "") : item;
  return typeof item === "object" ? JSON.stringify(item) : String(item);
};

const parsePiece = (json: string): JsonPiece => {
  try {
    const value: unknown = JSON.parse(json);
    return { value };
  } catch (fault) {
    const detail = fault instanceof Error ? fault.message : "unknown fault";
    return { problem: { code: "json_invalid", reason: `This is not valid JSON: ${detail.slice(0, 200)}.` } };
  }
};

const tooLong = (limit: number): { problem: RowProblem } => ({
  problem: { code: "row_too_long", reason: `The row is longer than ${limit.toLocaleString("en")} characters.` },
});
