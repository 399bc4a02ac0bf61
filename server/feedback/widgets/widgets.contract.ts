import { z } from "zod";

/** What makes a survey show on a website. `manual` is a call of the page itself: firsthand.show("slug"). */
export const WidgetTrigger = z.discriminatedUnion("on", [
  z.object({ on: z.literal("page") }),
  z.object({ on: z.literal("event"), name: z.string().trim().min(1).max(120) }),
  z.object({ on: z.literal("delay"), seconds: z.int().min(1).max(3_600) }),
  z.object({ on: z.literal("scroll"), percent: z.int().min(1).max(100) }),
  z.object({ on: z.literal("exit") }),
  z.object({ on: z.literal("inactivity"), seconds: z.int().min(5).max(3_600) }),
  z.object({ on: z.literal("manual") }),
]);
export type WidgetTrigger = z.infer<typeof WidgetTrigger>;

/** An address of the website, where * stands for anything: "/shop/*", "https://help.example.com/*". One that begins with "/" is compared with the path only. */
const AddressPattern = z.string().trim().min(1).max(300).regex(/^[^\s<>"]+$/);

export const WidgetLook = z.enum(["corner", "modal", "bar"]);
export type WidgetLook = z.infer<typeof WidgetLook>;

/** Where and when one survey shows on the website. */
export const WidgetPlacement = z.object({
  isOn: z.boolean().default(false),
  triggers: z.array(WidgetTrigger).max(10).default([]),
  addresses: z.array(AddressPattern).max(50).default([]).describe("Only on these pages; none: on all."),
  exceptAddresses: z.array(AddressPattern).max(50).default([]),
  samplePercent: z.number().min(0.1).max(100).default(100).describe("Share of devices that may see it; a device keeps its lot."),
  segmentId: z.uuid().nullable().default(null).describe("Only customers of this segment, as far as the page says who visits."),
  look: WidgetLook.default("corner"),
  side: z.enum(["start", "end"]).default("end"),
  againAfterDays: z.int().min(0).max(1_095).nullable().default(90).describe("Days until the same device may see it again; null: never, 0: always."),
  quietDays: z.int().min(0).max(365).default(7).describe("Days a device has rest from all surveys after seeing one."),
  kind: z.enum(["relationship", "transactional", "always_on"]).default("transactional").describe("How the contact policy counts it."),
  touchpoint: z.string().trim().max(80).regex(/^[^\p{Cc}\p{Cs}<>]*$/u).nullable().default(null),
});
export type WidgetPlacement = z.infer<typeof WidgetPlacement>;

const count = z.int().describe("Displays, not persons.");
export const DisplayCounts = z.object({ shown: count, started: count, completed: count, dismissed: count });
export type DisplayCounts = z.infer<typeof DisplayCounts>;

export const ShownPlacement = z.object({
  placement: WidgetPlacement,
  changedAt: z.iso.datetime().nullable(),
  displays: DisplayCounts.describe("Of the last 30 days."),
  scriptUrl: z.string(),
});
export type ShownPlacement = z.infer<typeof ShownPlacement>;

/** How pages prove who visits them. */
export const WebsiteIdentity = z.object({
  secret: z.string().describe("With it the organisation's own server signs user ids. It never belongs in a page."),
  isProofNeeded: z.boolean().describe("True: a user id without proof counts as an anonymous visitor. False: pages are believed, so anybody with the key in them can be any customer."),
});
export type WebsiteIdentity = z.infer<typeof WebsiteIdentity>;
/** A user id with what proves it, for trying it out. */
export const VisitorProof = z.object({ userId: z.string().trim().min(1).max(200), proof: z.string() });
export type VisitorProof = z.infer<typeof VisitorProof>;

export const WriteKey = z.string().regex(/^fhw_[\w-]{20,100}$/);
/** What a website names itself by: a write key, or the id it had with Formbricks. */
export const SiteKey = z.string().regex(/^[\w-]{8,110}$/);

/** What the loader on a website learns: which surveys may show when. Small, as every page view loads it. */
export const WidgetConfig = z.object({
  client: z.string().describe("Path of the script that shows surveys."),
  surveys: z.array(z.object({
    id: z.uuid(), slug: z.string(), triggers: z.array(WidgetTrigger), addresses: z.array(z.string()), exceptAddresses: z.array(z.string()),
    samplePercent: z.number(), againAfterDays: z.int().nullable(), quietDays: z.int(), look: WidgetLook, side: z.enum(["start", "end"]),
    isForSegment: z.boolean(),
  })),
});
export type WidgetConfig = z.infer<typeof WidgetConfig>;

export const WidgetSurveyQuery = z.object({ key: SiteKey, slug: z.string().regex(/^[a-z0-9]{1,40}$/), language: z.string().max(40).default("en") });

const identity = {
  userId: z.string().trim().min(1).max(200).optional(),
  anonymousId: z.string().trim().min(1).max(200).optional(),
  proof: z.string().max(200).optional().describe("HMAC-SHA256 of the user id with the workspace's widget secret, in hexadecimal: proves that the page knows who it is."),
};

export const WidgetDecisionBody = z.object({
  key: SiteKey, surveyId: z.uuid(), ...identity,
  isInline: z.boolean().default(false).describe("It stands in the page and interrupts nobody: always allowed, neither held against the contact policy nor counted by it."),
});
export type WidgetDecisionBody = z.infer<typeof WidgetDecisionBody>;

/** Whether a survey may be shown to this person now. `link` makes the answer theirs. */
export const WidgetDecision = z.object({
  // Why not is in the ledger and not here: the key is public, and reasons would tell strangers about customers.
  isAllowed: z.boolean(),
  link: z.string().nullable(),
});
export type WidgetDecision = z.infer<typeof WidgetDecision>;

export const DisplayStep = z.enum(["shown", "started", "completed", "dismissed"]);
export type DisplayStep = z.infer<typeof DisplayStep>;
export const WidgetDisplayBody = z.object({ key: SiteKey, surveyId: z.uuid(), step: DisplayStep });
