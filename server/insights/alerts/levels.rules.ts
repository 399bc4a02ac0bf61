// Whether a level (a mean or a share of answers) moved beyond what chance explains: every look compares the last 1, 3, 7, 14 and 28 days with the
// eight weeks before them.
import { leastVariance } from "../../customers/scores/intervals.rules.ts";
import { z95 } from "../../customers/scores/normal.rules.ts";
import type { SameCustomers } from "../../customers/scores/same-customers.rules.ts";
import { t95 } from "../../customers/scores/student.rules.ts";
import { twoMeansRatio, type Distribution } from "./likelihood.rules.ts";
import type { Finding, Scene, Sign } from "./findings.rules.ts";

/** Answers per local day and value, also in parts. `first` counts days from 1 January 1970, which was a Thursday. `isLowGood`: the good end of the scale lies below. */
export type LevelSeries = { first: number; values: readonly number[]; days: readonly (readonly number[])[]; isLowGood?: boolean };

export const levelWindows = [1, 3, 7, 14, 28] as const;
export const baselineDays = 56;
const fewestDays = 14;
const fewestRecent = 10;
const fewestBefore = 30;
// A weekday of a hundred answers is believed half. Source: variance of a typical answer (0.7) over that of typical weekdays (0.08²).
const dampingAnswers = 100;

/** The levels usual before a window: what it is compared with, and frozen in the alert. */
export type LevelBefore = {
  count: number;
  mean: number;
  variance: number;
  counts: number[];
  /** Monday first, damped towards the mean of all where there is little history. */
  weekdays: { mean: number; count: number; believed: number }[];
  /** How much more days differ from one another than chance explains; 1 or more. */
  dispersion: number;
};

/** How a stretch of days is tested where many of its customers answered in the eight weeks before as well; null: as one of strangers. */
export type SameBefore = (stretch: { from: number; end: number }) => Pick<SameCustomers, "spread" | "degrees"> | null;

/** The strongest change on one side over the windows that end with a day.
 *  @param beforeOf what was usual before a day: see `levelBefore`
 *  @param look.end the last complete day  @param look.sign 1 for a rise, -1 for a fall
 *  @returns null when there is too little to say anything, or nothing on that side */
export const lookAtLevels = (
  series: LevelSeries,
  beforeOf: (from: number) => LevelBefore | null,
  look: Pick<Scene, "notBefore"> & { end: number; sign: Sign },
  sameBefore: SameBefore = () => null,
): Finding | null => {
  let strongest: Finding | null = null;
  for (const window of levelWindows) {
    const from = look.end - window + 1;
    if (from < look.notBefore) continue;
    const before = beforeOf(from);
    const alone = before === null ? null : compareLevel(series, before, { from, end: look.end });
    const found = alone === null || sizeOf(alone) < lookedUp ? alone : asOfSame(alone, sameBefore({ from, end: look.end }));
    if (found !== null && Math.sign(found.difference) === look.sign && found.statistic > (strongest?.statistic ?? 0)) strongest = found;
  }
  return strongest;
};

// No spread makes an alarm of a smaller one.
const lookedUp = 0.5;

/** By how many standard errors something differs, squared; where the costly ratio was left out, of the difference itself. */
const sizeOf = ({ statistic, difference, low, high }: Finding): number => (statistic > 0 ? 2 * statistic : ((2 * z95 * difference) / (high - low)) ** 2);

// Few customers tell their own spread badly: the same chance as under Student's distribution, as a statistic of many.
// Source: Wallace, Annals of Mathematical Statistics 1959.
const asOfSame = (found: Finding, same: ReturnType<SameBefore>): Finding => {
  if (same === null) return found;
  const { spread, degrees } = same;
  const size = ((8 * degrees + 1) / (8 * degrees + 3)) ** 2 * degrees * Math.log1p(sizeOf(found) / spread / degrees);
  const half = ((found.high - found.low) / 2) * Math.sqrt(spread) * (t95(degrees) / z95);
  return { ...found, statistic: size / 2, low: found.difference - half, high: found.difference + half };
};

