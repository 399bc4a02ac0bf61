// A file of comments in portions that workers can read: lines of JSON as they are, rows of a table as texts.
import { detectEncoding, openDecoder, readBytes, takeHead } from "./byte-file.ts";
import { CommandError } from "./command.ts";
import { isTooWide, openDelimited } from "./delimited-file.ts";
import type { DelimitedWishes } from "./delimited-options.ts";

/** A portion of a file of JSON lines: whole lines as bytes. Rows and lines are counted from 1; a blank line is a line but no row. */
export type LinesPortion = { kind: "lines"; bytes: Uint8Array; firstRow: number; firstLine: number; text: string; id: string | null };
/** A portion of a table. */
type RowsPortion = { kind: "rows"; texts: string[]; ids: (string | number)[] };
export type Portion = LinesPortion | RowsPortion;

export type BadRow = { place: string; reason: string };

export type CommentFile = { portions: AsyncGenerator<Portion>; badRows: BadRow[]; badCount: () => number; encoding: string; wrongCharacters: () => number };

export type CommentRequest = Omit<DelimitedWishes, "quote"> & { path: string; text: string; id: string | null };

/** About 900 comments: enough that handing them over costs nothing, little enough that what is made of them is still young when it dies. */
const portionBytes = 262_144;
const portionRows = 1_000;
const lineBytesMax = 16 * 1_048_576;
const badRowsNamed = 20;

const lineFeed = 10;
const carriageReturn = 13;

/** Opens a file of comments, packed with gzip or not.
 *  @throws CommandError when it cannot be read or has no such column */
export const openComments = async (request: CommentRequest): Promise<CommentFile> => {
  const isLines = /\.(?:jsonl|ndjson|json)(?:\.gz)?$/iu.test(request.path);
  const isTable = /\.(?:csv|tsv|tab|txt)(?:\.gz)?$/iu.test(request.path);
  if (isTable) return openRows(request);
  const { head, rest } = await takeHead(readBytes(request.path));
  if (isLines || startsLikeJson(head)) return openLines(request, head, rest);
  if (request.path === "-") return openRows(request, joined(head, rest));
  return openRows(request);
};

async function* joined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

