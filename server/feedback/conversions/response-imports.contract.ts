import { z } from "zod";

export const ColumnPurpose = z.enum(["answer", "id", "started", "completed", "email", "external", "language", "finished", "kind", "ignored", "unknown"]);
export type ColumnPurpose = z.infer<typeof ColumnPurpose>;

/** A column of the file and where it goes. */
export const ImportColumn = z.object({
  name: z.string(),
  label: z.string(),
  use: ColumnPurpose.describe("`ignored`: personal or technical data that is not taken. `unknown`: fits no question."),
  questionId: z.string().nullable(),
  answers: z.int().describe("Cells with something in them."),
  unmatched: z.array(z.object({ value: z.string(), count: z.int() })).describe("Values that fit no option or scale and are left out; the five most frequent."),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

/** What a file of responses holds for a survey. Nothing is written for it. */
export const ResponsePreview = z.object({
  kind: z.enum(["qualtrics", "csv", "typeform"]),
  rows: z.int(),
  usable: z.int(),
  refused: z.array(z.object({ reason: z.string(), count: z.int() })),
  earliest: z.iso.datetime().nullable(),
  latest: z.iso.datetime().nullable(),
  columns: z.array(ImportColumn),
});
export type ResponsePreview = z.infer<typeof ResponsePreview>;

export const ResponseImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  rowsRead: z.int(),
  rowsAdded: z.int(),
  rowsRepeated: z.int().describe("Responses that were there already by their id in the source."),
  rowsRefused: z.int(),
  createdAt: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
});
export type ResponseImport = z.infer<typeof ResponseImport>;

export const ResponseImportResult = z.object({ preview: ResponsePreview, import: ResponseImport.nullable().describe("Null for a preview.") });
export type ResponseImportResult = z.infer<typeof ResponseImportResult>;

export const ImportResponsesQuery = z.object({
  name: z.string().trim().min(1).max(255).describe("Name of the file."),
  preview: z.enum(["true", "false"]).default("false").describe("`true` reads the file and writes nothing."),
  zone: z.string().max(60).default("UTC").describe("Time zone of times that name none, such as Europe/Berlin."),
});
