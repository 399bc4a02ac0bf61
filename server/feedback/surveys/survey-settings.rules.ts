import type { SurveySettings } from "./survey-settings.contract.ts";

/** Stands for an ending where all places are taken and the survey names no ending for that; no ending of a definition can have this id. */
export const FULL_ENDING_ID = "*";

/** Whether a survey takes answers now, and if not, why.
 *  @param survey `status` as its members set it */
export function standingOf(survey: { status: "draft" | "open" | "closed"; settings: Pick<SurveySettings, "opensAt" | "closesAt"> }, now: Date): "unknown" | "not_yet" | "open" | "closed" {
  if (survey.status === "draft") return "unknown";
  const { opensAt, closesAt } = survey.settings;
  if (survey.status === "closed" || (closesAt !== null && Date.parse(closesAt) <= now.getTime())) return "closed";
  return opensAt !== null && Date.parse(opensAt) > now.getTime() ? "not_yet" : "open";
}

/** The same for somebody who opens it: with all places taken it is closed, before anybody answers in vain.
 *  @param survey `placesTaken`: responses that count */
export function standingOfOpened(
  survey: Parameters<typeof standingOf>[0] & { settings: Pick<SurveySettings, "responseLimit">; placesTaken: number },
  now: Date,
): ReturnType<typeof standingOf> {
  const standing = standingOf(survey, now);
  const { responseLimit } = survey.settings;
  return standing === "open" && responseLimit !== null && survey.placesTaken >= responseLimit ? "closed" : standing;
}

/** Whether a group is so small that its answers could be traced to people.
 *  @param threshold smallest group that is shown, from the settings of the survey */
export function isTooFewToShow(n: number, threshold: number): boolean {
  return n > 0 && n < threshold;
}
