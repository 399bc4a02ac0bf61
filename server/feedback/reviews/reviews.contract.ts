import { z } from "zod";
import { SourceKind } from "./sources.contract.ts";

export const ReplyState = z.enum(["draft", "queued", "sent", "failed"]);
export type ReplyState = z.infer<typeof ReplyState>;

export const ReviewReply = z.object({
  id: z.uuid(),
  text: z.string(),
  state: ReplyState,
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});
export type ReviewReply = z.infer<typeof ReviewReply>;

export const Review = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceName: z.string(),
  sourceKind: SourceKind,
  isPublic: z.boolean(),
  url: z.string().nullable(),
  stars: z.number().nullable(),
  starsMax: z.number(),
  title: z.string(),
  text: z.string(),
  language: z.string().nullable(),
  authorName: z.string().nullable(),
  authorHandle: z.string().nullable(),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  isAssignedByHand: z.boolean(),
  version: z.int(),
  writtenAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  answer: z.object({ text: z.string(), at: z.iso.datetime().nullable() }).nullable().describe("What stands under it at the source."),
  reply: ReviewReply.nullable().describe("The newest answer written here."),
  canReply: z.boolean(),
  replyLengthMax: z.int(),
  testimonialId: z.uuid().nullable(),
});
export type Review = z.infer<typeof Review>;

export const ReviewVersion = z.object({ number: z.int(), stars: z.number().nullable(), title: z.string(), text: z.string(), writtenAt: z.iso.datetime() });
export const ReviewDetail = Review.extend({ earlier: z.array(ReviewVersion).describe("What it said before it was edited, newest first.") });
export type ReviewDetail = z.infer<typeof ReviewDetail>;

export const WriteReply = z.object({ text: z.string().trim().min(1).max(10_000) });
export const AssignCustomer = z.object({ customerId: z.uuid().nullable().describe("Null: nobody known wrote it.") });
