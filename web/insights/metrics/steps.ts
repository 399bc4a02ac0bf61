import type { Query } from "../../shell/api.ts";
import type { BucketName } from "@firsthand/server/insights/metrics/metrics.contract";

/** The step to take instead where most steps that have answers have too few to be shown, and a longer one still leaves a course; null: the step is right.
 *  @param counts answers of each step */
export const longerBucket = (bucket: BucketName, counts: readonly number[], { from, to }: Query): BucketName | null => {
  const answered = counts.filter((count) => count > 0);
  const isMostlyThin = answered.filter((count) => count < fewestShown).length * 2 > answered.length;
  const next = ({ day: "week", week: "month", month: null } as const)[bucket];
  if (!isMostlyThin || next === null) return null;
  return lengthInDays({ from, to }) >= fewestPoints * (next === "week" ? 7 : 30) ? next : null;
};

/** Steps with fewer answers would jump between the ends of the scale and say nothing. */
export const fewestShown = 10;
const fewestPoints = 3;

const lengthInDays = ({ from, to }: Query): number => (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000;

/** Steps that give about a dozen points: fewer say little, more are noise. */
export const usualBucket = (query: Query): BucketName => {
  const days = lengthInDays(query);
  return days <= 21 ? "day" : days <= 190 ? "week" : "month";
};
