// A linear model over hashed features, trained with AdaGrad: every lane is one weight vector, all in one table of rows.
// Deterministic: the same data and seed give the same weights.
import type { Documents } from "./documents.ts";

export type Training = {
  bits: number;
  lanes: number;
  /** Softmax: the lanes of a document are one choice. Logistic: every lane is a question of its own. */
  loss: "softmax" | "logistic";
  epochs: number;
  rate: number;
  /** Pull towards zero at each step. */
  decay?: number;
  seed?: number;
};

export type Targets = {
  /** lanes values per document, 0–1. */
  goal: Float32Array;
  /** How much each of them counts; 0: not known. */
  weight: Float32Array;
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The same numbers every time (xorshift). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
};

export const shuffle = (places: Uint32Array, random: () => number): void => {
  for (let at = places.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = places[at] ?? 0;
    places[at] = places[other] ?? 0;
    places[other] = kept;
  }
};

export class Linear {
  readonly training: Training;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly #shift: number;

  constructor(training: Training) {
    this.training = training;
    this.weights = new Float32Array(training.lanes << training.bits);
    this.bias = new Float32Array(training.lanes);
    this.#shift = 32 - training.bits;
  }

  /** Writes the logits of a document to out[0..lanes). */
  score(documents: Documents, document: number, out: Float32Array): void {
    const { lanes } = this.training;
    const { hash, value } = documents;
    const weights = this.weights;
    for (let lane = 0; lane < lanes; lane++) out[lane] = 0;
    const end = documents.start[document + 1] ?? 0;
    for (let at = documents.start[document] ?? 0; at < end; at++) {
      const row = ((hash[at] ?? 0) >>> this.#shift) * lanes;
      const weight = value[at] ?? 0;
      for (let lane = 0; lane < lanes; lane++) out[lane] = (out[lane] ?? 0) + weight * (weights[row + lane] ?? 0);
    }
    const scale = documents.scale[document] ?? 0;
    for (let lane = 0; lane < lanes; lane++) out[lane] = (out[lane] ?? 0) * scale + (this.bias[lane] ?? 0);
  }

  fit(documents: Documents, chosen: readonly number[] | Uint32Array, targets: Targets): this {
    const { lanes, epochs, rate, seed = 42 } = this.training;
    const order = Uint32Array.from(chosen);
    const random = randomNumbers(seed);
    const squares = new Float32Array(this.weights.length).fill(1e-2);
    const biasSquares = new Float32Array(lanes).fill(1e-2);
    const slope = new Float32Array(lanes);
    const steps = epochs * order.length;
    let step = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (const document of order) {
        const speed = rate * (1 - step++ / steps);
        this.score(documents, document, slope);
        if (this.#slopes(document, targets, slope)) this.#step(documents, document, slope, squares, biasSquares, speed);
      }
    }
    return this;
  }

  /** Turns logits into the slope of the loss, in place. @returns whether any is worth a step */
  #slopes(document: number, targets: Targets, slope: Float32Array): boolean {
    const { lanes, loss } = this.training;
    const first = document * lanes;
    if (loss === "softmax") softmax(slope);
    let isWorth = false;
    for (let lane = 0; lane < lanes; lane++) {
      const guess = loss === "softmax" ? (slope[lane] ?? 0) : sigmoid(slope[lane] ?? 0);
      const weight = targets.weight[first + lane] ?? 0;
      const difference = weight === 0 ? 0 : (guess - (targets.goal[first + lane] ?? 0)) * weight;
      slope[lane] = difference;
      if (Math.abs(difference) > 1e-3) isWorth = true;
    }
    return isWorth;
  }

  #step(documents: Documents, document: number, slope: Float32Array, squares: Float32Array, biasSquares: Float32Array, speed: number): void {
    const { lanes, decay = 1e-6 } = this.training;
    const { hash, value } = documents;
    const weights = this.weights;
    for (let lane = 0; lane < lanes; lane++) {
      const gradient = slope[lane] ?? 0;
      biasSquares[lane] = (biasSquares[lane] ?? 0) + gradient * gradient;
      this.bias[lane] = (this.bias[lane] ?? 0) - (0.3 * speed * gradient) / Math.sqrt(biasSquares[lane] ?? 1);
    }
    const scale = documents.scale[document] ?? 0;
    const end = documents.start[document + 1] ?? 0;
    for (let at = documents.start[document] ?? 0; at < end; at++) {
      const row = ((hash[at] ?? 0) >>> this.#shift) * lanes;
      const weight = (value[at] ?? 0) * scale;
      for (let place = row, lane = 0; lane < lanes; place++, lane++) {
        const difference = slope[lane] ?? 0;
        if (difference === 0) continue;
        const old = weights[place] ?? 0;
        const gradient = difference * weight + decay * old;
        const square = (squares[place] ?? 0) + gradient * gradient;
        squares[place] = square;
        weights[place] = old - (speed * gradient) / Math.sqrt(square);
      }
    }
  }
}

/** In place. */
export const softmax = (values: Float32Array): void => {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] = Math.exp((values[at] ?? 0) - most);
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) / sum;
};
