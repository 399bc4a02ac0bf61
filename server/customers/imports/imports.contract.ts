import { z } from "zod";
import { mapping } from "./mapping.contract.ts";

export const importStates = ["ready", "checking", "queued", "running", "paused", "done", "failed", "undoing", "undone"] as const;
export const importState = z.enum(importStates);
export type ImportState = z.infer<typeof importState>;

export const note = z.object({ code: z.string(), message: z.string() });

/** What a score column holds, so that a person sees before the import whether the scale is right. */
const scoreTally = z.object({
  column: z.string(),
  kind: z.string(),
  answers: z.number().int(),
  mean: z.number().nullable(),
  values: z.array(z.object({ value: z.number(), count: z.number().int() })),
});
export type ScoreTally = z.infer<typeof scoreTally>;

/** Rows that were refused for one reason, with the first of them. */
const refusalReason = z.object({ code: z.string(), count: z.number().int(), example: z.object({ row: z.number().int(), reason: z.string() }) });
export type RefusalReason = z.infer<typeof refusalReason>;

export const dryRun = z.object({
  rows: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  withoutCustomer: z.number().int(),
  customers: z.number().int().describe("Different customers; counting stops at 1,000,000."),
  perceptions: z.number().int(),
  earliest: z.iso.datetime().nullable(),
  latest: z.iso.datetime().nullable(),
  scores: z.array(scoreTally),
  refusals: z.array(refusalReason),
});
export type DryRun = z.infer<typeof dryRun>;

export const importItem = z.object({
  id: z.uuid(),
  fileName: z.string(),
  fileBytes: z.number().int(),
  state: importState,
  totalRows: z.number().int().nullable().describe("Rows of the file; null until they are counted."),
  rowsRead: z.number().int(),
  rowsAccepted: z.number().int(),
  rowsRefused: z.number().int(),
  rowsRepeated: z.number().int().describe("Rows that were there already."),
  rowsLeftOut: z.number().int().describe("Rows of people who were erased; nothing of them is kept."),
  rowsWithoutCustomer: z.number().int(),
  perceptionsAdded: z.number().int(),
  fault: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ImportItem = z.infer<typeof importItem>;

export const importDetail = importItem.extend({
  mapping,
  notes: z.array(note),
  sheets: z.array(z.string()),
  dryRun: dryRun.nullable(),
  refusals: z.array(refusalReason).describe("Why rows were refused, the most frequent reason first; counted of the first 100,000 refused rows. Empty while it works."),
  hasFile: z.boolean(),
});
export type ImportDetail = z.infer<typeof importDetail>;

/** A row as it was read and what it would become. */
export const previewRow = z.object({
  number: z.number().int(),
  cells: z.array(z.string()),
  problem: z.object({ code: z.string(), reason: z.string() }).nullable(),
  becomes: z
    .object({
      at: z.iso.datetime(),
      customer: z.string().nullable(),
      event: z.string(),
      touchpoint: z.string().nullable().describe("as the register of touchpoints calls it now"),
      channel: z.string().nullable(),
      scores: z.array(z.object({ column: z.string(), kind: z.string(), value: z.number() })),
      comments: z.array(z.string()),
    })
    .nullable(),
});
export type PreviewRow = z.infer<typeof previewRow>;

/** How many times can only be read with the day first, only with the month first, or both ways with different results. */
const dateOrders = z.object({
  rows: z.number().int().describe("Rows looked at, from the first on."),
  isWhole: z.boolean().describe("Whether these are all rows of the file."),
  dayFirst: z.number().int(),
  monthFirst: z.number().int(),
  either: z.number().int(),
});
export type DateOrders = z.infer<typeof dateOrders>;

export const preview = z.object({
  columns: z.array(z.object({ name: z.string(), label: z.string().nullable(), examples: z.array(z.string()), filledShare: z.number(), distinct: z.number().int() })),
  rows: z.array(previewRow),
  sampled: z.number().int().describe("Rows the shares and examples come from."),
  dateOrders: dateOrders.nullable().describe("Null where the format of the times leaves no order of day and month open."),
});
export type PreviewReply = z.infer<typeof preview>;

export const newImport = z.object({ name: z.string().trim().min(1).max(255).describe("Name of the file.") });
export const mappingBody = z.object({ mapping });
export const readingBody = z.object({ read: mapping.shape.read });
