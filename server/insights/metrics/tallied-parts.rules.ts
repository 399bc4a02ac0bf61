import { joinTallies, type Box, type Tally } from "../../customers/scores/tallies.rules.ts";
import type { Scale } from "./metrics.contract.ts";
import type { ScaleCount } from "./metrics.rules.ts";

/** Sums of one box of one scale, as queries give them. */
export type Part = { scale: Scale; box: Box };

export const countByScale = (parts: readonly Part[]): ScaleCount[] => {
  const counts = new Map<string, ScaleCount>();
  for (const { scale, box } of parts) {
    const key = `${scale.min} ${scale.max}`;
    counts.set(key, { ...scale, count: (counts.get(key)?.count ?? 0) + box.count });
  }
  return [...counts.values()];
};

export const tallyOn = (scale: Scale, parts: readonly Part[]): Tally =>
  joinTallies([parts.flatMap((part) => (part.scale.min === scale.min && part.scale.max === scale.max ? [part.box] : []))]);

export const groupTallies = (parts: readonly (Part & { name: string })[], scale: Scale): Map<string, Tally> => {
  const names = Map.groupBy(parts, (part) => part.name);
  return new Map([...names].map(([name, own]) => [name, tallyOn(scale, own)] as const).filter(([, tally]) => tally.length > 0));
};

/** So many people in one box, each of weight 1. */
export const plainBox = (value: number, count: number): Box => ({
  value, count, weights: count, squaredWeights: count,
  values: value * count, squaredValues: value * value * count,
  weightedValues: value * count, squaredWeightsValues: value * count, squaredWeightedValues: value * value * count,
});
