import { formulaOf, listBands } from "@firsthand/server/customers/scores/scales.rules";
import { formatChange, formatNumber, formatPercent } from "../../ui/numbers.ts";
import type { ScoreTone } from "../../ui/ScoreBadge.tsx";
import type { Answer, BandName, BreakdownReply, MetricKey, SummaryReply } from "./metrics.data.ts";

export type Summary = SummaryReply["metrics"][number];

const measures = [
  "nps", "csat", "ces", "stars", "rating", "sentiment", "need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right", "response_rate",
] as const satisfies readonly MetricKey[];

/** Metrics every workspace has. */
export const builtInMetrics: readonly MetricKey[] = measures;
export const mainMetrics = ["nps", "csat", "ces"] as const satisfies readonly MetricKey[];
export const commentMetrics: readonly MetricKey[] = measures.filter((one) => one === "sentiment" || one.startsWith("need_"));

const customPattern = /^custom:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const isCustom = (text: string): text is `custom:${string}` => customPattern.test(text);

/** A metric as an address names it; undefined when there is none of that name. */
export const readMetric = (text: string | undefined): MetricKey | undefined =>
  text === undefined ? undefined : isCustom(text) ? text : measures.find((known) => known === text);

/** What rules call a metric: all formulas of one's own are alike to them. */
export const measureOf = (metric: MetricKey) => measures.find((known) => known === metric) ?? "custom";

/** Best first, as the server says them. */
export const bandsOf = (metric: MetricKey): readonly BandName[] => listBands(measureOf(metric));

/** A score as people write it: "+38", "86%", "5.6". */
export const formatScore = (metric: MetricKey, score: number): string => {
  switch (formulaOf(measureOf(metric))) {
    case "net":
      return formatChange(score);
    case "share":
      return formatPercent(score);
    case "mean":
      return formatNumber(score, metric === "stars" ? 2 : 1);
  }
};

/** Digits a difference needs to be seen. */
export const digitsOf = (metric: MetricKey): number => (formulaOf(measureOf(metric)) === "mean" ? 2 : 1);

/** The values a score can take, for the ends of axes. */
export const limitsOf = (metric: MetricKey, scale: { min: number; max: number }): readonly [number, number] => {
  switch (formulaOf(measureOf(metric))) {
    case "net":
      return [-100, 100];
    case "share":
      return [0, 100];
    case "mean":
      return scale.min < scale.max ? [scale.min, scale.max] : [scale.max, scale.min];
  }
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

/** The same of one group. */
export const shownOfGroup = (group: BreakdownReply["groups"][number], isWeighted: boolean) => (isWeighted ? (group.weighted ?? group) : group);

/** Lower is better only where a scale runs that way round. */
export const isMoreBetter = ({ metric, scale }: { metric: MetricKey; scale: { min: number; max: number } }): boolean =>
  formulaOf(measureOf(metric)) !== "mean" || scale.max > scale.min;

export const toneOfBand = (band: BandName | null): ScoreTone => (band === null ? "middle" : (tones[band] ?? "middle"));

const tones: Partial<Record<BandName, ScoreTone>> = {
  promoters: "good", satisfied: "good", easy: "good", top_box: "good", upper: "good", positive: "good", met: "good", answered: "good",
  detractors: "bad", unsatisfied: "bad", not_easy: "bad", lower: "bad", negative: "bad", unmet: "bad",
};

/** What stands in the coloured square of an answer. */
export const scoreOfAnswer = ({ value, scale, kind }: Answer): string => {
  if (value === null) return "–";
  if (kind === "asked") return value === 1 ? "✓" : "–";
  // What was read in a comment is no number somebody gave.
  if (kind === "comment") return value > 0 ? "+" : value < 0 ? "−" : "±";
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
