// Lines of JSON into comments; the part of reading them that runs in the workers.
import { isBlankLine, type BadRow, type LinesPortion } from "./comment-file.ts";

/** Texts with their ids as JSON. */
export type Comments = { texts: string[]; ids: string[]; badRows: BadRow[]; bad: number };

const badRowsNamed = 20;
const lineFeed = 10;

export const parseLines = (portion: LinesPortion): Comments => {
  const bytes = Buffer.from(portion.bytes.buffer, portion.bytes.byteOffset, portion.bytes.byteLength);
  const comments: Comments = { texts: [], ids: [], badRows: [], bad: 0 };
  let row = portion.firstRow;
  let line = portion.firstLine;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(lineFeed, start);
    const to = end < 0 ? bytes.length : end;
    if (!isBlankLine(bytes, start, to)) {
      const reason = parseLine(bytes.toString("utf8", start, to), row, portion, comments);
      if (reason !== null) noteBad(comments, line, reason);
      row += 1;
    }
    start = to + 1;
  }
  return comments;
};

const noteBad = (comments: Comments, line: number, reason: string): void => {
  comments.bad += 1;
  if (comments.badRows.length < badRowsNamed) comments.badRows.push({ place: `Line ${line}`, reason });
};

/** @returns why the line is none, or null */
const parseLine = (line: string, row: number, { text, id }: LinesPortion, comments: Comments): string | null => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "It is not JSON.";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "It is not a JSON object.";
  const cells: Record<string, unknown> = { ...value };
  const words = cells[text] ?? "";
  if (typeof words === "object") return `Its "${text}" is not a text.`;
  comments.texts.push(String(words));
  comments.ids.push(id === null ? String(row) : writeId(cells[id], id, line));
  return null;
};

// A number beyond 2^53 is no longer itself once parsed: such ids (posts have them) are copied as they are written.
const writeId = (value: unknown, name: string, line: string): string => {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return JSON.stringify(value ?? null);
  const key = JSON.stringify(name).replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return new RegExp(`${key}\\s*:\\s*(-?\\d[\\d.eE+-]*)`, "u").exec(line)?.[1] ?? JSON.stringify(value);
};
