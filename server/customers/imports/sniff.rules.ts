import { createCsvReader } from "./csv.rules.ts";

const candidates = [",", ";", "\t", "|", "\u0001", "^", "~"] as const;
const mostRows = 200;

/** The delimiter under which the first rows have the same number of cells most often, then the most cells.
 *  "whitespace" is tried only when nothing else fits, since sentences contain blanks.
 *  @param sample the start of the file; its last line may be cut and is not counted */
export const guessDelimiter = (sample: string, quote: string): string => {
  const scored = candidates
    .map((delimiter) => ({ delimiter, ...regularity(splitSample(sample, delimiter, quote)) }))
    .filter((candidate) => candidate.width > 1 && candidate.share >= (candidate.rows < 20 ? 0.5 : 0.75))
    .sort((a, b) => b.share * Math.min(b.width, 4) - a.share * Math.min(a.width, 4));
  const [best] = scored;
  if (best !== undefined) return best.delimiter;
  const blanks = regularity(splitSample(sample, "whitespace", ""));
  if (blanks.width > 1 && blanks.share >= 0.95) return "whitespace";
  // One column of free text: a delimiter that does not occur keeps each line whole.
  return ["\t", "|", "\u0001"].find((delimiter) => !sample.includes(delimiter)) ?? ",";
};

/** The quote character: the one that opens cells and closes them again. A double quote when there is none to be seen. */
export const guessQuote = (sample: string): string => {
  const single = sample.match(/(?:^|[,;\t|\r\n])'[^'\r\n]*'(?=[,;\t|\r\n])/g)?.length ?? 0;
  const double = sample.match(/(?:^|[,;\t|\r\n])"[^"]*"(?=[,;\t|\r\n])/g)?.length ?? 0;
  return single > 2 && single > double ? "'" : "\"";
};

/** The first rows of a sample of text; the last one is left out when the sample may be cut. */
export const splitSample = (sample: string, delimiter: string, quote: string): string[][] => {
  const reader = createCsvReader({ delimiter, quote }, 1_048_576);
  const complete = reader.push(sample);
  const rows = complete.length > 0 ? complete : reader.end();
  return rows.filter((row) => row.cells.length > 0).slice(0, mostRows).map((row) => row.cells);
};

const regularity = (rows: readonly (readonly string[])[]): { rows: number; width: number; share: number } => {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { rows: rows.length, width, share: rows.length === 0 ? 0 : count / rows.length };
};

/** How many rows stand above the header, and how many rows the header has.
 *  Qualtrics writes three (id, question, JSON with ImportId), older exports two, where fixed fields repeat in the second. */
export const guessHeader = (rows: readonly (readonly string[])[]): { skipRows: number; headerRows: number } => {
  const { width } = regularity(rows);
  const skipRows = width < 3 ? 0 : Math.min(20, Math.max(0, rows.findIndex((row) => filled(row) > 1)));
  const [first = [], second = [], third = []] = rows.slice(skipRows);
  if (third.some((cell) => /^\{\s*"ImportId"/.test(cell))) return { skipRows, headerRows: 3 };
  if (!isHeader(first)) return { skipRows, headerRows: 0 };
  const repeated = first.filter((cell, index) => cell !== "" && cell === second[index] && /[a-z]/i.test(cell)).length;
  return { skipRows, headerRows: repeated >= 3 ? 2 : 1 };
};

const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== "").length;

const isHeader = (row: readonly string[]): boolean => {
  const names = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (names.length === 0) return false;
  const isName = (cell: string): boolean => !/^[-+]?[\d.,:/ -]+$/.test(cell) && !/@\S+\.\w/.test(cell) && !/^\d{4}-\d{2}/.test(cell);
  const averageLength = names.join("").length / names.length;
  const named = names.filter(isName).length;
  return named >= names.length * 0.9 && averageLength <= 80;
};
