import { limitsOf, listOffsets } from "#customers";
import type { Services } from "#platform/services";
import type { Selection } from "../metrics/metrics.queries.ts";
import { readSelection } from "../metrics/selection.ts";
import { getMetric } from "../metrics/custom-metrics.ts";
import { findCustomMetric } from "../metrics/custom-metrics.queries.ts";
import { everyCustomerOf, readCustomerDays } from "../metrics/same-customers.ts";
import { readCaseBasis, readCaseDays } from "../need-facts/case-days.ts";
import type { AlertFilters, LevelName, WatchedName } from "./alerts.contract.ts";
import { basisFrom, type RuleBasis } from "./basis.rules.ts";
import { hourMs, levelSeries, mainScale, sharesOf, startOf, volumeSeries, type DayRow } from "./days.rules.ts";
import { readMetricDays } from "./metric-days.ts";
import { listThemeFamily } from "./subjects.ts";
import { countHours, tallyCustomerDays, tallyDays, type TalliedName } from "./tallies.queries.ts";
import { sameBeforeIn, type CustomersOfDays } from "./repeated.rules.ts";
import { eyeForLevels, eyeForVolumes, type Eye } from "./watch.rules.ts";
import type { LevelSeries } from "./levels.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";
import { factMeasures, isLevel, isOfComments, isOfFacts, lagOf, measureOf, smallestInSeries } from "./watched.rules.ts";

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
    const rows = await readDays(services, selection, what, { timeZone, themeIds, filters });
    const series = levelSeries(what, rows, span);
    const sums = series.days.map((day) => day.reduce((sum, count) => sum + count, 0));
    const countBetween = counter(series.first, sums);
    // Comments may be given other themes when those are looked for anew; all comments together stay as many.
    const countTold = what === "theme_share" ? counter(series.first, series.days.map(([, themed = 0]) => themed)) : countBetween;
    const days = await readSameDays(services, what, { selection, timeZone, themeIds, rows, perLook: (countBetween(span.from, span.to) * (stepsBefore(what) + 1)) / (span.to - span.from + 1) });
    return { series, eye: eyeForLevels(series, smallest, days === null ? undefined : sameBeforeIn({ ...days, countBetween })), countBetween, countTold };
  }
  const series = volumeSeries(await countHours(services.analytics, selection, what, themeIds), { from: Math.floor(fromMs / hourMs), to: Math.floor(toMs / hourMs) - 1 }, timeZone);
  const countBetween = counter(series.first, series.hours);
  return { series, eye: eyeForVolumes(series, smallest), countBetween, countTold: countBetween };
};

/** What a rule's series rests on that may change under it, and the days between a day and the look at it. */
export const readBasis = async (services: Services, workspaceId: string, { what, filters }: Pick<Watching, "what" | "filters">): Promise<{ basis: RuleBasis | null; lagDays: number }> => {
  const measure = measureOf(what);
  if (measure !== null) {
    const { maturingDays, ...basis } = await readCaseBasis(services, workspaceId, measure);
    return { basis: basisFrom({ kind: "facts", ...basis }), lagDays: maturingDays };
  }
  const own = what === "custom" ? await findCustomMetric(services.db, workspaceId, filters.metric ?? "") : null;
  return { basis: own === null ? null : basisFrom({ kind: "formula", ...own }), lagDays: lagOf(what) };
};

type Reading = { timeZone: string; themeIds: readonly string[]; filters: AlertFilters };

const readDays = async (services: Services, selection: Selection, what: LevelName, { timeZone, themeIds, filters }: Reading): Promise<DayRow[]> => {
  if (isOfFacts(what)) return (await readCaseDays(services, { selection, timeZone }, factMeasures[what])).flatMap(({ day, count, over }) => sharesOf(day, count, over));
  if (isTallied(what)) return tallyDays(services.analytics, selection, what, { offsets: listOffsets(selection, timeZone), themeIds });
  // A formula that is gone has no days.
  if (what === "custom" && (await findCustomMetric(services.db, selection.workspaceId, filters.metric ?? "")) === null) return [];
  const found = await getMetric(services, selection.workspaceId, what === "custom" ? `custom:${filters.metric ?? ""}` : what);
  return (await readMetricDays(services, [found], { selection, timeZone, filters: {} }))[0] ?? [];
};

type Sampled = Omit<CustomersOfDays, "countBetween">;

/** What customers answered or wrote day by day. Shares of cases and of people asked, and formulas, are told as of strangers. */
const readSameDays = async (services: Services, what: LevelName, given: { selection: Selection; timeZone: string; themeIds: readonly string[]; rows: readonly DayRow[]; perLook: number }): Promise<Sampled | null> => {
  if (isOfFacts(what) || what === "custom" || what === "response_rate" || given.rows.length === 0) return null;
  if (isTallied(what)) {
    const { selection, timeZone, themeIds } = given;
    const every = everyCustomerOf(given.perLook);
    return { every, span: 1, days: await tallyCustomerDays(services.analytics, selection, what, { offsets: listOffsets(selection, timeZone), themeIds, every }) };
  }
  const found = await getMetric(services, given.selection.workspaceId, what);
  const { measure } = found.metric;
  const scale = found.metric.limits ?? mainScale(measure, given.rows);
  const { low, high } = limitsOf({ metric: measure, scale });
  return { ...(await readCustomerDays(services, { found, scale, count: given.perLook }, { selection: given.selection, timeZone: given.timeZone, filters: {} })), span: high - low };
};

const isTallied = (what: LevelName): what is TalliedName => isOfComments(what) && what !== "sentiment";

const counter = (first: number, counts: readonly number[]): Counter => (from, to) =>
  counts.slice(Math.max(0, from - first), Math.max(0, to - first + 1)).reduce((sum, count) => sum + count, 0);
