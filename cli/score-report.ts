import { evidenceOf } from "@firsthand/server/customers/scores/evidence.rules";
import type { MetricName } from "@firsthand/server/customers/scores/scores.contract";
import { scoreStrata, scoreTally, scoreWeighted, shareOf, type Measure } from "@firsthand/server/customers/scores/scores.rules";
import { joinTallies, type Box } from "@firsthand/server/customers/scores/tallies.rules";
import { count, decimal, interval, layOut, printable } from "./text-table.ts";

/** Answers of one group: all of them with weight 1, and those with a usable weight; and how many people the group has, where the file says so. */
export type Group = { answers: Map<number, Box>; weighted: Map<number, Box>; population: number | null };

export type GroupScore = {
  group: string | null;
  n: number;
  score: number | null;
  low: number | null;
  high: number | null;
  weightedScore: number | null;
  weightedLow: number | null;
  weightedHigh: number | null;
  designEffect: number | null;
  easyPercent: number | null;
};

export const scoreGroup = (measure: Measure<MetricName>, name: string | null, group: Group, isWeighted: boolean): GroupScore => {
  const answers = [...group.answers.values()];
  const { count, score, low, high } = scoreTally(measure, answers);
  const weighted = isWeighted ? scoreWeighted(measure, [...group.weighted.values()]) : null;
  return {
    group: name,
    n: count,
    score,
    low,
    high,
    weightedScore: weighted?.mean ?? null,
    weightedLow: weighted?.low ?? null,
    weightedHigh: weighted?.high ?? null,
    designEffect: weighted?.designEffect ?? null,
    easyPercent: measure.metric === "ces" ? shareOf(measure, answers, "easy").score : null,
  };
};

/** All groups together, each by the size of its population.
 *  @returns null where a group has no answer, or fewer people than answers */
export const scoreTogether = (measure: Measure<MetricName>, groups: readonly Group[]): GroupScore | null => {
  const strata = groups.map(({ population, answers }) => ({ population: population ?? 0, tally: [...answers.values()] }));
  const together = scoreStrata(measure, strata);
  if (together === null) return null;
  const answers = joinTallies(strata.map(({ tally }) => tally));
  return {
    ...scoreGroup(measure, null, { answers: new Map(answers.map((box) => [box.value, box])), weighted: new Map(), population: null }, false),
    weightedScore: together.score, weightedLow: together.low, weightedHigh: together.high, designEffect: together.designEffect,
  };
};

/** One array, one entry a line. */
export const writeJson = (scores: readonly GroupScore[]): string => {
  const entries = scores.map(({ easyPercent: _, ...entry }) => `  ${JSON.stringify(entry)}`);
  return entries.length === 0 ? "[]\n" : `[\n${entries.join(",\n")}\n]\n`;
};

const remarks = { none: "no answers", anecdotal: "under 10: read the comments", indicative: "under 30: indicative", limited: "", normal: "" };
const unsteady = "design effect above 2";

/** A table for people: numbers rounded, small groups marked. */
export const writeTable = (measure: Measure<MetricName>, scores: readonly GroupScore[]): string => {
  const title = { nps: "NPS", csat: "CSAT %", ces: "CES mean" }[measure.metric];
  const isWeighted = scores.some((score) => score.weightedScore !== null);
  const head = ["group", "n", title, "95% interval", ...(measure.metric === "ces" ? ["easy %"] : []), ...(isWeighted ? ["weighted", "95% interval", "deff"] : []), ""];
  const rows = scores.map((score) => [
    score.group === null ? "all" : score.group === "" ? "(blank)" : printable(score.group),
    count(score.n),
    decimal(score.score),
    interval(score),
    ...(measure.metric === "ces" ? [decimal(score.easyPercent)] : []),
    ...(isWeighted ? [decimal(score.weightedScore), interval({ low: score.weightedLow, high: score.weightedHigh }), decimal(score.designEffect)] : []),
    [remarks[evidenceOf(score.n)], (score.designEffect ?? 0) > 2 ? unsteady : ""].filter((remark) => remark !== "").join("; "),
  ]);
  return layOut([head, ...rows]);
};
