import type { AskedDay } from "../../feedback/reports/outreach-days.contract.ts";
import { usualScales } from "../../customers/scores/scales.rules.ts";
import type { BucketName, DimensionName } from "./metrics.contract.ts";
import { plainBox, type Part } from "./tallied-parts.rules.ts";

/** How people asked on one day are grouped: by when, by what way, in which language, about which survey. */
export type AskedSplit = "all" | "channel" | "survey" | "language" | "day" | "month" | "weekday";

const scale = usualScales.response_rate;

/** Response rates are compared by who was asked so many days ago or longer, and who of them answered within so many days: else whoever was asked lately, and
 *  had no time to answer, would make every last period look worse. Most who answer at all do so in the first days, and with a longer wait less could be
 *  compared. Source: decision 23, as alerts watch them. */
export const answeringDays = 3;

/** People asked as two boxes, not answered and answered, under the name of their group.
 *  @param manner of the period before instead of this one; only those who had all the days for an answer, by whether they answered within these */
export const partsOfAsked = (days: readonly AskedDay[], by: AskedSplit, { isBefore = false, isSettled = false } = {}): (Part & { name: string })[] =>
  [...Map.groupBy(days.filter((day) => day.isBefore === isBefore), (day) => nameOf(day, by))].flatMap(([name, own]) => {
    const asked = own.reduce((sum, day) => sum + (isSettled ? day.settled : day.asked), 0);
    const answered = own.reduce((sum, day) => sum + (isSettled ? day.settledAnswered : day.answered), 0);
    const boxes = [plainBox(0, asked - answered), plainBox(1, answered)];
    return boxes.filter(({ count }) => count > 0).map((box) => ({ name, scale, box }));
  });

const nameOf = ({ day, channel, surveyId, language }: AskedDay, by: AskedSplit): string => {
  switch (by) {
    case "all":
      return "";
    case "channel":
      return channel;
    case "survey":
      return surveyId;
    case "language":
      return language;
    case "day":
      return day;
    case "month":
      return day.slice(0, 7);
    case "weekday":
      return String(weekdayOf(day));
  }
};

/** How people asked are grouped by what answers are split by: by way and survey; the rest is not known of them. */
export const askedSplitOf = (by: DimensionName | null): "all" | "channel" | "survey" => (by === "channel" || by === "survey" ? by : "all");

/** The day a bucket starts on. */
export const bucketOfDay = (day: string, bucket: BucketName): string => {
  switch (bucket) {
    case "day":
      return day;
    case "week":
      return addDays(day, 1 - weekdayOf(day));
    case "month":
      return `${day.slice(0, 7)}-01`;
  }
};

/** 1 for Monday to 7. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
