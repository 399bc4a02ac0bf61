import type { Queryable } from "#platform/db";
import type { ContactChannel, ContactDecision, ContactPurpose, ContactReference, ContactRequest } from "./contact-policy.contract.ts";

/** Who a statement is about: a customer by any id, or an e-mail address or phone number nobody may be known by yet. */
export type Contacted = { customerId: string | null; address: string | null };

/** Asks whether a customer may be contacted now and writes the decision down. Call it in the transaction that makes the contact:
 *  a lock per customer is held until its end, so two surveys at once cannot both be sent. Lock several customers in the order of their ids. */
export const askToContact = async (_tx: Queryable, _request: ContactRequest): Promise<ContactDecision> => ({ decision: "asked", rule: null });

/** Notes that a customer answered, so that the survey is not asked again too soon whichever way she came to it. */
export const recordAnswered = async (_tx: Queryable, _answered: Contacted & { workspaceId: string; channel: ContactChannel; reference: ContactReference; at: Date }): Promise<void> => undefined;

/** Never contact again: what an unsubscribe link, a bounce or a member's word comes to. */
export const stopContact = async (_tx: Queryable, _stop: Contacted & { workspaceId: string; channel: ContactChannel | "all"; source: string; at: Date; memberId?: string | null }): Promise<void> => undefined;

/** Takes a stop back, on the customer's own word. */
export const allowContact = async (_tx: Queryable, _allowed: Contacted & { workspaceId: string; channel: ContactChannel | "all"; source: string; at: Date; memberId?: string | null }): Promise<void> => undefined;

/** What a customer agreed to or took back, for one purpose on one channel or all; the history is kept. */
export const recordConsent = async (
  _tx: Queryable,
  _consent: Contacted & { workspaceId: string; purpose: ContactPurpose; channel: ContactChannel | "all"; isGiven: boolean; source: string; at: Date; memberId?: string | null },
): Promise<void> => undefined;

/** Silence while something is open, for instance a complaint. The same reference again changes nothing. */
export const blockContact = async (_tx: Queryable, _block: { workspaceId: string; customerId: string; reason: string; reference: ContactReference; from: Date; until: Date | null }): Promise<void> => undefined;
export const unblockContact = async (_tx: Queryable, _block: { workspaceId: string; customerId: string; reference: ContactReference; at: Date }): Promise<void> => undefined;

/** Says that a relationship survey is due for a customer, so that transactional ones step back before it. The same reference again moves it. */
export const planContact = async (_tx: Queryable, _plan: { workspaceId: string; customerId: string; reference: ContactReference; dueAt: Date }): Promise<void> => undefined;
export const forgetPlans = async (_tx: Queryable, _plans: { workspaceId: string; reference: ContactReference }): Promise<void> => undefined;
