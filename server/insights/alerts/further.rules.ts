// Whether what an alert told has gone on in the same direction: beyond what chance explains from the level since, and far enough to be news.
import type { Finding, Sign } from "./findings.rules.ts";
import { compareLevel, levelWindows, type LevelBefore, type LevelSeries } from "./levels.rules.ts";
import { compareVolume, volumeWindows, type VolumeBefore, type VolumeSeries } from "./volumes.rules.ts";

/** What was told, and what was usual before it. */
type Told = { raisedAt: number; sign: Sign; finding: Finding; before: LevelBefore | VolumeBefore };

/** A stretch against the level since the alert (`further`), and the same against what was usual before it (`finding`). */
export type Further = { further: Finding; finding: Finding };

// Half as far again as what was told: else a few worse days would tell the same story twice.
const furtherShare = 1.5;

/** The strongest of the stretches that end with a day and lie after the alert; null where none lies clearly further.
 *  @param told.raisedAt the last day the alert rests on */
export const furtherLevel = (series: LevelSeries, told: Told, end: number): Further | null =>
  "variance" in told.before
    ? strongestFurther(told, end, { windows: levelWindows, before: told.before, sinceOf: levelSince, compare: (before, stretch) => compareLevel(series, before, stretch), sizeOf: ({ difference }) => difference })
    : null;

/** The same of hours. Sizes are by how many times: from a third of what is usual to nothing is as much news as from all of it to a third. */
export const furtherVolume = (series: VolumeSeries, told: Told, end: number): Further | null =>
  "perSlot" in told.before
    ? strongestFurther(told, end, {
      windows: volumeWindows, before: told.before, sinceOf: volumeSince, compare: (before, stretch) => compareVolume(series, before, stretch),
      sizeOf: ({ value, expected }) => Math.log(Math.max(value, 0.5) / Math.max(expected, 0.5)),
    })
    : null;

type Comparing<Before> = {
  windows: readonly number[];
  before: Before;
  sinceOf: (before: Before, since: Finding) => Before | null;
  compare: (before: Before, stretch: { from: number; end: number }) => Finding | null;
  sizeOf: (finding: Finding) => number;
};

const strongestFurther = <Before>(told: Told, end: number, { windows, before, sinceOf, compare, sizeOf }: Comparing<Before>): Further | null => {
  const { raisedAt, sign, finding: { from: begin } } = told;
  const far = (finding: Finding): number => sign * sizeOf(finding);
  // What was told may have begun before the change and look milder than it was: the worst of its ends is believed.
  const starts = [begin, ...windows.map((window) => raisedAt - window + 1).filter((start) => start > begin), raisedAt + 1];
  let strongest: Further | null = null;
  for (const window of windows) {
    const from = end - window + 1;
    if (from <= raisedAt) break;
    const finding = compare(before, { from, end });
    if (finding === null || far(finding) < furtherShare * far(told.finding)) continue;
    const [worst] = starts.flatMap((start) => compare(before, { from: start, end: from - 1 }) ?? []).toSorted((one, other) => far(other) - far(one));
    const since = worst === undefined || far(finding) < furtherShare * far(worst) ? null : sinceOf(before, worst);
    const further = since === null ? null : compare(since, { from, end });
    if (further !== null && Math.sign(further.difference) === sign && further.statistic > (strongest?.further.statistic ?? 0)) strongest = { further, finding };
  }
  return strongest;
};

// As if the days since were all that is known of what is usual: weekdays differ and answers spread as they did before, all moved alike.
const levelSince = (before: LevelBefore, { count, difference }: Finding): LevelBefore => ({
  ...before, count, mean: before.mean + difference, counts: before.counts.map((own) => (own * count) / before.count),
  weekdays: before.weekdays.map((usual) => ({ mean: usual.mean + difference, count: 0, believed: 0 })),
});

const volumeSince = (before: VolumeBefore, { count, expected }: Finding): VolumeBefore | null => {
  if (expected <= 0) return null;
  const known = count / before.count;
  return {
    ...before, count, perSlot: before.perSlot.map((usual) => (usual * count) / expected), perWeekday: before.perWeekday.map((own) => own * known), perHour: before.perHour.map((own) => own * known),
  };
};
