import { newId, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { ContactChannel, ContactPurpose, ContactReference } from "./contact-policy.contract.ts";
import { findFamily, lockWhom } from "./contact-policy.queries.ts";
import * as queries from "./permissions.queries.ts";
import { findWhom, type Contacted } from "./whom.ts";

type Said = Contacted & { workspaceId: string; channel: ContactChannel | "all"; source: string; at: Date; memberId?: string | null };

/** Never contact again: what an unsubscribe link, a bounce or a member's word comes to. Said twice it is kept once.
 *  @param said `source` tells where it was said: "unsubscribe_link", "bounce", "member" … */
export const stopContact = async (tx: Queryable, said: Said): Promise<void> => {
  const whom = await findWhom(tx, said.workspaceId, said, said.at);
  if (whom.customerId === null && whom.addressHash === null) return;
  await lockWhom(tx, said.workspaceId, whom.customerId ?? whom.addressHash ?? "");
  if (await queries.hasStop(tx, whom, said.channel, whom.addressHash)) return;
  await queries.insertStop(tx, {
    id: newId(), workspaceId: said.workspaceId, customerId: whom.customerId, addressHash: whom.addressHash, channel: said.channel, source: said.source, at: said.at,
    memberId: said.memberId ?? null,
  });
  await publish(tx, { name: "contact.stopped", workspaceId: said.workspaceId, payload: { customerId: whom.customerId, channel: said.channel } });
};

/** Takes stops of a channel back, on the customer's own word; "all" takes back every one. */
export const allowContact = async (tx: Queryable, said: Said): Promise<void> => {
  const whom = await findWhom(tx, said.workspaceId, said, said.at);
  const lifted = await queries.liftStops(tx, whom, said.channel, said);
  if (lifted > 0) await publish(tx, { name: "contact.allowed", workspaceId: said.workspaceId, payload: { customerId: whom.customerId, channel: said.channel } });
};

/** What a customer agreed to or took back, for one purpose on one channel or all. The newest counts, the history is kept. */
export const recordConsent = async (tx: Queryable, said: Said & { purpose: ContactPurpose; isGiven: boolean }): Promise<void> => {
  const whom = await findWhom(tx, said.workspaceId, said, said.at);
  if (whom.customerId === null && whom.addressHash === null) return;
  await queries.insertConsent(tx, {
    id: newId(), workspaceId: said.workspaceId, customerId: whom.customerId, addressHash: whom.addressHash, purpose: said.purpose, channel: said.channel,
    isGiven: said.isGiven, source: said.source, at: said.at, memberId: said.memberId ?? null,
  });
  await publish(tx, { name: "contact.consent_recorded", workspaceId: said.workspaceId, payload: { customerId: whom.customerId, purpose: said.purpose, isGiven: said.isGiven } });
};

/** Silence while something is open, for instance a complaint. The same reference again changes reason and end, and begins anew once it had ended. */
export const blockContact = async (
  tx: Queryable,
  block: { workspaceId: string; customerId: string; reason: string; reference: ContactReference; from: Date; until: Date | null },
): Promise<void> => {
  const found = await findFamily(tx, block.workspaceId, block.customerId);
  if (found !== null) await queries.upsertBlock(tx, { ...block, customerId: found.customerId });
};

export const unblockContact = async (tx: Queryable, block: { workspaceId: string; customerId: string; reference: ContactReference; at: Date }): Promise<void> => {
  const found = await findFamily(tx, block.workspaceId, block.customerId);
  if (found !== null) await queries.endBlock(tx, block.workspaceId, found.family, block);
};

/** Takes back what was planned under a reference, for all customers. */
export const forgetPlans = (tx: Queryable, { workspaceId, reference }: { workspaceId: string; reference: ContactReference }): Promise<void> =>
  queries.deletePlans(tx, workspaceId, reference, null);
