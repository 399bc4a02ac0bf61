// What is learnt of each lane: a difference for each row of features. Lanes know nothing of each other, so each is learnt by itself.
import { readFileSync } from "node:fs";
import type { Correction } from "./corrections.ts";
import { CORRECTION_BITS } from "./corrections.ts";
import { FEATURES_MAX } from "./features.ts";
import { LANES } from "./kernel.ts";
import type { Question } from "./teaching-questions.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

// On 1,517 comments labelled by reading, of sources the model never saw, 4 epochs at this rate read as much right of what was kept aside as 12 at 0.4
// did, in a third of the time.
const EPOCHS = 4;
const LAST_EPOCHS = 1;
const RATE = 0.5;
/** A large prime: neighbours in the list, which are the questions of one comment, are asked far from each other. */
const STRIDE = 1_000_003;
const ROWS = 1 << CORRECTION_BITS;
const SQUARE_FIRST = 1e-2;
const ROW_BYTES = 8;
/** A table for each lane, with a row more than there can be: the last is one that no feature has. */
const TABLE_BYTES = (ROWS + 1) * ROW_BYTES;
/** The bias of each lane and the sum of the squares of its steps. */
const BIASES_AT = LANES * TABLE_BYTES;
const BIAS_BYTES = 16;
/** Where a comment's features are put to be gathered by rows; then what is known of rows, as teaching.assembly.ts says. */
const HASHES_AT = BIASES_AT + LANES * BIAS_BYTES;
const KNOWN_AT = Math.ceil((HASHES_AT + FEATURES_MAX * 4) / 16) * 16;
const NUMBERS_AT = KNOWN_AT + 16;
const USED_AT = NUMBERS_AT + ROWS * 4 + ROWS * 2;
const FEATURES_AT = USED_AT + ROWS * 4;
const FEATURES_FIRST_BYTES = 4 << 20;
/** Features come by fours. */
const FILLED_UP_MAX = 3;
// Places in a question.
const QUESTION_BYTES = 64;
const RESTS_UNTIL = 2;
const NUMBERS_FROM = 2;

/** What is asked in one lane, a column for each part of the questions. */
type Asked = { texts: number[]; bases: number[]; gains: number[]; targets: number[]; weights: number[] };
/** `order`: which question comes at each turn, and `questionsAt` where they lie in that order. */
type Lane = { table: number; biasAt: number; order: Uint32Array; questionsAt: number; readonly asked: Asked };

/** Learns from texts and what is asked about them. */
export class LaneTeacher {
  readonly #memory: Memory;
  readonly #gather: NumberFunction;
  readonly #begin: NumberFunction;
  readonly #ask: NumberFunction;
  readonly #lanes: readonly Lane[];
  /** Where the features of each text begin, and what their sums are multiplied by. */
  readonly #from = [FEATURES_AT];
  readonly #lengths: number[] = [];

  constructor() {
    const { memory, exported } = openProgram(readFileSync(new URL("teaching.wasm", import.meta.url)), { math: { exp: Math.exp } });
    this.#memory = memory;
    this.#gather = exported("gather");
    this.#begin = exported("begin");
    this.#ask = exported("ask");
    growTo(memory, FEATURES_AT + FEATURES_FIRST_BYTES);
    this.#lanes = Array.from({ length: LANES }, (_, number) => ({ table: number * TABLE_BYTES, biasAt: BIASES_AT + number * BIAS_BYTES, order: new Uint32Array(0), questionsAt: 0, asked: { texts: [], bases: [], gains: [], targets: [], weights: [] } }));
  }

