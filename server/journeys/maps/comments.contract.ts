import { z } from "zod";
import { partId } from "./document.contract.ts";

export const mapComment = z.object({
  id: z.uuid(),
  stepId: z.string().nullable().describe("the step it is about; null: the card or the map"),
  cardId: z.string().nullable(),
  text: z.string(),
  memberId: z.uuid().nullable(),
  memberName: z.string().nullable(),
  mentions: z.array(z.object({ id: z.uuid(), name: z.string() })),
  at: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  resolvedBy: z.string().nullable(),
});
export type MapComment = z.infer<typeof mapComment>;

export const newCommentBody = z.object({
  text: z.string().trim().min(1).max(2_000),
  stepId: partId.nullable().default(null),
  cardId: partId.nullable().default(null),
  mentions: z.array(z.uuid()).max(20).default([]).describe("members who get a mail with a link"),
});
export type NewCommentBody = z.infer<typeof newCommentBody>;

export const resolutionBody = z.object({ isResolved: z.boolean().default(true) });
