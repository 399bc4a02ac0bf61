// What is learnt of each lane: a difference for each row of features. Lanes know nothing of each other, so each is learnt by itself.
import { readFileSync } from "node:fs";
import type { Correction } from "./corrections.ts";
import { CORRECTION_BITS } from "./corrections.ts";
import { sigmoid } from "./decisions.ts";
import { PIECE, type Features } from "./features.ts";
import { LANES } from "./kernel.ts";
import type { Question } from "./teaching-questions.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

const EPOCHS = 12;
const LAST_EPOCHS = 4;
const RATE = 0.4;
/** A large prime: neighbours in the list, which are the questions of one comment, are asked far from each other. */
const STRIDE = 1_000_003;
/** How far from the answer a probability may be and still count as right. */
const FAULT_MIN = 0.1;
const REST_EPOCHS = 4;
const ROWS = 1 << CORRECTION_BITS;
const SHIFT = 32 - CORRECTION_BITS;
const PIECE_HALVES = 1;
const WORD_HALVES = 2;
const SQUARE_FIRST = 1e-2;
// A feature as teaching.assembly.ts knows it: its row in the low 18 bits, above it its weight in halves.
const ROW_BITS = 18;
const HALVES_MAX = (1 << (32 - ROW_BITS)) - 1;
const AT_ONCE = 4;
const ROW_BYTES = 8;

/** What is asked in one lane, a column for each part of the questions: they are gone through again and again. */
type Asked = { texts: number[]; bases: number[]; gains: number[]; targets: number[]; weights: number[] };
type Lane = { table: number; bias: number; biasSquare: number; asked: Asked };

/** Learns from texts and what is asked about them. */
export class LaneTeacher {
  readonly #memory: Memory;
  readonly #sum: NumberFunction;
  readonly #move: NumberFunction;
  readonly #lanes: readonly Lane[];
  // The features of all texts, where those of each begin, and what their sums are multiplied by.
  #features = new Uint32Array(1 << 20);
  readonly #from = [0];
  readonly #lengths: number[] = [];
  /** Rows that have features, the most frequent first, so that they lie together. */
  #used = new Uint32Array(0);
  #featuresAt = 0;
  readonly #halves = new Uint16Array(ROWS);

  constructor() {
    const { memory, exported } = openProgram(readFileSync(new URL("teaching.wasm", import.meta.url)));
    this.#memory = memory;
    this.#sum = exported("sum");
    this.#move = exported("move");
    this.#lanes = Array.from({ length: LANES }, () => ({ table: 0, bias: 0, biasSquare: 1, asked: { texts: [], bases: [], gains: [], targets: [], weights: [] } }));
  }

