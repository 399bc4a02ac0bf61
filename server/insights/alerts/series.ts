import { listOffsets } from "#customers";
import type { Services } from "#platform/services";
import { readAnsweredWithin } from "../metrics/outreach.ts";
import { answeringDays } from "../metrics/outreach-parts.rules.ts";
import type { Selection } from "../metrics/metrics.queries.ts";
import { readSelection } from "../metrics/selection.ts";
import type { AlertFilters, LevelName, WatchedName } from "./alerts.contract.ts";
import { hourMs, levelSeries, startOf, volumeSeries } from "./days.rules.ts";
import { listThemeFamily } from "./subjects.ts";
import { countHours, tallyDays, type DayRow } from "./tallies.queries.ts";
import { eyeForLevels, eyeForVolumes, type Eye } from "./watch.rules.ts";
import type { LevelSeries } from "./levels.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";
import { isLevel, smallestInSeries } from "./watched.rules.ts";

export type Watching = { what: WatchedName; filters: AlertFilters; smallestChange: number };

type Counter = (from: number, to: number) => number;

/** A series with eyes for it. Counts are of steps, both counted: `countBetween` of all there is, `countTold` of what tells that history was changed. */
export type WatchedSeries = { eye: Eye; series: LevelSeries | VolumeSeries; countBetween: Counter; countTold: Counter };

/** Steps a look needs before it: eight weeks of what is usual and the longest window, for days; and a week more for hours. */
export const stepsBefore = (what: WatchedName): number => (isLevel(what) ? 56 + 28 : 63 * 24);

/** Steps of a year, for looking back. */
export const stepsOfYear = (what: WatchedName): number => (isLevel(what) ? 365 : 365 * 24);

/** Reads what a rule watches, from one step to another, both counted. */
export const readSeries = async (services: Services, workspaceId: string, timeZone: string, watching: Watching, span: { from: number; to: number }): Promise<WatchedSeries> => {
  const { what, filters } = watching;
  const [fromMs, toMs] = [startOf(what, span.from, timeZone), startOf(what, span.to + 1, timeZone)];
  const period = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const { selection } = await readSelection(services, workspaceId, { ...filters, ...period });
  const smallest = smallestInSeries(what, watching.smallestChange);
  const themeIds = await listThemeFamily(services, workspaceId, filters.theme);
  if (isLevel(what)) {
    const series = levelSeries(what, await readDays(services, selection, what, { timeZone, themeIds }), span);
    const sums = series.days.map((day) => day.reduce((sum, count) => sum + count, 0));
    const countBetween = counter(series.first, sums);
    // Comments may be given other themes when those are looked for anew; all comments together stay as many.
    const countTold = what === "theme_share" ? counter(series.first, series.days.map(([, themed = 0]) => themed)) : countBetween;
    return { series, eye: eyeForLevels(series, smallest), countBetween, countTold };
  }
  const series = volumeSeries(await countHours(services.analytics, selection, what, themeIds), { from: Math.floor(fromMs / hourMs), to: Math.floor(toMs / hourMs) - 1 }, timeZone);
  const countBetween = counter(series.first, series.hours);
  return { series, eye: eyeForVolumes(series, smallest), countBetween, countTold: countBetween };
};

const readDays = async (services: Services, selection: Selection, what: LevelName, { timeZone, themeIds }: { timeZone: string; themeIds: readonly string[] }): Promise<DayRow[]> => {
  if (what !== "response_rate") return tallyDays(services.analytics, selection, what, { offsets: listOffsets(selection, timeZone), themeIds });
  const days = await readAnsweredWithin(services, { selection, filters: {}, timeZone }, answeringDays);
  return days.flatMap(({ day, asked, answered }) => [{ box: 0, count: asked - answered }, { box: 1, count: answered }].map((part) => ({ day, scaleMin: null, scaleMax: null, ...part })));
};

const counter = (first: number, counts: readonly number[]): Counter => (from, to) =>
  counts.slice(Math.max(0, from - first), Math.max(0, to - first + 1)).reduce((sum, count) => sum + count, 0);
