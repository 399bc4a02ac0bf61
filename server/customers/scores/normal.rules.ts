/** The 97.5 % point of the normal distribution: half width of a 95 % interval in standard errors. */
export const z95 = 1.959963984540054;

/** Chance of a value at least this far from zero on either side, under the normal distribution.
 *  @param z any number of standard errors; the sign does not matter
 *  @returns 0…1, with full relative precision far out in the tail
 *  Source: Abramowitz & Stegun 7.1.6 (series) and 7.1.14 (continued fraction) for erfc(|z|/√2). */
export const twoSidedP = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2;
  return x < 2 ? 1 - errorFunctionBySeries(x) : errorFunctionComplementByFraction(x);
};

const errorFunctionBySeries = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 0; n < 100 && term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 3);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

const errorFunctionComplementByFraction = (x: number): number => {
  let denominator = x;
  for (let k = 60; k >= 1; k--) denominator = x + k / 2 / denominator;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / denominator;
};
