import { z } from "zod";

/** What sort of meeting it is: for grouping, and to tell self-service from support. */
export const touchpointKind = z.enum([
  "advertising", "website", "app", "search", "social", "comparison_site", "shop", "purchase", "offer", "packaging", "delivery", "product",
  "invoice", "message", "support", "self_service", "return", "warranty", "renewal", "leaving", "survey", "other",
]);
export type TouchpointKind = z.infer<typeof touchpointKind>;

/** What meets the customer: a thing, a screen, or a human being. */
export const touchpointNature = z.enum(["physical", "digital", "human"]);
export type TouchpointNature = z.infer<typeof touchpointNature>;

/** Who usually makes the first move. */
export const touchpointInitiator = z.enum(["customer", "organisation", "partner"]);
export type TouchpointInitiator = z.infer<typeof touchpointInitiator>;

const word = z.string().trim().min(1).max(200);

/** Compares one field of the message. `field` is a path such as `properties.category` or `context.page.path`. */
export const propertyCondition = z.object({
  field: z.string().trim().min(1).max(200),
  operator: z.enum(["is", "is_not", "contains", "starts_with", "exists", "missing", "more_than", "less_than"]),
  value: z.string().max(500).default(""),
});
export type PropertyCondition = z.infer<typeof propertyCondition>;

/** All given conditions must hold; at least one is needed. Texts are compared without regard to case. */
export const matchingRule = z
  .object({
    types: z.array(word).max(20).optional().describe("kinds of interaction: track, page, screen, call, visit ..."),
    names: z.array(word).max(50).optional().describe("names of the event or page; * stands for any characters"),
    channels: z.array(word).max(20).optional(),
    pages: z.array(z.string().trim().min(1).max(500)).max(50).optional().describe("paths or addresses of the page; * stands for any characters"),
    properties: z.array(propertyCondition).max(20).optional(),
  })
  .refine((rule) => Object.values(rule).some((part) => part !== undefined && part.length > 0), { message: "needs at least one condition" });
export type MatchingRule = z.infer<typeof matchingRule>;

/** As long as what happens may be called: whatever was met can be registered, and a step of a map can be bound to it. */
export const touchpointNameMax = 500;

const details = {
  name: z.string().trim().min(1).max(touchpointNameMax),
  kind: touchpointKind,
  stage: z.string().trim().min(1).max(80).nullable(),
  channel: z.string().trim().min(1).max(80).nullable().describe("channel of interactions that do not name one themselves"),
  ownerId: z.uuid().nullable().describe("the member who answers for it"),
  team: z.string().trim().min(1).max(80).nullable().describe("the team that answers for it"),
  initiator: touchpointInitiator,
  nature: touchpointNature.describe("what meets the customer: a thing, a screen or a human being"),
  environment: z.string().trim().min(1).max(80).nullable().describe("where the customer is then: at home, in the shop, on the way"),
  asks: z.string().trim().max(500).describe("what it asks of the customer"),
  steps: z.number().int().min(0).max(1_000).nullable().describe("steps the customer has to take"),
  minutes: z.number().min(0).max(100_000).nullable().describe("minutes it takes the customer"),
  documents: z.array(z.string().trim().min(1).max(80)).max(20).describe("what the customer has to bring or fill in"),
  rules: z.array(matchingRule).max(20).describe("an interaction belongs here when any of them matches"),
};

/** How much is known of a touchpoint: assumption = never seen, some = seen, measured = at least 30 meetings and 10 scores. */
export const evidenceLevel = z.enum(["assumption", "some", "measured"]);
export type EvidenceLevel = z.infer<typeof evidenceLevel>;

export const touchpointSeen = z.object({
  interactions: z.number().int(),
  customers: z.number().int(),
  scores: z.number().int(),
  feeling: z.number().nullable().describe("mean of the scores on -1 (worst) to 1 (best)"),
  lastAt: z.iso.datetime().nullable(),
  evidence: evidenceLevel,
});
export type TouchpointSeen = z.infer<typeof touchpointSeen>;

export const touchpoint = z.object({
  id: z.uuid(),
  key: z.string().describe("stays when the name changes"),
  ...details,
  formerNames: z.array(z.string()),
  position: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Touchpoint = z.infer<typeof touchpoint>;

export const listedTouchpoint = touchpoint.extend({ seen: touchpointSeen });
export type ListedTouchpoint = z.infer<typeof listedTouchpoint>;

export const createTouchpointBody = z.object({
  name: details.name,
  kind: details.kind.default("other"),
  stage: details.stage.default(null),
  channel: details.channel.default(null),
  ownerId: details.ownerId.default(null),
  team: details.team.default(null),
  initiator: details.initiator.default("customer"),
  nature: details.nature.optional().describe("without it, the usual one of the kind"),
  environment: details.environment.default(null),
  asks: details.asks.default(""),
  steps: details.steps.default(null),
  minutes: details.minutes.default(null),
  documents: details.documents.default([]),
  rules: details.rules.default([]),
});
export type CreateTouchpointBody = z.infer<typeof createTouchpointBody>;

export const changeTouchpointBody = z.object(details).partial();
export type ChangeTouchpointBody = z.infer<typeof changeTouchpointBody>;

export const orderBody = z.object({ ids: z.array(z.uuid()).max(500).describe("every touchpoint once, in the new order") });

export const seenQuery = z.object({ days: z.coerce.number().int().min(1).max(3650).default(90).describe("how far back meetings are counted") });

/** A touchpoint that was met but is not in the register. */
export const proposal = z.object({
  name: z.string(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  kind: touchpointKind,
  seen: touchpointSeen,
});
export type Proposal = z.infer<typeof proposal>;

export const previewBody = z.object({
  rules: details.rules,
  latest: z.number().int().min(1).max(20_000).default(5_000).describe("how many of the latest interactions are tried"),
});
export type PreviewBody = z.infer<typeof previewBody>;

export const preview = z.object({
  examined: z.number().int().describe("how many were tried: fewer than asked for when there are no more, or when trying took longer than a second"),
  matched: z.number().int(),
  from: z.array(z.object({ touchpoint: z.string().nullable(), count: z.number().int() })).describe("what the matching interactions are called now, most frequent first"),
  examples: z.array(
    z.object({ id: z.uuid(), type: z.string(), name: z.string(), channel: z.string().nullable(), touchpoint: z.string().nullable(), page: z.string().nullable().describe("null as well for who may not read customers"), at: z.iso.datetime() }),
  ),
});
export type Preview = z.infer<typeof preview>;
