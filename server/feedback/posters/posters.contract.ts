import { z } from "zod";

const line = z.string().trim().max(80).regex(/^[^\p{Cc}\p{Cs}<>]*$/u, "a line of plain text");
const words = z.string().trim().max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, "plain text");

export const CreatePosterBody = z.object({
  surveyId: z.uuid(), place: line.min(1), touchpoint: line.nullable().default(null), headline: words.min(1).default("How was it?"), invitation: words.default("Point your camera here. It takes a minute."),
});
export type CreatePosterBody = z.infer<typeof CreatePosterBody>;

export const ChangePosterBody = z.object({ surveyId: z.uuid().optional(), place: line.min(1).optional(), touchpoint: line.nullable().optional(), headline: words.min(1).optional(), invitation: words.optional() });
export type ChangePosterBody = z.infer<typeof ChangePosterBody>;

export const Poster = z.object({
  id: z.uuid(), surveyId: z.uuid(), surveyName: z.string(), place: z.string(), touchpoint: z.string().nullable(), headline: z.string(), invitation: z.string(),
  url: z.string().describe("What the printed code says."), scans: z.int(), lastScannedAt: z.iso.datetime().nullable(), createdAt: z.iso.datetime(),
});
export type Poster = z.infer<typeof Poster>;
