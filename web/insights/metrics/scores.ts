import { formatChange, formatNumber } from "../../ui/numbers.ts";
import type { ScoreTone } from "../../ui/ScoreBadge.tsx";
import type { Answer, BandName, MetricName, SummaryReply } from "./metrics.data.ts";

export type Summary = SummaryReply["metrics"][number];

/** A score as people write it: "+38", "86%", "5.6". */
export const formatScore = (metric: MetricName, score: number): string => {
  switch (metric) {
    case "nps":
      return formatChange(score);
    case "csat":
      return `${formatNumber(score)}%`;
    case "ces":
      return formatNumber(score, 1);
  }
};

/** The values a score can take, for the ends of axes. */
export const limitsOf = (metric: MetricName, scale: { min: number; max: number }): readonly [number, number] => {
  if (metric === "nps") return [-100, 100];
  if (metric === "csat") return [0, 100];
  return scale.min < scale.max ? [scale.min, scale.max] : [scale.max, scale.min];
};

/** The numbers to show: weighted ones when asked for and there. */
export const shownNumbers = (summary: Summary, isWeighted: boolean) => {
  const weighted = isWeighted ? summary.weighted : null;
  return {
    score: weighted?.score ?? summary.score,
    low: weighted ? weighted.low : summary.low,
    high: weighted ? weighted.high : summary.high,
    change: weighted ? weighted.change : summary.change,
    isWeighted: weighted !== null,
    isUnsteady: weighted?.isUnsteady ?? false,
  };
};

/** Lower is better only where a scale runs that way round. */
export const isMoreBetter = (summary: Summary): boolean => summary.metric !== "ces" || summary.scale.max > summary.scale.min;

export const toneOfBand = (band: BandName | null): ScoreTone => {
  if (band === "promoters" || band === "satisfied" || band === "easy") return "good";
  if (band === "detractors" || band === "unsatisfied" || band === "not_easy") return "bad";
  return "middle";
};

/** What stands in the coloured square of an answer. */
export const scoreOfAnswer = ({ value, scale, kind }: Answer): string => {
  if (value === null) return "–";
  const given = formatNumber(value, Number.isInteger(value) ? 0 : 1);
  return kind === "nps" || scale === null ? given : `${given}/${Math.max(scale.min, scale.max)}`;
};

/** Good, middle or bad: by the band of its metric, else (stars, ratings) by where it lies on its scale. */
export const toneOfAnswer = ({ band, value, scale }: Answer): ScoreTone => {
  if (band !== null || value === null || scale === null || scale.min === scale.max) return toneOfBand(band);
  const share = (value - scale.min) / (scale.max - scale.min);
  return share >= 0.75 ? "good" : share <= 0.4 ? "bad" : "middle";
};

/** A name from the data as a heading: "web" becomes "Web", "iOS" stays. */
export const asName = (value: string): string => (value === value.toLowerCase() ? value.charAt(0).toUpperCase() + value.slice(1) : value);
