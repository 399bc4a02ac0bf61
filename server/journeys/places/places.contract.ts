import { z } from "zod";

/** What the register knows beside touchpoints. */
export const entryKind = z.enum(["stage", "channel", "environment", "product", "place"]);
export type EntryKind = z.infer<typeof entryKind>;

export const stagePhase = z.enum(["before", "during", "after"]);
export type StagePhase = z.infer<typeof stagePhase>;

const details = {
  name: z.string().trim().min(1).max(120),
  alsoCalled: z.array(z.string().trim().min(1).max(120)).max(50).describe("what senders call it: numbers of shops, article numbers"),
  field: z.string().trim().min(1).max(200).nullable().describe("a property in which its name stands, beside the usual ones, such as properties.gate; for products and places"),
  parentId: z.uuid().nullable().describe("a larger one of the same kind that it belongs to; stages and channels have none"),
  phase: stagePhase.nullable().describe("of a stage: before, during or after the purchase"),
};

export const registerEntry = z.object({
  id: z.uuid(),
  kind: entryKind,
  ...details,
  formerNames: z.array(z.string()),
  position: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type RegisterEntry = z.infer<typeof registerEntry>;

export const listedEntry = registerEntry.extend({ meetings: z.number().int().describe("meetings with it, on the reply's basis; 0 when it was never seen") });
export type ListedEntry = z.infer<typeof listedEntry>;

export const createEntryBody = z.object({
  kind: entryKind,
  name: details.name,
  alsoCalled: details.alsoCalled.default([]),
  field: details.field.default(null),
  parentId: details.parentId.default(null),
  phase: details.phase.default(null),
});
export type CreateEntryBody = z.infer<typeof createEntryBody>;

export const changeEntryBody = z.object(details).partial();
export type ChangeEntryBody = z.infer<typeof changeEntryBody>;

export const entriesQuery = z.object({
  kind: entryKind,
  days: z.coerce.number().int().min(1).max(3650).default(90).describe("how far back meetings of stages, channels and environments are counted"),
});
export type EntriesQuery = z.infer<typeof entriesQuery>;

/** Stages, channels and environments are counted over all meetings of the last days; products and places stand in messages, of which the latest are read. */
export const entryBasis = z.object({ days: z.number().int().nullable(), examined: z.number().int().nullable() });

/** Something met that stands in no register. */
export const entryProposal = z.object({
  kind: entryKind,
  name: z.string(),
  alsoCalled: z.array(z.string()),
  phase: stagePhase.nullable(),
  meetings: z.number().int(),
});
export type EntryProposal = z.infer<typeof entryProposal>;

export const entriesReply = z.object({ items: z.array(listedEntry), proposals: z.array(entryProposal), basis: entryBasis });
export type EntriesReply = z.infer<typeof entriesReply>;

export const entryOrderBody = z.object({ kind: entryKind, ids: z.array(z.uuid()).max(500).describe("every entry of the kind once, in the new order") });
