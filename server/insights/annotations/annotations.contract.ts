import { z } from "zod";

const title = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");
const day = z.iso.date().describe("day of the workspace's calendar, such as 2026-05-01");

const lastDay = z.iso.date().nullable().describe("the last day of what went on for several; null: one day");

export const annotation = z.object({
  id: z.uuid(),
  day,
  lastDay,
  title: z.string(),
  createdAt: z.iso.datetime(),
  writtenBy: z.string().nullable().describe("name of the member who wrote it; null: a key did, or somebody who is gone, or whoever asks may not see members"),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable().describe("name of the member who changed it last; null as above"),
});
export type Annotation = z.infer<typeof annotation>;

export const addAnnotationBody = z.object({ day, lastDay: lastDay.default(null), title });
export type AddAnnotationBody = z.output<typeof addAnnotationBody>;
export type NewAnnotation = z.input<typeof addAnnotationBody>;
export const changeAnnotationBody = z.object({ day, lastDay, title }).partial();
export type ChangeAnnotationBody = z.infer<typeof changeAnnotationBody>;

export const annotationsQuery = z.object({
  from: z.iso.date().optional().describe("first day: notes that last until it or longer"),
  to: z.iso.date().optional().describe("day after the last: notes that begin before it"),
  cursor: z.string().max(200).optional().describe("`nextCursor` of the page before; empty for the first"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AnnotationsQuery = z.output<typeof annotationsQuery>;
