import type { Measured } from "./dashboards.data.ts";
import { formatChange, formatNumber, formatPercent } from "../../ui/numbers.ts";

type Unit = NonNullable<Measured["summary"]>["unit"];
type Scale = { min: number; max: number };
type Tone = "good" | "middle" | "bad";

/** A number as people write it in its unit: "+38", "86%", "5.6". */
export const formatUnit = (unit: Unit, value: number): string => {
  switch (unit) {
    case "points":
      return formatChange(value);
    case "percent":
    case "percent_over":
      return formatPercent(value);
    case "scale":
      return formatNumber(value, 1);
  }
};

/** The values a number can take, for the ends of axes. */
export const limitsOfUnit = (unit: Unit, { min, max }: Scale): readonly [number, number] => {
  if (unit === "points") return [-100, 100];
  if (unit === "percent" || unit === "percent_over") return [0, 100];
  return min < max ? [min, max] : [max, min];
};

/** Lower is better only where a scale runs that way round, and of what is over a limit. */
export const isUpwards = (unit: Unit, { min, max }: Scale): boolean => (unit === "scale" ? max > min : unit !== "percent_over");

/** What a number is counted from. */
export const countedIn = (unit: Unit): "answers" | "cases" => (unit === "percent_over" ? "cases" : "answers");

/** Whether a difference that is more than chance is good or bad news; "quiet" for any other. */
export const toneOfDifference = ({ unit, scale }: { unit: Unit; scale: Scale }, test: { difference: number; isDifferent: boolean }): "target-met" | "target-missed" | "quiet" =>
  !test.isDifferent ? "quiet" : test.difference > 0 === isUpwards(unit, scale) ? "target-met" : "target-missed";

const good = new Set(["promoters", "satisfied", "easy", "top_box", "upper", "positive", "met", "answered"]);
const bad = new Set(["detractors", "unsatisfied", "not_easy", "lower", "negative", "unmet"]);

export const toneOfName = (band: string): Tone => (good.has(band) ? "good" : bad.has(band) ? "bad" : "middle");
