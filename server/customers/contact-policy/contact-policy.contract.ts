import { z } from "zod";

/** Ways to reach a customer: by the first four we come to her, on the others she is there already. */
export const CONTACT_CHANNELS = ["email", "text", "phone", "push", "web", "app", "chat", "qr", "kiosk", "in_person", "other"] as const;
export const contactChannel = z.enum(CONTACT_CHANNELS);
export type ContactChannel = z.infer<typeof contactChannel>;

export const CONTACT_PURPOSES = ["survey", "notice", "campaign", "reply"] as const;
export const contactPurpose = z.enum(CONTACT_PURPOSES);
export type ContactPurpose = z.infer<typeof contactPurpose>;

/** What sort of survey: how we stand in general, about one occasion, or always there to be used by who wants to. */
export const CONTACT_KINDS = ["relationship", "transactional", "always_on"] as const;
export const contactKind = z.enum(CONTACT_KINDS);
export type ContactKind = z.infer<typeof contactKind>;

/** What the contact is about, so that surveys keep their own distance: { type: "survey", id: survey id, label: its name }. */
export const contactReference = z.object({ type: z.string().min(1).max(40), id: z.string().min(1).max(200), label: z.string().max(200).optional().describe("How the ledger shows it.") });
export type ContactReference = z.infer<typeof contactReference>;

export const REFUSAL_REASONS = [
  "do_not_contact", "consent_withdrawn", "consent_missing", "held_out", "open_complaint", "quiet_hours", "too_soon_any", "too_soon_survey", "budget_used",
  "relationship_first",
] as const;
export const refusalReason = z.enum(REFUSAL_REASONS);
export type RefusalReason = z.infer<typeof refusalReason>;

/** Why somebody was not asked before any policy was: nothing it decides and nothing another policy would change. */
const outsideReason = z.enum(["no_address", "not_in_segment", "survey_closed", "bounced"]);
export type OutsideReason = z.infer<typeof outsideReason>;

export const ledgerReason = z.enum([...REFUSAL_REASONS, ...outsideReason.options]);
export type LedgerReason = z.infer<typeof ledgerReason>;

export type ContactRequest = {
  workspaceId: string;
  /** Any id the customer ever had; null when only the address is known. */
  customerId: string | null;
  /** E-mail address or phone number the contact goes to; null where none is used (a widget). */
  address: string | null;
  channel: ContactChannel;
  purpose: ContactPurpose;
  kind: ContactKind;
  reference: ContactReference;
  isReminder: boolean;
  at: Date;
  /** The same key is the same request: it gets the first decision again and counts once. */
  key: string;
  /** Where a contact may be taken up again later: refusals are kept under this key, so that it is decided anew, and what was asked under `key` but
   *  not answered does not stand in its own way. */
  refusalKey?: string;
  /** Decides and writes nothing. */
  dryRun?: boolean;
};

/** What did not come about, for reasons no policy decides: the same for all people of one call. */
export type NotAsked = {
  workspaceId: string; channel: ContactChannel; purpose: ContactPurpose; kind: ContactKind; reference: ContactReference; isReminder: boolean; at: Date; reason: OutsideReason;
};

/** `until`: when it may be tried again; null when waiting does not help. `rule` names what decided, for instance "cap:4/365". */
export type ContactDecision =
  | { decision: "asked"; rule: string | null }
  | { decision: "not_asked"; reason: RefusalReason; rule: string; until: Date | null; lastAt: Date | null; lastChannel: ContactChannel | null };
