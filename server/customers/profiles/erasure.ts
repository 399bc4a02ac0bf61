import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { forgetContacts } from "../contact-policy/permissions.queries.ts";
import { findWhom } from "../contact-policy/whom.ts";
import { insertErasedIdentifiers, lockErasures } from "../identity/erased-identifiers.queries.ts";
import { noteCustomerChanges, noteIdentityChanges } from "../identity/identifiers.queries.ts";
import { openBatch } from "../identity/assignments.queries.ts";
import { hashOfSubject, subjectText } from "../identity/identifiers.rules.ts";
import { limitsOf } from "../identity/limits.ts";
import { settleIdentities } from "../identity/settlement.ts";
import { insertTombstones } from "../identity/tombstones.queries.ts";
import { forgetEntries } from "../segments/list-entries.queries.ts";
import { getCustomer } from "./customer-detail.ts";
import { listSpansOfCustomer } from "./customer-detail.queries.ts";
import * as queries from "./erasure.queries.ts";
import type { ErasureReport } from "./profiles.contract.ts";
import { refreshProfiles } from "./profiles.ts";
import { eraseTraces } from "./traces.ts";

// A device passed to and fro has a span for each turn; more than a million of them no person can have.
const SPANS_MAX = 1_000_000;

/** Erases one person: facts, feelings, traits, links, names. What stays says that somebody was erased, not who, and keeps
 *  late duplicates of the erased messages out. Later modules erase their part on the event `customer.erased`.
 *  @throws customer_unknown */
export const eraseCustomer = async (services: Services, actor: Actor, customerId: string): Promise<ErasureReport> =>
  transaction(services.db, async (tx) => {
    const { workspaceId } = actor;
    // Before the batch, so that nothing else waits while an import commits its rows.
    await lockErasures(tx, workspaceId);
    await openBatch(tx);
    const at = services.clock.now();
    const customer = await getCustomer(tx, workspaceId, customerId);
    const spans = await listSpansOfCustomer(tx, workspaceId, customer.id, SPANS_MAX);
    const whom = await findWhom(tx, workspaceId, { customerId: customer.id, address: null }, at);
    await forgetContacts(tx, whom);
    const shared = new Set(await queries.listShared(tx, customer.id));
    const own = [...new Set(spans.map((span) => span.identifierId))].filter((id) => !shared.has(id));
    const erased = await queries.eraseExperience(tx, workspaceId, spans.map((span) => ({ subject: subjectText(span), from: span.from, to: span.to })));
    await insertTombstones(tx, workspaceId, erased.interactionIds);
    const owned = spans.filter((span) => !shared.has(span.identifierId));
    await forgetEntries(tx, workspaceId, owned);
    const subjectHashes = [...new Set(owned.map((span) => hashOfSubject(workspaceId, subjectText(span))))];
    await insertErasedIdentifiers(tx, workspaceId, { hashes: subjectHashes, at });
    // A blocked value names nobody: what bears it may be about anybody.
    const traces = await eraseTraces(tx, workspaceId, { identifiers: owned.filter((span) => !span.isBlocked), importIds: erased.importIds });
    const counts = await queries.countUnder(tx, own);
    const sharedTraits = await queries.deleteTraitsWithin(tx, spans.filter((span) => shared.has(span.identifierId)));
    const neighbours = await queries.listClaimedWith(tx, own);
    await queries.deleteIdentifiers(tx, own);
    await queries.forgetHomes(tx, [...shared], customer.id);
    const settled = neighbours.length === 0
      ? { customerIds: [] }
      : await settleIdentities(tx, workspaceId, neighbours, { limits: await limitsOf(tx, workspaceId), freshIds: new Set() });
    await noteIdentityChanges(tx, workspaceId, [...shared]);
    await noteCustomerChanges(tx, workspaceId, [customer.id]);
    await refreshProfiles(tx, settled.customerIds.filter((id) => id !== customer.id));
    await queries.deleteCustomer(tx, workspaceId, customer.id);
    const report: ErasureReport = {
      interactions: erased.interactionIds.length,
      perceptions: erased.perceptions,
      traits: counts.traits + sharedTraits,
      identifiers: own.length,
      claims: counts.claims,
      memberships: counts.memberships,
      files: traces.files,
      deadLetters: traces.deadLetters,
      refusedRows: traces.refusedRows,
      analyticsRows: erased.interactionIds.length + erased.perceptions,
      tombstones: erased.interactionIds.length,
    };
    await queries.insertErasure(tx, { id: newId(), workspaceId, customerId: customer.id, memberId: actor.memberId, at, report });
    await recordAudit(tx, actor, { action: "customer.erased", subject: customer.id, details: report });
    await publish(tx, { name: "customer.erased", workspaceId, payload: { customerId: customer.id, customerIds: whom.family, responseIds: erased.responseIds, subjectHashes, erasedAt: at.toISOString() } });
    return report;
  });
