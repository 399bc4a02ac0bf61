import { z } from "zod";
import { annotation } from "../annotations/annotations.contract.ts";
import { correctedBy, correctedShare, needName } from "../comments/comments.contract.ts";
import { dimensionName, metricFilters, metricKey, metricSummary } from "../metrics/metrics.contract.ts";

export type { DimensionName } from "../metrics/metrics.contract.ts";

export const explanationQuery = z.object({
  ...metricFilters.shape,
  metric: metricKey.default("nps"),
  top: z.coerce.number().int().min(1).max(12).default(5).describe("so many splits, those that tell most, and of each so many groups, those that brought most"),
});
export type ExplanationQuery = z.output<typeof explanationQuery>;

const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

export const contribution = z.object({
  value: z.string().nullable().describe("null: answers where it is not named, or, with isRest, all groups too small to be named here"),
  label: z.string().nullable(),
  isRest: z.boolean(),
  previousCount: z.number().int(),
  count: z.number().int(),
  previousScore: z.number().nullable().describe("null: no answers then"),
  score: z.number().nullable(),
  within: z.number().describe("part of the change that comes from this group's own score having moved"),
  mix: z.number().describe("part that comes from this group having become a larger or smaller share of all answers"),
  p: z.number().nullable().describe("of the group's own change, two-sided; null under 10 answers on a side"),
  isSignificant: z.boolean().describe("passes Benjamini-Hochberg at 10 % over the groups of this split"),
});
export type Contribution = z.infer<typeof contribution>;

export const explanation = z.object({
  metric: metricKey,
  title: z.string(),
  unit: metricSummary.shape.unit,
  period,
  previous: period,
  count: z.number().int().describe("with previousCount and score: of what is compared, see `change.compared`"),
  previousCount: z.number().int(),
  score: z.number().nullable(),
  low: z.number().nullable().describe("95% interval of the score; null where `change.compared` is set, which has none"),
  high: z.number().nullable(),
  change: metricSummary.shape.change.describe("against the period before; `p` and `isSignificant` as alerts decide, which is what Home tells: by the same weekdays, and beyond how days and weeks differ here. p is null where alerts would not look either: fewer than ten answers, fewer than 30 or two weeks of answers before, the same weekdays having moved the other way, or periods of more than three years"),
  splits: z
    .array(
      z.object({
        by: dimensionName,
        within: z.number().describe("all groups' own changes together"),
        mix: z.number().describe("all that comes from groups growing or shrinking"),
        contributions: z.array(contribution).describe("largest first; all groups together add up to the change, those beyond `top` are left out"),
      }),
    )
    .describe("the split that tells most comes first; splits with a single group, those that name fewer than a fifth of the answers, and those that part them as one before does, are left out"),
  needs: z
    .array(
      z.object({
        need: needName,
        share: z.number().describe("as read, as previousShare and difference are"),
        previousShare: z.number(),
        difference: z.number(),
        p: z.number(),
        isSignificant: z.boolean(),
        corrected: correctedShare.nullable().describe("share of the period as the summary of comments corrects it; null where `correctedBy` is"),
      }),
    )
    .nullable()
    .describe("unmet needs in the comments of the same answers' period and filters: those that moved most, surest first; null: left out"),
  comments: z.number().int().nullable().describe("comments read in the period; null: left out"),
  correctedBy,
  notes: z.array(annotation).nullable().describe("notes on days of either period; null: left out"),
  leftOut: z.array(z.object({ part: z.enum(["needs", "notes"]), ability: z.enum(["comments.read", "annotations.read"]) })).describe("what whoever asks may not read, with the ability that it takes"),
});
export type Explanation = z.infer<typeof explanation>;
