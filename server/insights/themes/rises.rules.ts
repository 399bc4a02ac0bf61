import { passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import type { Rise } from "./themes.contract.ts";

/** Comments of a theme and all comments in stretches of 14 days, the latest first. */
export type Stretches = { theme: readonly number[]; all: readonly number[] };

export const RISE_STRETCH_DAYS = 14;
export const RISE_STRETCHES = 13;
/** Of the themes marked at most this share is expected to be chance. */
export const FALSE_ALARM_RATE = 0.05;
const COUNT_MIN = 5;
/** With fewer comments before there is no history to compare with. */
const HISTORY_MIN = 50;

/** Which themes are said more often in the last 14 days than their history explains. Exact binomial test of the latest stretch against those
 *  before, on counts made smaller where the history itself swings more than chance (quasi-likelihood: Wedderburn 1974).
 *  @returns null for a theme that is not marked, in the order given */
export const findRises = (themes: readonly Stretches[]): Rise[] => {
  const tests = themes.map(testRise);
  // Themes of fewer than five comments are never marked, so they are not among the tests.
  const counted = tests.filter((test) => test !== null);
  const passed = new Set(passesFalseDiscovery(counted.map(({ p }) => p), FALSE_ALARM_RATE).flatMap((isPassed, place) => (isPassed ? [counted[place]] : [])));
  return tests.map((test): Rise => (test === null || !passed.has(test) ? null : test));
};

const testRise = ({ theme, all }: Stretches): NonNullable<Rise> | null => {
  const [count = 0, ...before] = theme;
  const [recent = 0, ...history] = all;
  const [said, asked] = [sum(before), sum(history)];
  if (count < COUNT_MIN || asked < HISTORY_MIN || recent === 0) return null;
  const swing = swingOf(before, history);
  const p = chanceOfAtLeast(count / swing, (count + said) / swing, recent / (recent + asked));
  return { kind: said === 0 ? "new" : "rising", count, expected: (said / asked) * recent, p };
};

/** How much more the shares of the past swing than chance (Pearson's statistic per degree of freedom), 1 or more. */
const swingOf = (before: readonly number[], history: readonly number[]): number => {
  const stretches = history.flatMap((all, place) => (all >= 10 ? [{ all, said: before[place] ?? 0 }] : []));
  const share = sum(stretches.map(({ said }) => said)) / Math.max(1, sum(stretches.map(({ all }) => all)));
  if (stretches.length < 3 || share === 0) return 1;
  const squares = sum(stretches.map(({ all, said }) => (said - all * share) ** 2 / (all * share * (1 - share) || 1)));
  return Math.max(1, squares / (stretches.length - 1));
};

/** Chance that a binomial count is at least this high; also for counts that are no whole numbers, through the incomplete beta function. */
export const chanceOfAtLeast = (count: number, trials: number, share: number): number => {
  if (count <= 0) return 1;
  if (count > trials) return 0;
  return incompleteBeta(share, count, trials - count + 1);
};

/** Regularised incomplete beta function by its continued fraction. Source: Numerical Recipes 6.4 (Lentz's method). */
const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
};

const SMALLEST = 1e-300;

const betaFraction = (x: number, a: number, b: number): number => {
  const away = (value: number): number => (Math.abs(value) < SMALLEST ? SMALLEST : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < 1e-12) break;
  }
  return result;
};

/** Stirling's series after shifting the argument up; twelve digits for x > 0. */
const logGamma = (x: number): number => {
  let shift = 0;
  let at = x;
  while (at < 8) shift -= Math.log(at++);
  const inverse = 1 / (at * at);
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
