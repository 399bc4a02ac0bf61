import type { Queryable } from "#platform/db";
import { hashOfSubject, normaliseEmail, normalisePhone } from "../identity/identifiers.rules.ts";
import { findOwners } from "../identity/resolver.ts";
import { findFamily, listAddresses, type Whom } from "./contact-policy.queries.ts";

/** Who a statement is about: a customer by any id, or an e-mail address or phone number nobody may be known by yet. */
export type Contacted = { customerId: string | null; address: string | null };

/** The customer as known today with all her ids and addresses; an address alone is looked up first. */
export const findWhom = async (db: Queryable, workspaceId: string, { customerId, address }: Contacted, at: Date): Promise<Whom & { addressHash: string | null }> => {
  const subject = address === null ? null : subjectOfAddress(address);
  const id = customerId ?? (subject === null ? null : ((await findOwners(db, [{ workspaceId, subject, at }]))[0]?.customerId ?? null));
  const found = id === null ? null : await findFamily(db, workspaceId, id);
  const addressHash = address === null ? null : hashOfAddress(workspaceId, address);
  const held = found === null ? [] : (await listAddresses(db, found.customerId)).map((own) => hashOfSubject(workspaceId, own));
  const hashes = [...new Set([...held, ...(addressHash === null ? [] : [addressHash])])];
  return { workspaceId, customerId: found?.customerId ?? null, family: found?.family ?? [], hashes, addressHash };
};

/** What the ledger keeps of an address; null for text that is neither an address nor a number. */
export const hashOfAddress = (workspaceId: string, address: string): string | null => {
  const subject = subjectOfAddress(address);
  return subject === null ? null : hashOfSubject(workspaceId, subject);
};

/** The address as the identifier it is kept under; null for text that is neither an address nor a number. */
const subjectOfAddress = (address: string): string | null => {
  const [email, phone] = [normaliseEmail(address), normalisePhone(address)];
  return email !== null ? `email:${email}` : phone !== null ? `phone:${phone}` : null;
};
