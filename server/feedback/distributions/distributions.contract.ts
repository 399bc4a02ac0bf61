import { z } from "zod";
import { LocalText } from "../surveys/definition.contract.ts";

const storable = /^[^\p{Cc}\p{Cs}]*$/u;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const weekdays = z.array(z.int().min(1).max(7)).min(1).max(7).describe("1 is Monday, 7 Sunday.");

/** How a person is reached; the second way is taken when the first has no address, is not wanted, or fails for good. */
export const DistributionChannel = z.enum(["email", "text", "email_then_text", "text_then_email"]);
export type DistributionChannel = z.infer<typeof DistributionChannel>;

const hours = z.object({ days: weekdays.default([1, 2, 3, 4, 5]), from: timeOfDay.default("09:00"), to: timeOfDay.default("17:00") })
  .refine(({ from, to }) => from < to, { message: "must end after it begins" });

/** When people are asked. `triggered` asks whoever did something, each time they do it. `api` asks whom a program names. */
export const DistributionSchedule = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("now") }),
  z.object({ kind: z.literal("at"), at: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.literal("recurring"), startsAt: z.iso.datetime({ offset: true }), every: z.int().min(1).max(52), unit: z.enum(["day", "week", "month"]) }),
  z.object({
    kind: z.literal("triggered"),
    interaction: z.string().trim().min(1).max(200).regex(storable).nullable().default(null).describe("Name of the event or page; * stands for any characters."),
    touchpoint: z.string().trim().min(1).max(200).regex(storable).nullable().default(null).describe("Touchpoint as the sender of the interaction named it."),
    delayMinutes: z.int().min(0).max(60 * 24 * 90).default(0),
    businessHours: hours.nullable().default(null),
  }),
  z.object({ kind: z.literal("api") }),
]);
export type DistributionSchedule = z.infer<typeof DistributionSchedule>;

/** People are asked bit by bit, in the mornings of working days. */
export const Drip = z.object({
  perDay: z.int().min(1).max(1_000_000).nullable().default(null),
  overDays: z.int().min(1).max(365).nullable().default(null),
  hours: hours.prefault({ from: "05:00", to: "10:00" }),
}).refine(({ perDay, overDays }) => (perDay === null) !== (overDays === null), { message: "needs either perDay or overDays" });
export type Drip = z.infer<typeof Drip>;

const words = LocalText;
export const DistributionSettings = z.object({
  channel: DistributionChannel,
  kind: z.enum(["relationship", "transactional"]).describe("What the contact policy counts it as."),
  segmentId: z.uuid().nullable().default(null).describe("Whom: a contact list or segment; null asks the pasted addresses, or of a triggered one everybody."),
  schedule: DistributionSchedule,
  drip: Drip.nullable().default(null),
  reminders: z.object({ count: z.int().min(0).max(5), afterDays: z.int().min(1).max(60) }).prefault({ count: 0, afterDays: 7 }),
  expiresAfterDays: z.int().min(1).max(365).default(60),
  email: z.object({
    senderName: z.string().trim().max(80).regex(storable).default(""),
    replyTo: z.email().max(254).nullable().default(null),
    subject: words.default({}),
    intro: words.default({}),
    reminderSubject: words.default({}),
    reminderIntro: words.default({}),
    asksInMail: z.boolean().default(true).describe("Shows the first question in the mail, each answer a link."),
  }).prefault({}),
  text: z.object({
    body: words.default({}).describe("{{link}} stands for the link; without it, the link comes last."),
    reminderBody: words.default({}),
  }).prefault({}),
  tooFastSeconds: z.int().min(0).max(300).default(5).describe("An answer so soon after delivery is taken for a program's and does not count."),
});
export type DistributionSettings = z.infer<typeof DistributionSettings>;

export const DistributionState = z.enum(["draft", "running", "paused", "finished", "stopped"]);
export type DistributionState = z.infer<typeof DistributionState>;

export const InvitationCounts = z.object({
  planned: z.int().describe("Still to be asked."),
  invited: z.int(),
  delivered: z.int(),
  clicked: z.int(),
  answered: z.int(),
  bounced: z.int(),
  unsubscribed: z.int(),
  notAsked: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});
export type InvitationCounts = z.infer<typeof InvitationCounts>;

export const Distribution = z.object({
  id: z.uuid(),
  surveyId: z.uuid(),
  name: z.string(),
  state: DistributionState,
  settings: DistributionSettings,
  addressCount: z.int(),
  wave: z.int(),
  nextWaveAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  counts: InvitationCounts,
  reasons: z.array(z.object({ reason: z.string(), count: z.int() })).describe("Why people were not asked."),
});
export type Distribution = z.infer<typeof Distribution>;

const Name = z.string().trim().min(1).max(80).regex(storable);
const addresses = z.array(z.string().trim().min(1).max(254)).max(50_000).describe("E-mail addresses and phone numbers, told apart by their look.");
export const NewDistribution = z.object({ surveyId: z.uuid(), name: Name, settings: DistributionSettings, addresses: addresses.optional() });
export type NewDistribution = z.infer<typeof NewDistribution>;
/** A missing field stays as it is; addresses replace the ones before. */
export const ChangedDistribution = z.object({ name: Name, settings: DistributionSettings, addresses }).partial();
export type ChangedDistribution = z.infer<typeof ChangedDistribution>;

export const DistributionPreview = z.object({
  people: z.int(),
  looked: z.int().describe("How many of them were looked at for the figures below."),
  wouldBeAsked: z.int(),
  notAsked: z.array(z.object({ reason: z.string(), count: z.int() })),
  examples: z.array(z.object({ name: z.string(), address: z.string(), reason: z.string().nullable(), until: z.iso.datetime().nullable() })),
  mail: z.object({ subject: z.string(), html: z.string(), text: z.string() }).nullable(),
  message: z.object({ body: z.string(), characters: z.int(), segments: z.int(), alphabet: z.enum(["gsm7", "ucs2"]) }).nullable(),
});
export type DistributionPreview = z.infer<typeof DistributionPreview>;

export const Invitation = z.object({
  id: z.uuid(),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  address: z.string(),
  channel: z.enum(["email", "text"]).nullable(),
  state: z.enum(["planned", "sent", "delivered", "clicked", "answered", "bounced", "unsubscribed", "not_asked", "failed", "cancelled"]),
  reason: z.string().nullable(),
  reminders: z.int(),
  nextAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  responseId: z.uuid().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

export const TestSend = z.object({ address: z.string().trim().min(3).max(254), language: z.string().max(12).optional() });
export const BounceResult = z.object({ outcome: z.enum(["hard", "soft", "none"]).describe("What the message said about an invitation of ours."), invitationId: z.uuid().nullable() });
