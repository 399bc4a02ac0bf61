import { z } from "zod";
import { evidenceName, scale } from "../../customers/scores/scores.contract.ts";
import { pageQuery } from "../../platform/http/paging.contract.ts";
import { Report, ReportQuery } from "../../feedback/reports/reports.contract.ts";

const figure = z.number().nullable();
const effect = z.object({ effect: z.number(), low: z.number(), high: z.number(), n: z.int() });

/** The low and the high third of a factor's scale against the middle one, in units of the outcome. */
export const Contrast = z.object({
  penalty: effect.describe("low third of the scale against the middle"),
  reward: effect.describe("high third of the scale against the middle"),
  balance: z.object({ value: z.number(), low: z.number(), high: z.number() }).describe("reward less the size of the penalty, per step of the factor"),
  shape: z.enum(["costs_more", "earns_more", "even"]).describe("whether the interval of the balance leaves 0 out, and on which side"),
});

export const Driver = z.object({
  factor: z.string(),
  lmg: z.number().describe("what the factor adds to R², mean over all orders of entering (LMG, Shapley); adds up to R²"),
  lmgShare: figure.describe("of R², 0–1"),
  lmgShareLow: figure.describe("95 % percentile bootstrap; null without bootstraps"),
  lmgShareHigh: figure,
  rankLow: figure.describe("95 % of the resampled ranks lie between rankLow and rankHigh; 1 is the most important"),
  rankHigh: figure,
  missingInfo: figure.describe("missing=multiple: how much of the variance of the share is owed to the gaps, 0–1; else null"),
  johnson: figure.describe("Johnson's relative weight; adds up to R²"),
  johnsonShare: figure,
  first: z.number().describe("R² of the factor alone"),
  last: z.number().describe("what it adds to all others"),
  pratt: figure.describe("standardised slope times correlation; can be negative"),
  slope: figure.describe("standardised, all factors together"),
  vif: figure.describe("variance inflation: 1 = nothing in common with the other factors"),
  n: z.int().describe("rows with this factor and the outcome"),
  correlation: z.number().describe("with the outcome"),
  mean: z.number(),
  meanLow: z.number(),
  meanHigh: z.number(),
  min: z.number().describe("lowest value of the scale, or of the data where there is no scale"),
  max: z.number(),
  performance: z.number().describe("the mean on 0–100 between min and max"),
  performanceLow: z.number(),
  performanceHigh: z.number(),
  contrast: Contrast.nullable().describe("null where a third of the scale holds fewer than 30 rows"),
});
export type Driver = z.infer<typeof Driver>;

/** What to beware of in a result. Screens and commands say each in their own words. */
export const DriverWarning = z.discriminatedUnion("code", [
  z.object({ code: z.literal("few_rows"), n: z.int() }),
  z.object({ code: z.literal("few_rows_per_factor"), n: z.int(), factors: z.int() }),
  z.object({ code: z.literal("rows_lost"), n: z.int(), of: z.int() }),
  z.object({ code: z.literal("pairs_differ"), fewest: z.int(), of: z.int() }),
  z.object({ code: z.literal("matrix_repaired") }),
  z.object({ code: z.literal("means_filled"), share: z.number() }),
  z.object({ code: z.literal("much_filled"), factor: z.string(), share: z.number() }),
  z.object({ code: z.literal("weights_unsteady"), designEffect: z.number() }),
  z.object({ code: z.literal("little_explained"), r2: z.number() }),
  z.object({ code: z.literal("halo"), meanCorrelation: z.number() }),
  z.object({ code: z.literal("inflated"), factor: z.string(), vif: z.number() }),
  z.object({ code: z.literal("direction_turns"), factor: z.string() }),
  z.object({ code: z.literal("order_open"), factor: z.string(), rivals: z.array(z.string()) }),
]);
export type DriverWarning = z.infer<typeof DriverWarning>;

export const Missing = z.enum(["listwise", "pairwise", "mean", "multiple"]).describe(
  "listwise: only rows where nothing is missing · pairwise: every correlation from the rows that have both its values · mean: gaps of a factor are filled with its mean · multiple: gaps are filled ten times with answers of people alike (predictive mean matching) and the results combined by Rubin's rules",
);
export type Missing = z.infer<typeof Missing>;

export const Drivers = z.object({
  n: z.int().describe("rows the result rests on; but for listwise: rows with the outcome and at least one factor"),
  rows: z.int().describe("rows there are"),
  outcomeRows: z.int().describe("rows with the outcome"),
  fewestRows: z.int().describe("rows behind the least supported correlation"),
  effectiveN: z.number().describe("Kish: (sum of weights)² / sum of squared weights; n without weights"),
  missing: Missing,
  filled: z.number().describe("share of the factors' values that were missing and are filled in, 0–1; 0 unless missing is mean or multiple"),
  imputations: z.int().describe("how many filled tables were combined; 0 unless missing is multiple"),
  r2: z.number().describe("share of the outcome's variance that goes with the factors, 0–1"),
  adjustedR2: z.number(),
  meanCorrelation: z.number().describe("mean correlation between factors"),
  bootstraps: z.int(),
  seed: z.int(),
  factors: z.array(Driver),
  warnings: z.array(DriverWarning),
});
export type Drivers = z.infer<typeof Drivers>;

