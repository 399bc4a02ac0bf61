import { z } from "zod";
import { defineAbilities } from "#platform/access";
import type { Actor } from "#platform/access";
import { defineRoute, page, pageQuery } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { contactChannel, ledgerReason } from "./contact-policy.contract.ts";
import { defaultPolicy } from "./contact-policy.rules.ts";
import { countOutcomes } from "./ledger.queries.ts";
import { showLedger } from "./ledger.ts";
import * as contract from "./policy.contract.ts";
import { findPolicy } from "./policy.queries.ts";
import { changePolicy, readPolicy } from "./policy.ts";
import { previewPolicy } from "./preview.ts";
import { changeStop, liftBlock, noteConsent, setBlock, showStanding } from "./standing.ts";

export const contactPolicyAbilities = defineAbilities("contact-policy", {
  "contact-policy.read": { meaning: "See the contact policy and why customers were asked or not", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "contact-policy.write": { meaning: "Change when customers may be contacted", roles: ["owner", "admin", "manager"] },
});

const one = z.object({ id: z.uuid() });
const daysBack = z.coerce.number().int().min(1).max(92).default(30);
const periodOf = (now: Date, days: number): { from: Date; until: Date } => ({ from: new Date(now.getTime() - days * 86_400_000), until: now });

const policyRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/contact-policy",
    summary: "When customers may be contacted",
    tag: "contact policy",
    access: { ability: "contact-policy.read" },
    reply: contract.shownPolicy,
    answer: async ({ actor, services }) => {
      const stored = await findPolicy(services.db, actor.workspaceId);
      const workspace = await findWorkspace(services.db, actor.workspaceId);
      return {
        policy: stored === null ? defaultPolicy : readPolicy(stored.policy),
        changedAt: stored?.changedAt.toISOString() ?? null,
        timeZone: workspace?.timeZone ?? "UTC",
      };
    },
  }),
  defineRoute({
    method: "PUT",
    url: "/api/contact-policy",
    summary: "Change when customers may be contacted",
    tag: "contact policy",
    access: { ability: "contact-policy.write" },
    body: contract.contactPolicy,
    reply: contract.shownPolicy.omit({ timeZone: true }),
    answer: async ({ actor, services, body }) => {
      const changed = await changePolicy(services, actor, body);
      return { policy: changed.policy, changedAt: changed.changedAt.toISOString() };
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/contact-policy/previews",
    summary: "What a policy would have decided on the requests of the last days",
    tag: "contact policy",
    access: { ability: "contact-policy.read" },
    body: z.object({ policy: contract.contactPolicy, days: daysBack }),
    reply: contract.policyPreview,
    limit: { perMinute: 30 },
    answer: ({ actor, services, body }) => previewPolicy(services.db, actor.workspaceId, body.policy, periodOf(services.clock.now(), body.days)),
  }),
];

const ledgerRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/contact-ledger",
    summary: "Who was asked and who was not, and why, newest first",
    tag: "contact policy",
    access: { ability: "contact-policy.read" },
    query: z.object({
      ...pageQuery,
      customerId: z.uuid().optional(),
      decision: z.enum(["asked", "not_asked", "answered"]).optional(),
      reason: ledgerReason.optional(),
      referenceId: z.string().min(1).max(200).optional().describe("What it was about, for instance a survey."),
      from: z.iso.datetime({ offset: true }).optional(),
      until: z.iso.datetime({ offset: true }).optional(),
    }),
    reply: page(contract.ledgerEntry),
    answer: ({ actor, services, query }) => showLedger(services.db, actor.workspaceId, query, services.clock.now()),
  }),
  defineRoute({
    method: "GET",
    url: "/api/contact-ledger/outcomes",
    summary: "How many requests of the last days were answered how",
    tag: "contact policy",
    access: { ability: "contact-policy.read" },
    query: z.object({ days: daysBack }),
    reply: z.object({ items: contract.policyPreview.shape.before }),
    answer: async ({ actor, services, query }) => ({ items: await countOutcomes(services.db, actor.workspaceId, periodOf(services.clock.now(), query.days)) }),
  }),
];

const customerRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/contact",
    summary: "Whether a customer may be contacted now, and what she said about it",
    tag: "contact policy",
    access: { ability: "customers.read" },
    params: one,
    query: z.object({ channel: contactChannel.default("email") }),
    reply: contract.contactStanding,
    answer: ({ actor, services, params, query }) => showStanding(services.db, actor.workspaceId, params.id, { channel: query.channel, at: services.clock.now() }),
  }),
  defineRoute({
    method: "PUT",
    url: "/api/customers/:id/contact/stops",
    summary: "Do not contact a customer on a channel, or allow it again",
    tag: "contact policy",
    access: { ability: "customers.write" },
    params: one,
    body: contract.newStop,
    reply: contract.contactStanding,
    answer: async ({ actor, services, params, body }) => {
      await changeStop(services, actor, params.id, body);
      return standingAfter(services, actor, params.id);
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/contact/consents",
    summary: "Note what a customer agreed to or took back",
    tag: "contact policy",
    access: { ability: "customers.write" },
    params: one,
    body: contract.newConsent,
    reply: contract.contactStanding,
    status: 201,
    answer: async ({ actor, services, params, body }) => {
      await noteConsent(services, actor, params.id, body);
      return standingAfter(services, actor, params.id);
    },
  }),
  defineRoute({
    method: "PUT",
    url: "/api/customers/:id/contact/blocks",
    summary: "Ask a customer nothing while something is open, for instance a complaint",
    tag: "contact policy",
    access: { ability: "customers.write" },
    params: one,
    body: contract.newBlock,
    reply: contract.contactStanding,
    answer: async ({ actor, services, params, body }) => {
      await setBlock(services, actor, params.id, body);
      return standingAfter(services, actor, params.id);
    },
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/customers/:id/contact/blocks",
    summary: "Ask a customer again: what was open is done",
    tag: "contact policy",
    access: { ability: "customers.write" },
    params: one,
    reply: contract.contactStanding,
    answer: async ({ actor, services, params }) => {
      await liftBlock(services, actor, params.id);
      return standingAfter(services, actor, params.id);
    },
  }),
];

// What a change comes to is shown for the channel most surveys take.
const standingAfter = (services: Services, actor: Actor, customerId: string): Promise<contract.ContactStandingShown> =>
  showStanding(services.db, actor.workspaceId, customerId, { channel: "email", at: services.clock.now() });

export const contactPolicyRoutes = [...policyRoutes, ...ledgerRoutes, ...customerRoutes];
