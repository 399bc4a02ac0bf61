import { listOffsets } from "#customers";
import type { Services } from "#platform/services";
import { readSelection } from "../metrics/selection.ts";
import type { AlertFilters, WatchedName } from "./alerts.contract.ts";
import { hourMs, levelSeries, startOf, volumeSeries } from "./days.rules.ts";
import { countHours, tallyDays } from "./tallies.queries.ts";
import { eyeForLevels, eyeForVolumes, type Eye } from "./watch.rules.ts";
import type { LevelSeries } from "./levels.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";
import { isLevel, smallestInSeries } from "./watched.rules.ts";

export type Watching = { what: WatchedName; filters: AlertFilters; smallestChange: number };

/** A series with eyes for it. `countBetween` is of steps, both counted. */
export type WatchedSeries = { eye: Eye; series: LevelSeries | VolumeSeries; countBetween: (from: number, to: number) => number };

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
  if (isLevel(what)) {
    const series = levelSeries(what, await tallyDays(services.analytics, selection, what, listOffsets({ fromMs, toMs }, timeZone)), span);
    const sums = series.days.map((day) => day.reduce((sum, count) => sum + count, 0));
    return { series, eye: eyeForLevels(series, smallest), countBetween: counter(series.first, sums) };
  }
  const series = volumeSeries(await countHours(services.analytics, selection, what), { from: Math.floor(fromMs / hourMs), to: Math.floor(toMs / hourMs) - 1 }, timeZone);
  return { series, eye: eyeForVolumes(series, smallest), countBetween: counter(series.first, series.hours) };
};

const counter = (first: number, counts: readonly number[]) => (from: number, to: number): number =>
  counts.slice(Math.max(0, from - first), Math.max(0, to - first + 1)).reduce((sum, count) => sum + count, 0);