  /** Whether anything was asked about the lane so far: of others nothing is learnt. */
  isAsked(lane: number): boolean {
    return (this.#lanes[lane]?.asked.texts.length ?? 0) > 0;
  }

  /** @param features of a text, as the kernel lists them */
  add(features: Uint32Array, questions: readonly Question[]): void {
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
    this.#layOutQuestions();
    const used = this.#rowsUsed();
    for (const { table, biasAt, asked } of this.#lanes) {
      if (asked.texts.length === 0) continue;
      new Float64Array(this.#memory.buffer, biasAt, 2).set([0, 1]);
      const rows = new Float32Array(this.#memory.buffer, table, TABLE_BYTES / 4);
      for (let row = 0; row < used; row++) rows[row * 2 + 1] = SQUARE_FIRST;
      rows[ROWS * 2 + 1] = SQUARE_FIRST;
    }
    for (const lane of this.#lanes) this.#learnLane(lane, isTaken, 0, EPOCHS);
  }

  /** Goes on with all texts, from what was learnt before. */
  learnOn(): void {
    for (const lane of this.#lanes) this.#learnLane(lane, () => true, EPOCHS - LAST_EPOCHS, EPOCHS);
  }

  /** Rows that hold anything; row 0 stands for all others. */
  pack(): Correction {
    const rows = this.#rowsUsed();
    const used = new Uint32Array(this.#memory.buffer, USED_AT, rows);
    const all = new Float32Array((rows + 1) * LANES);
    const isKept = new Uint8Array(rows);
    this.#lanes.forEach(({ table }, number) => {
      if (!this.isAsked(number)) return;
      const learnt = new Float32Array(this.#memory.buffer, table, rows * 2);
      for (let row = 0; row < rows; row++) {
        const value = learnt[row * 2] ?? 0;
        if (value === 0) continue;
        all[(row + 1) * LANES + number] = value;
        isKept[row] = 1;
      }
    });
    const place = new Uint16Array(ROWS);
    let kept = 0;
    // Rows that are kept move up to those before them; the first is that of all others.
    for (let row = 0; row < rows && kept < 0xffff; row++) {
      if (isKept[row] === 0) continue;
      place[used[row] ?? 0] = ++kept;
      all.copyWithin(kept * LANES, (row + 1) * LANES, (row + 2) * LANES);
    }
    return { place, values: all.slice(0, (kept + 1) * LANES), bias: Float32Array.from(this.#lanes, ({ biasAt }) => new Float64Array(this.#memory.buffer, biasAt, 1)[0] ?? 0) };
  }

  #addFeatures(features: Uint32Array): void {
    const from = this.#from.at(-1) ?? 0;
    const room = (features.length + FILLED_UP_MAX) * 4;
    // Twice as much as there is, so that it is seldom too little.
    if (from + room > this.#memory.buffer.byteLength) growTo(this.#memory, from * 2 + room);
    const { buffer } = this.#memory;
    new Uint32Array(buffer, HASHES_AT, features.length).set(features);
    this.#from.push(this.#gather(HASHES_AT, features.length, KNOWN_AT, from));
    const [square = 0] = new Float64Array(buffer, KNOWN_AT + 8, 1);
    this.#lengths.push(1 / Math.sqrt(square) / 2);
  }

  #rowsUsed(): number {
    return new Uint32Array(this.#memory.buffer, KNOWN_AT, 1)[0] ?? 0;
  }

  /** Behind the features, in an order that depends on nothing but how much is asked. */
  #layOutQuestions(): void {
    let end = Math.ceil((this.#from.at(-1) ?? 0) / QUESTION_BYTES) * QUESTION_BYTES;
    for (const lane of this.#lanes) {
      const { texts } = lane.asked;
      lane.order = new Uint32Array(texts.length);
      for (let turn = 1; turn < texts.length; turn++) lane.order[turn] = ((lane.order[turn - 1] ?? 0) + STRIDE) % texts.length;
      lane.questionsAt = end;
      end += texts.length * QUESTION_BYTES;
    }
    growTo(this.#memory, end);
    for (const lane of this.#lanes) this.#writeQuestions(lane);
  }

  #writeQuestions({ order, questionsAt, asked: { texts, bases, gains, targets, weights } }: Lane): void {
    const { buffer } = this.#memory;
    const [places, numbers] = [new Uint32Array(buffer, questionsAt, (order.length * QUESTION_BYTES) / 4), new Float64Array(buffer, questionsAt, (order.length * QUESTION_BYTES) / 8)];
    order.forEach((one, turn) => {
      const text = texts[one] ?? 0;
      const [place, number] = [(turn * QUESTION_BYTES) / 4, (turn * QUESTION_BYTES) / 8 + NUMBERS_FROM];
      places[place] = this.#from[text] ?? 0;
      places[place + 1] = this.#from[text + 1] ?? 0;
      numbers[number] = this.#lengths[text] ?? 0;
      numbers[number + 1] = bases[one] ?? 0;
      numbers[number + 2] = gains[one] ?? 0;
      numbers[number + 3] = targets[one] ?? 0;
      numbers[number + 4] = weights[one] ?? 0;
    });
  }

  #learnLane({ table, biasAt, order, questionsAt, asked: { texts } }: Lane, isTaken: (text: number) => boolean, from: number, until: number): void {
    if (order.length === 0) return;
    const end = questionsAt + order.length * QUESTION_BYTES;
    this.#begin(questionsAt, end, from);
    const places = new Uint32Array(this.#memory.buffer, questionsAt, (order.length * QUESTION_BYTES) / 4);
    order.forEach((one, turn) => {
      if (!isTaken(texts[one] ?? 0)) places[(turn * QUESTION_BYTES) / 4 + RESTS_UNTIL] = until;
    });
    for (let epoch = from; epoch < until; epoch++) {
      // Each epoch begins elsewhere.
      const first = questionsAt + Math.max(0, order.indexOf(epoch)) * QUESTION_BYTES;
      this.#ask(table, biasAt, questionsAt, end, first, epoch, RATE * (1 - epoch / EPOCHS));
    }
  }
}
