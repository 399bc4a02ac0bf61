import { z } from "zod";
import { bucketName } from "../../customers/scores/scores.contract.ts";
import { metricFilters } from "../metrics/metrics.contract.ts";

/** What feelings are narrowed to, but for what is known of surveys and comments alone. A case counts where the fact stands with which it began. */
const filters = metricFilters.omit({ survey: true, weekday: true, language: true, emotion: true }).shape;

export const needNames = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const;
export type NeedName = (typeof needNames)[number];

export const measureNames = ["repeated_contacts", "channel_switches", "steps_to_goal", "promise_off", "promise_late", "longest_silence", "asked_again", "time_to_remedy", "reopened"] as const;
export const measureName = z.enum(measureNames);
export type MeasureName = z.infer<typeof measureName>;

const factNames = z.array(z.string().min(1).max(300)).max(50);
const days = z.number().min(0).max(1_100);

/** Which facts the measures look at, and from where on a value is too much. */
export const needFactSettings = z.object({
  contacts: factNames.describe("facts by which a customer turns to the organisation"),
  goals: factNames.describe("facts that customers come for, such as an order"),
  promises: z.array(z.object({ property: z.string().max(60), done: factNames })).max(20).describe("properties that hold a promised date, and the facts by which the promise is kept"),
  opened: factNames.describe("facts that open a matter, such as an order"),
  closed: factNames.describe("facts that close it, such as its delivery"),
  failures: factNames.describe("facts by which something went wrong"),
  remedies: factNames.describe("facts by which it is put right"),
  questions: factNames.describe("facts by which a customer is asked something"),
  limits: z.record(measureName, days),
});
export type NeedFactSettings = z.infer<typeof needFactSettings>;
export const needFactSettingsBody = needFactSettings.partial().extend({ limits: z.partialRecord(measureName, days).optional() }).describe("what is left out is guessed from the facts");
export type NeedFactSettingsBody = z.infer<typeof needFactSettingsBody>;
export const needFactSettingsReply = z.object({ settings: needFactSettings, chosen: z.array(z.string()).describe("the parts somebody chose; the others are guessed"), events: z.array(z.string()), properties: z.array(z.string()) });
export type NeedFactSettingsReply = z.infer<typeof needFactSettingsReply>;

export const needFactsQuery = z.object(filters);
export const needFactCasesQuery = needFactsQuery.extend({ measure: measureName, over: z.enum(["true", "false"]).default("true"), cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
const share = z.object({ count: z.number().int(), share: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export const needFact = z.object({
  measure: measureName,
  need: z.enum(needNames),
  unit: z.enum(["days", "count", "share"]).describe("share: a case has it or not, so that only `over` means anything"),
  facts: z.array(z.string()).describe("names of the facts it is made of; none: it cannot be measured here"),
  limit: z.number(),
  count: z.number().int(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
  over: share.nullable().describe("cases over the limit; in the interval many cases of one customer are one voice"),
  change: z
    .object({ previousCount: z.number().int(), previousShare: z.number(), difference: z.number(), z: z.number().describe("difference in standard errors"), p: z.number(), isSignificant: z.boolean() })
    .nullable()
    .describe("many cases of one customer are one voice; null where either side tells less than ten customers would"),
});
export type NeedFact = z.infer<typeof needFact>;
export const needFactsReply = z.object({ period, previous: period, measures: z.array(needFact) });
export type NeedFactsReply = z.infer<typeof needFactsReply>;

export const needFactCourseQuery = needFactsQuery.extend({ measure: measureName, bucket: bucketName.optional().describe("without it: days up to 35 days, weeks up to 400 days, else months") });
const factBasis = z.object({ facts: z.array(z.string()), limit: z.number() }).describe("the facts it is counted from, and its limit");
export const needFactCourseReply = z.object({
  measure: measureName,
  limit: z.number(),
  bucket: bucketName,
  timeZone: z.string(),
  ageDays: z.number().nullable().describe("every case as it was so many days after it began, so that the last ones stand beside the first; null where all that count have had their time anyway"),
  ripeUntil: z.iso.datetime().describe("later cases have not all had the time to be over the limit: those that have are counted"),
  breaks: z.array(z.object({ at: z.iso.datetime().describe("start of the bucket in which it was noticed"), before: factBasis, after: factBasis }))
    .describe("where the measure came to be counted from other facts, or against another limit: chosen, or guessed anew as facts came in. All points are counted by the newest"),
  points: z.array(z.object({ ...period.shape, count: z.number().int(), over: share.nullable().describe("null for fewer than five cases") })).describe("every bucket of the period in order"),
});
export type NeedFactCourseReply = z.infer<typeof needFactCourseReply>;

export const needFactSplitNames = ["touchpoint", "channel", "stage", "environment", "product", "source", "team", "department", "member", "segment", "persona"] as const;
export const needFactSplit = z
  .union([z.enum(needFactSplitNames), z.templateLiteral(["trait:", z.string().max(100)])])
  .describe(`one of ${needFactSplitNames.join(", ")}, or trait:<name of a trait>: of the fact with which a case began`);
export type NeedFactSplit = z.infer<typeof needFactSplit>;
export const needFactGroupsQuery = needFactsQuery.extend({ measure: measureName, by: needFactSplit });
const factGroup = z.object({
  value: z.string().nullable().describe("null: cases where it is not named; as a filter write the empty text"),
  label: z.string().nullable(),
  count: z.number().int(),
  over: share,
  versusRest: z
    .object({ difference: z.number(), z: z.number(), p: z.number(), isDifferent: z.boolean().describe("passes Benjamini–Hochberg at 10 % over all groups tested") })
    .nullable()
    .describe("against all other cases together; null when either side tells less than ten customers would"),
});
export type NeedFactGroup = z.infer<typeof factGroup>;
export const needFactGroupsReply = z.object({
  measure: measureName,
  limit: z.number(),
  by: needFactSplit,
  total: z.object({ count: z.number().int(), over: share.nullable() }),
  groups: z.array(factGroup).describe("most cases first; at most 100"),
  groupsLeftOut: z.number().int(),
  hiddenGroups: z.number().int().describe("groups of fewer than five people, and those by which they could be worked out"),
  overlaps: z.boolean().describe("true by segment and persona: a customer may be in several"),
});
export type NeedFactGroupsReply = z.infer<typeof needFactGroupsReply>;

export const needFactBin = z.object({
  from: z.number().nullable().describe("null: everything below"),
  to: z.number().nullable().describe("not with it; null: everything above"),
  count: z.number().int(),
  over: z.number().int().describe("of these over the limit"),
});
export type NeedFactBin = z.infer<typeof needFactBin>;

export const needFactCase = z.object({ customer: z.object({ id: z.uuid(), name: z.string().nullable() }), at: z.iso.datetime(), value: z.number() });
export const needFactCasesReply = z.object({
  items: z.array(needFactCase),
  nextCursor: z.string().nullable(),
});
export type NeedFactCasesReply = z.infer<typeof needFactCasesReply>;
