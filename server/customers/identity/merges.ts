import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { getCustomer } from "../profiles/customer-detail.ts";
import { listSpansOfCustomer } from "../profiles/customer-detail.queries.ts";
import { profilesErrors } from "../profiles/profiles.errors.ts";
import { refreshProfiles } from "../profiles/profiles.ts";
import { openBatch } from "./assignments.queries.ts";
import { decideClaims, insertClaims, listClaimsOf } from "./claims.queries.ts";
import { strength } from "./identifiers.rules.ts";
import type { ClaimDecisions } from "./identity.contract.ts";
import { limitsOf } from "./limits.ts";
import { settleIdentities } from "./settlement.ts";
import { listClaimsOfCustomer } from "./suggestions.queries.ts";

export type IdentityChange = { customerId: string; customerIds: string[] };

/** Joins two customers on a member's word, by a claim between their strongest identifiers, which can be retracted.
 *  @throws customer_unknown, merge_with_itself */
export const mergeCustomers = async (services: Services, actor: Actor, customerId: string, otherId: string): Promise<IdentityChange> =>
  transaction(services.db, async (tx) => {
    await openBatch(tx);
    const pair = await pairToMerge(tx, actor.workspaceId, customerId, otherId);
    const existing = await listClaimsOf(tx, [{ strong: pair.strong, weak: pair.weak }], []);
    const word = { decision: "accepted", memberId: actor.memberId } as const;
    if (existing.length > 0) await decideClaims(tx, actor.workspaceId, existing.map((claim) => claim.id), word);
    else {
      const now = services.clock.now().getTime();
      await insertClaims(tx, [{
        id: 0, workspaceId: actor.workspaceId, strong: pair.strong, weak: pair.weak, rule: "manual", seenAt: now, lastSeenAt: now,
        interactionId: null, decision: "accepted",
      }]);
    }
    return settleAndTell(tx, actor, customerId, [pair.strong, pair.weak], "customer.merged");
  });

/** Writes a member's word on links of a customer: accept or refuse a suggestion, retract a link, or take the word back (null).
 *  @throws customer_unknown, claim_unknown */
export const decideLinks = async (services: Services, actor: Actor, customerId: string, { claimIds, decision }: ClaimDecisions): Promise<IdentityChange> =>
  transaction(services.db, async (tx) => {
    await openBatch(tx);
    await checkLinks(tx, actor.workspaceId, customerId, claimIds);
    const touched = await decideClaims(tx, actor.workspaceId, claimIds, { decision, memberId: decision === null ? null : actor.memberId });
    return settleAndTell(tx, actor, customerId, touched.flatMap((claim) => [claim.strong, claim.weak]), decision === "retracted" ? "customer.separated" : "customer.links_decided");
  });

/** The strongest identifiers of both customers; between equals the older is the strong end. */
export const pairToMerge = async (tx: Queryable, workspaceId: string, customerId: string, otherId: string): Promise<{ strong: number; weak: number }> => {
  const [one, other] = [await getCustomer(tx, workspaceId, customerId), await getCustomer(tx, workspaceId, otherId)];
  if (one.id === other.id) throw profilesErrors.refuse("merge_with_itself", `"${one.name}" is one customer already, under both ids.`);
  const ends = [...(await strongestOf(tx, workspaceId, one.id)), ...(await strongestOf(tx, workspaceId, other.id))].sort((a, b) => strength(b.kind) - strength(a.kind) || a.id - b.id);
  const [strong, weak] = ends;
  if (strong === undefined || weak === undefined) {
    throw profilesErrors.refuse("customer_has_no_identifier", "One of the two has no identifier left to link. Unblock one first.");
  }
  return { strong: strong.id, weak: weak.id };
};

/** @throws claim_unknown when a link does not touch the customer */
export const checkLinks = async (tx: Queryable, workspaceId: string, customerId: string, claimIds: readonly number[]): Promise<void> => {
  const customer = await getCustomer(tx, workspaceId, customerId);
  const own = new Set((await listClaimsOfCustomer(tx, workspaceId, customer.id)).map((claim) => claim.id));
  const unknown = claimIds.filter((id) => !own.has(id));
  if (unknown.length > 0) throw profilesErrors.refuse("claim_unknown", `Link ${unknown.join(", ")} is none of "${customer.name}". Reload the customer.`);
};

const strongestOf = async (tx: Queryable, workspaceId: string, customerId: string): Promise<{ id: number; kind: string }[]> => {
  const spans = (await listSpansOfCustomer(tx, workspaceId, customerId)).filter((span) => !span.isBlocked);
  const [first] = spans.sort((a, b) => strength(b.kind) - strength(a.kind) || a.identifierId - b.identifierId);
  return first === undefined ? [] : [{ id: first.identifierId, kind: first.kind }];
};

const settleAndTell = async (tx: Queryable, actor: Actor, customerId: string, identifierIds: readonly number[], action: string): Promise<IdentityChange> => {
  const limits = await limitsOf(tx, actor.workspaceId);
  const settled = await settleIdentities(tx, actor.workspaceId, identifierIds, { limits, freshIds: new Set() });
  await refreshProfiles(tx, settled.customerIds);
  await recordAudit(tx, actor, { action, subject: customerId, details: { customers: settled.customerIds, identifiers: settled.changedIdentifiers.length } });
  await publish(tx, { name: action, workspaceId: actor.workspaceId, payload: { customerId, customerIds: settled.customerIds } });
  const shown = await getCustomer(tx, actor.workspaceId, customerId);
  return { customerId: shown.id, customerIds: settled.customerIds };
};
