import { listOffsets, type Period } from "#customers";
import type { Services } from "#platform/services";
import { readAnsweredWithin } from "../metrics/outreach.ts";
import { answeringDays } from "../metrics/outreach-parts.rules.ts";
import type { Selection } from "../metrics/metrics.queries.ts";
import { readSelection } from "../metrics/selection.ts";
import { findCustomMetric, type CustomMetricRow } from "../metrics/custom-metrics.queries.ts";
import { ownMetric } from "../metrics/metric-kinds.rules.ts";
import { readRows } from "../metrics/metric-rows.ts";
import { readCaseBasis, readCaseDays } from "../need-facts/case-days.ts";
import type { MeasureName } from "../need-facts/need-facts.contract.ts";
import type { AlertFilters, LevelName, WatchedName } from "./alerts.contract.ts";
import { cellsPerValue, dayMs, hourMs, levelSeries, startOf, volumeSeries } from "./days.rules.ts";
import { listThemeFamily } from "./subjects.ts";
import { countHours, tallyDays, tallyFormulaDays, type DayRow, type TalliedName } from "./tallies.queries.ts";
import { eyeForLevels, eyeForVolumes, type Eye } from "./watch.rules.ts";
import type { LevelSeries } from "./levels.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";
import { isLevel, lagOf, measureOf, smallestInSeries } from "./watched.rules.ts";

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
    const series = levelSeries(what, await readDays(services, selection, what, { timeZone, themeIds, filters }), span);
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

/** What a rule's series rests on that may change under it, and the days between a day and the look at it. */
export const readBasis = async (services: Services, workspaceId: string, { what, filters }: Pick<Watching, "what" | "filters">): Promise<{ basis: string | null; lagDays: number }> => {
  const measure = measureOf(what);
  if (measure !== null) {
    const { text, maturingDays } = await readCaseBasis(services, workspaceId, measure);
    return { basis: text, lagDays: maturingDays };
  }
  const own = what === "custom" ? await findCustomMetric(services.db, workspaceId, filters.metric ?? "") : null;
  return { basis: own === null ? null : JSON.stringify([own.surveyId, own.formula, own.scaleMin, own.scaleMax]), lagDays: lagOf(what) };
};

type Reading = { timeZone: string; themeIds: readonly string[]; filters: AlertFilters };

const readDays = async (services: Services, selection: Selection, what: LevelName, { timeZone, themeIds, filters }: Reading): Promise<DayRow[]> => {
  const measure = measureOf(what);
  if (measure !== null) return readCases(services, { selection, timeZone }, measure);
  if (what === "custom") return readFormulaDays(services, { selection, timeZone }, await findCustomMetric(services.db, selection.workspaceId, filters.metric ?? ""));
  if (isTallied(what)) return tallyDays(services.analytics, selection, what, { offsets: listOffsets(selection, timeZone), themeIds });
  const days = await readAnsweredWithin(services, { selection, filters: {}, timeZone }, answeringDays);
  return days.flatMap(({ day, asked, answered }) => sharesOf(day, asked, answered));
};

const isTallied = (what: LevelName): what is TalliedName => what !== "response_rate" && what !== "custom" && measureOf(what) === null;

const sharesOf = (day: string, count: number, counted: number): DayRow[] =>
  [{ box: 0, count: count - counted }, { box: 1, count: counted }].map((part) => ({ day, scaleMin: null, scaleMax: null, ...part }));

type Asked = { selection: Selection; timeZone: string };

const readCases = async (services: Services, asked: Asked, measure: MeasureName): Promise<DayRow[]> =>
  (await readCaseDays(services, asked, measure)).flatMap(({ day, count, over }) => sharesOf(day, count, over));

// A formula is worked out response by response, for so many at a time: a year of a busy survey is more than one figure may take.
const FORMULA_DAYS = 28;

const readFormulaDays = async (services: Services, { selection, timeZone }: Asked, own: CustomMetricRow | null): Promise<DayRow[]> => {
  if (own === null) return [];
  const scale = { min: own.scaleMin, max: own.scaleMax };
  const found = { metric: ownMetric(`custom:${own.id}`, own), own };
  const all: DayRow[] = [];
  for (let fromMs = selection.fromMs; fromMs < selection.toMs; fromMs += FORMULA_DAYS * dayMs) {
    const whole = { ...selection, fromMs, toMs: Math.min(fromMs + FORMULA_DAYS * dayMs, selection.toMs) };
    await inHalves(whole, async (part) => {
      const source = await readRows(services, selection.workspaceId, found, { period: part, filters: {} });
      all.push(...(await tallyFormulaDays(services.analytics, part, { source, scale, cellsPerValue: cellsPerValue(scale), offsets: listOffsets(part, timeZone) })));
    });
  }
  return all;
};

const HALVED_TO_MS = 60_000;

/** Does something for a period, or for its halves where that would be more responses than are worked out at a time.
 *  @throws answers_too_many where there are as many in a minute */
export const inHalves = async <Span extends Period>(part: Span, work: (part: Span) => Promise<void>): Promise<void> => {
  try {
    await work(part);
  } catch (error) {
    const middle = Math.floor((part.fromMs + part.toMs) / 2);
    if (Object(error).code !== "answers_too_many" || part.toMs - part.fromMs <= HALVED_TO_MS) throw error;
    await inHalves({ ...part, toMs: middle }, work);
    await inHalves({ ...part, fromMs: middle }, work);
  }
};

const counter = (first: number, counts: readonly number[]): Counter => (from, to) =>
  counts.slice(Math.max(0, from - first), Math.max(0, to - first + 1)).reduce((sum, count) => sum + count, 0);
