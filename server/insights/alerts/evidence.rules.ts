// Freezes what an alert rests on, in the unit that is shown.
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import { z95 } from "../../customers/scores/normal.rules.ts";
import type { Evidence, WatchedName } from "./alerts.contract.ts";
import { startOf } from "./days.rules.ts";
import { sumOf, weekdayOf, type LevelBefore, type LevelSeries } from "./levels.rules.ts";
import { yearsBetween } from "./thresholds.rules.ts";
import type { VolumeBefore, VolumeSeries } from "./volumes.rules.ts";
import type { OpenAlert } from "./watch.rules.ts";
import { kindOf, shownFactor, unitOf } from "./watched.rules.ts";

const daysShown = 56;

export const freezeEvidence = (given: { what: WatchedName; sides: 1 | 2; alert: OpenAlert; series: LevelSeries | VolumeSeries; timeZone: string }): Evidence => {
  const { what, alert, timeZone } = given;
  const { finding } = alert;
  const factor = shownFactor(what);
  const at = (step: number): string => new Date(startOf(what, step, timeZone)).toISOString();
  return {
    unit: unitOf(what), from: at(finding.from), to: at(finding.end + 1), count: finding.count, countBefore: finding.countBefore,
    value: finding.value * factor, expected: finding.expected * factor, difference: finding.difference * factor, low: finding.low * factor, high: finding.high * factor,
    ...("isLowGood" in given.series && given.series.isLowGood === true ? { isLowGood: true } : {}),
    yearsBetween: Math.min(1000, yearsBetween(kindOf(what), finding.statistic, given.sides)),
    points: pointsOf(given.series, alert).map((point) => ({ at: at(point.step), value: scaled(point.value, factor), low: scaled(point.low, factor), high: scaled(point.high, factor) })),
  };
};

type Point = { step: number; value: number | null; low: number | null; high: number | null };

const scaled = (value: number | null, factor: number): number | null => (value === null ? null : Math.round(value * factor * 1000) / 1000);

const pointsOf = (series: LevelSeries | VolumeSeries, { finding, before }: OpenAlert): Point[] =>
  "values" in series ? ("variance" in before ? levelPoints(series, before, finding.end) : []) : "perSlot" in before ? volumePoints(series, before, finding.end) : [];

// Each day by itself, with the band its number of answers leaves to chance.
const levelPoints = (series: LevelSeries, before: LevelBefore, end: number): Point[] => {
  const [lowest, highest] = [series.values[0] ?? 0, series.values.at(-1) ?? 1];
  return Array.from({ length: Math.min(daysShown, end - series.first + 1) }, (_, index) => Math.max(series.first, end - daysShown + 1) + index).map((step) => {
    const counts = series.days[step - series.first] ?? [];
    const { count, sum } = sumOf(series.values, counts);
    if (count === 0) return { step, value: null, low: null, high: null };
    const expected = before.weekdays[weekdayOf(step)]?.mean ?? before.mean;
    const half = z95 * Math.sqrt((before.dispersion * before.variance) / count);
    return { step, value: sum / count, low: Math.max(lowest, expected - half), high: Math.min(highest, expected + half) };
  });
};

// Stretches of 24 hours that end with the look.
const volumePoints = (series: VolumeSeries, before: VolumeBefore, end: number): Point[] => {
  const days = Math.min(28, Math.floor((end - series.first + 1) / 24));
  return Array.from({ length: days }, (_, index) => end - (days - index) * 24 + 1).map((step) => {
    let [value, expected] = [0, 0];
    for (let hour = step; hour < step + 24; hour += 1) {
      value += series.hours[hour - series.first] ?? 0;
      expected += before.perSlot[series.slots[hour - series.first] ?? 0] ?? 0;
    }
    const half = z95 * Math.sqrt(before.dispersion * expected);
    return { step, value, low: Math.max(0, expected - half), high: expected + half };
  });
};

/** Of the opinions given, the share that found it useful; null while nobody has said. */
export const precisionOf = (useful: number, notUseful: number): { share: number; low: number; high: number } | null => {
  const interval = wilsonInterval(useful, useful + notUseful);
  return interval === null ? null : { share: useful / (useful + notUseful), ...interval };
};
