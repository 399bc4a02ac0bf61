import type { Queryable } from "#platform/db";
import { normaliseEmail, normalisePhone } from "../identity/identifiers.rules.ts";
import { isKnownZone } from "../imports/times.rules.ts";
import { findCustomer } from "../profiles/customer-detail.queries.ts";
import { listTraits } from "../profiles/traits.queries.ts";
import { currentTraits } from "../profiles/traits.rules.ts";
import { prepareRule, ruleOf } from "./segment-rule.ts";
import type { PreparedRule } from "./segment-conditions.queries.ts";
import type { CustomerContact } from "./segments.contract.ts";
import { countByRule, findStoredSegment, isInByRule, listIdsByRule, listStoredSegments } from "./segments.queries.ts";
import { listContactRows } from "./segment-contacts.queries.ts";
import { listAllIdsByRule, listIdsByRuleAmong, listSubjectSpans } from "./segment-spans.queries.ts";
import type { SubjectSpan } from "./segment-spans.queries.ts";
import { contactTraitNames, contactTraits, languageTag, saidText } from "./segment-contacts.rules.ts";

export type { CustomerContact, SubjectSpan };
export type FoundSegment = { id: string; name: string; kind: "list" | "live" };

/** A contact list or live segment; null when this workspace has none of that id. */
export const findSegment = async (db: Queryable, workspaceId: string, id: string): Promise<FoundSegment | null> => {
  const found = await findStoredSegment(db, workspaceId, id);
  return found === null ? null : { id: found.id, name: found.name, kind: found.kind };
};

/** How many customers are in it now. 0 when there is no such segment. */
export const countSegment = async (db: Queryable, workspaceId: string, id: string): Promise<number> => {
  const rule = await findRule(db, workspaceId, id);
  return rule === null ? 0 : countByRule(db, workspaceId, rule);
};

/** Its customers in the order of their ids.
 *  @param page `after` is the last customer id of the page before, null for the first; at most 1,000 a page */
export const listSegmentCustomers = async (db: Queryable, workspaceId: string, id: string, page: { after: string | null; limit: number }): Promise<CustomerContact[]> => {
  const rule = await findRule(db, workspaceId, id);
  if (rule === null) return [];
  return describeContacts(db, await listIdsByRule(db, workspaceId, rule, { after: page.after, limit: Math.min(page.limit, 1000) }));
};

/** @param customerId any id the customer ever had */
export const isInSegment = async (db: Queryable, workspaceId: string, id: string, customerId: string): Promise<boolean> => {
  const rule = await findRule(db, workspaceId, id);
  const customer = rule === null ? null : await findCustomer(db, workspaceId, customerId);
  return rule !== null && customer !== null && isInByRule(db, workspaceId, rule, customer.id);
};

/** Everybody in it now, portion by portion, with the identifiers they are known by: for whoever looks for what these people did.
 *  @param limit most customers; more are left out */
export async function* listSegmentSubjects(db: Queryable, workspaceId: string, id: string, limit: number): AsyncGenerator<{ customerIds: string[]; spans: SubjectSpan[] }> {
  const rule = await findRule(db, workspaceId, id);
  const ids = rule === null ? [] : await listAllIdsByRule(db, workspaceId, rule, limit);
  for (let start = 0; start < ids.length; start += PORTION) {
    const customerIds = ids.slice(start, start + PORTION);
    yield { customerIds, spans: await listSubjectSpans(db, workspaceId, customerIds) };
  }
}

/** Ids of everybody in it now, at most `limit`; none when there is no such segment. */
export const listSegmentCustomerIds = async (db: Queryable, workspaceId: string, id: string, limit: number): Promise<string[]> => {
  const rule = await findRule(db, workspaceId, id);
  return rule === null ? [] : listAllIdsByRule(db, workspaceId, rule, limit);
};

/** Those of some customers who are in it now, in no order; none when there is no such segment. */
export const listSegmentMembersAmong = async (db: Queryable, workspaceId: string, id: string, customerIds: readonly string[]): Promise<string[]> => {
  const rule = await findRule(db, workspaceId, id);
  return rule === null || customerIds.length === 0 ? [] : listIdsByRuleAmong(db, workspaceId, rule, customerIds);
};

/** Ids of everybody, known or not, of whom a trait says a value now, in large or small letters; at most `limit`. */
export const listCustomerIdsWithTrait = async (db: Queryable, workspaceId: string, { name, value }: { name: string; value: string }, limit: number): Promise<string[]> =>
  listAllIdsByRule(db, workspaceId, await prepareRule(db, workspaceId, { match: "all", who: "all", conditions: [{ kind: "trait", name, operator: "is", value }] }), limit);

/** Contact lists and segments by name. */
export const listSegmentNames = async (db: Queryable, workspaceId: string, limit: number): Promise<{ id: string; name: string }[]> =>
  (await listStoredSegments(db, workspaceId, { search: null, kind: null, after: null, limit })).map(({ id, name }) => ({ id, name }));

// Large enough that each statement is worth its way, small enough to hold in memory.
const PORTION = 25_000;

const findRule = async (db: Queryable, workspaceId: string, id: string): Promise<PreparedRule | null> => {
  const found = await findStoredSegment(db, workspaceId, id);
  return found === null ? null : prepareRule(db, workspaceId, ruleOf(found));
};

/** Null when there is no such customer, by any id ever given. */
export const findContactOf = async (db: Queryable, workspaceId: string, customerId: string): Promise<CustomerContact | null> => {
  const customer = await findCustomer(db, workspaceId, customerId);
  return customer === null ? null : ((await describeContacts(db, [customer.id]))[0] ?? null);
};

/** How customers are reached, in the order of their ids.
 *  @param customerIds present ids of one workspace, at most 1,000 */
export const describeContacts = async (db: Queryable, customerIds: readonly string[]): Promise<CustomerContact[]> => {
  if (customerIds.length === 0) return [];
  const rows = await listContactRows(db, customerIds);
  const said = await traitsOf(db, customerIds, contactTraitNames);
  return rows.map((row) => {
    const traits = said.get(row.customerId) ?? new Map<string, unknown>();
    const [email, phone] = [saidText(traits, contactTraits.email), saidText(traits, contactTraits.phone)];
    return {
      ...row,
      email: row.email === null ? (email === null ? null : normaliseEmail(email)) : normaliseEmail(row.email),
      phone: row.phone ?? (phone === null ? null : normalisePhone(phone)),
      language: languageTag(saidText(traits, contactTraits.language)),
      timeZone: zoneIn(traits),
    };
  });
};

/** The time zone the customer's traits name; null when they name none that exists. */
export const findTimeZoneOf = async (db: Queryable, customerId: string): Promise<string | null> =>
  zoneIn((await traitsOf(db, [customerId], contactTraits.timeZone)).get(customerId) ?? new Map());

const zoneIn = (traits: ReadonlyMap<string, unknown>): string | null => {
  const zone = saidText(traits, contactTraits.timeZone);
  return zone !== null && isKnownZone(zone) ? zone : null;
};

const traitsOf = async (db: Queryable, customerIds: readonly string[], names: readonly string[]): Promise<Map<string, Map<string, unknown>>> => {
  const entries = (await listTraits(db, customerIds, names)).map((entry) => ({ ...entry, at: entry.at.getTime(), recordedAt: entry.recordedAt.getTime() }));
  return new Map(
    [...Map.groupBy(entries, (entry) => entry.customerId)].map(([id, own]) => [id, new Map(currentTraits(own).map((trait) => [trait.name, trait.value]))]),
  );
};
