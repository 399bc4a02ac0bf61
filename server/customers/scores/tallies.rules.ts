import type { MeasureName, Scale } from "./scores.contract.ts";
import { bandOf, boxOf } from "./scales.rules.ts";
import { addMoments, noMoments, type Moments } from "./weighting.rules.ts";

/** Sums over the answers in one box of a scale: all a score needs, however many answers there are. */
export type Box = {
  value: number;
  count: number;
  weights: number;
  squaredWeights: number;
  /** Σ value and Σ value², which differ from count × box value only where values are not whole. */
  values: number;
  squaredValues: number;
  /** Σ w value, Σ w² value, Σ w² value² */
  weightedValues: number;
  squaredWeightsValues: number;
  squaredWeightedValues: number;
};

export type Tally = readonly Box[];

/** Adds one answer to a tally that is being filled, for readers that see answers one by one.
 *  @param tally by box; changed in place, since a copy per row would cost more than the reading
 *  @returns false, with the tally unchanged, when the value is off the scale */
export const addAnswer = (tally: Map<number, Box>, scale: Scale, answer: { value: number; weight: number }): boolean => {
  const value = boxOf(scale, answer.value);
  if (value === null) return false;
  const box = tally.get(value) ?? emptyBox(value);
  const squaredWeight = answer.weight * answer.weight;
  box.count += 1;
  box.weights += answer.weight;
  box.squaredWeights += squaredWeight;
  box.values += answer.value;
  box.squaredValues += answer.value * answer.value;
  box.weightedValues += answer.weight * answer.value;
  box.squaredWeightsValues += squaredWeight * answer.value;
  box.squaredWeightedValues += squaredWeight * answer.value * answer.value;
  tally.set(value, box);
  return true;
};

/** Joins tallies of the same scale, box by box. */
export const joinTallies = (tallies: readonly Tally[]): Tally => combine(tallies.flat());

/** Takes a part out of a whole that contains it: what all the others answered. */
export const subtractTally = (whole: Tally, part: Tally): Tally =>
  combine([...whole, ...part.map((box) => negative(box))]).filter((box) => box.count > 0);

/** Answers per band of the metric. */
export const countBand = (tally: Tally, metric: MeasureName, scale: Scale, band: string): number =>
  tally.reduce((sum, box) => sum + (bandOf(metric, scale, box.value) === band ? box.count : 0), 0);

export const countAnswers = (tally: Tally): number => tally.reduce((sum, box) => sum + box.count, 0);

/** The sums a weighted estimate needs when every answer of a box has the same score.
 *  @param scoreOf the score of a box, such as +100, 0, −100 */
export const momentsOfBoxes = (tally: Tally, scoreOf: (box: number) => number): Moments =>
  tally.reduce((sum, box) => {
    const score = scoreOf(box.value);
    return addMoments(sum, {
      count: box.count,
      weights: box.weights,
      squaredWeights: box.squaredWeights,
      weightedScores: box.weights * score,
      squaredWeightsScores: box.squaredWeights * score,
      squaredWeightedScores: box.squaredWeights * score * score,
    });
  }, noMoments);

/** The sums for a mean of the values themselves. */
export const momentsOfValues = (tally: Tally): Moments =>
  tally.reduce(
    (sum, box) =>
      addMoments(sum, {
        count: box.count,
        weights: box.weights,
        squaredWeights: box.squaredWeights,
        weightedScores: box.weightedValues,
        squaredWeightsScores: box.squaredWeightsValues,
        squaredWeightedScores: box.squaredWeightedValues,
      }),
    noMoments,
  );

/** The same answers as if each weighed 1. */
export const withoutWeights = (tally: Tally): Tally =>
  tally.map((box) => ({
    ...box,
    weights: box.count,
    squaredWeights: box.count,
    weightedValues: box.values,
    squaredWeightsValues: box.values,
    squaredWeightedValues: box.squaredValues,
  }));

const emptyBox = (value: number): Box => ({
  value,
  count: 0,
  weights: 0,
  squaredWeights: 0,
  values: 0,
  squaredValues: 0,
  weightedValues: 0,
  squaredWeightsValues: 0,
  squaredWeightedValues: 0,
});

const combine = (boxes: readonly Box[]): Tally => {
  const byValue = new Map<number, Box>();
  for (const box of boxes) byValue.set(box.value, addBoxes(byValue.get(box.value) ?? emptyBox(box.value), box));
  return [...byValue.values()].toSorted((first, second) => first.value - second.value);
};

const addBoxes = (first: Box, second: Box): Box => ({
  value: first.value,
  count: first.count + second.count,
  weights: first.weights + second.weights,
  squaredWeights: first.squaredWeights + second.squaredWeights,
  values: first.values + second.values,
  squaredValues: first.squaredValues + second.squaredValues,
  weightedValues: first.weightedValues + second.weightedValues,
  squaredWeightsValues: first.squaredWeightsValues + second.squaredWeightsValues,
  squaredWeightedValues: first.squaredWeightedValues + second.squaredWeightedValues,
});

const negative = (box: Box): Box => ({
  value: box.value,
  count: -box.count,
  weights: -box.weights,
  squaredWeights: -box.squaredWeights,
  values: -box.values,
  squaredValues: -box.squaredValues,
  weightedValues: -box.weightedValues,
  squaredWeightsValues: -box.squaredWeightsValues,
  squaredWeightedValues: -box.squaredWeightedValues,
});