const startsLikeJson = (head: Buffer): boolean => /^\ufeff?\s*\{\s*"/u.test(head.subarray(0, 1_024).toString("utf8"));

const openRows = async (request: CommentRequest, bytes?: AsyncGenerator<Buffer>): Promise<CommentFile> => {
  const columns = [request.text, request.id].filter((name) => name !== null);
  const file = await openDelimited(request.path, { columns, delimiter: request.delimiter, quote: null, encoding: request.encoding }, bytes);
  const badRows: BadRow[] = [];
  let bad = 0;
  const [textAt = -1, idAt = -1] = file.places;
  const readPortions = async function* (): AsyncGenerator<Portion> {
    let row = 0;
    let portion: RowsPortion = { kind: "rows", texts: [], ids: [] };
    for await (const rows of file.rows) {
      for (const { cells, problem } of rows) {
        row += 1;
        if (problem !== undefined || isTooWide(cells, file.header)) {
          bad += 1;
          if (badRows.length < badRowsNamed) badRows.push({ place: `Row ${row}`, reason: problem?.reason ?? "It has more cells than the header." });
          continue;
        }
        portion.texts.push(cells[textAt] ?? "");
        portion.ids.push(idAt < 0 ? row : (cells[idAt] ?? ""));
        if (portion.texts.length < portionRows) continue;
        yield portion;
        portion = { kind: "rows", texts: [], ids: [] };
      }
    }
    if (portion.texts.length > 0) yield portion;
  };
  return { portions: readPortions(), badRows, badCount: () => bad, encoding: file.encoding, wrongCharacters: file.wrongCharacters };
};

const openLines = async (request: CommentRequest, head: Buffer, rest: AsyncGenerator<Buffer>): Promise<CommentFile> => {
  const encoding = request.encoding ?? detectEncoding(head, false);
  const bytes = asUtf8(encoding, head, rest);
  const first = await bytes.next();
  const start = first.done === true ? Buffer.alloc(0) : first.value;
  const names = findNames(start, request);
  const badRows: BadRow[] = [];
  let bad = 0;
  const refuse = (line: number): void => {
    bad += 1;
    if (badRows.length < badRowsNamed) badRows.push({ place: `Line ${line}`, reason: `It is longer than ${lineBytesMax / 1_048_576} MB.` });
  };
  return { portions: cutIntoPortions(joined(start, bytes), names, refuse), badRows, badCount: () => bad, encoding, wrongCharacters: () => 0 };
};

/** UTF-8 without its mark, whatever the file is written in. */
async function* asUtf8(encoding: string, head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (/^utf-?8$/iu.test(encoding)) {
    yield head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
    return yield* rest;
  }
  const decoder = openDecoder(encoding);
  yield Buffer.from(decoder.decode(head, { stream: true }));
  for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

const sampleLines = 1_000;
const sampleBytes = 1_048_576;

// A name that no row has is a slip of the pen and no reason to read a million empty comments.
const findNames = (start: Buffer, request: CommentRequest): { text: string; id: string | null } => {
  const keys = new Set<string>();
  const text = start.toString("utf8", 0, sampleBytes);
  if (text.trim() === "") throw new CommandError("The file is empty.");
  if (text.trimStart().startsWith("[")) throw new CommandError("The file is one JSON array. Write one object on each line instead, without commas between.");
  for (const line of text.split("\n", sampleLines)) for (const key of keysOf(line)) keys.add(key);
  if (keys.size === 0) throw new CommandError(`No line of "${request.path}" is a JSON object.`);
  const find = (wanted: string): string => {
    if (keys.has(wanted)) return wanted;
    const alike = [...keys].filter((key) => key.trim().toLowerCase() === wanted.trim().toLowerCase());
    if (alike.length === 1) return alike[0] ?? wanted;
    const shown = [...keys].slice(0, 40).map((key) => `"${key}"`).join(", ");
    throw new CommandError(`There is no column "${wanted}". The columns are ${shown}${keys.size > 40 ? ` and ${keys.size - 40} more` : ""}.`);
  };
  return { text: find(request.text), id: request.id === null ? null : find(request.id) };
};

const keysOf = (line: string): string[] => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
};

async function* cutIntoPortions(bytes: AsyncGenerator<Buffer>, names: { text: string; id: string | null }, refuse: (line: number) => void): AsyncGenerator<LinesPortion> {
  let pieces: Buffer[] = [];
  let length = 0;
  let place = { firstRow: 1, firstLine: 1 };
  let isDropping = false;
  const take = (end: Buffer): LinesPortion => {
    const whole = Buffer.concat([...pieces, end]);
    const portion = { kind: "lines" as const, bytes: whole, ...place, ...names };
    place = countLines(whole, place);
    return portion;
  };
  for await (const chunk of bytes) {
    let piece = chunk;
    if (isDropping) {
      const end = piece.indexOf(lineFeed);
      if (end < 0) continue;
      isDropping = false;
      piece = piece.subarray(end + 1);
    }
    const end = length + piece.length < portionBytes ? -1 : piece.lastIndexOf(lineFeed);
    if (end >= 0) {
      yield take(piece.subarray(0, end + 1));
      pieces = [];
      length = 0;
      piece = piece.subarray(end + 1);
    }
    pieces.push(piece);
    length += piece.length;
    if (length <= lineBytesMax) continue;
    // Lines before the endless one are read; of itself, nothing is kept.
    const whole = Buffer.concat(pieces);
    const last = whole.lastIndexOf(lineFeed);
    pieces = [];
    length = 0;
    if (last >= 0) yield take(whole.subarray(0, last + 1));
    refuse(place.firstLine);
    place = { firstRow: place.firstRow + 1, firstLine: place.firstLine + 1 };
    isDropping = true;
  }
  if (length > 0) yield take(Buffer.alloc(0));
}

const countLines = (bytes: Buffer, { firstRow, firstLine }: { firstRow: number; firstLine: number }): { firstRow: number; firstLine: number } => {
  let row = firstRow;
  let line = firstLine;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, start);
    const to = end < 0 ? bytes.length : end;
    if (!isBlankLine(bytes, start, to)) row += 1;
    line += 1;
    start = to + 1;
  }
  return { firstRow: row, firstLine: line };
};

/** Nothing, or a carriage return alone. Main thread and workers must agree on it, or rows would be numbered wrong. */
export const isBlankLine = (bytes: Uint8Array, start: number, to: number): boolean => to === start || (to === start + 1 && bytes[start] === carriageReturn);
