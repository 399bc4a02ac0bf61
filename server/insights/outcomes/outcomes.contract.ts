import { z } from "zod";

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const names = z
  .union([z.string().max(300), z.array(z.string().max(300)).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();
const segmentIds = z.union([z.uuid(), z.array(z.uuid()).max(20)]).transform((given) => (typeof given === "string" ? [given] : given)).optional();
const traitSplit = z.templateLiteral(["trait:", z.string().min(1).max(100)]);

/** Feelings that customers are grouped by: their last answer, or what their comments say of the six needs. */
export const feelingNames = ["nps", "csat", "ces", "stars", "needs", "need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right"] as const;
export type FeelingName = (typeof feelingNames)[number];
/** What customers are grouped by. */
export const groupingKey = z.union([z.enum(feelingNames), traitSplit]).describe(`one of ${feelingNames.join(", ")}, or trait:<name>`);
export type GroupingKey = z.infer<typeof groupingKey>;

/** What counts. Everything left out is taken from what is found in the facts: see /api/outcomes/choices. */
const counted = {
  from: moment.optional(),
  to: moment.optional(),
  purchase: names.describe("names of the facts that are a purchase, by repeating the key"),
  days: z.coerce.number().int().min(1).max(1_100).optional().describe("days without a purchase after which a customer counts as gone, and in which a next purchase must come"),
  segment: segmentIds.describe("only customers who are in one of these segments now"),
};
const money = {
  amount: z.string().max(60).optional().describe("the property that carries the money; an empty text to leave money out"),
  times: z.string().max(60).optional().describe("a property the amount is multiplied by, as a quantity"),
  currency: z.string().max(10).optional().describe("only amounts in this currency are counted; they are never added across currencies"),
};

const page = {
  again: z.enum(["true", "false"]).optional().describe("only those who bought again, or did not"),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

export const survivalQuery = z.object({
  ...counted,
  left: z.enum(["silence", "event", "trait"]).default("silence").describe("what leaving is: days without a purchase, a fact, or a trait the customers came with"),
  event: names.describe("with left=event: facts that mean the customer left"),
  duration: z.string().max(100).optional().describe("with left=trait: the trait that says how long, a number"),
  unit: z.enum(["day", "week", "month", "year"]).default("month").describe("with left=trait: the unit of that number"),
  leftTrait: z.string().max(200).optional().describe("with left=trait: `name=value` of those who left"),
  by: groupingKey.optional(),
});
export const survivalCustomersQuery = survivalQuery.extend({
  group: z.string().max(300).optional().describe("with `by`: the name of the curve; empty for customers of no group"),
  day: z.coerce.number().min(0).max(40_000).default(0).describe("in days; with left=trait in its unit"),
  state: z.enum(["watched", "gone"]).default("watched").describe("watched: had not left before the day, and are known of up to it; gone: left before it"),
  cursor: page.cursor,
  limit: page.limit,
});
export const cohortsQuery = z.object({ ...counted, ...money, bucket: z.enum(["week", "month"]).default("month") });
export const cohortCustomersQuery = cohortsQuery.extend({
  start: z.iso.date().optional().describe("of the cohort, as cohorts name it; without it all that were watched so long, as `all` counts them"),
  number: z.coerce.number().int().min(0).max(1_200).describe("weeks or months after it"),
  ...page,
});
export const groupsQuery = z.object({
  ...counted,
  ...money,
  by: groupingKey.default("nps"),
  event: names.describe("facts that mean the customer left"),
  adjust: traitSplit.optional().describe("compare customers alike in this trait"),
});
export const outcomeCustomersQuery = groupsQuery.extend({
  group: z.string().max(300),
  ...page,
});

const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
const share = z.number().describe("0–1");
const interval = { low: z.number().nullable(), high: z.number().nullable() };
const test = z.object({ statistic: z.number(), degrees: z.number().int(), p: z.number() }).nullable();

export const counting = z.object({
  purchase: z.array(z.string()),
  amount: z.string().nullable(),
  times: z.string().nullable(),
  currency: z.string().nullable(),
  days: z.number().int(),
  observedUntil: z.iso.datetime().describe("the last fact that arrived: nothing is known of later"),
}).describe("what was counted, chosen or guessed");
export type Counting = z.infer<typeof counting>;

export const choicesReply = z.object({
  suggested: counting,
  observedFrom: z.iso.datetime().nullable(),
  events: z.array(z.object({ name: z.string(), count: z.number().int(), isPurchase: z.boolean() })).describe("facts of this workspace, most frequent first, at most 200"),
  amounts: z.array(z.object({ name: z.string(), count: z.number().int(), mean: z.number() })).describe("properties of the purchases that hold money"),
  currencies: z.array(z.object({ name: z.string(), count: z.number().int() })),
  traits: z.array(z.string()),
});
export type ChoicesReply = z.infer<typeof choicesReply>;

export const curvePoint = z.object({ time: z.number().describe("in the unit of the reply"), share, ...interval, atRisk: z.number().int() });
export const survivalReply = z.object({
  counting,
  period: period.describe("customers who first came in it, or, by a feeling, when the feeling was asked for; the clock then starts at its end"),
  startsAt: z.enum(["first", "periodEnd", "trait"]),
  unit: z.enum(["day", "week", "month", "year"]),
  curves: z.array(z.object({
    name: z.string().nullable().describe("null: of no group, or all"),
    count: z.number().int(),
    left: z.number().int(),
    cameBack: z.number().int().nullable().describe("of those who were gone by the rule, how many came back later; null where leaving is for good"),
    isHidden: z.boolean().describe("fewer than 5 customers: nothing is shown of them"),
    watchedTo: z.number().describe("nobody of the group was watched for longer"),
    points: z.array(curvePoint).describe("the share still there, a point wherever it changes, at most 240"),
    median: z.object({ time: z.number().nullable(), ...interval }),
    marks: z.array(z.object({ time: z.number(), share, ...interval, atRisk: z.number().int() })).describe("at even times, with how many were still watched"),
  })),
  logRank: test.describe("whether the groups leave alike; customers of no group are left out"),
});
export type SurvivalReply = z.infer<typeof survivalReply>;

export const cohortsReply = z.object({
  counting,
  period,
  bucket: z.enum(["week", "month"]),
  cohorts: z.array(z.object({
    start: z.iso.date(),
    size: z.number().int(),
    cells: z.array(z.object({
      number: z.number().int().describe("weeks or months after the first purchase; 0 is that of the first purchase itself"),
      active: z.number().int(), share, ...interval, amount: z.number().nullable(),
      isPartial: z.boolean().describe("the time is not over, or was not watched to its end"),
    })),
  })),
  all: z.array(z.object({ number: z.number().int(), size: z.number().int(), active: z.number().int(), share, ...interval })).describe("all cohorts that could be watched so long"),
});
export type CohortsReply = z.infer<typeof cohortsReply>;

export const survivalCustomersReply = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string().nullable(), days: z.number().describe("until they left, or were last watched; with left=trait in its unit"), hasLeft: z.boolean() })),
  nextCursor: z.string().nullable(),
});
export type SurvivalCustomersReply = z.infer<typeof survivalCustomersReply>;

