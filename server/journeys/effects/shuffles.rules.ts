// What labels would show that mean nothing: the same values, handed out anew.

/** Evenly spread numbers 0…1, the same for the same seed.
 *  Source: mulberry32, Tommy Ettinger, public domain. */
export const makeRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

// With so many on both sides of a stratum the sum of those drawn is as good as normal.
const DRAWN_ONE_BY_ONE = 30;

/** The sum of some of the values, drawn blindly.
 *  @param values reordered */
export const drawSum = (values: number[], drawn: number, random: () => number): number => {
  const total = sumOf(values);
  const fewer = Math.min(drawn, values.length - drawn);
  if (fewer > DRAWN_ONE_BY_ONE) {
    const mean = total / values.length;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const error = Math.sqrt(spread * drawn * (1 - drawn / values.length));
    return drawn * mean + error * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }
  let sum = 0;
  for (let at = 0; at < fewer; at += 1) {
    const chosen = at + Math.floor(random() * (values.length - at));
    const value = values[chosen] ?? 0;
    values[chosen] = values[at] ?? 0;
    values[at] = value;
    sum += value;
  }
  return fewer === drawn ? sum : total - sum;
};

/** What of the largest of each round 95 of 100 do not pass.
 *  @param largest one per round, any order; not mutated
 *  Source: single-step max-T, Westfall & Young, Resampling-Based Multiple Testing, 1993. */
export const bandOf = (largest: readonly number[]): number => largest.toSorted((one, other) => one - other)[Math.ceil(largest.length * 0.95) - 1] ?? 0;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
