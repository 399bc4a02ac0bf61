/** Reads a table whose first line names the columns. Quotes may hold commas, line ends and doubled quotes (RFC 4180).
 *  @returns one record per line, by column */
export const parseCsv = (text: string): Record<string, string>[] => {
  const [names = [], ...rows] = parseRows(text);
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""])));
};

const parseRows = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let place = 0;
  while (place < text.length) {
    const [value, end] = text[place] === '"' ? quotedAt(text, place + 1) : plainAt(text, place);
    row.push(value);
    if (text[end] !== ",") {
      rows.push(row);
      row = [];
    }
    place = text[end] === "\r" ? end + 2 : end + 1;
  }
  return rows;
};

const plainAt = (text: string, start: number): [value: string, end: number] => {
  let end = start;
  while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end++;
  return [text.slice(start, end), end];
};

const quotedAt = (text: string, start: number): [value: string, end: number] => {
  let end = start;
  while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1;
  return [text.slice(start, end).replaceAll('""', '"'), end + 1];
};