const groupShare = z.object({ count: z.number().int(), share, ...interval }).nullable();
const amounts = z.object({ mean: z.number(), ...interval, median: z.number(), total: z.number() }).nullable();
export const outcomeGroup = z.object({
  name: z.string().describe("best, middle, worst, or none: asked for a feeling but not known; else the value of the trait"),
  count: z.number().int(),
  isHidden: z.boolean().describe("fewer than 5 customers: nothing is shown of them"),
  again: groupShare.describe("bought within the days after the period"),
  left: groupShare.describe("met the fact that means leaving; null when none was named"),
  amount: amounts.describe("per customer within the days after the period; who bought nothing counts as 0"),
  adjusted: z.object({ share, ...interval, mean: z.number().nullable(), meanLow: z.number().nullable(), meanHigh: z.number().nullable() }).nullable(),
});
export type OutcomeGroup = z.infer<typeof outcomeGroup>;
export const groupsReply = z.object({
  counting,
  period: period.describe("when the feeling was asked for"),
  watched: period.describe("the days after it, in which the outcome is looked for"),
  daysWatched: z.number().describe("fewer than asked for where the facts end before"),
  by: groupingKey,
  groups: z.array(outcomeGroup),
  tests: z.object({ again: test, amount: test }).describe("chi-square of buying again, Kruskal–Wallis of amounts; customers of no group are left out"),
  contrast: z.object({
    better: z.string(), worse: z.string(),
    amount: z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable(),
    odds: z.object({ ratio: z.number(), low: z.number(), high: z.number() }).nullable().describe("of buying again, within customers alike in the trait chosen, or among all (Mantel–Haenszel)"),
  }).nullable(),
  adjustment: z.object({ trait: z.string(), strata: z.number().int(), leftOut: share.describe("customers in strata where a group is missing") }).nullable(),
  otherCurrencies: z.number().int().describe("purchases in other currencies, left out of the money"),
});
export type GroupsReply = z.infer<typeof groupsReply>;

export const outcomeCustomersReply = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string().nullable(), purchases: z.number().int(), amount: z.number().nullable(), lastAt: z.iso.datetime().nullable() })),
  nextCursor: z.string().nullable(),
});
export type OutcomeCustomersReply = z.infer<typeof outcomeCustomersReply>;
