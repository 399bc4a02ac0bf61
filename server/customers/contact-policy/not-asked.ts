import { newId, type Queryable } from "#platform/db";
import type { NotAsked } from "./contact-policy.contract.ts";
import { insertNotAsked } from "./not-asked.queries.ts";
import { hashOfAddress } from "./whom.ts";

/** Writes down that people were not asked although the policy was never reached, so that the ledger tells of everybody and every moment. Takes no place in
 *  any budget and decides nothing; one statement however many people.
 *  @param people `key` makes a repeat harmless, as with askToContact, and never meets the keys of that */
export const recordNotAsked = async (tx: Queryable, what: NotAsked, people: readonly { customerId: string | null; address: string | null; key: string }[]): Promise<void> => {
  if (people.length === 0) return;
  await insertNotAsked(tx, what, people.map(({ customerId, address, key }) => ({
    id: newId(), key: `not asked ${key}`, customerId, addressHash: address === null ? null : hashOfAddress(what.workspaceId, address),
  })));
};
