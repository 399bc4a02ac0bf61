import { z } from "zod";

export const CUSTOMER_SORTS = ["lastSeen", "firstSeen", "interactions", "lastScore", "name"] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];
export const WHO = ["known", "anonymous", "all"] as const;
export type Who = (typeof WHO)[number];

export const lastScore = z.object({ kind: z.string(), value: z.number(), normalised: z.number(), scaleMax: z.number().nullable(), at: z.iso.datetime() });

export const customerRow = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isAnonymous: z.boolean(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  interactions: z.number(),
  lastScore: lastScore.nullable(),
  traits: z.record(z.string(), z.unknown()).describe("Present values of the traits asked for in `columns`."),
});
export type CustomerRow = z.infer<typeof customerRow>;

export const traitEntry = z.object({
  value: z.unknown(),
  at: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  source: z.string(),
  identifier: z.string().describe("The identifier it was said about, `kind:value`."),
  interactionId: z.uuid().nullable(),
});
export const trait = z.object({ name: z.string(), value: z.unknown(), at: z.iso.datetime(), source: z.string(), history: z.array(traitEntry) });
export type CustomerTrait = z.infer<typeof trait>;

export const heldIdentifier = z.object({
  id: z.number(),
  kind: z.string(),
  value: z.string(),
  isBlocked: z.boolean(),
  firstSeenAt: z.iso.datetime(),
  interactions: z.number(),
  spans: z.array(z.object({ from: z.iso.datetime().nullable(), to: z.iso.datetime().nullable() })).describe("When it was this customer's; null stands for always."),
});

export const customerDetail = customerRow.omit({ traits: true }).extend({
  mergedFrom: z.uuid().nullable().describe("The id asked for, when that customer is part of this one now."),
  identifiers: z.array(heldIdentifier),
  traits: z.array(trait),
  groups: z.array(z.object({ id: z.number(), key: z.string(), name: z.string(), since: z.iso.datetime() })),
});
export type CustomerDetail = z.infer<typeof customerDetail>;

export const RECORDS = ["facts", "feelings", "all"] as const;
export const timelineItem = z.object({
  record: z.enum(["interaction", "perception"]),
  id: z.uuid(),
  at: z.iso.datetime(),
  type: z.string().describe("Type of the interaction or kind of the perception."),
  name: z.string().nullable(),
  touchpoint: z.string().nullable(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  source: z.string(),
  subject: z.string().nullable(),
  direction: z.enum(["customer", "organisation"]).nullable(),
  memberId: z.uuid().nullable(),
  interactionId: z.uuid().nullable().describe("Of a perception: the interaction it is about or came with."),
  value: z.number().nullable(),
  scaleMin: z.number().nullable(),
  scaleMax: z.number().nullable(),
  normalised: z.number().nullable(),
  choice: z.string().nullable(),
  text: z.string().nullable(),
  isInferred: z.boolean(),
  properties: z.record(z.string(), z.unknown()).nullable().describe("What else the message said; null above 4 KB."),
});
export type TimelineItem = z.infer<typeof timelineItem>;

export const noteKind = z.enum(["note", "call", "visit"]);
export const newNote = z.object({
  kind: noteKind,
  text: z.string().trim().min(1).max(8000),
  at: z.iso.datetime({ offset: true }).optional().describe("When it was; now if left out. Not in the future."),
  touchpoint: z.string().trim().min(1).max(200).optional(),
  direction: z.enum(["customer", "organisation"]).optional().describe("Who called or came to whom."),
});
export type NewNote = z.infer<typeof newNote>;

export const newTrait = z.object({
  name: z.string().trim().min(1).max(100),
  value: z.union([z.string().max(4000), z.number(), z.boolean(), z.null()]),
});

export const erasureReport = z.object({
  interactions: z.number(),
  perceptions: z.number(),
  traits: z.number(),
  identifiers: z.number(),
  claims: z.number(),
  memberships: z.number(),
  files: z.number().describe("Uploaded files that held rows of the customer; the records of their imports stay."),
  deadLetters: z.number().describe("Refused events that named the customer."),
  refusedRows: z.number().describe("Refused rows of imports that named the customer."),
  analyticsRows: z.number().describe("Rows the analytics copy takes away within seconds."),
  tombstones: z.number().describe("Hashes kept so that late duplicates of erased messages stay out."),
});
export type ErasureReport = z.infer<typeof erasureReport>;
