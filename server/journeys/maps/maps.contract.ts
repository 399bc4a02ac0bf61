import { z } from "zod";
import { touchpointNameMax } from "../touchpoints/touchpoints.contract.ts";
import { mapDocument } from "./document.contract.ts";

export const mapState = z.enum(["as_is", "to_be"]);
export type MapState = z.infer<typeof mapState>;

/** Whose journey it is: everybody's, a segment's, a persona's, or one named customer's. A persona is one of the workspace, whose name, story and customers
 *  are shown as they are now, or one that was made up for planning, with a segment that stands for it when there is one. */
export const viewpoint = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everyone") }),
  z.object({ kind: z.literal("segment"), segmentId: z.uuid() }),
  z.object({
    kind: z.literal("persona"), name: z.string().trim().min(1).max(120), story: z.string().max(4_000), segmentId: z.uuid().nullable(),
    // Maps of before personas could be chosen lack it.
    personaId: z.uuid().nullable().default(null).describe("a persona of the workspace: its name, its story and its own id as the segment stand in place of those given; null: made up"),
  }),
  z.object({ kind: z.literal("customer"), customerId: z.uuid() }),
]);
export type Viewpoint = z.infer<typeof viewpoint>;

const details = {
  name: z.string().trim().min(1).max(160),
  description: z.string().max(4_000),
  state: mapState,
  viewpoint,
  ownerId: z.uuid().nullable(),
};

export const listedMap = z.object({
  id: z.uuid(),
  ...details,
  isPersonaGone: z.boolean().describe("the persona it is drawn for was deleted or is none any more: name and story are the last it had"),
  personaPictureId: z.uuid().nullable().describe("of the persona of the workspace it is drawn for, at /api/segments/:id/pictures/:fileId"),
  ownerName: z.string().nullable(),
  basedOn: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("the map it was copied from: what a to-be map is compared with"),
  steps: z.number().int(),
  boundSteps: z.number().int().describe("steps that data can belong to"),
  revision: z.number().int(),
  isArchived: z.boolean(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
});
export type ListedMap = z.infer<typeof listedMap>;

export const journeyMap = listedMap.extend({
  document: mapDocument,
  detailOf: z.array(z.object({ id: z.uuid(), name: z.string() })).describe("maps in use with a step that this one shows in detail; at most 10"),
});
export type JourneyMap = z.infer<typeof journeyMap>;

export const templateKey = z.enum(["blank", "first_purchase", "support", "delivery", "onboarding", "shop_visit", "return", "renewal", "leaving", "appointment"]);
export type TemplateKey = z.infer<typeof templateKey>;

/** A new map comes from a template, from a path that customers really took, or from a file that was exported. With a file, a viewpoint that this workspace
 *  does not have is no mistake: a persona becomes a made-up one, anything else everybody. */
export const createMapBody = z.object({
  name: details.name,
  description: details.description.optional().describe("without: that of the template"),
  state: mapState.default("as_is"),
  viewpoint: viewpoint.default({ kind: "everyone" }),
  from: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("template"), template: templateKey }),
    z.object({ kind: z.literal("path"), touchpoints: z.array(z.string().trim().min(1).max(touchpointNameMax)).min(1).max(100).describe("names in their order; the same again becomes one step more") }),
    z.object({ kind: z.literal("document"), document: mapDocument }),
  ]),
});
export type CreateMapBody = z.infer<typeof createMapBody>;

export const changeMapBody = z.object({ ...details, isArchived: z.boolean() }).partial();
export type ChangeMapBody = z.infer<typeof changeMapBody>;

export const copyMapBody = z.object({ name: details.name, state: mapState });
export const restoreMapBody = z.object({ revision: z.number().int().min(0).max(2_147_483_647).describe("0: as the map began") });

export const mapsQuery = z.object({ archived: z.enum(["true", "false"]).default("false").transform((given) => given === "true") });
export const editsQuery = z.object({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) });

/** What one member did within five minutes, as one line of the history. */
export const historyLine = z.object({
  revision: z.number().int().describe("after the line: what restoring it brings back"),
  memberId: z.uuid().nullable(),
  memberName: z.string().nullable(),
  at: z.iso.datetime(),
  changes: z.number().int(),
  summary: z.string(),
  restoredRevision: z.number().int().nullable().describe("the revision this line brought back, when it is a restoration"),
});
export type HistoryLine = z.infer<typeof historyLine>;
