import { z } from "zod";

/** One row of a file as it was read. `number` counts rows as a spreadsheet does: from 1, header and blank rows included. */
export type SourceRow = { number: number; cells: ReadonlyMap<string, string>; problem?: RowProblem };

export type RowProblem = { code: string; reason: string };

/** Limits that keep a hostile file from filling memory. Numbers are characters unless the name says otherwise. */
export type ReadLimits = {
  rowCharacters: number;
  columns: number;
  depth: number;
  unpackedBytes: number;
  unpackedRatio: number;
  sharedTextCharacters: number;
};

/** Deflate of real tables stays below 60:1 and cannot exceed 1,032:1, so 250:1 over 64 MiB marks a bomb. */
export const readLimits: ReadLimits = {
  rowCharacters: 1_048_576,
  columns: 2_000,
  depth: 12,
  unpackedBytes: 64 * 1024 ** 3,
  unpackedRatio: 250,
  sharedTextCharacters: 256 * 1024 ** 2,
};

export const encodings = [
  "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "windows-1251", "iso-8859-2", "iso-8859-15",
  "koi8-r", "macintosh", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
] as const;

export const fileFormats = ["csv", "xlsx", "jsonl", "json", "xes", "ocel"] as const;

/** How the file is read. `delimiter` "whitespace" splits at runs of blanks; `quote` "" means that quotes are ordinary characters. */
export const readSettings = z.object({
  format: z.enum(fileFormats),
  encoding: z.enum(encodings),
  delimiter: z.string().min(1).max(10),
  quote: z.string().max(1),
  headerRows: z.number().int().min(0).max(5),
  skipRows: z.number().int().min(0).max(1000),
  sheet: z.string().max(200).nullable(),
  objects: z.string().max(200).nullable().optional().describe("Type of the objects that are the customers of an object-centric log (OCEL 2.0)."),
});
export type ReadSettings = z.infer<typeof readSettings>;
