import type { Queryable } from "#platform/db";
import { listGroupsOfCustomer } from "../groups/groups.queries.ts";
import { subjectText, strength } from "../identity/identifiers.rules.ts";
import { findCustomer, listSpansOfCustomer, type FoundCustomer, type SpanOfCustomer } from "./customer-detail.queries.ts";
import { showCustomer } from "./customer-list.ts";
import type { CustomerDetail, CustomerTrait } from "./profiles.contract.ts";
import { profilesErrors } from "./profiles.errors.ts";
import { listTraits } from "./traits.queries.ts";
import { currentTraits } from "./traits.rules.ts";

/** The customer by any id it ever had.
 *  @throws customer_unknown */
export const getCustomer = async (db: Queryable, workspaceId: string, customerId: string): Promise<FoundCustomer> => {
  const customer = await findCustomer(db, workspaceId, customerId);
  if (customer === null) throw profilesErrors.refuse("customer_unknown", "There is no such customer here. It may have been erased.", { customerId });
  return customer;
};

export const showCustomerDetail = async (db: Queryable, workspaceId: string, customerId: string): Promise<CustomerDetail> => {
  const customer = await getCustomer(db, workspaceId, customerId);
  const [spans, traits, groups] = await Promise.all([
    listSpansOfCustomer(db, workspaceId, customer.id),
    showTraits(db, customer.id),
    listGroupsOfCustomer(db, customer.id),
  ]);
  return {
    ...showCustomer(customer),
    mergedFrom: customer.id === customerId ? null : customerId,
    identifiers: showIdentifiers(spans),
    traits,
    groups: groups.map((group) => ({ id: group.id, key: group.key, name: group.name, since: group.since.toISOString() })),
  };
};

export const showTraits = async (db: Queryable, customerId: string): Promise<CustomerTrait[]> => {
  const entries = (await listTraits(db, [customerId], null)).map((entry) => ({ ...entry, at: entry.at.getTime(), recordedAt: entry.recordedAt.getTime() }));
  return currentTraits(entries).map((trait) => ({
    name: trait.name,
    value: trait.value,
    at: new Date(trait.at).toISOString(),
    source: trait.source,
    history: entries
      .filter((entry) => entry.name === trait.name)
      .slice(0, 100)
      .map((entry) => ({
        value: entry.value,
        at: new Date(entry.at).toISOString(),
        recordedAt: new Date(entry.recordedAt).toISOString(),
        source: entry.source,
        identifier: entry.identifier,
        interactionId: entry.interactionId,
      })),
  }));
};

const showIdentifiers = (spans: readonly SpanOfCustomer[]): CustomerDetail["identifiers"] =>
  [...Map.groupBy(spans, (span) => span.identifierId).values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : [{
      id: first.identifierId,
      kind: first.kind,
      value: first.value,
      isBlocked: first.isBlocked,
      firstSeenAt: first.firstSeenAt.toISOString(),
      interactions: [first, ...more].reduce((sum, span) => sum + span.interactions, 0),
      spans: [first, ...more].map((span) => ({ from: span.from?.toISOString() ?? null, to: span.to?.toISOString() ?? null })),
    }]))
    .sort((a, b) => strength(b.kind) - strength(a.kind) || a.id - b.id);

/** Under which identifier a member's own entry about the customer is kept: the strongest that is not blocked.
 *  @throws customer_has_no_identifier */
export const getSubject = async (db: Queryable, workspaceId: string, customerId: string): Promise<{ id: number; kind: string; subject: string }> => {
  const spans = await listSpansOfCustomer(db, workspaceId, customerId);
  const open = spans.filter((span) => !span.isBlocked && span.to === null).sort((a, b) => strength(b.kind) - strength(a.kind));
  const [strongest] = open;
  if (strongest === undefined) throw profilesErrors.refuse("customer_has_no_identifier", "Every identifier of this customer is blocked or passed on. Unblock one first.");
  return { id: strongest.identifierId, kind: strongest.kind, subject: subjectText(strongest) };
};
