// Finds which of many cues stand in texts, in one pass over their bytes whatever the cues are: what a character leads to is remembered as rows
// of numbers, which a program of WebAssembly follows.
import { readFileSync } from "node:fs";
import { CueStates, type CueState } from "./cue-states.ts";
import { END, WIDE } from "./cue-symbols.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

/** No UTF-16 code unit takes more than three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
// In the order that cues.assembly.ts knows.
const GIVEN = { texts: 0, offsets: 1, seen: 2, start: 3, rows: 4, shift: 5, telling: 6 };
const PLACE_OF_AT = 64;
/** The texts that are read side by side: of each a few numbers, one of them where its row lies. */
const SIDES_AT = 320;
const SIDES = 4;
const SIDE_BYTES = 16;
const ROW_IN_SIDE = 8;
const ROWS_AT = 512;
const SEEN_BYTES = 8;
/** More rows than a million comments lead to; texts made to lead elsewhere only make it start anew. */
const ROWS_MAX_USUAL = 8_192;

export class CueFinder {
  readonly #cues: readonly (readonly string[])[];
  readonly #memory: Memory;
  readonly #find: NumberFunction;
  readonly #shift: number;
  readonly #rowsMax: number;
  /** A symbol of each kind, and where in a row the entries of bytes lie. */
  readonly #symbols: readonly number[];
  readonly #placeOf: Uint8Array;
  readonly #textsFrom: number;
  readonly #encoder = new TextEncoder();
  #states: CueStates;
  /** By their numbers; those in which a cue ends from #rowsMax on. */
  #rows = new Map<number, CueState>();
  #quiet = 0;
  #telling = 0;
  #seen = new Uint32Array(0);

