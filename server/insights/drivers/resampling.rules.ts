// How far shares would differ had other people answered: percentile bootstrap, seeded.
import { addUnits, correlate, usable, type Units } from "./correlations.rules.ts";
import { explainEverySet, prepareSets, shareByOrder } from "./importance.rules.ts";

/** 95 % of the resampled shares lie between low and high; of the ranks likewise, 1 being the most important. `missingInfo`: how much of the doubt is owed to gaps that were filled. */
export type ShareInterval = { low: number; high: number; rankLow: number; rankHigh: number; missingInfo: number | null };

export type Resampling = {
  /** Draws once more; it takes a few hundred microseconds, so that callers can let others work in between. */
  draw: () => void;
  intervals: () => ShareInterval[];
  /** What was drawn so far, by factor. */
  drawn: Drawn;
};
export type Drawn = { shares: readonly (readonly number[])[]; ranks: readonly (readonly number[])[] };

/** Small fast generator with 32 bits of state: the same seed gives the same intervals on every machine. Source: Tommy Ettinger, mulberry32 (public domain). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Draws as many units as there are, with replacement, and shares the R² of each draw among the factors.
 *  Source: Efron & Tibshirani, An Introduction to the Bootstrap, 13 (percentile interval); with factors and outcome drawn together, as in survey data. */
export const startResampling = (units: Units, random: () => number): Resampling => {
  const factors = units.variables - 1;
  const work = prepareSets(factors);
  const times = new Int32Array(units.count);
  const total = new Float64Array(units.width);
  const shares: number[][] = Array.from({ length: factors }, () => []);
  const ranks: number[][] = Array.from({ length: factors }, () => []);
  return {
    draw: () => {
      times.fill(0);
      for (let drawn = 0; drawn < units.count; drawn += 1) {
        const unit = Math.floor(random() * units.count);
        times[unit] = (times[unit] ?? 0) + 1;
      }
      addUnits(units, times, total);
      const { matrix } = usable(correlate(total, units), units.missing);
      const values = shareByOrder(explainEverySet(matrix, work), work);
      const sum = values.reduce((all, value) => all + value, 0);
      // A draw in which nothing varies explains nothing and has no shares.
      if (!(sum > 0)) return;
      const order = [...values.keys()].toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0));
      for (const [place, factor] of order.entries()) {
        shares[factor]?.push((values[factor] ?? 0) / sum);
        ranks[factor]?.push(place + 1);
      }
    },
    intervals: () => shares.map((drawn, factor) => {
      const share = Float64Array.from(drawn).toSorted();
      return { low: quantileOf(share, 0.025), high: quantileOf(share, 0.975), ...rankInterval(ranks[factor] ?? []), missingInfo: null };
    }),
    drawn: { shares, ranks },
  };
};

/** 95 % of these ranks lie between the two. */
export const rankInterval = (ranks: readonly number[]): Pick<ShareInterval, "rankLow" | "rankHigh"> => {
  const sorted = Float64Array.from(ranks).toSorted();
  return { rankLow: Math.floor(quantileOf(sorted, 0.025)), rankHigh: Math.ceil(quantileOf(sorted, 0.975)) };
};

/** Linear between the two values beside it. Source: Hyndman & Fan 1996, type 7. */
const quantileOf = (sorted: Float64Array, share: number): number => {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
};
