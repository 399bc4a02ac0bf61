import { formatChange, formatMoneyChange } from "../../ui/numbers.ts";
import type { Deviation, DeviationComparison } from "./deviations.data.ts";

export const effectNames = ["feeling", "effort", "repeatContact", "leaving", "revenue"] as const;
export type EffectName = (typeof effectNames)[number];
export type Compared = NonNullable<DeviationComparison["compared"]>;
export type Effect = { name: EffectName; compared: Compared; isBad: boolean };

/** What differs beyond chance, what does not, and whether nothing could be compared at all. */
export const readEffects = (deviation: Deviation): { sure: Effect[]; unsure: EffectName[] } => {
  const compared = effectNames.flatMap((name) => {
    const found = deviation[name]?.compared ?? null;
    return found === null ? [] : [{ name, compared: found, isBad: isShare(name) ? found.difference > 0 : found.difference < 0 }];
  });
  // An interval that misses zero is not enough: of hundreds, some do by chance.
  const isSure = ({ compared: { isBeyondChance } }: Effect): boolean => isBeyondChance;
  return { sure: compared.filter(isSure), unsure: compared.filter((effect) => !isSure(effect)).map(({ name }) => name) };
};

/** Shares in points of a hundred, feelings on -1 to 1, money in its currency. */
export const formatEffect = (name: EffectName, value: number, currency: string | null): string => {
  if (name === "revenue") return formatMoneyChange(value, currency);
  return isShare(name) ? formatChange(value * 100, 1) : formatChange(value, 2);
};

export const isShare = (name: EffectName): boolean => name === "repeatContact" || name === "leaving";

