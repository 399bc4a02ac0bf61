// Groups of sentences that lie close together: spherical k-means (Dhillon and Modha 2001), started well apart (Arthur and Vassilvitskii 2007).
import { makeRandom, normaliseRows, type Vectors } from "./theme-vectors.ts";

export type Clusters = {
  /** Which group each sentence is nearest to. */
  group: Uint16Array;
  /** How near, -1 to 1. */
  nearness: Float32Array;
  centres: Float32Array;
  count: number;
};

const ROUNDS_MAX = 15;
const SETTLED_SHARE = 0.002;

export const findClusters = (vectors: Vectors, given: { count: number; seed: number }): Clusters => {
  const count = Math.max(1, Math.min(given.count, vectors.count));
  const { width } = vectors;
  let centres = chooseCentres(vectors, count, makeRandom(given.seed));
  const group = new Uint16Array(vectors.count);
  const nearness = new Float32Array(vectors.count);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const moved = findNearest(vectors, centres, count, group, nearness);
    if (round > 0 && moved <= vectors.count * SETTLED_SHARE) break;
    const next = new Float32Array(count * width);
    for (let row = 0; row < vectors.count; row++) addTo(next, (group[row] ?? 0) * width, vectors.values, row * width, width);
    // A group that lost all its sentences keeps its centre.
    for (let one = 0; one < count; one++) if (isEmpty(next, one * width, width)) next.set(centres.subarray(one * width, (one + 1) * width), one * width);
    normaliseRows(next, count, width);
    centres = next;
  }
  return { group, nearness, centres, count };
};

export const findNearest = (vectors: Vectors, centres: Float32Array, count: number, group: Uint16Array, nearness: Float32Array): number => {
  const { width, values } = vectors;
  let moved = 0;
  for (let row = 0; row < vectors.count; row++) {
    let best = 0;
    let bestNearness = -2;
    for (let one = 0; one < count; one++) {
      const near = dot(values, row * width, centres, one * width, width);
      if (near > bestNearness) [best, bestNearness] = [one, near];
    }
    if (group[row] !== best) moved++;
    group[row] = best;
    nearness[row] = bestNearness;
  }
  return moved;
};

const chooseCentres = (vectors: Vectors, count: number, random: () => number): Float32Array => {
  const { width, values } = vectors;
  const centres = new Float32Array(count * width);
  const distance = new Float64Array(vectors.count).fill(2);
  for (let one = 0; one < count; one++) {
    const chosen = one === 0 ? Math.floor(random() * vectors.count) : draw(distance, random);
    centres.set(values.subarray(chosen * width, (chosen + 1) * width), one * width);
    for (let row = 0; row < vectors.count; row++) {
      const apart = Math.max(0, 1 - dot(values, row * width, centres, one * width, width));
      if (apart < (distance[row] ?? 0)) distance[row] = apart;
    }
  }
  return centres;
};

const draw = (weights: Float64Array, random: () => number): number => {
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let row = 0; row < weights.length; row++) {
    rest -= weights[row] ?? 0;
    if (rest <= 0) return row;
  }
  return weights.length - 1;
};

export const dot = (one: Float32Array, oneFrom: number, other: Float32Array, otherFrom: number, width: number): number => {
  let sum = 0;
  for (let column = 0; column < width; column++) sum += (one[oneFrom + column] ?? 0) * (other[otherFrom + column] ?? 0);
  return sum;
};

const addTo = (sums: Float32Array, at: number, values: Float32Array, from: number, width: number): void => {
  for (let column = 0; column < width; column++) sums[at + column] = (sums[at + column] ?? 0) + (values[from + column] ?? 0);
};

const isEmpty = (values: Float32Array, from: number, width: number): boolean => {
  for (let column = 0; column < width; column++) if (values[from + column] !== 0) return false;
  return true;
};
