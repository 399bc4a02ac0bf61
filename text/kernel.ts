// The WebAssembly kernel with its memory: tables are put in once, texts go in by batches, sums come out.
import { CLASS_OF, LETTER, LOWER_OF } from "./bytes.ts";
import { BYTES_READ_MAX, FEATURES_MAX, PARTS_MAX } from "./features.ts";
import { packSpecialWords } from "./special-words.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

/** Weights in one row of a table. */
export const LANES = 16;
/** Numbers in one row of results: a sum per lane, how many words and how many pieces there were, and room. */
export const ROW = 20;
export const WORDS_AT = 16;
export const PIECES_AT = 17;

// As kernel.assembly.ts knows them.
const WHOLE_AT = 33_792;
const MOST_AT = 33_920;
const BY_PART_AT = 34_048;
const SCALE_AT = 40_192;
const BIAS_AT = 40_320;
const TABLES_FROM = 40_576;
/** A part has three words or ends its text, so six bytes at least. */
const PART_BYTES_MIN = 6;

/** Weights of one or more heads: 1 << bits rows of LANES. */
export type Table = { bits: number; weights: Int8Array };

export type Sums = {
  /** Rows of ROW numbers: the parts of the first text, then those of the second. Valid until the next batch. */
  rows: Int32Array;
  /** How many rows each text has. */
  parts: Int32Array;
};

/** A batch of texts lying in the kernel's memory; `bytes` and `offsets` are written by the caller. */
export type Batch = { bytes: Uint8Array; offsets: Uint32Array };

export class Kernel {
  readonly #memory: Memory;
  readonly #score: NumberFunction;
  readonly #logits: NumberFunction;
  readonly #list: NumberFunction;
  readonly #places: number[] = [];
  readonly #tables: readonly Table[];
  #textsAt = 0;
  #offsetsAt = 0;
  #partsAt = 0;
  #languagesAt = 0;
  #rowsAt = 0;
  #listAt = 0;
  #bytesMax = 0;
  #textsMax = 0;
  /** What `logits` gave last: of the whole text, the highest of any part, and of each part; LANES each. They move when a larger batch comes. */
  whole = new Float64Array(0);
  most = new Float64Array(0);
  byPart = new Float64Array(0);