  /** @param features those of the text that was read last */
  add(features: Features, questions: readonly Question[]): void {
    this.#addFeatures(features);
    for (const { lane, base, gain, target, weight } of questions) {
      const asked = this.#lanes[lane]?.asked;
      asked?.texts.push(this.#lengths.length - 1);
      asked?.bases.push(base);
      asked?.gains.push(gain);
      asked?.targets.push(target);
      asked?.weights.push(weight);
    }
  }

  /** Learns from the beginning what is asked about some of the texts; afterwards none can be added. */
  learnFirst(isTaken: (text: number) => boolean): void {
    this.#layOut();
    for (const lane of this.#lanes) this.#learnLane(lane, isTaken, 0, EPOCHS);
  }

  /** Goes on with all texts, from what was learnt before. */
  learnOn(): void {
    for (const lane of this.#lanes) this.#learnLane(lane, () => true, EPOCHS - LAST_EPOCHS, EPOCHS);
  }

  /** Rows that hold anything; row 0 stands for all others. */
  pack(): Correction {
    const learnt = this.#lanes.map(({ table }) => new Float32Array(this.#memory.buffer, table, this.#used.length * 2));
    const kept: number[] = [];
    for (let row = 0; row < this.#used.length && kept.length < 0xffff; row++) if (learnt.some((lane) => lane[row * 2] !== 0)) kept.push(row);
    const place = new Uint16Array(ROWS);
    const values = new Float32Array((kept.length + 1) * LANES);
    kept.forEach((row, index) => {
      place[this.#used[row] ?? 0] = index + 1;
      for (let lane = 0; lane < LANES; lane++) values[(index + 1) * LANES + lane] = learnt[lane]?.[row * 2] ?? 0;
    });
    return { place, values, bias: Float32Array.from(this.#lanes, ({ bias }) => bias) };
  }

  /** Each row once, filled up to whole fours with a row that no feature has. */
  #addFeatures({ hash, kind, count }: Features): void {
    const from = this.#from.at(-1) ?? 0;
    if (from + count + AT_ONCE > this.#features.length) {
      const larger = new Uint32Array(this.#features.length * 2 + count);
      larger.set(this.#features);
      this.#features = larger;
    }
    let [to, square] = [from, 1e-9];
    for (let at = 0; at < count; at++) {
      const row = (hash[at] ?? 0) >>> SHIFT;
      const weight = kind[at] === PIECE ? PIECE_HALVES : WORD_HALVES;
      const before = this.#halves[row] ?? 0;
      if (before === 0) this.#features[to++] = row;
      this.#halves[row] = Math.min(HALVES_MAX, before + weight);
      square += (weight * weight) / 4;
    }
    for (let at = from; at < to; at++) {
      const row = this.#features[at] ?? 0;
      this.#features[at] = row | ((this.#halves[row] ?? 0) << ROW_BITS);
      this.#halves[row] = 0;
    }
    while (to % AT_ONCE !== 0) this.#features[to++] = ROWS;
    this.#from.push(to);
    this.#lengths.push(1 / Math.sqrt(square) / 2);
  }

  /** Puts a table for each lane into memory, and behind them the features, with the numbers that their rows have there. */
  #layOut(): void {
    const size = this.#from.at(-1) ?? 0;
    this.#used = byFrequency(this.#features.subarray(0, size));
    const rows = this.#used.length + 1;
    this.#lanes.forEach((lane, number) => (lane.table = number * rows * ROW_BYTES));
    this.#featuresAt = Math.ceil((LANES * rows * ROW_BYTES) / 16) * 16;
    growTo(this.#memory, this.#featuresAt + size * 4);
    const squares = new Float32Array(this.#memory.buffer, 0, LANES * rows * 2);
    for (let at = 1; at < squares.length; at += 2) squares[at] = SQUARE_FIRST;
    const numbers = new Uint32Array(ROWS + 1).fill(this.#used.length);
    this.#used.forEach((row, number) => (numbers[row] = number));
    const placed = new Uint32Array(this.#memory.buffer, this.#featuresAt, size);
    for (let at = 0; at < size; at++) {
      const feature = this.#features[at] ?? 0;
      placed[at] = feature - rowOf(feature) + (numbers[rowOf(feature)] ?? 0);
    }
  }

  /** Logistic regression with AdaGrad, in an order that depends on nothing but how much is asked. */
  #learnLane(lane: Lane, isTaken: (text: number) => boolean, from: number, until: number): void {
    const { texts, bases, gains, targets, weights } = lane.asked;
    const order = Uint32Array.from(texts, (_, turn) => (turn * STRIDE) % texts.length);
    const restsUntil = Uint8Array.from(order, (one) => {
      if (!isTaken(texts[one] ?? 0)) return until;
      return isRight(sigmoid(bases[one] ?? 0) - (targets[one] ?? 0)) ? from + REST_EPOCHS : from;
    });
    for (let epoch = from; epoch < until; epoch++) {
      const rate = RATE * (1 - epoch / EPOCHS);
      // Each epoch begins elsewhere.
      const begin = Math.max(0, order.indexOf(epoch));
      for (let turn = 0; turn < order.length; turn++) {
        const at = begin + turn < order.length ? begin + turn : begin + turn - order.length;
        if ((restsUntil[at] ?? 0) > epoch) continue;
        const one = order[at] ?? 0;
        const text = texts[one] ?? 0;
        const [first, last] = [this.#featuresAt + (this.#from[text] ?? 0) * 4, this.#featuresAt + (this.#from[text + 1] ?? 0) * 4];
        const [length, gain] = [this.#lengths[text] ?? 0, gains[one] ?? 0];
        const difference = this.#sum(lane.table, first, last) * length + lane.bias;
        const fault = sigmoid((bases[one] ?? 0) + gain * difference) - (targets[one] ?? 0);
        // Most of what a person says confirms what the model reads already; such questions are asked again only now and then.
        if (isRight(fault)) {
          restsUntil[at] = epoch + REST_EPOCHS;
          continue;
        }
        const slope = fault * (weights[one] ?? 0) * gain;
        lane.biasSquare += slope * slope;
        lane.bias -= (0.1 * rate * slope) / Math.sqrt(lane.biasSquare);
        this.#move(lane.table, first, last, slope * length, rate);
      }
    }
  }
}

const isRight = (fault: number): boolean => Math.abs(fault) < FAULT_MIN;

const rowOf = (feature: number): number => feature & ((1 << ROW_BITS) - 1);

/** @returns the rows of features, the most frequent first */
const byFrequency = (features: Uint32Array): Uint32Array<ArrayBuffer> => {
  const counts = new Uint32Array(ROWS + 1);
  for (let at = 0; at < features.length; at++) counts[rowOf(features[at] ?? 0)] = (counts[rowOf(features[at] ?? 0)] ?? 0) + 1;
  // Sorted as numbers, in which the frequency comes before the row: a function that compares takes ten times as long.
  const keys = Float64Array.from(counts.subarray(0, ROWS), (count, row) => row - count * ROWS).sort();
  const used = counts.subarray(0, ROWS).reduce((sum, count) => (count === 0 ? sum : sum + 1), 0);
  return Uint32Array.from(keys.subarray(0, used), (key) => ((key % ROWS) + ROWS) % ROWS);
};
