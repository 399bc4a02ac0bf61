import { z } from "zod";
import { bandName, evidenceName, scale } from "../../customers/scores/scores.contract.ts";

/** A name, or several by repeating the key (`?channel=web&channel=qr`); the empty text means "not named". */
const names = z
  .union([z.string().max(300), z.array(z.string().max(300)).max(50)])
  .transform((given) => (typeof given === "string" ? [given] : given))
  .optional();

/** Ids of contact lists and live segments. Several at once are looked up one by one. */
const SEGMENTS_MAX = 8;
const segments = z.union([z.uuid(), z.array(z.uuid()).max(SEGMENTS_MAX)]).transform((given) => (typeof given === "string" ? [given] : given)).optional();

/** `wave` is the wave of the distribution a response was invited by, `<distribution>/<number>`. */
export const CELL_DIMENSIONS = ["channel", "language", "version", "touchpoint", "campaign", "wave"] as const;
export type CellDimension = (typeof CELL_DIMENSIONS)[number];

/** What a response was about beside what its report knows: where, what, and who served, as it was then. */
export const CIRCUMSTANCES = ["environment", "product", "team", "department", "member"] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];

/** What every report may narrow. Days are local to the workspace and half open: from <= day < to; without them all time. */
const filters = {
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  channel: names,
  language: names,
  version: names,
  touchpoint: names,
  campaign: names,
  wave: names.describe("`<distribution>/<number>`: who was invited in this wave; the empty text is who was not invited by name"),
  environment: names,
  product: names,
  team: names.describe("ids of teams that served, as they were then; the empty text is none"),
  department: names,
  member: names.describe("ids of members who served"),
  segment: segments.describe("people who are on one of these contact lists or in one of these live segments today"),
  trait: names.describe("`plan=gold`: customers with this trait when they answered; several of one name widen, several names narrow"),
};
export const ReportFilters = z.object(filters);
export type ReportFilters = z.infer<typeof ReportFilters>;

const isTrue = z.enum(["true", "false"]).transform((text) => text === "true").optional();
const weighted = isTrue.describe("also count every answer by its weight");
const compared = segments.describe("where segments are compared: which ones, side by side");
export const ReportQuery = z.object({ ...filters, weighted });

/** A column to group by: a circumstance of the response, a stretch of time, or `trait:plan`. */
export const GroupBy = z.union([z.enum([...CELL_DIMENSIONS, ...CIRCUMSTANCES, "week", "month", "quarter", "segment"]), z.templateLiteral(["trait:", z.string().min(1).max(100)])]);
export type GroupBy = z.infer<typeof GroupBy>;
export const GroupsQuery = z.object({ ...filters, weighted, question: z.string().max(40), by: GroupBy, compared });
export const WavesQuery = z.object({ ...filters, weighted, question: z.string().max(40), by: z.enum(["week", "month", "quarter", "version", "campaign", "wave"]).default("month") });

export const Correction = z.enum(["none", "bonferroni", "benjamini_hochberg"]);
export type Correction = z.infer<typeof Correction>;
export const CrosstabQuery = z.object({
  ...filters,
  weighted,
  rows: z.string().max(90).describe("id of the question down the side; of a matrix `question.row`"),
  columns: z.string().max(110).describe("id of the question across the top, or a column to group by such as `channel` or `trait:plan`, written `by:channel`"),
  compared,
  correction: Correction.default("bonferroni"),
});

const count = z.int();
const figure = z.number().nullable();
const interval = { score: figure, low: figure, high: figure };

export const ScoreMetric = z.enum(["nps", "csat", "ces", "rating"]);
export type ScoreMetric = z.infer<typeof ScoreMetric>;

const weightedScore = z.object({ ...interval, effectiveCount: z.number(), designEffect: z.number() }).nullable().describe("the same with every answer by its weight; null where it was not asked for");
export const ReportScore = z.object({
  metric: ScoreMetric,
  unit: z.enum(["points", "percent", "scale"]),
  scale,
  count,
  ...interval,
  evidence: evidenceName,
  mean: z.object({ value: z.number(), low: figure, high: figure }).nullable().describe("of the values themselves"),
  bands: z.array(z.object({ name: bandName.extract(["promoters", "passives", "detractors", "satisfied", "unsatisfied", "easy", "not_easy"]), count, share: z.number() })).describe("best first"),
  share: z.object({ band: bandName, ...interval }).nullable().describe("ces only: percent of 5–7 of 7"),
  weighted: weightedScore,
});
export type ReportScore = z.infer<typeof ReportScore>;

export const ReportBox = z.object({
  key: z.string(),
  label: z.string(),
  count,
  share: z.number().describe("0–1 of those who answered"),
  low: figure,
  high: figure,
  weightedShare: figure,
});
export type ReportBox = z.infer<typeof ReportBox>;