  /** @param lanes what a sum of each lane of the first table is worth, and what is added to it */
  constructor(code: Uint8Array, tables: readonly Table[], lanes: { scale: readonly number[]; bias: readonly number[] } = { scale: [], bias: [] }) {
    const { memory, exported } = openProgram(code);
    this.#memory = memory;
    this.#score = exported("score");
    this.#logits = exported("logits");
    this.#list = exported("list");
    this.#tables = tables;
    let place = TABLES_FROM;
    for (const table of tables) {
      this.#places.push(place);
      place += table.weights.length;
    }
    this.#textsAt = place;
    this.#growTo(place);
    new Float64Array(memory.buffer, SCALE_AT, LANES).set(lanes.scale.slice(0, LANES));
    new Float64Array(memory.buffer, BIAS_AT, LANES).set(lanes.bias.slice(0, LANES));
    const bytes = new Uint8Array(this.#memory.buffer);
    bytes.set(CLASS_OF, 0);
    bytes.set(LOWER_OF, 256);
    bytes.set(new Uint8Array(packSpecialWords().buffer), 512);
    bytes.set(LOWER_OF.subarray(0, 128).map((letter, byte) => (CLASS_OF[byte] === LETTER ? letter : 0)), 33_280);
    tables.forEach((table, index) => bytes.set(new Uint8Array(table.weights.buffer, table.weights.byteOffset, table.weights.length), this.#places[index]));
  }

  /** Room for a batch; what an earlier one gave is no longer valid. */
  batch(texts: number, byteCount: number): Batch {
    if (texts > this.#textsMax || byteCount > this.#bytesMax) this.#layOut(Math.max(texts, this.#textsMax), Math.max(byteCount, this.#bytesMax));
    return { bytes: new Uint8Array(this.#memory.buffer, this.#textsAt, this.#bytesMax), offsets: new Uint32Array(this.#memory.buffer, this.#offsetsAt, texts + 1) };
  }

  /** Reads the batch with the first table. */
  sums(texts: number): Sums {
    return this.#sums(texts, 0);
  }

  /** The same, and in the same pass a row for each text with the sums of its first bytes by the second table. */
  sumsAndLanguages(texts: number, bytesOfLanguage: number): Sums & { languages: Int32Array } {
    return { ...this.#sums(texts, bytesOfLanguage), languages: new Int32Array(this.#memory.buffer, this.#languagesAt, texts * ROW) };
  }

  #sums(texts: number, bytesOfLanguage: number): Sums {
    const shiftOf = (table: number): number => 32 - (this.#tables[table]?.bits ?? 0);
    const languagesAt = bytesOfLanguage === 0 ? 0 : this.#languagesAt;
    const rows = this.#score(this.#textsAt, this.#offsetsAt, texts, this.#places[0] ?? 0, shiftOf(0), BYTES_READ_MAX, this.#rowsAt, this.#partsAt, languagesAt, this.#places[1] ?? 0, shiftOf(1), bytesOfLanguage);
    return { rows: new Int32Array(this.#memory.buffer, this.#rowsAt, rows * ROW), parts: new Int32Array(this.#memory.buffer, this.#partsAt, texts) };
  }

  /** @returns the features of a text of the batch as `Features` finds them, valid until the next: hashes, of which the last bit says whether it is a piece of a word */
  listFeatures(text: number): Uint32Array {
    const { buffer } = this.#memory;
    const [start = 0, end = 0] = new Uint32Array(buffer, this.#offsetsAt + text * 4, 2);
    const listEnd = this.#list(this.#textsAt + start, this.#textsAt + Math.min(end, start + BYTES_READ_MAX), this.#listAt);
    return new Uint32Array(buffer, this.#listAt, (listEnd - this.#listAt) / 4);
  }

  /** Makes the logits of a text.
   *  @param row the first of the rows that `sums` gave for it @param parts how many there are, at most PARTS_MAX */
  logits(row: number, parts: number): void {
    this.#logits(this.#rowsAt + row * ROW * 4, parts);
  }

  #layOut(texts: number, byteCount: number): void {
    this.#textsMax = texts;
    this.#bytesMax = byteCount;
    this.#offsetsAt = aligned(this.#textsAt + byteCount + 16);
    this.#partsAt = aligned(this.#offsetsAt + (texts + 1) * 4);
    this.#languagesAt = aligned(this.#partsAt + texts * 4);
    this.#rowsAt = aligned(this.#languagesAt + texts * ROW * 4);
    // The kernel clears the row after the last one, too.
    this.#listAt = aligned(this.#rowsAt + (Math.ceil(byteCount / PART_BYTES_MIN) + texts + 2) * ROW * 4);
    this.#growTo(this.#listAt + FEATURES_MAX * 4);
  }

  #growTo(size: number): void {
    growTo(this.#memory, size);
    const { buffer } = this.#memory;
    this.whole = new Float64Array(buffer, WHOLE_AT, LANES);
    this.most = new Float64Array(buffer, MOST_AT, LANES);
    this.byPart = new Float64Array(buffer, BY_PART_AT, LANES * PARTS_MAX);
  }
}

/** No UTF-16 code unit takes more than three bytes of UTF-8. */
export const BYTES_PER_UNIT_MAX = 3;
const encoder = new TextEncoder();

/** Lays texts into the memory of a kernel. */
export const encodeBatch = (kernel: Kernel, texts: readonly string[]): Batch => {
  const batch = kernel.batch(texts.length, texts.reduce((sum, text) => sum + text.length * BYTES_PER_UNIT_MAX, 0));
  let place = 0;
  batch.offsets[0] = 0;
  texts.forEach((text, index) => {
    place += encoder.encodeInto(text, batch.bytes.subarray(place)).written;
    batch.offsets[index + 1] = place;
  });
  return batch;
};

const aligned = (place: number): number => Math.ceil(place / 64) * 64;
