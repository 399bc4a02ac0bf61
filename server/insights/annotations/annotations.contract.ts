import { z } from "zod";

const title = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");
const day = z.iso.date().describe("day of the workspace's calendar, such as 2026-05-01");

export const annotation = z.object({ id: z.uuid(), day, title: z.string(), createdAt: z.iso.datetime() });
export type Annotation = z.infer<typeof annotation>;

export const addAnnotationBody = z.object({ day, title });
export type AddAnnotationBody = z.infer<typeof addAnnotationBody>;

export const annotationsQuery = z.object({
  from: z.iso.date().optional().describe("first day"),
  to: z.iso.date().optional().describe("day after the last"),
  cursor: z.string().max(200).optional().describe("`nextCursor` of the page before; empty for the first"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AnnotationsQuery = z.output<typeof annotationsQuery>;
