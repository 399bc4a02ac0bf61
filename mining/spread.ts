// What a set of durations looks like.

/** Of durations in seconds; `stdev` is that of a sample, null of a single one. */
export type Spread = { count: number; mean: number; median: number; p90: number; min: number; max: number; sum: number; stdev: number | null };

/** @param milliseconds not empty; sorted in place
 *  @returns seconds; quantiles by linear interpolation between the two nearest (type 7 of Hyndman and Fan 1996) */
export const spreadOf = (milliseconds: Float64Array): Spread => {
  milliseconds.sort();
  const count = milliseconds.length;
  let sum = 0;
  for (let at = 0; at < count; at++) sum += milliseconds[at] ?? 0;
  const mean = sum / count;
  let squares = 0;
  for (let at = 0; at < count; at++) squares += ((milliseconds[at] ?? 0) - mean) ** 2;
  return {
    count,
    mean: mean / 1_000,
    median: quantile(milliseconds, 0.5) / 1_000,
    p90: quantile(milliseconds, 0.9) / 1_000,
    min: (milliseconds[0] ?? 0) / 1_000,
    max: (milliseconds[count - 1] ?? 0) / 1_000,
    sum: sum / 1_000,
    stdev: count < 2 ? null : Math.sqrt(squares / (count - 1)) / 1_000,
  };
};

const quantile = (sorted: Float64Array, share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
};
