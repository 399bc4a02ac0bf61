import { z } from "zod";

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

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

export const needFactsQuery = z.object({ from: moment.optional(), to: moment.optional() });
export const needFactCasesQuery = needFactsQuery.extend({ measure: measureName, over: z.enum(["true", "false"]).default("true"), cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

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
  over: share.nullable().describe("cases over the limit"),
  change: z.object({ previousCount: z.number().int(), previousShare: z.number(), difference: z.number(), p: z.number(), isSignificant: z.boolean() }).nullable(),
});
export type NeedFact = z.infer<typeof needFact>;
const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
export const needFactsReply = z.object({ period, previous: period, measures: z.array(needFact) });
export type NeedFactsReply = z.infer<typeof needFactsReply>;

export const needFactCasesReply = z.object({
  items: z.array(z.object({ customer: z.object({ id: z.uuid(), name: z.string().nullable() }), at: z.iso.datetime(), value: z.number() })),
  nextCursor: z.string().nullable(),
});
export type NeedFactCasesReply = z.infer<typeof needFactCasesReply>;
