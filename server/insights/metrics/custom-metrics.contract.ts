import { z } from "zod";

const name = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");
const description = z.string().trim().max(500).regex(/^[^\p{Cs}\0]*$/u, "plain text");
const formula = z.string().trim().min(1).max(500).describe("over ids of questions of the survey: `mean(speed, price)`, `(nps + 2 * effort) / 3`, `if(solved >= 1, 100, 0)`");
const end = z.int().min(-9999).max(9999);
const scaleMin = end.describe("the worst value the formula can give");
const scaleMax = end.describe("the best value; below scaleMin where low is good; at most 100 apart");

export const customMetric = z.object({
  id: z.uuid(),
  metric: z.templateLiteral(["custom:", z.uuid()]).describe("what to ask summary, trend, breakdown and answers for"),
  name: z.string(),
  description: z.string(),
  surveyId: z.uuid(),
  surveyName: z.string().nullable().describe("null when the survey is gone; then there are no answers either"),
  formula: z.string(),
  scaleMin: z.int(),
  scaleMax: z.int(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type CustomMetric = z.infer<typeof customMetric>;

export const newCustomMetric = z.object({ name, description: description.default(""), surveyId: z.uuid(), formula, scaleMin, scaleMax });
export type NewCustomMetric = z.output<typeof newCustomMetric>;
export const changedCustomMetric = z.object({ name, description, surveyId: z.uuid(), formula, scaleMin, scaleMax }).partial();
export type ChangedCustomMetric = z.output<typeof changedCustomMetric>;
export const customMetricList = z.object({ items: z.array(customMetric).describe("by name; a workspace has at most 200") });