  /** @param cues two lists of at most 32, in the way of writing that `readCueSet` knows */
  constructor(cues: readonly (readonly string[])[], rowsMax = ROWS_MAX_USUAL) {
    this.#cues = cues;
    this.#rowsMax = rowsMax;
    this.#states = new CueStates(cues);
    const kinds = this.#states.kindsOfSymbols();
    // The rest of a character beyond ASCII has a kind of its own, behind all others.
    const rest = Math.max(...kinds) + 1;
    if (SEEN_BYTES + 2 * rest > 0xff) throw new Error(`${rest + 1} kinds of characters are more than a byte tells apart.`);
    this.#symbols = Array.from({ length: rest }, (_, kind) => kinds.indexOf(kind));
    this.#placeOf = Uint8Array.from({ length: 256 }, (_, byte) => SEEN_BYTES + 2 * (byte < WIDE ? (kinds[byte] ?? 0) : byte < 0xc0 ? rest : byte === 0xff ? (kinds[END] ?? 0) : (kinds[WIDE] ?? 0)));
    this.#shift = Math.ceil(Math.log2(SEEN_BYTES + 2 * (rest + 1)));
    const { memory, exported } = openProgram(readFileSync(new URL("cues.wasm", import.meta.url)), { finder: { learn: (sideAt = 0, place = 0) => (this.#learn(sideAt, place), 0) } });
    this.#memory = memory;
    this.#find = exported("find");
    this.#textsFrom = ROWS_AT + ((rowsMax * 2) << this.#shift);
    growTo(memory, this.#textsFrom);
    new Uint8Array(memory.buffer).set(this.#placeOf, PLACE_OF_AT);
    this.#give({ rows: ROWS_AT, shift: this.#shift, telling: rowsMax });
    this.#forget();
  }

  /** Looks into one text, which is then text 0. */
  findInOne(text: string): void {
    const { bytes, offsets } = this.#layOut(1, text.length * BYTES_PER_UNIT_MAX);
    offsets.set([0, this.#encoder.encodeInto(text, bytes).written]);
    this.#find(1);
  }

  /** Looks into texts of UTF-8, of which text n lies at offsets[n] to offsets[n + 1]. */
  findInBatch(texts: number, from: { bytes: Uint8Array; offsets: Uint32Array }): void {
    const size = from.offsets[texts] ?? 0;
    const { bytes, offsets } = this.#layOut(texts, size);
    bytes.set(from.bytes.subarray(0, size));
    offsets.set(from.offsets.subarray(0, texts + 1));
    this.#find(texts);
  }

  /** @returns a bit for each cue of the first list (half 0) or the second (half 1) that stands in the text */
  seenIn(text: number, half: 0 | 1): number {
    return this.#seen[text * 2 + half] ?? 0;
  }

  #layOut(texts: number, size: number): { bytes: Uint8Array; offsets: Uint32Array } {
    const offsetsAt = this.#textsFrom + texts * SEEN_BYTES;
    const textsAt = offsetsAt + (texts + 1) * 4;
    growTo(this.#memory, textsAt + size + 1);
    const { buffer } = this.#memory;
    this.#give({ seen: this.#textsFrom, offsets: offsetsAt, texts: textsAt });
    this.#seen = new Uint32Array(buffer, this.#textsFrom, texts * 2);
    return { bytes: new Uint8Array(buffer, textsAt, size), offsets: new Uint32Array(buffer, offsetsAt, texts + 1) };
  }

  /** Writes down to which row a byte leads for the text of a side. */
  #learn(sideAt: number, place: number): void {
    if (Math.max(this.#quiet, this.#telling) + ROWS_FREE_MIN > this.#rowsMax) this.#startAnew();
    const { buffer } = this.#memory;
    const [rowAt = 0] = new Uint32Array(buffer, sideAt + ROW_IN_SIDE, 1);
    const next = this.#states.move(this.#stateAt(rowAt), this.#symbols[(place - SEEN_BYTES) / 2] ?? 0);
    new Uint16Array(buffer)[(rowAt + place) / 2] = this.#rowOf(next);
  }

  #stateAt(rowAt: number): CueState {
    const state = this.#rows.get((rowAt - ROWS_AT) >>> this.#shift);
    if (state === undefined) throw new Error("The program stopped where nothing lies.");
    return state;
  }

  /** @returns the number of the state's row, which may still be empty */
  #rowOf(state: CueState): number {
    if (state.row !== 0) return state.row;
    const isTelling = (state.seen[0] | state.seen[1]) !== 0;
    state.row = isTelling ? this.#rowsMax + this.#telling++ : ++this.#quiet;
    this.#rows.set(state.row, state);
    const at = this.#placeOfRow(state.row);
    new Uint32Array(this.#memory.buffer, at, 2).set(state.seen);
    // Within a character nothing changes.
    new Uint16Array(this.#memory.buffer)[(at + (this.#placeOf[REST] ?? 0)) / 2] = state.row;
    return state.row;
  }

  #placeOfRow(row: number): number {
    return ROWS_AT + (row << this.#shift);
  }

  #give(values: { [name in keyof typeof GIVEN]?: number }): void {
    const words = new Uint32Array(this.#memory.buffer, 0, PLACE_OF_AT / 4);
    for (const [name, value] of Object.entries(values)) words[Reflect.get(GIVEN, name)] = value;
  }

  /** Forgets all but the rows at which texts are. */
  #startAnew(): void {
    const rowsAt = Array.from({ length: SIDES }, (_, side) => new Uint32Array(this.#memory.buffer, SIDES_AT + side * SIDE_BYTES + ROW_IN_SIDE, 1));
    // A side that no text came to yet stands at no row.
    const states = rowsAt.map(([rowAt = 0]) => this.#rows.get((rowAt - ROWS_AT) >>> this.#shift));
    this.#forget();
    states.forEach((state, side) => state !== undefined && rowsAt[side]?.fill(this.#placeOfRow(this.#rowOf({ ...state, row: 0 }))));
  }

  #forget(): void {
    new Uint8Array(this.#memory.buffer, ROWS_AT, this.#textsFrom - ROWS_AT).fill(0);
    this.#rows.clear();
    [this.#quiet, this.#telling] = [0, 0];
    this.#states = new CueStates(this.#cues);
    this.#give({ start: this.#placeOfRow(this.#rowOf(this.#states.start)) });
  }
}

/** The second byte of a character, whatever it is. */
const REST = 0x80;
/** For the rows at which texts are, the next, the first, and one that is none. */
const ROWS_FREE_MIN = SIDES + 3;
