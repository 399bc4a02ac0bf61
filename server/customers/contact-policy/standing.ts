import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { getCustomer } from "../profiles/customer-detail.ts";
import type { ContactChannel } from "./contact-policy.contract.ts";
import { decideContact } from "./contact-policy.rules.ts";
import { findFacts } from "./contact-policy.ts";
import { allowContact, blockContact, recordConsent, stopContact, unblockContact } from "./permissions.ts";
import { listConsents, listOpenBlocks, listStops } from "./permissions.queries.ts";
import type { ContactStandingShown } from "./policy.contract.ts";
import { policyOf } from "./policy.ts";
import { findWhom } from "./whom.ts";

/** Whether a customer may be surveyed now on a channel, and what she said about being contacted.
 *  @throws customer_unknown */
export const showStanding = async (db: Queryable, workspaceId: string, customerId: string, asked: { channel: ContactChannel; at: Date }): Promise<ContactStandingShown> => {
  const customer = await getCustomer(db, workspaceId, customerId);
  const whom = await findWhom(db, workspaceId, { customerId: customer.id, address: null }, asked.at);
  const policy = await policyOf(db, workspaceId);
  const facts = await findFacts(db, whom, policy, { ...asked, purpose: "survey" });
  // No survey in particular: distances between contacts count, those of a single survey do not.
  const request = { ...asked, purpose: "survey", kind: "transactional", reference: { type: "survey", id: "-" }, isReminder: false } as const;
  const decision = decideContact(policy, facts, request);
  const [stops, consents, blocks] = [await listStops(db, whom), await listConsents(db, whom), await listOpenBlocks(db, whom, asked.at)];
  const refusal = decision.decision === "not_asked" ? decision : null;
  return {
    customerId: customer.id,
    decision: decision.decision,
    reason: refusal?.reason ?? null,
    rule: decision.rule,
    until: refusal?.until?.toISOString() ?? null,
    lastAt: refusal?.last?.at.toISOString() ?? null,
    lastChannel: refusal?.last?.channel ?? null,
    timeZone: facts.timeZone,
    isHeldOut: facts.holdOutPoint !== null && facts.holdOutPoint < policy.holdOutPercent / 100,
    stops: stops.map((stop) => ({ ...stop, at: stop.at.toISOString(), liftedAt: stop.liftedAt?.toISOString() ?? null })),
    consents: consents.map((consent) => ({ ...consent, at: consent.at.toISOString() })),
    blocks: blocks.map((block) => ({
      reason: block.reason, from: block.from.toISOString(), until: block.until?.toISOString() ?? null, isByHand: block.type === BY_HAND.type,
    })),
  };
};

/** Writes down on a member's word that a customer is not to be contacted on a channel, or may be again. */
export const changeStop = async (services: Services, actor: Actor, customerId: string, { channel, isStopped }: { channel: ContactChannel | "all"; isStopped: boolean }): Promise<void> =>
  transaction(services.db, async (tx) => {
    const customer = await getCustomer(tx, actor.workspaceId, customerId);
    const said = { workspaceId: actor.workspaceId, customerId: customer.id, address: null, channel, source: "member", at: services.clock.now(), memberId: actor.memberId };
    await (isStopped ? stopContact(tx, said) : allowContact(tx, said));
    await recordAudit(tx, actor, { action: isStopped ? "customer.contact_stopped" : "customer.contact_allowed", subject: customer.id, details: { channel } });
  });

// What a member blocks by hand is one thing per customer, whatever the reason; cases bring references of their own.
const BY_HAND = { type: "member", id: "by_hand" } as const;

/** Keeps surveys and campaigns from a customer on a member's word, because something is open; said again it changes reason and end. */
export const setBlock = async (services: Services, actor: Actor, customerId: string, block: { reason: string; until: string | null }): Promise<void> =>
  transaction(services.db, async (tx) => {
    const customer = await getCustomer(tx, actor.workspaceId, customerId);
    const [from, until] = [services.clock.now(), block.until === null ? null : new Date(block.until)];
    if (until !== null && until <= from) throw httpErrors.refuse("invalid_input", `${until.toISOString()} is over. Choose an end that lies ahead, or none.`, { until: block.until });
    await blockContact(tx, { workspaceId: actor.workspaceId, customerId: customer.id, reason: block.reason, reference: BY_HAND, from, until });
    await recordAudit(tx, actor, { action: "customer.contact_blocked", subject: customer.id, details: { until: until?.toISOString() ?? null } });
  });

/** Ends what a member blocked by hand; what a case blocks ends with the case. */
export const liftBlock = async (services: Services, actor: Actor, customerId: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const customer = await getCustomer(tx, actor.workspaceId, customerId);
    await unblockContact(tx, { workspaceId: actor.workspaceId, customerId: customer.id, reference: BY_HAND, at: services.clock.now() });
    await recordAudit(tx, actor, { action: "customer.contact_unblocked", subject: customer.id, details: {} });
  });

/** Writes down on a member's word what a customer agreed to or took back. */
export const noteConsent = async (
  services: Services,
  actor: Actor,
  customerId: string,
  consent: { purpose: "survey" | "campaign"; channel: ContactChannel | "all"; isGiven: boolean },
): Promise<void> =>
  transaction(services.db, async (tx) => {
    const customer = await getCustomer(tx, actor.workspaceId, customerId);
    await recordConsent(tx, {
      workspaceId: actor.workspaceId, customerId: customer.id, address: null, ...consent, source: "member", at: services.clock.now(), memberId: actor.memberId,
    });
    await recordAudit(tx, actor, { action: "customer.consent_recorded", subject: customer.id, details: consent });
  });
