import { z } from "zod";
import { SOURCE_KINDS } from "./connector.contract.ts";

export const SourceKind = z.enum(SOURCE_KINDS);
const values = z.record(z.string().max(60), z.string().max(2000));

export const NewReviewSource = z.object({
  kind: SourceKind,
  name: z.string().trim().min(1).max(120),
  settings: values.default({}),
  secrets: values.default({}).describe("Tokens and passwords: kept, never given back."),
});
export type NewReviewSource = z.infer<typeof NewReviewSource>;

export const ReviewSourceChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  settings: values.optional(),
  secrets: values.optional().describe("Only those that change; the others stay."),
  isActive: z.boolean().optional(),
});
export type ReviewSourceChange = z.infer<typeof ReviewSourceChange>;

export const ReviewSource = z.object({
  id: z.uuid(),
  kind: SourceKind,
  name: z.string(),
  channel: z.enum(["social", "review"]),
  settings: z.record(z.string(), z.string()),
  secretsKept: z.array(z.string()).describe("Names of the secrets that are kept."),
  way: z.enum(["polled", "uploaded", "sent"]).describe("Asked by the clock, fed with files, or sent to by another system."),
  state: z.enum(["paused", "waiting", "working", "failing"]),
  isActive: z.boolean(),
  reviews: z.int(),
  lastPolledAt: z.iso.datetime().nullable(),
  lastSuccessAt: z.iso.datetime().nullable(),
  lastNewCount: z.int().nullable(),
  lastError: z.string().nullable(),
  failures: z.int(),
  nextPollAt: z.iso.datetime().nullable(),
  canReply: z.boolean(),
  webhookUrl: z.string().nullable(),
});
export type ReviewSource = z.infer<typeof ReviewSource>;

export const CreatedReviewSource = ReviewSource.extend({ webhookSecret: z.string().nullable().describe("Given this once: signs what another system sends.") });
export type CreatedReviewSource = z.infer<typeof CreatedReviewSource>;

export const ConnectionTest = z.object({ kind: SourceKind, settings: values.default({}), secrets: values.default({}), sourceId: z.uuid().optional().describe("Takes the secrets this source keeps.") });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

export const ConnectionResult = z.object({
  isConnected: z.boolean(),
  message: z.string().nullable().describe("What went wrong, in words."),
  found: z.int(),
  sample: z.array(z.object({ at: z.iso.datetime(), stars: z.number().nullable(), text: z.string(), author: z.string().nullable() })),
});
export type ConnectionResult = z.infer<typeof ConnectionResult>;

export const FedReviews = z.object({ found: z.int(), added: z.int(), changed: z.int() });
export type FedReviews = z.infer<typeof FedReviews>;
