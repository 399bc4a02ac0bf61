import { formatDayWithYear } from "../../ui/dates.ts";
import { metricsTexts } from "../metrics/metrics.texts.ts";
import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { needFactsTexts } from "../need-facts/need-facts.texts.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { formatUnit } from "./tile-scores.ts";

/** A change as rare by chance is marked where it stands alone. */
const usualRate = 0.05;

/** What the numbers of a tile leave out or do not reckon with, for whoever relies on them. */
export const notesOf = (tile: MeasuredTile, { summary, trend, breakdown, bands, heat, isWeighted, fact }: Measured): string[] => {
  const elsewhere = (summary ?? breakdown ?? trend)?.otherScales.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const drawn = (bands ?? heat)?.length ?? breakdown?.groups.length ?? 0;
  const leftOut = breakdown === null ? 0 : breakdown.groupsLeftOut + breakdown.groups.length - drawn;
  const weighted = summary?.weighted?.score ?? null;
  const isUnweighted = [...(breakdown?.groups ?? []), ...(trend?.points ?? [])].some((part) => part.weighted !== null);
  const timed = tile.chart === "trend" ? trend?.points : tile.chart === "heat" ? heat?.[0]?.points : undefined;
  return [
    ...(summary?.change?.compared && tile.chart === "number" ? [dashboardsTexts.say("comparedWithin", { days: summary.change.compared.answeringDays })] : []),
    ...(tile.chart === "number" && summary?.change?.isSignificant === false && (summary.change.p ?? 1) < usualRate ? [dashboardsTexts.say("rareAlone")] : []),
    ...(trend?.metric === "response_rate" && tile.chart === "trend" ? [metricsTexts.say("mayYetAnswer")] : []),
    ...(fact !== null && timed !== undefined ? notesOfCourse(fact, timed, trend?.timeZone) : []),
    ...(breakdown?.overlaps === true ? [metricsTexts.say("overlapping")] : []),
    ...(breakdown !== null && breakdown.hiddenGroups > 0 ? [metricsTexts.say("hidden", { count: breakdown.hiddenGroups })] : []),
    ...(leftOut > 0 ? [dashboardsTexts.say("leftOut", { count: leftOut })] : []),
    ...(elsewhere > 0 ? [dashboardsTexts.say("otherScales", { count: elsewhere })] : []),
    ...(tile.chart === "answers" ? [] : isWeighted ? [countsAnswers(tile) ? dashboardsTexts.say("countedUnweighted") : metricsTexts.say("weighted")] : weighted !== null && summary !== null ? [dashboardsTexts.say("weightedIs", { score: formatUnit(summary.unit, weighted) })] : isUnweighted ? [dashboardsTexts.say("unweighted")] : []),
  ];
};

const notesOfCourse = ({ ageDays, ripeUntil }: NonNullable<Measured["fact"]>, points: readonly { to: string }[], timeZone: string | undefined): string[] => [
  ...(ageDays === null ? [] : [needFactsTexts.say("courseAged", { count: ageDays })]),
  ...(ripeUntil !== null && points.some(({ to }) => to > ripeUntil) ? [needFactsTexts.say("courseRipe", { day: formatDayWithYear(new Date(ripeUntil), timeZone) })] : []),
];

const countsAnswers = ({ chart }: MeasuredTile): boolean => chart === "stacked" || chart === "distribution";
