/** Lays cells out in columns for a terminal: the first and the last to the left, numbers between them to the right. */
export const layOut = (rows: readonly string[][]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const pad = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 || column === widths.length - 1 ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => `${row.map(pad).join("  ").trimEnd()}\n`).join("");
};

/** A file may carry control characters that would move the cursor or recolour the terminal. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, "�").slice(0, 60);

/** Ends of an interval; none where there is too little to tell. */
export type Interval = { low: number | null; high: number | null };

export const count = (value: number): string => value.toLocaleString("en");
export const decimal = (value: number | null): string => (value === null ? "–" : value.toFixed(2));
/** @param share 0-1 */
export const percent = (share: number | null): string => (share === null ? "–" : `${(100 * share).toFixed(1)}%`);
export const interval = ({ low, high }: Interval): string => (low === null || high === null ? "–" : `${decimal(low)} to ${decimal(high)}`);
