import type { BandName, MetricName, Scale } from "./scores.contract.ts";

/** The scale each question has by definition, taken where an answer came without one. */
export const usualScales: Record<MetricName, Scale> = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
};

/** The groups of each metric, best first; every answer on the scale falls into exactly one. */
export const bandsOf: Record<MetricName, readonly BandName[]> = {
  nps: ["promoters", "passives", "detractors"],
  csat: ["satisfied", "unsatisfied"],
  ces: ["easy", "not_easy"],
};

/** Steps of the longest scale that is scored. A slider of 0–100 fits; a sum of money is not a scale. */
const longestSpan = 100;

/** Whether a metric's formula means anything on this scale. The net promoter score is defined on 0–10 alone. */
export const isScoreable = (metric: MetricName, scale: Scale): boolean => {
  if (metric === "nps") return scale.min === 0 && scale.max === 10;
  const span = spanOf(scale);
  return Number.isInteger(scale.min) && Number.isInteger(scale.max) && span >= 1 && span <= longestSpan;
};

/** Puts an answer into its box: the whole value of the scale it reached, so that 6.5 is a 6 and 8.5 an 8.
 *  Fractions come from imported averages; rounding down leaves no gap between the groups.
 *  @returns null when the value is not a number or off the scale */
export const boxOf = (scale: Scale, value: number): number | null => {
  const steps = Math.floor(stepsUp(scale, value));
  return steps >= 0 && stepsUp(scale, value) <= spanOf(scale) ? scale.min + directionOf(scale) * steps : null;
};

/** The group of a box. Promoters 9–10, passives 7–8, detractors 0–6; satisfied = the top boxes; easy = above the middle,
 *  which is 5–7 of 7.
 *  Sources: Reichheld 2003; top two of five, Delighted help 240; The Effortless Experience 2013. */
export const bandOf = (metric: MetricName, scale: Scale, box: number): BandName => {
  switch (metric) {
    case "nps":
      return box >= 9 ? "promoters" : box >= 7 ? "passives" : "detractors";
    case "csat":
      return spanOf(scale) - stepsUp(scale, box) < topBoxesOf(scale) ? "satisfied" : "unsatisfied";
    case "ces":
      return stepsUp(scale, box) > spanOf(scale) / 2 ? "easy" : "not_easy";
  }
};

/** Every box of a scale, worst first. */
export const boxesOf = (scale: Scale): number[] =>
  Array.from({ length: spanOf(scale) + 1 }, (_, steps) => scale.min + directionOf(scale) * steps);

/** Reads `1-7` or `5-1`, worst answer first. */
export const readScale = (text: string): Scale | null => {
  const match = /^(-?\d{1,4})-(-?\d{1,4})$/u.exec(text);
  return match === null ? null : { min: Number(match[1]), max: Number(match[2]) };
};

// Two of five or more, one of two or three, and on a slider of more than eleven steps the top fifth: "the two best
// values of 101" would call nearly everybody unsatisfied.
const topBoxesOf = (scale: Scale): number => {
  const values = spanOf(scale) + 1;
  return values > 11 ? Math.round(values / 5) : Math.min(2, Math.floor(values / 2));
};

const spanOf = (scale: Scale): number => Math.abs(scale.max - scale.min);
const directionOf = (scale: Scale): number => Math.sign(scale.max - scale.min);
const stepsUp = (scale: Scale, value: number): number => directionOf(scale) * (value - scale.min);
