import type { BandName, MeasureName, Scale } from "./scores.contract.ts";

/** The scale each question has by definition, taken where an answer came without one. */
export const usualScales: Record<MeasureName, Scale> = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
  stars: { min: 1, max: 5 },
  rating: { min: 1, max: 5 },
  custom: { min: 0, max: 10 },
  sentiment: { min: -1, max: 1 },
  need_easy: { min: -1, max: 1 },
  need_expect: { min: -1, max: 1 },
  need_promise: { min: -1, max: 1 },
  need_inform: { min: -1, max: 1 },
  need_individ: { min: -1, max: 1 },
  need_right: { min: -1, max: 1 },
  response_rate: { min: 0, max: 1 },
};

const needBands = ["met", "both", "unmet"] as const;

/** The groups of each metric, best first; every answer on the scale falls into exactly one. */
export const bandsOf = {
  nps: ["promoters", "passives", "detractors"],
  csat: ["satisfied", "unsatisfied"],
  ces: ["easy", "not_easy"],
  stars: ["top_box", "below_top"],
  rating: ["upper", "lower"],
  custom: ["upper", "lower"],
  sentiment: ["positive", "neutral", "negative"],
  need_easy: needBands,
  need_expect: needBands,
  need_promise: needBands,
  need_inform: needBands,
  need_individ: needBands,
  need_right: needBands,
  response_rate: ["answered", "unanswered"],
} as const satisfies Record<MeasureName, readonly BandName[]>;

export const listBands = (metric: MeasureName): readonly BandName[] => bandsOf[metric];

/** How boxes become a number: best minus worst band in points, percent in the best band, or the mean of the values. */
export const formulaOf = (metric: MeasureName): "net" | "share" | "mean" => {
  switch (metric) {
    case "nps":
    case "sentiment":
    case "need_easy":
    case "need_expect":
    case "need_promise":
    case "need_inform":
    case "need_individ":
    case "need_right":
      return "net";
    case "csat":
    case "response_rate":
      return "share";
    case "ces":
    case "stars":
    case "rating":
    case "custom":
      return "mean";
  }
};

/** The band a score praises: promoters, satisfied, easy, met ... */
export const bestBandOf = (metric: MeasureName): BandName => bandsOf[metric][0];

/** Steps of the longest scale that is scored. A slider of 0–100 fits; a sum of money is not a scale. */
const longestSpan = 100;

/** Whether a metric's formula means anything on this scale. The net promoter score is defined on 0–10 alone; what was read in comments and
 *  whether somebody answered stand on scales of their own. */
export const isScoreable = (metric: MeasureName, scale: Scale): boolean => {
  const usual = usualScales[metric];
  if (metric === "response_rate" || formulaOf(metric) === "net") return scale.min === usual.min && scale.max === usual.max;
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

/** The group of a box. Promoters 9–10, passives 7–8, detractors 0–6; satisfied = the top boxes; easy and upper = above the middle,
 *  which is 5–7 of 7; top box = the best value. What was read in a comment is 1, 0 or −1; who was asked answered (1) or not (0).
 *  Sources: Reichheld 2003; top two of five, Delighted help 240; The Effortless Experience 2013. */
export const bandOf = (metric: MeasureName, scale: Scale, box: number): BandName => {
  switch (metric) {
    case "nps":
      return box >= 9 ? "promoters" : box >= 7 ? "passives" : "detractors";
    case "csat":
      return spanOf(scale) - stepsUp(scale, box) < topBoxesOf(scale) ? "satisfied" : "unsatisfied";
    case "ces":
      return isUpper(scale, box) ? "easy" : "not_easy";
    case "stars":
      return stepsUp(scale, box) === spanOf(scale) ? "top_box" : "below_top";
    case "rating":
    case "custom":
      return isUpper(scale, box) ? "upper" : "lower";
    case "sentiment":
      return box > 0 ? "positive" : box < 0 ? "negative" : "neutral";
    case "need_easy":
    case "need_expect":
    case "need_promise":
    case "need_inform":
    case "need_individ":
    case "need_right":
      return box > 0 ? "met" : box < 0 ? "unmet" : "both";
    case "response_rate":
      return box > 0 ? "answered" : "unanswered";
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

const isUpper = (scale: Scale, box: number): boolean => stepsUp(scale, box) > spanOf(scale) / 2;
const spanOf = (scale: Scale): number => Math.abs(scale.max - scale.min);
const directionOf = (scale: Scale): number => Math.sign(scale.max - scale.min);
const stepsUp = (scale: Scale, value: number): number => directionOf(scale) * (value - scale.min);
