import { z } from "zod";
import { metricKey, summaryQuery } from "../metrics/metrics.contract.ts";

export const changesQuery = summaryQuery;

const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

export const levelChange = z.object({
  metric: metricKey,
  count: z.number().int().describe("answers of the period, on the scale most of them use"),
  previousCount: z.number().int(),
  difference: z.number().describe("against the period before at the same weekdays, in the unit of the metric"),
  low: z.number(),
  high: z.number(),
  p: z.number().describe("two-sided, of this comparison alone, as alerts compare levels: by how days and weeks differ here beyond chance. Control many together"),
});
export type LevelChange = z.infer<typeof levelChange>;

export const changesReply = z.object({
  period,
  previous: period,
  changes: z.array(levelChange).describe("in the order asked for; without those that alerts would not look at either: fewer than ten answers, or fewer than 30 or two weeks of answers before"),
  isTooLong: z.boolean().describe("one of the periods is longer than three years: nothing is compared by days"),
});
export type ChangesReply = z.infer<typeof changesReply>;
