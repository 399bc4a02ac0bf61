import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import type { Measured, TileNumbers } from "./tiles.contract.ts";

/** Of the changes marked on one board at most so many may be chance, as within the table of needs from facts. */
const RATE = 0.05;

type Summary = NonNullable<Measured["summary"]>;

/** Numbers whose changes stand side by side, all under one control of false discoveries: of twenty tiles of which nothing moved one would else be news by
 *  chance alone. What is shown counts, so scores by weights by their own test; a tile alone is marked as its definition says.
 *  @returns the tiles in their order; fewer changes are marked, never more
 *  Source: Benjamini & Hochberg, JRSS B 1995. */
export const controlChanges = (tiles: readonly TileNumbers[]): TileNumbers[] => {
  const ps = tiles.flatMap((one) => (one.state === "measured" ? (one.summary?.change?.p ?? []) : []));
  const passing = passesFalseDiscovery(ps, RATE);
  // Whatever has the same p or a smaller one passes as well.
  const limit = Math.max(-1, ...ps.filter((_, place) => passing[place]));
  const control = <Change extends Summary["change"]>(change: Change): Change => change && { ...change, isSignificant: change.isSignificant && change.p !== null && change.p <= limit };
  return tiles.map((one) => {
    if (one.state !== "measured" || one.summary === null || one.summary.change === null) return one;
    const { summary, definition } = one;
    return {
      ...one, definition: { ...definition, comparison: `${definition.comparison} ${told}` },
      summary: { ...summary, change: control(summary.change), weighted: summary.weighted && { ...summary.weighted, change: control(summary.weighted.change) } },
    };
  });
};

const told = "Of all changes marked on one dashboard at most one in twenty is chance (Benjamini and Hochberg).";
