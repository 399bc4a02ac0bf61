// Groups so small that what they answered could be traced to people.
import type { Services } from "#platform/services";
import { isTooFewToShow } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { reportErrors } from "./report-selection.ts";
import type { Asked } from "./report-selection.ts";
import { countBoxes } from "./reports.queries.ts";
import type { Axis } from "./reports.queries.ts";

/** Whether so few responses fit the filters that nothing of them may be shown. Survey, version and time are no groups of people; whatever else
 *  narrows a report makes one. */
export const isGroupTooSmall = async (services: Services, { survey, selection }: Asked): Promise<boolean> => {
  const threshold = thresholdOf(survey);
  const isNarrowed = selection.traits.length > 0 || Object.keys(selection.cells).some((dimension) => dimension !== "version");
  if (threshold === 1 || !isNarrowed) return false;
  const fates = (await countBoxes(services.analytics, selection, { question: "" })).filter(({ kind }) => kind === "fate");
  return isTooFewToShow(fates.reduce((sum, { count }) => sum + count, 0), threshold);
};

/** @throws group_too_small */
export const refuseSmallGroup = async (services: Services, asked: Asked): Promise<void> => {
  if (!(await isGroupTooSmall(services, asked))) return;
  throw reportErrors.refuse("group_too_small", `Fewer than ${thresholdOf(asked.survey)} responses fit, and this survey shows no smaller groups. Remove a filter to see a larger one.`);
};

/** The groups along an axis that are large enough to be shown, and how many are not. */
export const withoutSmallGroups = <Group extends { count: number }>(survey: Asked["survey"], axis: Axis, groups: readonly Group[]): { shown: Group[]; hidden: number } => {
  const threshold = axis.kind === "time" || (axis.kind === "cell" && axis.dimension === "version") ? 1 : thresholdOf(survey);
  const shown = groups.filter(({ count }) => !isTooFewToShow(count, threshold));
  return { shown, hidden: groups.length - shown.length };
};

const thresholdOf = (survey: Asked["survey"]): number => readSettings(survey.settings).anonymityThreshold;
