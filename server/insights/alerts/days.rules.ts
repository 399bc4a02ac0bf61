// Turns rows of the store into series, and steps of series into instants and days.
import { listOffsets, localDay, readPeriod } from "../../customers/scores/periods.rules.ts";
import { bandOf, boxesOf, boxOf, isScoreable, usualScales } from "../../customers/scores/scales.rules.ts";
import type { MeasureName, Scale } from "../../customers/scores/scores.contract.ts";
import type { LevelName, WatchedName } from "./alerts.contract.ts";
import type { LevelSeries } from "./levels.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";
import { isLevel, lagOf } from "./watched.rules.ts";

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

// Answers that were given late in the evening are stored a little later; then a day is looked at, and an hour.
const graceOfDayMs = 15 * 60_000;
const graceOfHourMs = 5 * 60_000;

export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
export const dayName = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** The last day or hour that can be looked at at an instant: the last that is over, by the workspace's clock.
 *  @param lagDays between a day and the look at it */
export const lastStep = (what: WatchedName, nowMs: number, timeZone: string, lagDays = lagOf(what)): number =>
  isLevel(what) ? dayNumber(localDay(nowMs - graceOfDayMs, timeZone)) - 1 - lagDays : Math.floor((nowMs - graceOfHourMs) / hourMs) - 1;

/** When a step begins. */
export const startOf = (what: WatchedName, step: number, timeZone: string): number => {
  if (!isLevel(what)) return step * hourMs;
  return readPeriod({ from: dayName(step), to: dayName(step + 1) }, timeZone, 0)?.fromMs ?? step * dayMs;
};

/** When the next day or hour is over. */
export const nextLook = (what: WatchedName, nowMs: number, timeZone: string, lagDays = lagOf(what)): Date => {
  const next = lastStep(what, nowMs, timeZone, lagDays) + 2 + lagDays;
  return new Date(startOf(what, next, timeZone) + (isLevel(what) ? graceOfDayMs : graceOfHourMs));
};

/** So many answers of one value on one local day; `sum`: what they come to, where the value is that of the box or cell they lie in. */
export type DayRow = { day: string; scaleMin: number | null; scaleMax: number | null; box: number; count: number; sum?: number };

/** A day on which so many of all are counted. */
export const sharesOf = (day: string, count: number, counted: number): DayRow[] =>
  [{ box: 0, count: count - counted }, { box: 1, count: counted }].map((part) => ({ day, scaleMin: null, scaleMax: null, ...part }));

/** What has a level: what rules watch, and every metric. */
export type Levelled = LevelName | MeasureName;

/** Answers per day on one scale, from one day to another, both counted.
 *  Scores of groups become -1, 0 and 1 (net) or 0 and 1 (share); means keep their values, also between those of the scale.
 *  @param scale without it the one most answers use */
export const levelSeries = (what: Levelled, rows: readonly DayRow[], span: { from: number; to: number }, scale: Scale = mainScale(what, rows)): LevelSeries => {
  const values = valuesOf(what, scale);
  const days = Array.from({ length: Math.max(0, span.to - span.from + 1) }, () => values.map(() => 0));
  for (const row of rows) {
    const day = days[dayNumber(row.day) - span.from];
    const index = day === undefined ? -1 : placeOf(what, scale, { row, values });
    if (day?.[index] === undefined) continue;
    const { lower, above } = isMean(what) ? spreadOver(values, index, row) : { lower: index, above: 0 };
    day[lower] = (day[lower] ?? 0) + row.count - above;
    if (above > 0) day[lower + 1] = (day[lower + 1] ?? 0) + above;
  }
  return { first: span.from, values, days, ...(scale.max < scale.min && isMean(what) ? { isLowGood: true } : {}) };
};

// Parts of powers of two add up to whole numbers again.
const partsOfOne = 2 ** 30;

// Answers between two values count in part as each, so that they come to what they did: kept at the lower, 4.0 and 4.9 were the same. They then vary as much as
// such answers can, or more. Source: Bhatia & Davis, American Mathematical Monthly 2000.
const spreadOver = (values: readonly number[], index: number, { count, sum }: DayRow): { lower: number; above: number } => {
  const [lowest, last] = [values[0] ?? 0, values.length - 1];
  if (sum === undefined || count === 0 || last < 1) return { lower: index, above: 0 };
  const place = Math.min(last, Math.max(0, ((sum / count - lowest) * last) / ((values[last] ?? 1) - lowest)));
  const lower = Math.floor(place);
  return { lower, above: Math.round(count * (place - lower) * partsOfOne) / partsOfOne };
};