const estimate = { mean: figure, low: figure, high: figure, weightedMean: figure };
export const ReportOption = z.object({ key: z.string(), label: z.string(), count, ...estimate, firstShare: figure.describe("ranking: share of those who answered that put it first") });
export type ReportOption = z.infer<typeof ReportOption>;

export const ReportNumbers = z.object({
  ...estimate,
  median: figure,
  min: figure,
  max: figure,
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count })).describe("bins hold from <= value < to, the last one also its end"),
});
export type ReportNumbers = z.infer<typeof ReportNumbers>;

export const QuestionReport = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  count: count.describe("people who answered: skipped and dismissed are no answer and enter no share"),
  shown: count.describe("answered + skipped + left here"),
  skipped: count,
  left: count.describe("people who left the survey at this question"),
  evidence: evidenceName,
  score: ReportScore.nullable(),
  boxes: z.array(ReportBox),
  rows: z.array(z.object({ key: z.string(), label: z.string(), count, boxes: z.array(ReportBox) })).describe("of a matrix"),
  options: z.array(ReportOption).describe("mean ranks of a ranking, mean amounts of a constant sum"),
  numbers: ReportNumbers.nullable(),
  hasComments: z.boolean(),
});
export type QuestionReport = z.infer<typeof QuestionReport>;

const rate = z.object({ numerator: count, denominator: count, share: figure, low: figure, high: figure });

/** People asked by name on one way, and how many of them answered. Of calls, `delivered` are the people spoken to. */
export const Outreach = z.object({
  channel: z.enum(["email", "text", "interview"]),
  asked: count.describe("the denominator: people a mail or a text message was sent to, or who were called, in the period"),
  delivered: count,
  opened: count.nullable().describe("followed the link; null of calls"),
  answered: count,
  rate,
});
export type Outreach = z.infer<typeof Outreach>;

export const Rates = z.object({
  outreach: z.array(Outreach).describe("by way; those that are filtered for, and none where nobody was asked by name"),
  outreachUnknown: z.enum(["version", "touchpoint", "campaign", "trait", ...CIRCUMSTANCES]).nullable().describe("the filter that people who did not answer cannot be told by: then there is no response rate"),
  invited: count.nullable().describe("null: nobody was invited by name, so there is no such denominator"),
  delivered: count.nullable(),
  opened: count.nullable().describe("followed the link"),
  started: count.describe("complete + left half-way + still answering"),
  completed: count,
  partial: count,
  answering: count,
  screenedOut: count,
  overQuota: count,
  flagged: count,
  completionRate: rate.describe("completed of started"),
  responseRate: rate.nullable().describe("answered of asked by name, over all ways; whoever was asked in two ways counts in each. Null when nobody was asked in the period, or it is not known of whom is filtered"),
  medianSeconds: figure.describe("from opening to completion, complete responses"),
});
export type Rates = z.infer<typeof Rates>;

export const WeightingResult = z.object({
  isConverged: z.boolean(),
  rounds: count,
  gap: z.number().describe("largest difference left between a weighted share and its target, 0–1"),
  trimmed: count.describe("responses whose weight was cut"),
  lowest: z.number(),
  highest: z.number(),
  count,
  effectiveCount: z.number().describe("Kish: (sum of weights)² / sum of squared weights"),
  designEffect: z.number(),
  efficiency: z.number().describe("effective count / count, 0–1"),
  isUnsteady: z.boolean().describe("design effect above 2"),
  margins: z.array(z.object({
    dimension: z.string(),
    missingShare: z.number(),
    groups: z.array(z.object({ value: z.string(), target: z.number(), before: z.number(), after: z.number() })),
  })),
});
export type WeightingResult = z.infer<typeof WeightingResult>;

