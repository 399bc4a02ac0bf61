// From many comparisons to an order: what costs most stands first.
import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import type { Comparison } from "../definitions/comparisons.rules.ts";
import type { Verdict } from "./effects.contract.ts";

export type Judged<Row> = Row & { verdict: Verdict; band: number | null; cost: number | null };

/** Share of the differences told that may be chance. */
const FALSE_SHARE = 0.05;

/** Says of each what may be said, and puts them in order.
 *  @param band in standard errors of chance: what shuffled labels stay within
 *  @param worse which way is bad */
export const judge = <Row extends { comparison: Comparison | null; met: number }>(rows: readonly Row[], { band, worse }: { band: number; worse: "lower" | "higher" }): Judged<Row>[] => {
  const tested = rows.flatMap(({ comparison }) => (comparison === null ? [] : [comparison]));
  const passes = passesFalseDiscovery(tested.map(({ p }) => p), FALSE_SHARE);
  const passing = new Set(tested.filter((_, at) => passes[at] === true));
  const judged = rows.map((row): Judged<Row> => {
    const { comparison } = row;
    if (comparison === null) return { ...row, verdict: "thin", band: null, cost: null };
    const reach = band * comparison.chanceError;
    if (Math.abs(comparison.difference) <= reach || !passing.has(comparison)) return { ...row, verdict: "chance", band: reach, cost: null };
    const harm = worse === "lower" ? -comparison.difference : comparison.difference;
    return { ...row, verdict: harm > 0 ? "worse" : "better", band: reach, cost: harm > 0 ? harm * row.met : null };
  });
  return judged.toSorted((one, other) => order[one.verdict] - order[other.verdict] || weightOf(other) - weightOf(one) || other.met - one.met);
};

const order: Record<Verdict, number> = { worse: 0, better: 1, chance: 2, thin: 3 };
const weightOf = ({ comparison, met }: { comparison: Comparison | null; met: number }): number => (comparison === null ? 0 : Math.abs(comparison.difference) * met);
