import { createCsvReader, type CsvRow, type CsvSettings } from "@firsthand/server/customers/imports/csv.rules";
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CommandError } from "./command.ts";

export type DelimitedFile = {
  settings: CsvSettings;
  encoding: string;
  header: string[];
  /** Place of each wanted column, in the order wanted. */
  places: number[];
  /** Rows after the header in the order of the file, blank lines left out, in batches so that reading stays fast. */
  rows: AsyncGenerator<CsvRow[]>;
  /** Characters so far that were wrong in the encoding. */
  wrongCharacters: () => number;
};

export type ReadingWishes = { columns: readonly string[]; delimiter: string | null; quote: string | null; encoding: string | null };

const headBytes = 1_048_576;
const rowCharacters = 1_048_576;
const sampleRows = 200;

// Order decides where several fit: the usual ones first, blanks last.
const delimiters = [",", ";", "\t", "|", "^", "~", ":", "\u0001", "\u001f", " "];

/** Opens a text file of rows, packed with gzip or not, and finds out its encoding, delimiter and quote from its first part.
 *  @param path a file, or "-" for standard input
 *  @throws CommandError when it cannot be read or lacks a wanted column */
export const openDelimited = async (path: string, wishes: ReadingWishes): Promise<DelimitedFile> => {
  const bytes = unpack(readBytes(path));
  const { head, rest, isWhole } = await takeHead(bytes);
  const encoding = wishes.encoding ?? detectEncoding(head, isWhole);
  const decoder = openDecoder(encoding);
  let wrong = 0;
  const decode = (chunk?: Buffer): string => {
    const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    wrong += text.split("\ufffd").length - 1;
    return text;
  };
  const [excelDelimiter, text] = takeExcelHint(decode(head));
  const sniffed = sniff(text, isWhole, { ...wishes, delimiter: wishes.delimiter ?? excelDelimiter });
  const readRows = async function* (): AsyncGenerator<CsvRow[]> {
    const reader = createCsvReader(sniffed.settings, rowCharacters);
    const first = withoutBlank(reader.push(text));
    yield first.slice(1);
    let isHeaderSeen = first.length > 0;
    const next = (rows: CsvRow[]): CsvRow[] => {
      const full = withoutBlank(rows);
      const data = isHeaderSeen ? full : full.slice(1);
      isHeaderSeen ||= full.length > 0;
      return data;
    };
    for await (const chunk of rest) yield next(reader.push(decode(chunk)));
    yield next([...reader.push(decode()), ...reader.end()]);
  };
  return { ...sniffed, encoding, rows: readRows(), wrongCharacters: () => wrong };
};

async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<unknown> = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 262_144 });
  try {
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
  } catch (fault) {
    throw new CommandError(sayFault(path, fault));
  }
}

const sayFault = (path: string, fault: unknown): string => {
  const code = fault instanceof Error && "code" in fault ? fault.code : null;
  if (code === "ENOENT") return `There is no file "${path}".`;
  if (code === "EISDIR") return `"${path}" is a folder, not a file.`;
  if (code === "EACCES" || code === "EPERM") return `The file "${path}" may not be read by this user.`;
  return `The file "${path}" cannot be read: ${fault instanceof Error ? fault.message : String(fault)}.`;
};

/** Unpacks gzip by its first two bytes, whatever the file is called. */
async function* unpack(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const next = await bytes.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  const whole = prepend(start, bytes);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return yield* whole;
  const packed = Readable.from(whole);
  // The callback stays empty because pipeline hands any fault to the last stream, where the loop below meets it.
  const unpacked: AsyncIterable<unknown> = pipeline(packed, createGunzip({ chunkSize: 262_144 }), () => undefined);
  try {
    for await (const chunk of unpacked) {
      if (Buffer.isBuffer(chunk)) yield chunk;
    }
  } catch (fault) {
    if (fault instanceof CommandError) throw fault;
    throw new CommandError(`The gzip file is damaged or cut off: ${fault instanceof Error ? fault.message : String(fault)}.`);
  }
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

const takeHead = async (bytes: AsyncGenerator<Buffer>): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer>; isWhole: boolean }> => {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await bytes.next();
    if (next.done === true) return { head: Buffer.concat(chunks), rest: bytes, isWhole: true };
    chunks.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(chunks), rest: bytes, isWhole: false };
};

