import { z } from "zod";
import { bandName, bucketName, definition, evidenceName, measureNames, scale } from "../../customers/scores/scores.contract.ts";

export type { BandName, BucketName, Definition, EvidenceName, MeasureName, MetricName, Scale } from "../../customers/scores/scores.contract.ts";

export const dimensionNames = ["touchpoint", "channel", "stage", "environment", "product", "survey", "source", "team", "department", "member"] as const;
export const dimensionName = z.enum(dimensionNames);
export type DimensionName = z.infer<typeof dimensionName>;

/** Metrics every workspace has; `custom:<id>` are those its members wrote as a formula. */
export const metricKeys = measureNames.filter((name) => name !== "custom");
export const metricKey = z
  .union([z.enum(metricKeys), z.templateLiteral(["custom:", z.uuid()])])
  .describe(`one of ${metricKeys.join(", ")}, or custom:<id of a formula of your own>`);
export type MetricKey = z.infer<typeof metricKey>;

/** Ways to split a metric. Team and department are those of the member who served, on the day of it; a persona is a segment with a story. `language` and `emotion` are of comments; `month` and `weekday` are those of the workspace's clock. */
export const splitNames = [...dimensionNames, "segment", "persona", "language", "emotion", "month", "weekday"] as const;
export const splitKey = z
  .union([z.enum(splitNames), z.templateLiteral(["trait:", z.string().max(100)])])
  .describe(`one of ${splitNames.join(", ")}, or trait:<name of a trait>, by its value at the time of the answer`);
export type SplitKey = z.infer<typeof splitKey>;

