import { z } from "zod";

const place = {
  address: z.string().trim().min(1).max(500).describe("base address of an OpenAI-compatible endpoint, such as https://models.example.com/v1"),
  model: z.string().trim().min(1).max(200),
};
const key = z.string().trim().max(2_000).regex(/^[\x21-\x7e]+$/u, "A key has no spaces and no letters beyond ASCII.");
const uses = { writesSummaries: z.boolean(), writesDrafts: z.boolean() };

export const writingAid = z.object({
  address: z.string().nullable(),
  model: z.string().nullable(),
  hasKey: z.boolean().describe("whether a key is kept that can be opened; it is never shown"),
  ...uses,
});
export type WritingAid = z.infer<typeof writingAid>;

export const writingAidChange = z.object({
  address: place.address.nullable().optional(),
  model: place.model.nullable().optional(),
  key: key.nullable().optional().describe("needed again, or null for none, when the address changes"),
  writesSummaries: uses.writesSummaries.optional(),
  writesDrafts: uses.writesDrafts.optional(),
});
export type WritingAidChange = z.infer<typeof writingAidChange>;

/** Tries an endpoint out before it is saved. */
export const writingAidTest = z.object({ ...place, key: key.nullable().optional().describe("left out: the one that is kept for this address") });
export type WritingAidTest = z.infer<typeof writingAidTest>;
export const writingAidTestResult = z.object({
  isAnswering: z.boolean(),
  answer: z.string().nullable().describe("what the model said to the fixed text"),
  message: z.string().nullable().describe("what went wrong"),
});
export type WritingAidTestResult = z.infer<typeof writingAidTestResult>;

/** What it may be asked for here, for whoever sees the buttons. */
export const writingAidUses = z.object({ ...uses, model: z.string().nullable() });
export type WritingAidUses = z.infer<typeof writingAidUses>;

export const commentSummary = z.object({
  model: z.string(),
  sentences: z.array(z.object({ text: z.string(), numbers: z.array(z.number().int()).describe("of the comments it rests on, as numbered below") })).describe("at most eight; sentences that named no comment are left out"),
  comments: z
    .array(z.object({ number: z.number().int(), id: z.uuid(), at: z.iso.datetime(), text: z.string().describe("as it was sent: without personal data"), customerId: z.uuid().nullable() }))
    .describe("what was sent, newest first, at most 60"),
  isAll: z.boolean().describe("whether the filters show no further comment"),
});
export type CommentSummary = z.infer<typeof commentSummary>;

export const replyDraft = z.object({ model: z.string(), text: z.string(), sent: z.string().describe("the comment as it was sent: without personal data") });
export type ReplyDraft = z.infer<typeof replyDraft>;

/** The part of an endpoint's reply that is read. */
export const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
/** What a model is asked to answer with. Numbers that are none are sorted out sentence by sentence. */
export const writtenSummary = z.object({ sentences: z.array(z.object({ text: z.string(), comments: z.array(z.unknown()) })) });
