import { z } from "zod";
import { annotation } from "../annotations/annotations.contract.ts";
import { needName } from "../comments/comments.contract.ts";
import { dimensionName, metricFilters, metricKey, metricSummary } from "../metrics/metrics.contract.ts";

export type { DimensionName } from "../metrics/metrics.contract.ts";

export const explanationQuery = z.object({
  ...metricFilters.shape,
  metric: metricKey.default("nps"),
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
  change: metricSummary.shape.change,
  splits: z
    .array(
      z.object({
        by: dimensionName,
        within: z.number().describe("all groups' own changes together"),
        mix: z.number().describe("all that comes from groups growing or shrinking"),
        contributions: z.array(contribution).describe("largest first; they add up to the change"),
      }),
    )
    .describe("the split that tells most comes first; splits with a single group, those that name fewer than a fifth of the answers, and those that part them as one before does, are left out"),
  needs: z
    .array(z.object({ need: needName, share: z.number(), previousShare: z.number(), difference: z.number(), p: z.number(), isSignificant: z.boolean() }))
    .describe("unmet needs in the comments of the same answers' period and filters: those that moved most, surest first"),
  comments: z.number().int().describe("comments read in the period"),
  notes: z.array(annotation).describe("notes on days of either period"),
});
export type Explanation = z.infer<typeof explanation>;