/** Why there is no result. */
export const DriversFault = z.discriminatedUnion("fault", [
  z.object({ fault: z.literal("too_few_factors"), needed: z.int() }),
  z.object({ fault: z.literal("too_many_factors"), factors: z.int(), most: z.int() }),
  z.object({ fault: z.literal("too_few_rows"), n: z.int(), needed: z.int() }),
  z.object({ fault: z.literal("constant_outcome") }),
  z.object({ fault: z.literal("constant_factor"), factor: z.string() }),
  z.object({ fault: z.literal("collinear"), factor: z.string(), from: z.array(z.string()) }),
]);
export type DriversFault = z.infer<typeof DriversFault>;

const names = z.union([z.string().max(3_200), z.array(z.string().max(200)).max(50)]).transform((given) => (typeof given === "string" ? given.split(",") : given).map((name) => name.trim()).filter((name) => name !== ""));

export const SurveyDriversQuery = z.object({
  ...ReportQuery.shape,
  outcome: z.string().max(40).optional().describe("id of the question to explain; the survey's NPS, else its CSAT, CES or first rating"),
  factors: names.optional().describe("ids of two to fifteen questions or other factors as `questions` lists them, with commas between or by repeating the key; without them every other score that at least half of those answered who answered the outcome"),
  missing: Missing.default("listwise"),
});
export type SurveyDriversQuery = z.infer<typeof SurveyDriversQuery>;

export const FactorPart = z.enum(["all", "low", "middle", "high", "some", "none"]).describe(
  "all: whoever has the factor and the outcome · low, middle, high: thirds of the factor's scale, as in `contrast`; of a need unmet, not mentioned and met · some, none: whom it happened to or who spoke of it (a theme, a touchpoint, contacts, waiting), and the others",
);
export type FactorPart = z.infer<typeof FactorPart>;

export const DriverAnswersQuery = z.object({ ...SurveyDriversQuery.shape, ...pageQuery, factor: z.string().max(200).describe("one of those that are compared"), part: FactorPart.default("all") });
export type DriverAnswersQuery = z.infer<typeof DriverAnswersQuery>;

export const DriverAnswers = z.object({
  count: z.int().describe("responses in this part"),
  everyNth: z.int().describe("above 1 where only every so-manieth of very many responses was taken"),
  isTooFewToShow: z.boolean().describe("nothing is shown, because so few responses are in this part, or in none of it, that they could be traced to people: fewer than the survey's anonymity threshold"),
  items: z.array(z.object({
    responseId: z.uuid(),
    at: z.iso.datetime().describe("when it was completed, or saved last"),
    customer: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("null: nobody known"),
    outcome: z.number(), value: z.number().describe("of the factor"),
    comment: z.string().nullable().describe("what was written in the response"),
  })).describe("lowest outcome first"),
  nextCursor: z.string().nullable(),
});
export type DriverAnswers = z.infer<typeof DriverAnswers>;

export const DriverQuestion = z.object({
  id: z.string().describe(
    "of a question, or what else can be a factor: `need:EASY` and the like, what comments say about a need from -1 unmet to 1 met, 0 where it is not mentioned · `theme:<id>`, 1 where the comment is about it · `touchpoint:<name>`, 1 where the customer met it in the 30 days before · `effort:ces`, the customer's last score of effort elsewhere in these days from -1 to 1, `effort:contacts`, how often they turned to the organisation · `waiting:silence` and `waiting:remedy`, days as in /api/need-facts",
  ),
  title: z.string(), type: z.string().describe("need, theme, touchpoint, effort or waiting, or the type of the question"), scale: scale.nullable(),
  count: z.int().describe("answers on its scale that fit the filters; else of the whole survey: comments that were read or are about the theme, responses of customers who met the touchpoint or have such effort before them, and of waiting all responses of known customers"),
});
export type DriverQuestion = z.infer<typeof DriverQuestion>;

export const SurveyDrivers = z.object({
  survey: z.object({ id: z.uuid(), name: z.string() }),
  period: z.object({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
  questions: z.array(DriverQuestion).describe("what can be an outcome or a factor, in the order of the survey"),
  dimensions: Report.shape.dimensions,
  circumstances: Report.shape.circumstances,
  traits: Report.shape.traits,
  outcome: z.string().nullable().describe("id of the question that is explained; null where the survey asks for no number"),
  factors: z.array(z.string()),
  evidence: evidenceName.describe("by the fewest responses a correlation rests on"),
  isTooFewToShow: z.boolean().describe("fewer responses fit the filters than the survey's anonymity threshold"),
  fault: DriversFault.nullable().describe("why there is no result; under 30 responses there is none"),
  result: Drivers.nullable(),
  everyNth: z.int().describe("above 1 where only every so-manieth of very many responses was taken"),
});
export type SurveyDrivers = z.infer<typeof SurveyDrivers>;
