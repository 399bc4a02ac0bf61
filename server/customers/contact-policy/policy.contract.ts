import { z } from "zod";
import { contactChannel, contactKind, contactPurpose, contactReference, ledgerReason, refusalReason } from "./contact-policy.contract.ts";

const days = z.number().int().min(0).max(1095);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is a time of day such as 20:00");

export const quietHours = z.object({
  from: clockTime,
  to: clockTime.describe("Earlier than `from` means the next morning; equal to it means no hours, only days."),
  days: z.array(z.number().int().min(1).max(7)).max(6).describe("Days that are quiet from midnight to midnight; 1 is Monday."),
  channels: z.array(contactChannel).max(11).describe("Channels that wait. Where the customer is there already, nobody is disturbed."),
});
export type QuietHours = z.infer<typeof quietHours>;

export const contactPolicy = z.object({
  isOn: z.boolean().describe("Off: only do-not-contact, consent and hold-out are obeyed."),
  caps: z.array(z.object({ contacts: z.number().int().min(1).max(1000), days: z.number().int().min(1).max(1095) })).max(20)
    .describe("At most so many contacts in so many days, over all surveys and channels. A day is 24 hours."),
  betweenDays: days.describe("Days between any two contacts."),
  relationshipDays: days.describe("Days until the same relationship survey may be asked again."),
  transactionalDays: days.describe("Days until the same transactional survey may be asked again."),
  surveys: z.array(z.object({ surveyId: z.string().min(1).max(200), days })).max(500).describe("Surveys with a distance of their own."),
  relationshipFirstDays: z.number().int().min(0).max(180).describe("Transactional surveys step back when a relationship survey is due within so many days; 0 turns it off."),
  quietHours: quietHours.nullable(),
  isSilentDuringComplaint: z.boolean(),
  holdOutPercent: z.number().min(0).max(50).describe("Share of customers who are never surveyed, always the same ones."),
  doRemindersCount: z.boolean().describe("Whether reminders need a place in the budget like a first contact."),
  isAlwaysOnExempt: z.boolean().describe("Feedback that is always there is neither limited nor counted; stops, hold-out and open complaints hold for it too."),
  consentNeeded: z.array(z.object({ purpose: z.enum(["survey", "campaign"]), channel: contactChannel })).max(40)
    .describe("Where somebody must have agreed before; elsewhere it is enough that nobody objected."),
});
export type ContactPolicy = z.infer<typeof contactPolicy>;

export const shownPolicy = z.object({ policy: contactPolicy, changedAt: z.iso.datetime().nullable().describe("Null while nobody changed what we propose."), timeZone: z.string() });

export const ledgerEntry = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  customerId: z.uuid().nullable().describe("The customer as known today; null where only an address was known."),
  customerName: z.string().nullable(),
  channel: contactChannel,
  purpose: contactPurpose,
  kind: contactKind,
  reference: contactReference,
  isReminder: z.boolean(),
  decision: z.enum(["asked", "not_asked", "answered"]).describe("`answered`: she answered without having been asked."),
  reason: ledgerReason.nullable().describe("What the contact policy said, or why it was not reached: no address, a survey that is closed."),
  rule: z.string().nullable(),
  until: z.iso.datetime().nullable().describe("When it may be tried again."),
  lastAt: z.iso.datetime().nullable().describe("The contact before that stood in the way."),
  lastChannel: contactChannel.nullable(),
  answeredAt: z.iso.datetime().nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What held for the customer when a decision was made, as the ledger keeps it. */
export const storedStanding = z.object({
  stopped: z.union([contactChannel, z.literal("all")]).nullable(),
  consent: z.enum(["given", "withdrawn", "none"]),
  blocked: z.object({ reason: z.string(), until: z.coerce.date().nullable() }).nullable(),
  timeZone: z.string(),
  holdOutPoint: z.number().nullable(),
  relationshipDueAt: z.coerce.date().nullable(),
});

const outcome = z.object({ decision: z.enum(["asked", "not_asked"]), reason: ledgerReason.nullable(), requests: z.number().int() });
export type Outcome = z.infer<typeof outcome>;

export const policyPreview = z.object({
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  every: z.number().int().describe("1: all requests were replayed. Else those of each so-manieth customer, and the numbers are estimates."),
  requests: z.number().int(),
  customers: z.number().int(),
  before: z.array(outcome).describe("What was decided."),
  after: z.array(outcome).describe("What the changed policy would have decided."),
  changed: z.array(z.object({
    customerId: z.uuid().nullable(),
    customerName: z.string().nullable(),
    at: z.iso.datetime(),
    reference: contactReference,
    channel: contactChannel,
    before: z.object({ decision: z.enum(["asked", "not_asked"]), reason: ledgerReason.nullable() }),
    after: z.object({ decision: z.enum(["asked", "not_asked"]), reason: ledgerReason.nullable() }),
  })).describe("Some requests that would have gone the other way."),
  changedCount: z.number().int(),
});
export type PolicyPreview = z.infer<typeof policyPreview>;

export const contactStanding = z.object({
  customerId: z.uuid(),
  decision: z.enum(["asked", "not_asked"]).describe("What a transactional survey by e-mail would be answered now."),
  reason: refusalReason.nullable(),
  rule: z.string().nullable(),
  until: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  lastChannel: contactChannel.nullable(),
  timeZone: z.string(),
  isHeldOut: z.boolean(),
  stops: z.array(z.object({ id: z.uuid(), channel: z.union([contactChannel, z.literal("all")]), source: z.string(), at: z.iso.datetime(), liftedAt: z.iso.datetime().nullable() })),
  consents: z.array(z.object({
    purpose: contactPurpose, channel: z.union([contactChannel, z.literal("all")]), isGiven: z.boolean(), source: z.string(), at: z.iso.datetime(),
  })).describe("Newest first, with what was said before."),
  blocks: z.array(z.object({
    reason: z.string(), from: z.iso.datetime(), until: z.iso.datetime().nullable(), isByHand: z.boolean().describe("Set by a member, who may lift it; others end with what they belong to."),
  })).describe("During these nobody asks her."),
});
export type ContactStandingShown = z.infer<typeof contactStanding>;

export const newStop = z.object({ channel: z.union([contactChannel, z.literal("all")]), isStopped: z.boolean() });
export const newBlock = z.object({
  reason: z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text").describe("What is open, for instance a complaint about a delivery."),
  until: z.iso.datetime({ offset: true }).nullable().default(null).describe("When it ends by itself; null: when somebody lifts it."),
});
export const newConsent = z.object({ purpose: z.enum(["survey", "campaign"]), channel: z.union([contactChannel, z.literal("all")]), isGiven: z.boolean() });
