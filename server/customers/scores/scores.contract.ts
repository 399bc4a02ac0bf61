import { z } from "zod";

/** The three questions every screen knows. Each has its own formula, see `definition` in the reply. */
export const metricNames = ["nps", "csat", "ces"] as const;
export const metricName = z.enum(metricNames);
export type MetricName = z.infer<typeof metricName>;

/** What was read in comments about each of the six needs. */
export const needNames = ["need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right"] as const;

/** Everything the rules can score: the three questions, other scales, what was read in comments, who answered, and formulas of one's own. */
export const measureNames = [...metricNames, "stars", "rating", "sentiment", ...needNames, "response_rate", "custom"] as const;
export type MeasureName = (typeof measureNames)[number];

export const bucketNames = ["day", "week", "month"] as const;
export const bucketName = z.enum(bucketNames);
export type BucketName = z.infer<typeof bucketName>;

export const bandNames = [
  "promoters", "passives", "detractors", "satisfied", "unsatisfied", "easy", "not_easy", "top_box", "below_top", "upper", "lower",
  "positive", "neutral", "negative", "met", "both", "unmet", "answered", "unanswered",
] as const;
export const bandName = z.enum(bandNames);
export type BandName = z.infer<typeof bandName>;

/** How far a number may be trusted by its count alone: none = no answers, anecdotal = under 10 (read the comments instead),
 *  indicative = 10–29 (greyed), limited = 30–99 (interval stressed), normal = 100 and more. */
export const evidenceName = z.enum(["none", "anecdotal", "indicative", "limited", "normal"]);
export type EvidenceName = z.infer<typeof evidenceName>;

export const scale = z.object({
  min: z.number().describe("value of the worst answer"),
  max: z.number().describe("value of the best answer; below min when low is good"),
});
export type Scale = z.infer<typeof scale>;

export const definition = z.object({
  title: z.string(),
  formula: z.string(),
  interval: z.string(),
  comparison: z.string(),
  source: z.string(),
});
export type Definition = z.infer<typeof definition>;
