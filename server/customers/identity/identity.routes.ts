import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import { getCustomer } from "../profiles/customer-detail.ts";
import * as contract from "./identity.contract.ts";
import type { IdentityLimits } from "./identifiers.rules.ts";
import { changeIdentitySettings, limitsOf } from "./limits.ts";
import { decideLinks, mergeCustomers } from "./merges.ts";
import { previewDecision, previewMerge } from "./preview.ts";
import { listClaimsOfCustomer, listSuggestions, type ShownClaim } from "./suggestions.queries.ts";

export const identityAbilities = defineAbilities("identity", {
  "identity.decide": { meaning: "Merge customers, undo merges and answer suggestions", roles: ["owner", "admin", "manager"] },
  "identity.configure": { meaning: "Change the rules by which identifiers are joined", roles: ["owner", "admin"] },
});

const shownSettings = z.object({ blockedValues: z.array(z.string()), perKind: z.record(z.string(), z.number()), priority: z.array(contract.rankedKind) });
const showSettings = (limits: IdentityLimits): z.infer<typeof shownSettings> => ({
  blockedValues: [...limits.blockedValues], perKind: { ...limits.perKind }, priority: z.array(contract.rankedKind).parse(limits.priority),
});

const one = z.object({ id: z.uuid() });

export const identityRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/customers/suggestions",
    summary: "Pairs of customers that may be one person",
    tag: "customers",
    access: { ability: "customers.read" },
    query: z.object(pageQuery),
    reply: page(contract.shownClaim),
    answer: async ({ actor, services, query }) => {
      const rows = await listSuggestions(services.db, actor.workspaceId, { before: readPosition(query.cursor), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return { items: rows.map(showClaim), nextCursor: last === undefined ? null : nextCursor([last.sortAt, last.id]) };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/identity-settings",
    summary: "Values that name nobody, how many identifiers a customer may hold, and which kind counts first",
    tag: "customers",
    access: { ability: "identity.decide" },
    reply: shownSettings,
    answer: async ({ actor, services }) => showSettings(await limitsOf(services.db, actor.workspaceId)),
  }),
  defineRoute({
    method: "PUT",
    url: "/api/customers/identity-settings",
    summary: "Change what names nobody, how many identifiers a customer may hold, and which kind counts first",
    tag: "customers",
    access: { ability: "identity.configure" },
    body: contract.identitySettings,
    reply: shownSettings,
    answer: async ({ actor, services, body }) => showSettings(await changeIdentitySettings(services, actor, body)),
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/links",
    summary: "The links that make this customer one, and those waiting or refused",
    tag: "customers",
    access: { ability: "customers.read" },
    params: one,
    reply: z.object({ items: z.array(contract.shownClaim) }),
    answer: async ({ actor, services, params }) => {
      const customer = await getCustomer(services.db, actor.workspaceId, params.id);
      return { items: (await listClaimsOfCustomer(services.db, actor.workspaceId, customer.id)).map(showClaim) };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/links/preview",
    summary: "What a decision on links would do",
    tag: "customers",
    access: { ability: "identity.decide" },
    params: one,
    query: z.object({
      claimIds: z.string().max(3000).regex(/^\d{1,15}(,\d{1,15})*$/).transform((text) => text.split(",").map(Number)).pipe(z.array(z.number()).max(200)),
      decision: z.enum(["accepted", "refused", "retracted", "none"]),
    }),
    reply: contract.identityPreview,
    answer: ({ actor, services, params, query }) =>
      previewDecision(services.db, actor.workspaceId, params.id, query.claimIds, query.decision === "none" ? null : query.decision),
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/links/decisions",
    summary: "Accept, refuse or retract links, or take a decision back",
    tag: "customers",
    access: { ability: "identity.decide" },
    params: one,
    body: contract.claimDecisions,
    reply: contract.identityChanged,
    answer: ({ actor, services, params, body }) => decideLinks(services, actor, params.id, body),
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/merges/preview",
    summary: "What merging two customers would do",
    tag: "customers",
    access: { ability: "identity.decide" },
    params: one,
    query: z.object({ otherId: z.uuid() }),
    reply: contract.identityPreview,
    answer: ({ actor, services, params, query }) => previewMerge(services.db, actor.workspaceId, params.id, query.otherId, services.clock.now()),
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/merges",
    summary: "Merge another customer into one with this",
    tag: "customers",
    access: { ability: "identity.decide" },
    params: one,
    body: z.object({ otherId: z.uuid() }),
    reply: contract.identityChanged,
    answer: ({ actor, services, params, body }) => mergeCustomers(services, actor, params.id, body.otherId),
  }),
];

const showClaim = (claim: ShownClaim): contract.ShownClaim => ({
  id: claim.id,
  strong: { id: claim.strongId, kind: claim.strongKind, value: claim.strongValue, customerId: claim.strongCustomerId, customerName: claim.strongName },
  weak: { id: claim.weakId, kind: claim.weakKind, value: claim.weakValue, customerId: claim.weakCustomerId, customerName: claim.weakName },
  rule: claim.rule,
  status: contract.shownClaim.shape.status.parse(claim.status),
  reason: claim.reason,
  decision: contract.claimDecision.parse(claim.decision),
  decidedById: claim.decidedById,
  decidedAt: claim.decidedAt?.toISOString() ?? null,
  seenAt: claim.seenAt.toISOString(),
  lastSeenAt: claim.lastSeenAt.toISOString(),
  interactionId: claim.interactionId,
});

const position = z.tuple([z.string().regex(/^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/), z.number().int()]);

const readPosition = (cursor: string | undefined): { at: string; id: number } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { at: parsed.data[0], id: parsed.data[1] };
};
