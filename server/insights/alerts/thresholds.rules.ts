// How strong a change must be so that chance alone raises no more alarms in a year than promised.

export const sensitivityNames = ["rarely", "normal", "often"] as const;
export type SensitivityName = (typeof sensitivityNames)[number];
export type SeriesKind = "level" | "volume";

/** False alarms a year that a rule promises not to exceed while nothing changes. */
export const falseAlarmsPerYear: Record<SensitivityName, number> = { rarely: 0.5, normal: 2, often: 6 };

// Alarms a year fall exponentially with the threshold: threshold = base - slope * ln(alarms a year). Both were fitted to the worst of eighteen
// kinds of series (2 to 1,000 answers a day; net promoter scores, shares of 2 to 95 %, means of seven values) looked at daily for sixty
// simulated years, and of eight (1 to 300 things a day with hours and weekdays of a shop) looked at hourly for twenty; thresholds.rules.test.ts
// repeats it smaller.
const fits: Record<SeriesKind, { base: number; slope: number }> = { level: { base: 4.9, slope: 1.05 }, volume: { base: 7.5, slope: 1.1 } };

/** The statistic from which on a look alarms.
 *  @param sides 2 when rises and falls both alarm: each gets half of the rate */
export const thresholdFor = (kind: SeriesKind, sensitivity: SensitivityName, sides: 1 | 2): number =>
  fits[kind].base - fits[kind].slope * Math.log(falseAlarmsPerYear[sensitivity] / sides);

/** How many years pass on average until chance alone makes a change this strong somewhere. */
export const yearsBetween = (kind: SeriesKind, statistic: number, sides: 1 | 2): number => Math.exp((statistic - fits[kind].base) / fits[kind].slope) / sides;
