// Short dense vectors of sentences, made from the company's own comments: words that stand with the same words come to lie close together.
// Latent semantic analysis (Deerwester and others 1990) by subspace iteration (Halko, Martinsson and Tropp 2011).
import type { Sentences } from "./theme-corpus.ts";

export type Vectors = { count: number; width: number; values: Float32Array };

const ROUNDS = 3;

/** Random numbers that are the same for the same seed (mulberry32). */
export const makeRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** One vector of length one for each sentence.
 *  @param width at most; fewer where there are not so many words */
export const makeVectors = (sentences: Sentences, wordCount: number, given: { width: number; seed: number }): Vectors => {
  const width = Math.max(1, Math.min(given.width, wordCount, sentences.count));
  const random = makeRandom(given.seed);
  let words = new Float32Array(wordCount * width);
  for (let place = 0; place < words.length; place++) words[place] = random() - 0.5;
  orthonormalise(words, wordCount, width);
  for (let round = 0; round < ROUNDS; round++) {
    words = toWords(sentences, toSentences(sentences, words, width), wordCount, width);
    orthonormalise(words, wordCount, width);
  }
  const values = toSentences(sentences, words, width);
  evenOut(values, sentences.count, width);
  normaliseRows(values, sentences.count, width);
  return { count: sentences.count, width, values };
};

const toSentences = (sentences: Sentences, words: Float32Array, width: number): Float32Array => {
  const { starts, terms, values } = sentences;
  const result = new Float32Array(sentences.count * width);
  for (let row = 0; row < sentences.count; row++) {
    const at = row * width;
    for (let place = starts[row] ?? 0, end = starts[row + 1] ?? 0; place < end; place++) {
      const value = values[place] ?? 0;
      const word = (terms[place] ?? 0) * width;
      for (let column = 0; column < width; column++) result[at + column] = (result[at + column] ?? 0) + value * (words[word + column] ?? 0);
    }
  }
  return result;
};

const toWords = (sentences: Sentences, rows: Float32Array, wordCount: number, width: number): Float32Array<ArrayBuffer> => {
  const { starts, terms, values } = sentences;
  const result = new Float32Array(wordCount * width);
  for (let row = 0; row < sentences.count; row++) {
    const at = row * width;
    for (let place = starts[row] ?? 0, end = starts[row + 1] ?? 0; place < end; place++) {
      const value = values[place] ?? 0;
      const word = (terms[place] ?? 0) * width;
      for (let column = 0; column < width; column++) result[word + column] = (result[word + column] ?? 0) + value * (rows[at + column] ?? 0);
    }
  }
  return result;
};

/** Gram-Schmidt over columns, through the Cholesky factor of their products: two passes over the rows instead of one for each pair. */
const orthonormalise = (matrix: Float32Array, rows: number, width: number): void => {
  const products = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    for (let one = 0; one < width; one++) {
      const value = matrix[at + one] ?? 0;
      if (value === 0) continue;
      for (let other = 0; other <= one; other++) products[one * width + other] = (products[one * width + other] ?? 0) + value * (matrix[at + other] ?? 0);
    }
  }
  const lower = cholesky(products, width);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    for (let one = 0; one < width; one++) {
      let value = matrix[at + one] ?? 0;
      for (let other = 0; other < one; other++) value -= (lower[one * width + other] ?? 0) * (matrix[at + other] ?? 0);
      const length = lower[one * width + one] ?? 0;
      matrix[at + one] = length > 0 ? value / length : 0;
    }
  }
};

const cholesky = (products: Float64Array, width: number): Float64Array => {
  const lower = new Float64Array(width * width);
  for (let one = 0; one < width; one++) {
    for (let other = 0; other <= one; other++) {
      let sum = products[one * width + other] ?? 0;
      for (let before = 0; before < other; before++) sum -= (lower[one * width + before] ?? 0) * (lower[other * width + before] ?? 0);
      // A column that is the sum of others gets no length: it is left out.
      if (one === other) lower[one * width + one] = sum > 1e-9 ? Math.sqrt(sum) : 0;
      else lower[one * width + other] = (lower[other * width + other] ?? 0) > 0 ? sum / (lower[other * width + other] ?? 1) : 0;
    }
  }
  return lower;
};

/** Takes some of the length of the strongest directions away: they hold what all comments have in common. */
const evenOut = (values: Float32Array, rows: number, width: number): void => {
  const squares = new Float64Array(width);
  for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) squares[column] = (squares[column] ?? 0) + (values[row * width + column] ?? 0) ** 2;
  const scale = squares.map((sum) => (sum > 0 ? (sum / rows) ** -0.25 : 0));
  for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) values[row * width + column] = (values[row * width + column] ?? 0) * (scale[column] ?? 0);
};

export const normaliseRows = (values: Float32Array, rows: number, width: number): void => {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += (values[row * width + column] ?? 0) ** 2;
    const length = Math.sqrt(sum) || 1;
    for (let column = 0; column < width; column++) values[row * width + column] = (values[row * width + column] ?? 0) / length;
  }
};
