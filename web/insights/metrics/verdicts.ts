import type { Verdict } from "../../ui/charts/IntervalRows.tsx";
import { formatNumber, formatP } from "../../ui/numbers.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";

/** What a row of a split says of its test against all others; null where chance would explain the difference, or nothing was tested. */
export const verdictOf = ({ unit, scale }: { unit: BreakdownReply["unit"] | "percent_over"; scale: BreakdownReply["scale"] }, test: BreakdownReply["groups"][number]["versusRest"]): Verdict | null => {
  if (test === null || !test.isDifferent) return null;
  const isHigher = test.difference > 0;
  // Lower is better only where a scale runs that way round, and of what is over a limit.
  const isMoreBetter = unit === "scale" ? scale.max > scale.min : unit !== "percent_over";
  const words = metricsTexts.say(isHigher ? "differsUp" : "differsDown", { difference: formatNumber(Math.abs(test.difference), unit === "scale" ? 2 : 1), p: formatP(test.p) });
  return { isHigher, isGood: isHigher === isMoreBetter, words };
};
