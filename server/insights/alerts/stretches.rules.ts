// One level against another, both over a stretch of days that somebody chose: the same comparison as looks of alerts make, told by one look instead of many.
import { leastVariance } from "../../customers/scores/intervals.rules.ts";
import { twoSidedP, z95 } from "../../customers/scores/normal.rules.ts";
import type { Finding } from "./findings.rules.ts";
import { baselineDays, compareLevel, levelBefore, type LevelBefore, type LevelSeries } from "./levels.rules.ts";

/** Days of a series, `end` counted. */
export type Stretch = { series: LevelSeries; from: number; end: number };

/** The first day that says what is usual around a stretch: eight weeks back from its end, or all of it where it is longer. */
export const usualFrom = ({ from, end }: { from: number; end: number }): number => Math.min(from, end + 1 - baselineDays);

/** Whether a level moved from one stretch to a later one. How weekdays differ, and days and weeks from one another beyond chance, is known from the days
 *  `usualFrom` names; where the level stood, from the earlier stretch alone.
 *  @param spread by how many times the answers of both vary together as answers of different people would: below 1 where the same customers answered in both
 *  @returns `p` of this one comparison: many at once are to be controlled together; null where alerts would not look either (under ten answers on a side, under
 *  30 or two weeks of what is usual)
 *  Source: Wilks, Annals of Mathematical Statistics 1938: twice the log of the likelihood ratio goes as chi-square with one degree. */
export const compareStretches = (earlier: Stretch, later: Stretch, spread = 1): (Finding & { p: number }) | null => {
  const usual = levelBefore(earlier.series, earlier.end + 1, { notBefore: 0, isLeftOut: () => false }, earlier.end + 1 - usualFrom(earlier));
  const level = usual === null ? null : levelOf(usual, earlier);
  const found = level === null ? null : compareLevel(later.series, { ...level, dispersion: level.dispersion * spread }, later);
  return found === null ? null : { ...found, p: pOf(found) };
};

const pOf = ({ statistic, difference, low, high }: Finding): number =>
  twoSidedP(statistic > 0 ? Math.sqrt(2 * statistic) : (2 * z95 * Math.abs(difference)) / (high - low));

// As if the earlier stretch were all that is known of the level: its weekdays differ as they usually do, all moved alike.
const levelOf = (usual: LevelBefore, { series, from, end }: Stretch): LevelBefore | null => {
  const found = compareLevel(series, usual, { from, end });
  if (found === null) return null;
  const counts = series.values.map((_, box) => series.days.slice(Math.max(0, from - series.first), end - series.first + 1).reduce((sum, day) => sum + (day[box] ?? 0), 0));
  const own = counts.reduce((sum, count, box) => sum + count * ((series.values[box] ?? 0) - found.value) ** 2, 0) / found.count;
  return {
    count: found.count, mean: usual.mean + found.difference, counts,
    variance: Math.max(own, leastVariance((series.values.at(-1) ?? 1) - (series.values[0] ?? 0), found.count)),
    weekdays: usual.weekdays.map(({ mean }) => ({ mean: mean + found.difference, count: 0, believed: 0 })),
    dispersion: usual.dispersion,
  };
};
