import { z } from "zod";

const word = z.string().trim().min(1).max(200);
const days = z.number().int().min(1).max(3650);
const daysOrEver = days.nullable().default(null).describe("Looking back so many days; null looks back for ever.");

export const TRAIT_OPERATORS = ["is", "is_not", "contains", "starts_with", "more_than", "less_than", "before", "after", "known", "unknown"] as const;
export const SCORE_KINDS = ["nps", "csat", "ces", "stars", "rating"] as const;
export const IDENTIFIER_KINDS = ["email", "phone", "user", "external", "anonymous"] as const;

export const segmentCondition = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("trait"),
    name: z.string().trim().min(1).max(100),
    operator: z.enum(TRAIT_OPERATORS).describe("`before` and `after` compare dates; texts are compared without regard to case."),
    value: z.string().trim().max(500).default(""),
  }),
  z.object({ kind: z.literal("identifier"), identifier: z.enum(IDENTIFIER_KINDS), isPresent: z.boolean() }),
  z.object({ kind: z.literal("seen"), which: z.enum(["first", "last"]), operator: z.enum(["within", "not_within"]), days }),
  z.object({
    kind: z.literal("interactions"),
    name: word.nullable().default(null).describe("Name of the event or page; * stands for any characters; null counts all."),
    operator: z.enum(["at_least", "at_most"]),
    count: z.number().int().min(0).max(100_000),
    days: daysOrEver,
  }),
  z.object({ kind: z.literal("touchpoint"), touchpoint: word.describe("As timelines show it, as the sender called it, or the name of the interaction; * stands for any characters of the latter two."), isMet: z.boolean(), days: daysOrEver }),
  z.object({
    kind: z.literal("score"),
    score: z.enum(SCORE_KINDS),
    from: z.number().min(-1000).max(1000),
    to: z.number().min(-1000).max(1000),
    days: daysOrEver,
  }).describe("The last score of that kind lies between both, ends included."),
  z.object({ kind: z.literal("list"), segmentId: z.uuid(), isMember: z.boolean() }),
]).meta({ id: "SegmentCondition" });
export type SegmentCondition = z.infer<typeof segmentCondition>;

const match = z.enum(["all", "any"]);
export const segmentGroup = z.object({ kind: z.literal("group"), match, conditions: z.array(segmentCondition).min(1).max(20) });
export type SegmentGroup = z.infer<typeof segmentGroup>;

export const segmentRule = z.object({
  match,
  who: z.enum(["known", "all"]).default("known").describe("`known` leaves out visitors nobody has a name or id of."),
  conditions: z.array(z.union([segmentCondition, segmentGroup])).max(20).describe("None means everybody."),
}).meta({ id: "SegmentRule" });
export type SegmentRule = z.infer<typeof segmentRule>;

export const segmentKind = z.enum(["list", "live"]);
export const segment = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  kind: segmentKind,
  rule: segmentRule.nullable(),
  story: z.string().nullable().describe("of a persona: who these customers are, told as one person; null: no persona"),
  pictureId: z.uuid().nullable().describe("of a persona: its picture, at /api/segments/:id/pictures/:fileId; another with each picture"),
  customers: z.number().int().nullable().describe("As counted last; null while nobody counted."),
  countedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type Segment = z.infer<typeof segment>;

const details = { name: z.string().trim().min(1).max(120), description: z.string().trim().max(500) };
const story = z.string().trim().min(1).max(4_000).nullable();
export const newSegment = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("list"), name: details.name, description: details.description.default(""), story: story.default(null) }),
  z.object({ kind: z.literal("live"), name: details.name, description: details.description.default(""), rule: segmentRule, story: story.default(null) }),
]);
export type NewSegment = z.infer<typeof newSegment>;
export const changedSegment = z.object({ ...details, rule: segmentRule, story }).partial();
export type ChangedSegment = z.infer<typeof changedSegment>;

export const segmentCustomer = z.object({
  customerId: z.uuid(), name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), language: z.string().nullable(), timeZone: z.string().nullable(),
});
export type CustomerContact = z.infer<typeof segmentCustomer>;
export const segmentSize = z.object({
  customers: z.number().int(),
  isEstimate: z.boolean().describe("True when counting everybody takes too long: then every 64th customer is asked."),
});
export const segmentPreview = segmentSize.extend({ examples: z.array(segmentCustomer) });

export const segmentReason = z.object({
  condition: segmentCondition,
  holds: z.boolean(),
  found: z.string().nullable().describe("What is known of the customer there: the value, a time, a number."),
});
export const segmentReasons = z.object({
  customerId: z.uuid(),
  isIn: z.boolean(),
  match,
  isOfKnown: z.boolean().describe("False when the customer is left out for being a visitor without a name."),
  parts: z.array(z.object({ match: match.nullable().describe("Of a group; null for a single condition."), holds: z.boolean(), reasons: z.array(segmentReason) })),
});
export type SegmentReasons = z.infer<typeof segmentReasons>;

export const newEntries = z.object({
  customerIds: z.array(z.uuid()).max(1000).default([]),
  identifiers: z.array(z.string().trim().min(1).max(512)).max(10_000).default([]).describe("E-mail addresses, phone numbers or user ids, told apart by their look."),
});
export const removedCustomers = z.object({ customerIds: z.array(z.uuid()).min(1).max(1000) });

export const entriesReport = z.object({
  rows: z.number().int(),
  added: z.number().int(),
  alreadyThere: z.number().int(),
  newCustomers: z.number().int().describe("Entries nobody was known by; they become customers within seconds."),
  refused: z.array(z.object({ row: z.number().int(), text: z.string(), problem: z.string() })).describe("At most 100."),
  refusedCount: z.number().int(),
});
export type EntriesReport = z.infer<typeof entriesReport>;

export const segmentSuggestions = z.object({ traits: z.array(z.string()), interactions: z.array(z.string()), touchpoints: z.array(z.string()) });
