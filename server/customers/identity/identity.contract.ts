import { z } from "zod";

export const shownIdentifier = z.object({ id: z.number(), kind: z.string(), value: z.string(), customerId: z.uuid().nullable().describe("Whose it is now."), customerName: z.string().nullable() });

export const shownClaim = z.object({
  id: z.number(),
  strong: shownIdentifier,
  weak: shownIdentifier,
  rule: z.string().describe("How it came about: identify, alias, message, group or manual."),
  status: z.enum(["live", "proposed", "refused", "retracted"]),
  reason: z.string().nullable().describe("Why it does not hold: person, limit, blocked or two_users."),
  decision: z.enum(["accepted", "refused", "retracted"]).nullable(),
  decidedById: z.uuid().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  seenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  interactionId: z.uuid().nullable(),
});
export type ShownClaim = z.infer<typeof shownClaim>;

export const claimDecision = z.enum(["accepted", "refused", "retracted"]).nullable().describe("A person's word; null takes it back.");
export const claimDecisions = z.object({ claimIds: z.array(z.number().int().positive()).min(1).max(200), decision: claimDecision });
export type ClaimDecisions = z.infer<typeof claimDecisions>;

export const identityMove = z.object({
  identifier: z.object({ id: z.number(), kind: z.string(), value: z.string() }),
  fromCustomerId: z.uuid().nullable(),
  toCustomerId: z.uuid().nullable().describe("Null: a customer that gets its id when it is done."),
  interactions: z.number(),
});
export const identityPreview = z.object({
  moves: z.array(identityMove),
  customers: z.array(
    z.object({
      id: z.uuid().nullable(),
      name: z.string(),
      identifiers: z.array(z.object({ kind: z.string(), value: z.string() })),
      interactions: z.number(),
    }),
  ).describe("The customers as they would be afterwards."),
  interactions: z.number().describe("Interactions that would change hands."),
});
export type IdentityPreview = z.infer<typeof identityPreview>;

/** The kinds whose order a workspace may change; a user id stands before them, a device behind. */
export const rankedKind = z.enum(["external", "email", "phone"]);
export type RankedKind = z.infer<typeof rankedKind>;

const most = z.number().int().min(1).max(1000);
export const identitySettings = z.object({
  blockedValues: z.array(z.string().trim().min(1).max(200)).max(1000).describe("Values that name nobody here, besides those that never do (null, anonymous, 0 ...)."),
  perKind: z.object({ external: most, email: most, phone: most, anonymous: most }).partial().describe("How many identifiers of a kind one customer may hold."),
  priority: z.array(rankedKind).length(rankedKind.options.length).refine((kinds) => new Set(kinds).size === kinds.length, "Name every kind once.").optional()
    .describe("Which of several identifiers a message is kept under, and whose id a merged customer keeps, the first before the others. User ids always come first, devices last. Left out: as it is."),
});
export type IdentitySettings = z.infer<typeof identitySettings>;

export const identityChanged = z.object({ customerId: z.uuid().describe("The customer to show now."), customerIds: z.array(z.uuid()) });
