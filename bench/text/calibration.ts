// Fits a probability to a few scores, and limits to probabilities: on texts that the weights were not trained on.
import type { Calibration } from "../../text/model.ts";
import { sigmoid } from "../../text/decisions.ts";

export type Sample = { signs: readonly number[]; isTrue: boolean; weight?: number };

/** Logistic regression by plain gradient descent on standardised signs: a handful of weights, so nothing cleverer is needed. */
export const fitCalibration = (samples: readonly Sample[], ridge = 1e-3): Calibration => {
  const all = samples.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const width = samples[0]?.signs.length ?? 0;
  const [means, spreads] = [0, 1].map(() => new Float64Array(width));
  if (means === undefined || spreads === undefined) throw new Error("No room for the means.");
  for (const { signs } of samples) signs.forEach((sign, at) => (means[at] = (means[at] ?? 0) + sign / samples.length));
  for (const { signs } of samples) signs.forEach((sign, at) => (spreads[at] = (spreads[at] ?? 0) + (sign - (means[at] ?? 0)) ** 2 / samples.length));
  const spread = (at: number): number => Math.sqrt(spreads[at] ?? 0) || 1;
  const weights = new Float64Array(width);
  let bias = 0;
  for (let step = 0; step < 400; step++) {
    const slopes = new Float64Array(width);
    let biasSlope = 0;
    for (const { signs, isTrue, weight = 1 } of samples) {
      let logit = bias;
      for (let at = 0; at < width; at++) logit += (weights[at] ?? 0) * (((signs[at] ?? 0) - (means[at] ?? 0)) / spread(at));
      const difference = ((sigmoid(logit) - (isTrue ? 1 : 0)) * weight) / all;
      biasSlope += difference;
      for (let at = 0; at < width; at++) slopes[at] = (slopes[at] ?? 0) + difference * (((signs[at] ?? 0) - (means[at] ?? 0)) / spread(at));
    }
    for (let at = 0; at < width; at++) weights[at] = (weights[at] ?? 0) - 2 * ((slopes[at] ?? 0) + ridge * (weights[at] ?? 0));
    bias -= 2 * biasSlope;
  }
  const real = [...weights].map((weight, at) => weight / spread(at));
  return { weights: real.map(rounded), bias: rounded(bias - real.reduce((sum, weight, at) => sum + weight * (means[at] ?? 0), 0)) };
};

export const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

export const logitOf = ({ weights, bias }: Calibration, signs: readonly number[]): number => signs.reduce((sum, sign, at) => sum + sign * (weights[at] ?? 0), bias);

export type Guess = { probability: number; isTrue: boolean; weight?: number };

/** The limit with the highest F1 of what is said from it on. */
export const bestLimit = (guesses: readonly Guess[]): number => {
  const sorted = guesses.toSorted((one, other) => other.probability - one.probability);
  const truths = guesses.filter(({ isTrue }) => isTrue).length;
  let [hits, best, limit] = [0, -1, 1];
  sorted.forEach(({ probability, isTrue }, index) => {
    if (isTrue) hits++;
    const f1 = (2 * hits) / (index + 1 + truths);
    if (f1 > best) [best, limit] = [f1, probability];
  });
  return limit;
};

/** The limit from which on as many are said as are true, so that nothing is said too often as a whole. */
export const limitOfCount = (guesses: readonly Guess[]): number => {
  const truths = guesses.filter(({ isTrue }) => isTrue).length;
  return guesses.map(({ probability }) => probability).toSorted((one, other) => other - one)[truths - 1] ?? 1;
};

/** The lowest limit at which at least the wanted share of what is said is right. */
export const limitOfPrecision = (guesses: readonly Guess[], wanted: number): number => {
  const sorted = guesses.toSorted((one, other) => other.probability - one.probability);
  let [hits, said, limit] = [0, 0, sorted[0]?.probability ?? 1];
  for (const { probability, isTrue, weight = 1 } of sorted) {
    said += weight;
    if (isTrue) hits += weight;
    if (hits / said >= wanted) limit = probability;
  }
  return limit;
};
