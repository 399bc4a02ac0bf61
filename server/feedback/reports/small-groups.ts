// Groups so small that what they answered could be traced to people.
import type { Services } from "#platform/services";
import { isTooFewToShow } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { ofEverybody } from "./report-selection.ts";
import type { Asked } from "./report-selection.ts";
import type { Axis, ReportSelection } from "./report-pieces.queries.ts";
import { reportErrors } from "./reports.errors.ts";
import { countBoxes } from "./reports.queries.ts";
import { hideSmallest } from "./small-groups.rules.ts";

/** Whether nothing may be shown of the responses that fit the filters: they are too few, or so few do not fit that they could be worked out by
 *  taking these from all. Survey, version and time are no groups of people; whatever else narrows a report makes one. */
export const isGroupTooSmall = async (services: Services, { survey, selection }: Asked): Promise<boolean> => {
  const threshold = thresholdOf(survey);
  const isNarrowed = selection.traits.length > 0 || selection.responseIds !== null || Object.keys(selection.cells).some((dimension) => dimension !== "version");
  if (threshold === 1 || !isNarrowed) return false;
  const [fitting, everybody] = await Promise.all([countResponses(services, selection), countResponses(services, ofEverybody(selection))]);
  return isTooFewToShow(fitting, threshold) || isTooFewToShow(everybody - fitting, threshold);
};

/** @throws group_too_small */
export const refuseSmallGroup = async (services: Services, asked: Asked): Promise<void> => {
  if (!(await isGroupTooSmall(services, asked))) return;
  throw reportErrors.refuse("group_too_small", `Fewer than ${thresholdOf(asked.survey)} responses fit, or do not fit, and this survey shows no smaller groups. Remove a filter to see a larger one.`);
};

/** The groups along an axis that may be shown, and how many may not.
 *  @param unseen people in the total who are in none of the groups */
export const withoutSmallGroups = <Group extends { count: number }>(survey: Asked["survey"], axis: Axis | null, groups: readonly Group[], unseen = 0): { shown: Group[]; hidden: number } => {
  const isOfNobody = axis !== null && (axis.kind === "time" || (axis.kind === "cell" && axis.dimension === "version"));
  return hideSmallest(groups, isOfNobody ? 1 : thresholdOf(survey), unseen);
};

/** The same of groups that share people: also those are hidden whom nearly everybody is in, since the few others would show. */
export const withoutTraceable = <Group extends { count: number }>(survey: Asked["survey"], total: number, groups: readonly Group[]): { shown: Group[]; hidden: number } => {
  const threshold = thresholdOf(survey);
  const shown = groups.filter(({ count }) => !isTooFewToShow(count, threshold) && !isTooFewToShow(total - count, threshold));
  return { shown, hidden: groups.length - shown.length };
};

/** Whether a survey shows small groups, so that nobody need count who could be traced. */
export const showsSmallGroups = (survey: Asked["survey"]): boolean => thresholdOf(survey) === 1;

const countResponses = async (services: Services, selection: ReportSelection): Promise<number> =>
  (await countBoxes(services.analytics, selection, { question: "" })).filter(({ kind }) => kind === "fate").reduce((sum, { count }) => sum + count, 0);

const thresholdOf = (survey: Asked["survey"]): number => readSettings(survey.settings).anonymityThreshold;