// Byte order mark, else the zeros of UTF-16, else UTF-8 when the first part is valid, else the usual one of old exports.
const detectEncoding = (head: Buffer, isWhole: boolean): string => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sample = head.subarray(0, 4_096);
  const zeros = [0, 1].map((parity) => sample.filter((byte, index) => byte === 0 && index % 2 === parity).length);
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length * 0.3 && even < odd / 10) return "utf-16le";
  if (even > sample.length * 0.3 && odd < even / 10) return "utf-16be";
  // A head that is cut off may end inside a character of up to four bytes.
  const isValid = [0, 1, 2, 3].some((cut) => (cut === 0 || !isWhole) && isUtf8(head.subarray(0, head.length - cut)));
  return isValid ? "utf-8" : "windows-1252";
};

const openDecoder = (encoding: string): InstanceType<typeof TextDecoder> => {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new CommandError(`The encoding "${encoding}" is not known. Try utf-8, utf-16le, windows-1252 or iso-8859-2.`);
  }
};

/** Excel writes its delimiter into a first line `sep=;`. */
const takeExcelHint = (text: string): [string | null, string] => {
  const hint = /^sep=(.)\r?\n?/iu.exec(text);
  return hint === null ? [null, text] : [hint[1] ?? null, text.slice(hint[0].length)];
};

type Sniffed = { settings: CsvSettings; header: string[]; places: number[] };

/** Takes the delimiter and the quote under which the header has the wanted columns and most rows fit the header. */
const sniff = (text: string, isWhole: boolean, wishes: ReadingWishes): Sniffed => {
  const candidates = (wishes.delimiter === null ? delimiters : [wishes.delimiter]).flatMap((delimiter) =>
    (wishes.quote === null ? ["\"", "'"] : [wishes.quote]).map((quote) => readSample(text, isWhole, { delimiter, quote })),
  );
  const fitting = candidates.flatMap((sample) => {
    const places = wishes.columns.map((column) => findColumn(sample.header, column));
    return places.includes(-1) ? [] : [{ ...sample, places }];
  });
  const [best] = fitting.toSorted((a, b) => b.fittingRows - a.fittingRows);
  if (best !== undefined) return best;
  const [likely] = candidates.toSorted((a, b) => b.header.length - a.header.length);
  throw new CommandError(sayMissing(wishes.columns, likely?.header ?? []));
};

const readSample = (text: string, isWhole: boolean, settings: CsvSettings): { settings: CsvSettings; header: string[]; fittingRows: number } => {
  const reader = createCsvReader(settings, rowCharacters);
  const part = text.slice(0, rowCharacters / 4);
  const rows = [...reader.push(part), ...(isWhole && part.length === text.length ? reader.end() : [])];
  const [first, ...others] = withoutBlank(rows).slice(0, sampleRows);
  const header = (first?.cells ?? []).map(tidy);
  const isFitting = ({ cells, problem }: CsvRow): boolean => problem === undefined && !isTooWide(cells, header) && !cells.some(isWrapped);
  return { settings, header, fittingRows: others.filter(isFitting).length };
};

/** Surplus cells with content mean that a delimiter stands inside a value, so every later cell is in the wrong column. */
export const isTooWide = (cells: readonly string[], header: readonly string[]): boolean =>
  cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== "");

const isWrapped = (cell: string): boolean => cell.length > 1 && ["\"", "'"].some((quote) => cell.startsWith(quote) && cell.endsWith(quote));

const findColumn = (header: readonly string[], wanted: string): number => {
  const name = tidy(wanted);
  const exact = places(header, (other) => other === name);
  const found = exact.length > 0 ? exact : places(header, (other) => other.toLowerCase() === name.toLowerCase());
  if (found.length > 1) throw new CommandError(`The column "${name}" stands ${found.length} times in the header. Rename all but one.`);
  return found[0] ?? -1;
};

const places = (header: readonly string[], isIt: (name: string) => boolean): number[] =>
  header.flatMap((name, index) => (isIt(name) ? [index] : []));

const sayMissing = (columns: readonly string[], header: readonly string[]): string => {
  if (header.length === 0) return "The file is empty.";
  const missing = columns.filter((column) => findColumn(header, column) === -1);
  const shown = header.slice(0, 40).map((name) => `"${name}"`).join(", ");
  const more = header.length > 40 ? ` and ${header.length - 40} more` : "";
  return `There is no column ${missing.map((name) => `"${name}"`).join(" and ")}. The columns are ${shown}${more}.`;
};

const tidy = (name: string): string => name.replaceAll("\u0000", "").replaceAll(/\s+/gu, " ").trim();

const withoutBlank = (rows: readonly CsvRow[]): CsvRow[] =>
  rows.filter(({ cells, problem }) => problem !== undefined || cells.some((cell) => cell.trim() !== ""));