const label = z.string().nullable().describe("what people call it, where the value does not say it: waves and segments");
const options = z.array(z.object({ value: z.string(), label, count }));
export const Report = z.object({
  survey: z.object({ id: z.uuid(), name: z.string() }),
  period: z.object({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
  isTooFewToShow: z.boolean().describe("True when fewer responses fit the filters than the survey's anonymity threshold: then there are no numbers."),
  rates: Rates,
  questions: z.array(QuestionReport),
  dimensions: z.object({ channel: options, language: options, version: options, touchpoint: options, campaign: options, wave: options }).describe("what there is to filter by, whatever is filtered now"),
  circumstances: z.array(z.object({ name: z.enum(CIRCUMSTANCES), value: z.string(), label: z.string().nullable(), count })).describe("what else there is to filter by, most responses first, at most fifty of each; the empty value: not named"),
  traits: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  weighting: WeightingResult.nullable(),
});
export type Report = z.infer<typeof Report>;

const test = { difference: z.number(), z: z.number(), p: z.number() };
export const ReportGroup = z.object({
  value: z.string().nullable(),
  label,
  count,
  ...interval,
  evidence: evidenceName,
  weighted: weightedScore,
  versusRest: z.object({ ...test, isDifferent: z.boolean().describe("passes Benjamini–Hochberg at 10 % over all groups") }).nullable().describe("of the weighted scores where weights were asked for; null where groups overlap, are small or have no spread"),
});
const hiddenGroups = count.describe("groups left out because they have fewer responses than the survey's anonymity threshold, and further ones without which those could be worked out from the total");
export const Groups = z.object({
  question: z.string(), metric: ScoreMetric, scale, by: z.string(), total: z.object({ count, ...interval, evidence: evidenceName, weighted: weightedScore }), groups: z.array(ReportGroup),
  overlaps: z.boolean().describe("somebody is in several groups: they are no independent samples, so nothing is tested"), hiddenGroups,
});
export type Groups = z.infer<typeof Groups>;

export const Wave = z.object({
  key: z.string().describe("first day of the stretch, or the version, campaign or wave"),
  label,
  count,
  ...interval,
  evidence: evidenceName,
  weighted: weightedScore,
  change: z.object({ ...test, isSignificant: z.boolean() }).nullable().describe("against the wave before, unadjusted; of the weighted scores where weights were asked for; null for the first and where nothing can be tested"),
});
export const Waves = z.object({ question: z.string(), metric: ScoreMetric, scale, by: z.string(), waves: z.array(Wave), hiddenGroups });
export type Waves = z.infer<typeof Waves>;

export const CrosstabCell = z.object({ count, share: figure.describe("of the column"), weightedShare: figure, higherThan: z.string().describe("letters of the columns this share is significantly above; of the weighted shares on effective answers where weights were asked for") });
export const Crosstab = z.object({
  rows: z.object({ question: z.string(), title: z.string() }),
  columns: z.array(z.object({ key: z.string(), label: z.string(), letter: z.string(), count: count.describe("who answered the row question"), isTested: z.boolean().describe("at least 30 answers, where weighted 30 effective ones") })),
  lines: z.array(z.object({ key: z.string(), label: z.string(), count, share: figure, weightedShare: figure, cells: z.array(CrosstabCell) })),
  hiddenGroups,
  count,
  correction: Correction,
  isWeighted: z.boolean(),
  overlaps: z.boolean().describe("a person can stand in several columns: then nothing is tested"),
  chiSquare: z
    .object({ statistic: z.number(), degrees: count, p: z.number(), cramersV: z.number(), sparseShare: z.number().describe("share of cells with an expected count under 5; above 0.2 the test is unsafe") })
    .nullable()
    .describe("of the plain counts, also where shares are weighted: it does not hold for weighted ones. Null where answers overlap, or there is nothing to compare"),
});
export type Crosstab = z.infer<typeof Crosstab>;

export const WeightingTarget = z.object({
  dimension: z.string().max(110).describe("`channel`, `trait:plan`, or the id of a question with one choice"),
  groups: z.array(z.object({ value: z.string().min(1).max(300), share: z.number().min(0).max(1) })).min(2).max(50),
});
export const WeightingBody = z.object({
  targets: z.array(WeightingTarget).min(1).max(4),
  trimLow: z.number().min(0).max(1).default(0.3).describe("lowest weight, as a multiple of the mean"),
  trimHigh: z.number().min(1).max(100).default(3),
});
export type WeightingBody = z.infer<typeof WeightingBody>;
export const Weighting = z.object({ weighting: WeightingBody.nullable(), result: WeightingResult.nullable() });
export type Weighting = z.infer<typeof Weighting>;

export const CommentsQuery = z.object({
  question: z.string().max(40), search: z.string().trim().max(200).optional(),
  from: filters.from, to: filters.to,
  cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(100).default(25),
});
export const ReportComment = z.object({ responseId: z.uuid(), at: z.iso.datetime(), text: z.string(), channel: z.string(), language: z.string() });
export type ReportComment = z.infer<typeof ReportComment>;

export const JoinedQuery = z.object({
  survey: z.union([z.uuid(), z.array(z.uuid()).max(20)]).transform((given) => (typeof given === "string" ? [given] : given)),
  metric: ScoreMetric.default("nps"),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export const JoinedMetric = z.object({
  metric: ScoreMetric,
  scale,
  total: ReportScore,
  surveys: z.array(z.object({ id: z.uuid(), name: z.string(), questions: z.array(z.string()), count, ...interval, evidence: evidenceName })),
});
export type JoinedMetric = z.infer<typeof JoinedMetric>;
