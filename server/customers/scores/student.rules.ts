import { logGamma } from "./gamma.rules.ts";
import { twoSidedP, z95 } from "./normal.rules.ts";

/** Where tables go over to the normal distribution: from here on its points differ by about a thousandth of themselves. Published figures of large surveys
 *  are of the normal one. */
const manyDegrees = 1_000;

/** Chance of a value at least this far from zero on either side, under Student's distribution.
 *  @param t in standard errors; the sign does not matter  @param degrees also between whole numbers, also infinite; with 0 nothing can be told
 *  Source: the regularised incomplete beta function I(df / (df + t²); df/2, 1/2), Abramowitz & Stegun 26.7.1 and 26.5.8. */
export const twoSidedStudentP = (t: number, degrees: number): number => {
  if (degrees > manyDegrees) return twoSidedP(t);
  return degrees > 0 ? incompleteBeta(degrees / (degrees + t * t), degrees / 2, 1 / 2) : 1;
};

/** The 97.5 % point of Student's distribution.
 *  @param degrees 1 or more, also between whole numbers; below 1 nothing is bounded
 *  Source: tables for few degrees, else the expansion of Cornish & Fisher (Abramowitz & Stegun 26.7.5), right to 0.001 from 8 on. */
export const t95 = (degrees: number): number => {
  // Effective counts of equal weights miss whole numbers by rounding.
  const whole = Math.floor(degrees + 1e-9);
  if (whole < 1) return Number.POSITIVE_INFINITY;
  const listed = fewDegrees[whole - 1];
  if (listed !== undefined) return listed;
  const z = z95;
  if (degrees > manyDegrees) return z;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3);
};
const fewDegrees = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646];

/** Degrees of freedom of the difference of two means whose spreads were estimated each by itself.
 *  Source: Welch, Biometrika 1947; Satterthwaite, Biometrics Bulletin 1946. */
export const welchDegrees = (first: { variance: number; degrees: number }, second: { variance: number; degrees: number }): number =>
  (first.variance + second.variance) ** 2 / (first.variance ** 2 / first.degrees + second.variance ** 2 / second.degrees);

const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
};

const steps = 500;
const tiny = 1e-300;

// Lentz's way through the continued fraction. Source: Numerical Recipes 6.4.
const betaFraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < steps; m++) {
    for (const factor of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / nonZero(1 + factor * d);
      c = nonZero(1 + factor / c);
      h *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
};

const nonZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
