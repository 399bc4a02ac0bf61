// The WebAssembly kernel with its memory: tables are put in once, texts go in by batches, sums come out.
import { CLASS_OF, LETTER, LOWER_OF } from "./bytes.ts";
import { BYTES_READ_MAX } from "./features.ts";
import { packSpecialWords } from "./special-words.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

/** Weights in one row of a table. */
export const LANES = 16;
/** Numbers in one row of results: a sum per lane, how many words and how many pieces there were, and room. */
export const ROW = 20;
export const WORDS_AT = 16;
export const PIECES_AT = 17;

const TABLES_FROM = 33_792;
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
  readonly #places: number[] = [];
  readonly #tables: readonly Table[];
  #textsAt = 0;
  #offsetsAt = 0;
  #partsAt = 0;
  #rowsAt = 0;
  #bytesMax = 0;
  #textsMax = 0;

  constructor(code: Uint8Array, tables: readonly Table[]) {
    const { memory, exported } = openProgram(code);
    this.#memory = memory;
    this.#score = exported("score");
    this.#tables = tables;
    let place = TABLES_FROM;
    for (const table of tables) {
      this.#places.push(place);
      place += table.weights.length;
    }
    this.#textsAt = place;
    growTo(memory, place);
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

  /** Reads the batch with one of the tables.
   *  @param part "each" for a row of each part of a text, "all" for one row of all of them */
  sums(texts: number, tableIndex: number, part: "each" | "all" = "each", limit = BYTES_READ_MAX): Sums {
    const shift = 32 - (this.#tables[tableIndex]?.bits ?? 0);
    const rows = this.#score(this.#textsAt, this.#offsetsAt, texts, this.#places[tableIndex] ?? 0, shift, limit, this.#rowsAt, this.#partsAt, part === "all" ? 1 : 0);
    return { rows: new Int32Array(this.#memory.buffer, this.#rowsAt, rows * ROW), parts: new Int32Array(this.#memory.buffer, this.#partsAt, texts) };
  }

  #layOut(texts: number, byteCount: number): void {
    this.#textsMax = texts;
    this.#bytesMax = byteCount;
    this.#offsetsAt = aligned(this.#textsAt + byteCount + 16);
    this.#partsAt = aligned(this.#offsetsAt + (texts + 1) * 4);
    this.#rowsAt = aligned(this.#partsAt + texts * 4);
    // The kernel clears the row after the last one, too.
    growTo(this.#memory, this.#rowsAt + (Math.ceil(byteCount / PART_BYTES_MIN) + texts + 2) * ROW * 4);
  }
}

const aligned = (place: number): number => Math.ceil(place / 64) * 64;
