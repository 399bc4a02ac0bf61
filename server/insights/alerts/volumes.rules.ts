// Whether more or fewer things come in than usual: every hour the last 4 hours to 7 days are compared with the same hours of the week in the eight
// weeks before.
import { z95 } from "../../customers/scores/normal.rules.ts";
import { twoRatesRatio } from "./likelihood.rules.ts";
import type { Finding, Scene, Sign } from "./findings.rules.ts";

/** Counts per hour. `first` counts hours from 1970; `slots` are the hours of the local week, 0 = Monday from midnight, 167 = Sunday's last. */
export type VolumeSeries = { first: number; hours: readonly number[]; slots: readonly number[] };

export const volumeWindows = [4, 8, 24, 72, 168] as const;
const longestWindow = 168;
const baselineHours = 56 * 24;
const fewestHours = 14 * 24;
const fewestExpected = 5;
const dampingCount = 100;
const dampingWeekday = 20;

/** What usually comes in each hour of the week. */
export type VolumeBefore = { count: number; perSlot: number[]; perWeekday: number[]; perHour: number[]; dispersion: number };

/** The strongest change on one side over the windows that end with an hour.
 *  @param before what was usual: see `volumeBefore`
 *  @returns null when there is nothing on that side */
export const lookAtVolumes = (series: VolumeSeries, before: VolumeBefore, look: Pick<Scene, "notBefore"> & { end: number; sign: Sign }): Finding | null => {
  let strongest: Finding | null = null;
  for (const window of volumeWindows) {
    const from = look.end - window + 1;
    if (from < look.notBefore) continue;
    const found = compareVolume(series, before, { from, end: look.end });
    if (found !== null && Math.sign(found.difference) === look.sign && found.statistic > (strongest?.statistic ?? 0)) strongest = found;
  }
  return strongest;
};

/** What was usual up to a week before an hour, in at most eight weeks; null while that is under two weeks or 30 things. */
export const volumeBefore = (series: VolumeSeries, end: number, scene: Scene): VolumeBefore | null => {
  const until = end - longestWindow;
  const begin = Math.max(series.first, until - baselineHours + 1);
  const used: number[] = [];
  for (let hour = begin; hour <= until; hour += 1) {
    // Before the first thing ever there was nothing to count.
    if (used.length === 0 && (series.hours[hour - series.first] ?? 0) === 0) continue;
    if (!scene.isLeftOut(hour)) used.push(hour - series.first);
  }
  if (used.length < fewestHours) return null;
  const profile = profileOf(series, used);
  return profile.count < 30 ? null : { ...profile, dispersion: dispersionOf(series, used, profile.perSlot) };
};

/** Some hours against what is usual in them; null while fewer than five are expected and came. */
export const compareVolume = (series: VolumeSeries, before: VolumeBefore, window: { from: number; end: number }): Finding | null => {
  let [count, expected] = [0, 0];
  const [days, hours] = [new Set<number>(), new Set<number>()];
  for (let hour = window.from; hour <= window.end; hour += 1) {
    const slot = series.slots[hour - series.first] ?? 0;
    count += series.hours[hour - series.first] ?? 0;
    expected += before.perSlot[slot] ?? 0;
    days.add(Math.floor(slot / 24));
    hours.add(slot % 24);
  }
  if (expected < fewestExpected && (count < fewestExpected || expected === 0)) return null;
  const known = effectiveCount(before, days, hours);
  const difference = count - expected;
  const error = Math.sqrt(before.dispersion * (Math.max(expected, 1) + (expected * expected) / known));
  const ratio = twoRatesRatio({ count, exposure: expected }, { count: known, exposure: known });
  return {
    from: window.from, end: window.end, count, countBefore: before.count, value: count, expected, difference,
    low: difference - z95 * error, high: difference + z95 * error, statistic: ratio / before.dispersion,
  };
};

// What is usual on these weekdays and at these hours is known from those in the eight weeks only.
const effectiveCount = (before: VolumeBefore, days: ReadonlySet<number>, hours: ReadonlySet<number>): number => {
  const sum = (counts: readonly number[], wanted: ReadonlySet<number>): number => counts.reduce((total, count, index) => total + (wanted.has(index) ? count : 0), 0);
  return 1 / (1 / Math.max(1, sum(before.perWeekday, days)) + 1 / Math.max(1, sum(before.perHour, hours)));
};

// Weekdays times hours, working days and weekends apart; both are damped towards the average, and so say little while little is known.
const profileOf = (series: VolumeSeries, used: readonly number[]): Omit<VolumeBefore, "dispersion"> => {
  const [perWeekday, hoursOfWeekday, perHour] = [Array.from({ length: 7 }, () => 0), Array.from({ length: 7 }, () => 0), Array.from({ length: 24 }, () => 0)];
  const byKind = [Array.from({ length: 24 }, () => 0), Array.from({ length: 24 }, () => 0)];
  let count = 0;
  for (const index of used) {
    const [slot, own] = [series.slots[index] ?? 0, series.hours[index] ?? 0];
    const [weekday, hour] = [Math.floor(slot / 24), slot % 24];
    count += own;
    perWeekday[weekday] = (perWeekday[weekday] ?? 0) + own;
    hoursOfWeekday[weekday] = (hoursOfWeekday[weekday] ?? 0) + 1;
    perHour[hour] = (perHour[hour] ?? 0) + own;
    const kind = byKind[kindOf(weekday)];
    if (kind !== undefined) kind[hour] = (kind[hour] ?? 0) + own;
  }
  const perDay = (count / used.length) * 24;
  const shares = byKind.map((kind) => {
    const total = kind.reduce((sum, own) => sum + own, 0);
    return kind.map((own, hour) => (own + (dampingCount * (perHour[hour] ?? 0)) / Math.max(1, count)) / (total + dampingCount));
  });
  const perSlot = Array.from({ length: 168 }, (_, slot) => {
    const weekday = Math.floor(slot / 24);
    const seenDays = (hoursOfWeekday[weekday] ?? 0) / 24;
    // The average counts as much as so many things: a busy weekday seen once is believed nearly whole, a quiet one hardly.
    const assumedDays = Math.min(2, dampingWeekday / Math.max(perDay, 1e-9));
    const usual = ((perWeekday[weekday] ?? 0) + perDay * assumedDays) / (seenDays + assumedDays);
    return usual * (shares[kindOf(weekday)]?.[slot % 24] ?? 0);
  });
  return { count, perSlot, perWeekday, perHour };
};

const kindOf = (weekday: number): number => (weekday < 5 ? 0 : 1);

// Stretches of four hours, a day and a week against chance: whichever differ more. Some quiet ones are added, so that few are not overrated.
const dispersionOf = (series: VolumeSeries, used: readonly number[], perSlot: readonly number[]): number =>
  Math.max(1, ...[4, 24, 168].map((length) => {
    const blocks = new Map<number, { count: number; expected: number }>();
    for (const index of used) {
      const key = Math.floor((series.first + index) / length);
      const block = blocks.get(key) ?? { count: 0, expected: 0 };
      block.count += series.hours[index] ?? 0;
      block.expected += perSlot[series.slots[index] ?? 0] ?? 0;
      blocks.set(key, block);
    }
    const quiet = 672 / length;
    let [sum, weight] = [quiet, quiet];
    for (const { count, expected } of blocks.values()) {
      if (expected < 0.5) continue;
      sum += (count - expected) ** 2 / expected;
      weight += 1;
    }
    return sum / (weight - 1);
  }));