/** A name, or several by repeating the key (`?channel=web&channel=shop`); the empty text means "not named". */
const names = z
  .union([z.string().max(300), z.array(z.string().max(300)).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();
const surveyId = z.union([z.uuid(), z.literal("")]);
const ids = z
  .union([surveyId, z.array(surveyId).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

/** A day (`2026-05-01`, in the workspace's time zone) or an instant with its offset (`2026-05-01T08:00:00Z`). */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** What every metrics request may narrow. Ranges are half open: from <= at < to. Without `to` the range ends now,
 *  without `from` it is 90 days long; a day as `to` is itself left out. */
const filters = {
  from: moment.optional(),
  to: moment.optional(),
  touchpoint: names,
  channel: names,
  stage: names,
  environment: names.describe("where the customer was, as the register says of the touchpoint"),
  product: names.describe("what it was about"),
  source: names,
  survey: ids,
  segment: ids.describe("ids of segments or contact lists: customers who are in one of them now"),
  persona: ids.describe("the same of segments that are personas, beside `segment`"),
  trait: names.describe("`name=value`: customers who had this value when they answered; values of one name are alternatives"),
  member: ids.describe("ids of members who served in the interaction the answer is about"),
  team: ids.describe("ids of teams they were in then"),
  department: names.describe("that team belonged to then"),
  weekday: names.describe("1 (Monday) to 7, by the workspace's clock"),
  language: names.describe("of comments; sentiment and needs only, and the response rate by the language of the invitation"),
  emotion: names.describe("of comments; sentiment and needs only"),
};
/** `1-7` or, where the low end is the good one, `5-1`: worst answer first. */
const scaleText = z.string().regex(/^-?\d{1,4}-\d{1,4}$/u).optional();

export const metricFilters = z.object(filters);
export type MetricFilters = z.infer<typeof metricFilters>;
/** Filters that hold for every fact and feeling; languages and emotions are of comments alone. */
export type NarrowingName = Exclude<keyof MetricFilters, "from" | "to" | "weekday" | "language" | "emotion">;

const otherScale = scale.extend({ count: z.number().int() });

const points = z.number().nullable();

const interval = { score: points, low: points, high: points };

export const change = z.object({
  previousCount: z.number().int(),
  previousScore: points,
  previousLow: points,
  previousHigh: points,
  difference: points.describe("score, or where `compared` is set its score, minus previous score"),
  z: points.describe("difference in standard errors; null with under 10 answers on a side, as p is"),
  p: points.describe("two-sided, of means by Welch's t test"),
  isSignificant: z.boolean().describe("p < 0.05; show an arrow only then"),
  sameCustomers: z
    .object({ both: z.int(), customers: z.int() })
    .optional()
    .describe("where three in ten of the customers of a period answered in the other: each is compared with themselves, and so many of them answered in both. Of very many answers, of every so-manieth customer"),
  compared: z
    .object({ answeringDays: z.number().int(), count: z.number().int(), score: points })
    .nullable()
    .describe("response rate only: both sides are of people asked at least so many days ago, by whether they answered within so many days; this one of the period, previousCount and previousScore of the one before. Null: all answers are compared"),
}).meta({ id: "Change" });
export type Change = z.infer<typeof change>;

export const weightedScore = z.object({
  ...interval,
  effectiveCount: z.number().describe("Kish: (sum of weights)² / sum of squared weights"),
  designEffect: z.number(),
  isUnsteady: z.boolean().describe("design effect above 2: few answers carry most of the weight"),
  change: change.nullable(),
});
export type WeightedScore = z.infer<typeof weightedScore>;

const band = z.object({ name: bandName, count: z.number().int(), share: z.number().describe("0–1 of count") });
const box = z.object({ value: z.number(), count: z.number().int(), share: z.number() });
const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

const unit = z.enum(["points", "percent", "scale"]).describe("points −100…100, percent 0…100, scale = the scale's own values");
const title = z.string().describe("what to call the metric");

export const metricSummary = z.object({
  metric: metricKey,
  title,
  unit,
  scale: scale.describe("the scale most answers use; answers on other scales are never mixed in"),
  otherScales: z.array(otherScale).describe("answers to the same question on other scales, left out of every number here"),
  count: z.number().int(),
  ...interval,
  outOf: z.number().int().nullable().describe("needs only: how many comments were read; count of them speak of the need"),
  evidence: evidenceName,
  bands: z.array(band).describe("best first; adds up to count"),
  distribution: z.array(box).describe("every value of the scale, worst first, also those nobody gave"),
  mean: points,
  share: z
    .object({ band: bandName, ...interval })
    .nullable()
    .describe("ces: percent of answers above the middle (5–7 of 7); stars: percent with the best value; with its Wilson interval"),
  change: change.nullable().describe("against the period before; null when either period is empty"),
  weighted: weightedScore.nullable().describe("null when every answer weighs the same"),
  definition,
}).meta({ id: "MetricSummary" });
export type MetricSummary = z.infer<typeof metricSummary>;

export const summaryQuery = z.object({
  ...filters,
  metrics: z
    .union([metricKey, z.array(metricKey).min(1).max(20)])
    .transform((given) => (typeof given === "string" ? [given] : given))
    .optional()
    .describe("which metrics, by repeating the key; without it nps, csat and ces"),
  compareFrom: moment.optional().describe("with compareTo: compare with this period instead of the one just before"),
  compareTo: moment.optional(),
});
export const summaryReply = z.object({
  period,
  previous: period,
  timeZone: z.string(),
  metrics: z.array(metricSummary).describe("in the order asked for; nps, csat and ces when none is"),
});
export type SummaryReply = z.infer<typeof summaryReply>;

export const trendQuery = z.object({
  ...filters,
  metric: metricKey.default("nps"),
  bucket: bucketName.optional().describe("without it: days up to 35 days, weeks up to 400 days, else months"),
  scale: scaleText,
});
export const trendPoint = z.object({
  ...period.shape,
  count: z.number().int(),
  ...interval,
  evidence: evidenceName,
  weighted: z.object(interval).nullable(),
});
export type TrendPoint = z.infer<typeof trendPoint>;
export const trendReply = z.object({
  metric: metricKey,
  title,
  unit,
  bucket: bucketName,
  timeZone: z.string(),
  period,
  scale,
  otherScales: z.array(otherScale),
  points: z.array(trendPoint).describe("every bucket of the period in order, empty ones too (count 0, score null: a gap in the line)"),
}).meta({ id: "Trend" });
export type TrendReply = z.infer<typeof trendReply>;

export const breakdownQuery = z.object({
  ...filters,
  metric: metricKey.default("nps"),
  by: splitKey,
  scale: scaleText,
});
const versusRest = z
  .object({ difference: z.number(), z: z.number(), p: z.number(), isDifferent: z.boolean().describe("passes Benjamini–Hochberg at 10 % over all groups tested") })
  .nullable();
export const breakdownGroup = z.object({
  value: z.string().nullable().describe("null: answers where it is not named; as a filter write the empty text"),
  label: z.string().nullable().describe("what a person should read; null when value is"),
  count: z.number().int(),
  ...interval,
  evidence: evidenceName,
  versusRest: versusRest.describe("against all other answers together, for the response rate as its change is compared; null when either side has under 10 answers"),
  weighted: z.object({ ...interval, versusRest }).nullable().describe("null where all answers of all groups weigh the same"),
}).meta({ id: "BreakdownGroup" });
export type BreakdownGroup = z.infer<typeof breakdownGroup>;
export const breakdownReply = z.object({
  metric: metricKey,
  title,
  unit,
  by: splitKey,
  period,
  scale,
  otherScales: z.array(otherScale),
  total: z.object({ count: z.number().int(), ...interval, evidence: evidenceName, weighted: z.object(interval).nullable().describe("null where all answers weigh the same") }),
  groups: z.array(breakdownGroup).describe("most answers first, months and weekdays in their order; at most 100"),
  groupsLeftOut: z.number().int().describe("further groups: those of fewer answers, of segments and personas those after the first 50 by name"),
  hiddenGroups: z.number().int().describe("groups of fewer than 5 people, and those by which they could be worked out; 0 where groups are not of people"),
  overlaps: z.boolean().describe("true by segment and persona: people may be in several, so groups need not add up to the total"),
  asOf: z.enum(["answer", "now"]).describe("whether groups are those of the time of the answer, or of today (segments and personas)"),
}).meta({ id: "Breakdown" });
export type BreakdownReply = z.infer<typeof breakdownReply>;

export const answer = z.object({
  id: z.uuid().describe("of the perception; behind a response rate, of the invitation or the person on a call list"),
  at: z.iso.datetime(),
  kind: z.string().describe("of the perception; `asked` behind a response rate"),
  value: z.number().nullable().describe("as it was given; for sentiment and needs what was read (1, 0, −1), for a formula what it gives, for a response rate 1 or 0"),
  scale: scale.nullable(),
  band: bandName.nullable(),
  comment: z.string().nullable().describe("what the same person wrote in the same response"),
  question: z.string().nullable().describe("what the comment answers, where it is one comment and somebody asked"),
  choices: z.array(z.string()).describe("what the same person ticked in the same response, in the words of the survey where they are known"),
  customer: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable().describe("null: nobody known"),
  touchpoint: z.string().nullable(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  source: z.string(),
  surveyId: z.uuid().nullable(),
  responseId: z.uuid().nullable(),
  weight: z.number(),
  isInferred: z.boolean(),
}).meta({ id: "AnswerBehind" });
export type Answer = z.infer<typeof answer>;

/** Where the line of a trend must not be read across, because what was measured changed. */
export const trendBreak = z.object({
  at: z.iso.datetime().describe("start of the bucket it happened in"),
  kind: z
    .enum(["wording", "scale", "channel_mix", "weighting_began", "weighting_changed", "weighting_ended", "model", "formula"])
    .describe("model: most comments before and after were read by different models; formula: somebody changed it that day, and all points are worked out by the new one"),
  survey: z.object({ id: z.uuid(), name: z.string(), version: z.number().int() }).nullable().describe("of a changed question"),
  before: z.string().nullable().describe("the question, scale, model, formula or range of weights before; the channel that lost most of its share"),
  after: z.string().nullable().describe("the same after; the channel that gained most"),
  chiSquare: z
    .object({ statistic: z.number(), degrees: z.number().int(), p: z.number(), cramersV: z.number().describe("size of the shift: 0.1 small, 0.3 medium, 0.5 large") })
    .nullable()
    .describe("of the shares of channels, or of light and heavy weights, against those of the bucket before"),
});
export type TrendBreak = z.infer<typeof trendBreak>;
export const breaksQuery = trendQuery.omit({ scale: true });
export const breaksReply = z.object({
  metric: metricKey,
  bucket: bucketName,
  breaks: z.array(trendBreak).describe("in order of time, at most 200"),
});
export type BreaksReply = z.infer<typeof breaksReply>;

export const answersQuery = z.object({
  ...filters,
  metric: metricKey.default("nps"),
  band: bandName.optional().describe("only the answers of one band of the metric"),
  value: z.coerce.number().optional().describe("only answers with this value"),
  scale: scaleText,
  cursor: z.string().max(200).optional().describe("`nextCursor` of the page before; empty for the first"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const answersReply = z.object({
  items: z.array(answer).describe("newest first"),
  nextCursor: z.string().nullable(),
});
export type AnswersReply = z.infer<typeof answersReply>;

export const latestQuery = z.object({ ...filters, limit: z.coerce.number().int().min(1).max(50).default(10) });
export const latestReply = z.object({ items: z.array(answer).describe("newest first, one per response, all metrics together") });
export type LatestReply = z.infer<typeof latestReply>;

/** The oldest and newest answer the workspace has, so that a screen can offer the period that holds something. */
export const spanReply = z.object({ first: z.iso.datetime().nullable(), last: z.iso.datetime().nullable(), count: z.number().int() });
export type SpanReply = z.infer<typeof spanReply>;