/** What was usual in the eight weeks before a day, or in more days, without those left out; null while that is under two weeks or 30 answers. */
export const levelBefore = (series: LevelSeries, from: number, scene: Scene, lengthDays: number = baselineDays): LevelBefore | null => {
  const counts = series.values.map(() => 0);
  const weekdays = Array.from({ length: 7 }, () => ({ count: 0, sum: 0 }));
  const days: { weekday: number; count: number; sum: number }[] = [];
  let firstDay = from;
  for (let day = from - 1; day >= from - lengthDays; day -= 1) {
    const tally = series.days[day - series.first];
    if (tally === undefined || scene.isLeftOut(day)) continue;
    const { count, sum } = sumOf(series.values, tally);
    if (count === 0) continue;
    firstDay = day;
    for (const [box, own] of tally.entries()) counts[box] = (counts[box] ?? 0) + own;
    const weekday = weekdays[weekdayOf(day)];
    if (weekday !== undefined) { weekday.count += count; weekday.sum += sum; }
    days.push({ weekday: weekdayOf(day), count, sum });
  }
  const { count, sum, squares } = sumOf(series.values, counts);
  if (count < fewestBefore || from - firstDay < fewestDays) return null;
  const mean = sum / count;
  const variance = Math.max(squares / count - mean ** 2, leastVariance((series.values.at(-1) ?? 1) - (series.values[0] ?? 0), count));
  const usual = weekdays.map((own) => {
    const believed = own.count / (own.count + dampingAnswers);
    return { count: own.count, believed, mean: own.count === 0 ? mean : mean + believed * (own.sum / own.count - mean) };
  });
  return { count, mean, variance, counts, weekdays: usual, dispersion: dispersionOf(days, { mean, variance, weekdays: usual }) };
};

/** Some days against what was usual; null for under ten answers. */
export const compareLevel = (series: LevelSeries, before: LevelBefore, window: { from: number; end: number }): Finding | null => {
  const counts = series.values.map(() => 0);
  const perWeekday = Array.from({ length: 7 }, () => 0);
  let [count, total] = [0, 0];
  for (let day = window.from; day <= window.end; day += 1) {
    const tally = series.days[day - series.first];
    if (tally === undefined) continue;
    for (const [box, own] of tally.entries()) counts[box] = (counts[box] ?? 0) + own;
    const { count: own, sum } = sumOf(series.values, tally);
    perWeekday[weekdayOf(day)] = (perWeekday[weekdayOf(day)] ?? 0) + own;
    count += own;
    total += sum;
  }
  if (count < fewestRecent) return null;
  const mean = total / count;
  const { expected, effectiveCount } = expectedOf(before, perWeekday, count);
  const difference = mean - expected;
  const error = Math.sqrt(before.dispersion * before.variance * (1 / count + 1 / effectiveCount));
  const found = { from: window.from, end: window.end, count, countBefore: before.count, value: mean, expected, difference, low: difference - z95 * error, high: difference + z95 * error };
  // Nearly all looks end here, and the costly ratio is for the few others.
  if (Math.abs(difference) < error) return { ...found, statistic: 0 };
  const pooled: Distribution = { values: series.values, counts: counts.map((own, box) => own + (before.counts[box] ?? 0)) };
  const ratio = twoMeansRatio(pooled, { count, mean: before.mean + difference }, { count: effectiveCount, mean: before.mean });
  return { ...found, statistic: ratio / before.dispersion };
};

// Usual level of the same weekdays, and of how many answers that is worth: a damped weekday rests on its own answers and on those of all.
const expectedOf = (before: LevelBefore, perWeekday: readonly number[], count: number): { expected: number; effectiveCount: number } => {
  let [expected, errors, shared] = [0, 0, 0];
  for (const [weekday, usual] of before.weekdays.entries()) {
    const share = (perWeekday[weekday] ?? 0) / count;
    if (share === 0) continue;
    expected += share * usual.mean;
    if (usual.count > 0) errors += (share * usual.believed) ** 2 / usual.count;
    shared += share * (1 - usual.believed);
  }
  return { expected, effectiveCount: 1 / (errors + (1 - (1 - shared) ** 2) / before.count) };
};

// Days, and weeks of them, against chance: whichever differ more. Some quiet days and weeks are added, so that few are not overrated.
const dispersionOf = (days: readonly { weekday: number; count: number; sum: number }[], usual: Pick<LevelBefore, "mean" | "variance" | "weekdays">): number => {
  const chi = (count: number, sum: number, expected: number): number => (sum - expected) ** 2 / (count * usual.variance);
  let byDay = 0;
  const weeks: { count: number; sum: number; expected: number }[] = [];
  for (const [index, { weekday, count, sum }] of days.entries()) {
    const expected = count * (usual.weekdays[weekday]?.mean ?? usual.mean);
    byDay += chi(count, sum, expected);
    const week = (weeks[Math.floor(index / 7)] ??= { count: 0, sum: 0, expected: 0 });
    week.count += count;
    week.sum += sum;
    week.expected += expected;
  }
  const byWeek = weeks.reduce((total, { count, sum, expected }) => total + chi(count, sum, expected), 0);
  return Math.max(1, (byDay + 14) / (days.length - 1 + 14), (byWeek + 4) / (weeks.length - 1 + 4));
};

/** How many answers there are, and what they and their squares come to. */
export const sumOf = (values: readonly number[], counts: readonly number[]): { count: number; sum: number; squares: number } => {
  let [count, sum, squares] = [0, 0, 0];
  for (const [box, own] of counts.entries()) {
    const value = values[box] ?? 0;
    count += own;
    sum += own * value;
    squares += own * value * value;
  }
  return { count, sum, squares };
};

/** 0 Monday … 6 Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