/** Formulas have fractions, and answers to them are counted in cells rather than at whole values, with what they come to beside them: at twelfths of a short scale, so that halves, thirds and
 *  quarters are exact, and at as fine a part of a longer one as makes no more cells than 120.
 *  @returns cells to a value of the scale */
export const cellsPerValue = ({ min, max }: Scale): number => [12, 6, 4, 2].find((cells) => cells * Math.abs(max - min) <= 120) ?? 1;

const placeOf = (what: Levelled, scale: Scale, { row, values }: { row: DayRow; values: readonly number[] }): number => {
  if (what === "custom") return row.box;
  const value = valueOf(what, scale, row);
  return value === null ? -1 : values.indexOf(value);
};

type GivenName = "nps" | "csat" | "ces" | "stars" | "rating";
const isGiven = (what: Levelled): what is GivenName => what === "nps" || what === "csat" || what === "ces" || what === "stars" || what === "rating";
const isMean = (what: Levelled): boolean => what === "ces" || what === "stars" || what === "rating" || what === "custom";

/** The scale most answers use. */
export const mainScale = (what: Levelled, rows: readonly DayRow[]): Scale => {
  if (what === "custom") return { min: rows[0]?.scaleMin ?? usualScales.custom.min, max: rows[0]?.scaleMax ?? usualScales.custom.max };
  if (!isGiven(what)) return { min: -1, max: 1 };
  const counts = new Map<string, { scale: Scale; count: number }>();
  for (const row of rows) {
    const scale = { min: row.scaleMin ?? usualScales[what].min, max: row.scaleMax ?? usualScales[what].max };
    const key = `${scale.min} ${scale.max}`;
    if (isScoreable(what, scale)) counts.set(key, { scale, count: (counts.get(key)?.count ?? 0) + row.count });
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count)[0]?.scale ?? usualScales[what];
};

const valuesOf = (what: Levelled, scale: Scale): number[] => {
  if (what === "nps" || what === "sentiment" || what.startsWith("need_")) return [-1, 0, 1];
  if (what === "custom") return Array.from({ length: Math.abs(scale.max - scale.min) * cellsPerValue(scale) + 1 }, (_, cell) => Math.min(scale.min, scale.max) + cell / cellsPerValue(scale));
  return isMean(what) ? boxesOf(scale).toSorted((one, other) => one - other) : [0, 1];
};

const valueOf = (what: Levelled, scale: Scale, row: DayRow): number | null => {
  if (!isGiven(what)) return row.box;
  const own = { min: row.scaleMin ?? usualScales[what].min, max: row.scaleMax ?? usualScales[what].max };
  const box = own.min === scale.min && own.max === scale.max ? boxOf(scale, row.box) : null;
  if (box === null || isMean(what)) return box;
  const band = bandOf(what, scale, box);
  if (what === "csat") return band === "satisfied" ? 1 : 0;
  return band === "promoters" ? 1 : band === "detractors" ? -1 : 0;
};

/** Counts per hour with the hours of the local week they are. */
export const volumeSeries = (rows: readonly { hour: number; count: number }[], span: { from: number; to: number }, timeZone: string): VolumeSeries => {
  const length = Math.max(0, span.to - span.from + 1);
  const hours = Array.from({ length }, () => 0);
  for (const { hour, count } of rows) if (hours[hour - span.from] !== undefined) hours[hour - span.from] = count;
  const pieces = listOffsets({ fromMs: span.from * hourMs, toMs: (span.to + 1) * hourMs }, timeZone);
  let piece = 0;
  const slots = hours.map((_, index) => {
    const ms = (span.from + index) * hourMs;
    while ((pieces[piece + 1]?.fromMs ?? Number.POSITIVE_INFINITY) <= ms) piece += 1;
    const local = Math.floor((ms + (pieces[piece]?.offsetSeconds ?? 0) * 1000) / hourMs);
    // 1 January 1970 was a Thursday.
    return (((local + 72) % 168) + 168) % 168;
  });
  return { first: span.from, hours, slots };
};
