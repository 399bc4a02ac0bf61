import type { Contribution } from "./explanations.contract.ts";

type Numbers = Pick<Contribution, "count" | "previousCount" | "score" | "previousScore">;

/** Splits without those that part the same answers alike: they can be all of a touchpoint, of a channel and of a stage, and the first says it for all three.
 *  @param splits in the order in which they tell; their groups may stand in any */
export const toldOnce = <Split extends { contributions: readonly Numbers[] }>(splits: readonly Split[]): Split[] => {
  const said = splits.map(({ contributions }) => JSON.stringify(contributions.map(({ count, previousCount, score, previousScore }) => JSON.stringify([count, previousCount, score, previousScore])).toSorted()));
  return splits.filter((_, place) => said.indexOf(said[place] ?? "") === place);
};
