// Why a metric moved, for people: the groups that brought the change, the needs that moved with it, and what was noted on those days.
import { explanation, type Contribution, type Explanation } from "@firsthand/server/insights/explanations/explanations.contract";
import { count, decimal, interval, layOut, percent, printable } from "./text-table.ts";

/** Splits after these tell less of the change. */
const SPLITS_MAX = 3;
const GROUPS_MAX = 6;

export const writeWhy = (reply: unknown): string => {
  const told = explanation.parse(reply);
  return [headOf(told), ...told.splits.slice(0, SPLITS_MAX).map(writeSplit), writeNeeds(told), writeNotes(told)].filter((part) => part !== "").join("\n");
};

const daysOf = ({ from, to }: Explanation["period"]): string => `${from.slice(0, 10)} to ${to.slice(0, 10)}`;

const headOf = ({ title, change, score, low, high, count: answers, previousCount, period, previous }: Explanation): string => {
  const periods = `${daysOf(period)} (${count(answers)} answers) against ${daysOf(previous)} (${count(previousCount)})`;
  if (change === null || change.difference === null) return `${printable(title)}: ${periods} cannot be compared, as one of them has too few answers.\n`;
  const { difference, previousScore, p, isSignificant } = change;
  const moved = difference === 0 ? `stayed at ${decimal(score)}` : `${difference < 0 ? "fell" : "rose"} by ${decimal(Math.abs(difference))}, from ${decimal(previousScore)} (95% ${interval({ low: change.previousLow, high: change.previousHigh })}) to ${decimal(score)}${low === null ? "" : ` (95% ${interval({ low, high })})`}`;
  const chance = p === null ? "too few answers, or days of them, to test" : `p ${p < 0.001 ? "< 0.001" : p.toFixed(3)}: ${isSignificant ? "chance alone would rarely do this" : "chance alone may have done this"}`;
  return `${printable(title)} ${moved}. ${periods}; ${chance}.\n`;
};

const writeSplit = ({ by, within, mix, contributions }: Explanation["splits"][number]): string => {
  const rows = contributions.slice(0, GROUPS_MAX).map((one) => [nameOf(one), count(one.previousCount), decimal(one.previousScore), count(one.count), decimal(one.score), decimal(one.within), decimal(one.mix), one.isSignificant ? "moved" : ""]);
  return `${layOut([[`by ${by.replaceAll("_", " ")}`, "n before", "score before", "n", "score", "of the change", "by its size", ""], ...rows])}Groups moving: ${decimal(within)}, groups growing or shrinking: ${decimal(mix)}.\n`;
};

const nameOf = ({ label, isRest }: Contribution): string => (isRest ? "(all others)" : label === null ? "(not named)" : printable(label));

const writeNeeds = ({ needs, comments }: Explanation): string => {
  if (needs === null) return "Unmet needs are left out: the key may not read comments (comments.read).\n";
  if (needs.length === 0) return "";
  const rows = needs.map((one) => [one.need, percent(one.previousShare), percent(one.share), decimal(one.difference * 100), one.isSignificant ? "significant" : "", one.corrected === null ? "" : `${percent(one.corrected.share)} (${percent(one.corrected.low)} to ${percent(one.corrected.high)})`]);
  return layOut([[`unmet in ${count(comments ?? 0)} comments, as read`, "before", "now", "change in points", "", "now, corrected (95%)"], ...rows]);
};

const writeNotes = ({ notes }: Explanation): string => {
  if (notes === null) return "Notes on days are left out: the key may not see them (annotations.read).\n";
  return notes.length === 0 ? "" : `Noted:\n${notes.map(({ day, title }) => `  ${day}  ${printable(title)}\n`).join("")}`;
};
