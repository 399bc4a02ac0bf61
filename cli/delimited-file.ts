import { createCsvReader, type CsvRow, type CsvSettings } from "@firsthand/server/customers/imports/csv.rules";
import { findNearestName } from "@firsthand/server/platform/http/nearest-name.rules";
import { detectEncoding, openDecoder, readBytes, takeHead } from "./byte-file.ts";
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

const rowCharacters = 1_048_576;
const sampleRows = 200;

// Order decides where several fit: the usual ones first, blanks last.
const delimiters = [",", ";", "\t", "|", "^", "~", ":", "\u0001", "\u001f", " "];

/** Opens a text file of rows, packed with gzip or not, and finds out its encoding, delimiter and quote from its first part.
 *  @param path a file, or "-" for standard input
 *  @param bytes its bytes, where they have been begun already
 *  @throws CommandError when it cannot be read or lacks a wanted column */
export const openDelimited = async (path: string, wishes: ReadingWishes, bytes = readBytes(path)): Promise<DelimitedFile> => {
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
  const [first = ""] = missing;
  const nearest = missing.length === 1 ? findNearestName(first, header) : null;
  return `There ${missing.length === 1 ? "is no column" : "are no columns"} ${missing.map((name) => `"${name}"`).join(" and ")}.${nearest === null ? "" : ` Did you mean "${nearest}"?`} The columns are ${shown}${more}.`;
};

const tidy = (name: string): string => name.replaceAll("\u0000", "").replaceAll(/\s+/gu, " ").trim();

const withoutBlank = (rows: readonly CsvRow[]): CsvRow[] =>
  rows.filter(({ cells, problem }) => problem !== undefined || cells.some((cell) => cell.trim() !== ""));
