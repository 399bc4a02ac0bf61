// How much better two levels explain two samples than one level does.

/** Answers per value: `values` ascending, `counts` beside them. */
export type Distribution = { values: readonly number[]; counts: readonly number[] };

export type Side = { count: number; mean: number };

/** Log of the likelihood ratio of "two means" against "one mean" for two samples of answers on a scale, in the family that tilts the answers
 *  seen towards higher or lower ones. For yes and no it is the binomial likelihood ratio; unlike a z test it stays right far out in the tail of a
 *  share near 0 or 1, where alerts look.
 *  @param pooled all answers of both sides; a half is added to each value, so that one never given yet is not impossible
 *  @returns 0 or more; about half the square of a z value
 *  Source: Lai, "Sequential changepoint detection in quality control and dynamical systems", JRSS B 1995 (generalised likelihood ratios over
 *  a limited window); Efron, "Exponential Families in Theory and Practice", 2022, for the tilted family. */
export const twoMeansRatio = (pooled: Distribution, first: Side, second: Side): number => {
  const family = tiltedFamily(pooled);
  const common = (first.count * first.mean + second.count * second.mean) / (first.count + second.count);
  const nothing = family.at(common);
  const divergence = ({ count, mean }: Side): number => {
    const own = family.at(mean);
    return count * Math.max(0, (own.tilt - nothing.tilt) * own.mean - (own.normaliser - nothing.normaliser));
  };
  return divergence(first) + divergence(second);
};

/** The same for two counts of things that come by chance, each over its own exposure.
 *  @returns 0 or more */
export const twoRatesRatio = (first: { count: number; exposure: number }, second: { count: number; exposure: number }): number => {
  const common = (first.count + second.count) / (first.exposure + second.exposure);
  const part = ({ count, exposure }: { count: number; exposure: number }): number => (count === 0 ? 0 : count * Math.log(count / exposure / common));
  return Math.max(0, part(first) + part(second));
};

type Tilted = { tilt: number; normaliser: number; mean: number };

const stepsMax = 60;

const tiltedFamily = ({ values, counts }: Distribution): { at: (mean: number) => Tilted } => {
  const total = counts.reduce((sum, count) => sum + count + 0.5, 0);
  const shares = counts.map((count) => (count + 0.5) / total);
  const [lowest, highest] = [values[0] ?? 0, values.at(-1) ?? 1];
  const edge = (highest - lowest) * 1e-6;
  const momentsAt = (tilt: number): { normaliser: number; mean: number; variance: number } => {
    let [mass, first, second] = [0, 0, 0];
    // The middle is taken off so that no power grows too large.
    const middle = (lowest + highest) / 2;
    for (const [index, value] of values.entries()) {
      const weight = (shares[index] ?? 0) * Math.exp(tilt * (value - middle));
      mass += weight;
      first += weight * value;
      second += weight * value * value;
    }
    const mean = first / mass;
    return { normaliser: Math.log(mass) + tilt * middle, mean, variance: second / mass - mean * mean };
  };
  return {
    at: (wanted) => {
      const mean = Math.min(highest - edge, Math.max(lowest + edge, wanted));
      let [low, high, tilt] = [-60 / (highest - lowest), 60 / (highest - lowest), 0];
      for (let step = 0; step < stepsMax; step += 1) {
        const now = momentsAt(tilt);
        if (Math.abs(now.mean - mean) < 1e-9 * (highest - lowest)) break;
        if (now.mean < mean) low = tilt;
        else high = tilt;
        const next = tilt + (mean - now.mean) / now.variance;
        // Newton's step where it stays between what is known to be too low and too high, else the middle.
        tilt = next > low && next < high ? next : (low + high) / 2;
      }
      return { tilt, normaliser: momentsAt(tilt).normaliser, mean };
    },
  };
};
