import type { RowProblem } from "./row-source.contract.ts";

export type CsvSettings = { delimiter: string; quote: string };
export type CsvRow = { cells: string[]; problem?: RowProblem };
type Found = { cells: string[]; next: number } | "more" | "unclosed";

const lineFeed = 10;
const carriageReturn = 13;
const mostRecoveries = 1_000;

/** Splits text that arrives in pieces into rows; ends of line may be CRLF, LF or CR.
 *  A row that opens a quote and never closes it within the limit is refused alone and reading goes on with the next line,
 *  so one broken quote does not swallow the good rows behind it.
 *  @returns push(text) and end(), each giving the rows completed by it; blank lines come as rows without cells */
export const createCsvReader = (settings: CsvSettings, rowCharacters: number) => {
  let rest = "";
  let recoveries = 0;
  let isDropping = false;

  const take = (isEnd: boolean): CsvRow[] => {
    const rows: CsvRow[] = [];
    let position = 0;
    while (position < rest.length) {
      const quote = recoveries < mostRecoveries ? settings.quote : "";
      const found = readRow(rest, position, { ...settings, quote }, isEnd);
      if (found !== "more" && found !== "unclosed") {
        rows.push(found.next - position > rowCharacters ? tooLong(rowCharacters) : { cells: found.cells });
        position = found.next;
        continue;
      }
      if (found === "more" && rest.length - position <= rowCharacters) break;
      const lineEnd = endOfLine(rest, position, isEnd);
      if (lineEnd === null) {
        // Even the line is beyond the limit: what follows of it is dropped as it arrives.
        isDropping = true;
        rest = "";
        return [...rows, tooLong(rowCharacters)];
      }
      rows.push(unclosedQuote());
      recoveries += 1;
      position = lineEnd;
    }
    rest = rest.slice(position);
    return rows;
  };

  const push = (text: string): CsvRow[] => {
    if (isDropping) {
      const lineEnd = text.search(/[\r\n]/);
      if (lineEnd < 0) return [];
      isDropping = false;
      rest = text.slice(lineEnd + 1);
      return take(false);
    }
    rest += text;
    return take(false);
  };

  return { push, end: () => (isDropping ? [] : take(true)) };
};

const readRow = (text: string, start: number, settings: CsvSettings, isEnd: boolean): Found => {
  if (settings.delimiter === "whitespace") return readBlankSeparated(text, start, isEnd);
  const cells: string[] = [];
  let position = start;
  for (;;) {
    let prefix = "";
    if (settings.quote !== "" && text[position] === settings.quote) {
      const quoted = readQuoted(text, position + 1, settings.quote, isEnd);
      if (quoted === "more" || quoted === "unclosed") return quoted;
      prefix = quoted.value;
      position = quoted.next;
    }
    const end = endOfCell(text, position, settings.delimiter);
    if (end === text.length && !isEnd) return "more";
    // Characters between a closing quote and the delimiter are kept: dropping them would lose what somebody wrote.
    cells.push(prefix === "" ? text.slice(position, end) : prefix + text.slice(position, end));
    const code = text.charCodeAt(end);
    if (end === text.length || code === lineFeed) return { cells: meaningful(cells), next: Math.min(end + 1, text.length) };
    if (code === carriageReturn) {
      if (end + 1 === text.length && !isEnd) return "more";
      return { cells: meaningful(cells), next: text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1 };
    }
    position = end + settings.delimiter.length;
  }
};

const readQuoted = (text: string, start: number, quote: string, isEnd: boolean): { value: string; next: number } | "more" | "unclosed" => {
  let value = "";
  let from = start;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0) return isEnd ? "unclosed" : "more";
    if (close + 1 === text.length && !isEnd) return "more";
    if (text[close + 1] !== quote) return { value: value + text.slice(from, close), next: close + 1 };
    value += text.slice(from, close + 1);
    from = close + 2;
  }
};

const endOfCell = (text: string, start: number, delimiter: string): number => {
  const first = delimiter.charCodeAt(0);
  let position = start;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === lineFeed || code === carriageReturn) return position;
    if (code === first && (delimiter.length === 1 || text.startsWith(delimiter, position))) return position;
  }
  return position;
};

const readBlankSeparated = (text: string, start: number, isEnd: boolean): Found => {
  const next = endOfLine(text, start, isEnd);
  if (next === null) return "more";
  const line = text.slice(start, next).trim();
  return { cells: line === "" ? [] : line.split(/\s+/), next };
};

const endOfLine = (text: string, start: number, isEnd: boolean): number | null => {
  for (let position = start; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === lineFeed) return position + 1;
    if (code !== carriageReturn) continue;
    if (position + 1 === text.length && !isEnd) return null;
    return text.charCodeAt(position + 1) === lineFeed ? position + 2 : position + 1;
  }
  return isEnd ? text.length : null;
};

const meaningful = (cells: string[]): string[] => (cells.length === 1 && cells[0]?.trim() === "" ? [] : cells);

const tooLong = (limit: number): CsvRow => ({
  cells: [],
  problem: { code: "row_too_long", reason: `The row is longer than ${limit.toLocaleString("en")} characters.` },
});

const unclosedQuote = (): CsvRow => ({
  cells: [],
  problem: { code: "quote_not_closed", reason: "A quote opens in this row and is never closed. Close it, or choose \"no quotes\"." },
});
