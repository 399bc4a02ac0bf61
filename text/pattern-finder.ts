// Finds many patterns in texts. Engines try one pattern after the other at every letter; here all patterns are followed from each beginning of a
// word on, the first letters together, and a group of texts side by side.
import { readFileSync } from "node:fs";
import { PatternStates, type State } from "./pattern-states.ts";
import { SYMBOL_OF, SYMBOLS } from "./pattern-symbols.ts";
import { growTo, openProgram, type Memory, type NumberFunction } from "./webassembly.ts";

/** So many counts has each text. */
export const PATTERNS_MAX = 64;
/** Places of units have two bytes, and the highest number stands for none. */
const UNITS_MAX = 65_534;
/** No UTF-16 code unit takes more than three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
/** So many letters are followed for all patterns together; then few are left, and each is followed by itself. */
const TOGETHER_MAX = 8;

/** A pattern and how far it has come; with a state of null it comes no further. `matched` is the length of its match so far. */
type Followed = { pattern: number; state: State | null; matched: number };
/** All patterns that are left after the first letters of a word, `length` of them. */
type Beginning = { length: number; followed: readonly Followed[]; rowAt: number };

// What lies in memory says for each symbol what comes next: 0 when nobody knows yet, else where the next row lies, with two bits.
const MATCHED = 1;
const LAST = 2;
const FLAGS = 3;
type Row =
  /** An entry for each symbol. The last leads to a list of what goes on by itself. */
  | { kind: "beginning"; beginning: Beginning }
  /** Entries for symbols of the same kind are alike; those of the usual kind, which is that of most, have one entry, all others one each. */
  | { kind: "state"; pattern: number; state: State; kinds: Uint8Array; usual: number };

// In the order that patterns.assembly.ts knows.
const GIVEN = { root: 0, texts: 1, offsets: 2, counts: 3, symbols: 4, beginnings: 5, unitsMax: 6, countMax: 7, reached: 8, group: 9, beginningsOf: 10, atOnce: 11, next: 12, walkers: 13, ended: 14, found: 15, starts: 17 };
const SYMBOL_OF_AT = 80;
const ROWS_AT = 512;
const BEGINNING_BYTES = SYMBOLS * 4;
/** So many texts are a group, as far as the places of their units have two bytes, and so many beginnings in it are followed side by side. */
const GROUP_TEXTS = 8;
const AT_ONCE = 512;
const WALKER_BYTES = 8;
const STARTS_BYTES = 16 << 12;
/** More than a million comments lead to; texts made to lead elsewhere only make it start anew. */
const ROWS_BYTES_USUAL = 4 << 20;

export type PatternFinderOptions = {
  /** At most 64, in the way of writing that `compilePattern` knows. A match begins where a word begins, with a letter or digit. */
  patterns: readonly string[];
  /** More matches of one pattern in one text are not looked for; null: all are, but counts end at 255. */
  countMax: number | null;
  /** UTF-16 units of a text that are searched; at most 65,534. */
  unitsMax: number;
  /** Room for what is known of where letters lead. */
  rowsBytesMax?: number;
};

export class PatternFinder {
  readonly #options: PatternFinderOptions;
  readonly #memory: Memory;
  readonly #run: NumberFunction;
  readonly #rowsEndMax: number;
  readonly #textsFrom: number;
  readonly #symbolsAt: number;
  readonly #symbolsSize: number;
  readonly #startsAt: number;
  #words: Uint32Array;
  /** How often each pattern is found in each text, what is found next beginning where it ended: of text n from n * PATTERNS_MAX on. Valid until the next texts. */
  counts = new Uint8Array(0);
  #states: PatternStates[] = [];
  #numbers = 0;
  #beginnings = new Map<string, Beginning>();
  /** What lies where in memory. */
  #rows = new Map<number, Row>();
  #rowsEnd = ROWS_AT;

  constructor(options: PatternFinderOptions) {
    const { patterns, countMax, unitsMax } = options;
    if (patterns.length > PATTERNS_MAX || (countMax ?? 0) > 255 || unitsMax > UNITS_MAX) throw new Error("So much cannot be looked for at once.");
    this.#options = options;
    const { memory, exported } = openProgram(readFileSync(new URL("patterns.wasm", import.meta.url)), { finder: { learn: (rowAt = 0, place = 0) => (this.#learn(rowAt, place) ? 1 : 0) } });
    this.#memory = memory;
    this.#run = exported("find");
    const group = Math.max(1, Math.min(GROUP_TEXTS, Math.floor(UNITS_MAX / (unitsMax + 1))));
    this.#rowsEndMax = ROWS_AT + (options.rowsBytesMax ?? ROWS_BYTES_USUAL);
    this.#symbolsSize = group * (unitsMax + 1);
    let end = this.#rowsEndMax;
    const take = (size: number): number => {
      const at = aligned(end);
      end = at + size;
      return at;
    };
    this.#symbolsAt = take(this.#symbolsSize + 4);
    this.#startsAt = take(STARTS_BYTES);
    const places = {
      symbols: this.#symbolsAt,
      starts: this.#startsAt,
      beginnings: take(this.#symbolsSize + 2),
      beginningsOf: take((group + 1) * 4),
      next: take(group * PATTERNS_MAX * 2),
      walkers: take((AT_ONCE * PATTERNS_MAX + 1) * WALKER_BYTES),
      ended: take(AT_ONCE * WALKER_BYTES),
      found: take(AT_ONCE * PATTERNS_MAX * WALKER_BYTES),
    };
    this.#textsFrom = aligned(end);
    growTo(memory, this.#textsFrom);
    this.#words = new Uint32Array(memory.buffer);
    new Uint8Array(memory.buffer).set(SYMBOL_OF, SYMBOL_OF_AT);
    this.#give({ ...places, unitsMax, countMax: countMax ?? 0, group });
    this.#forget();
  }

  /** Looks into one text, which is then text 0. */
  findInOne(text: string): void {
    const searched = text.slice(0, this.#options.unitsMax);
    const { bytes, offsets } = this.#layOut(1, searched.length * BYTES_PER_UNIT_MAX);
    offsets.set([0, encoder.encodeInto(searched, bytes).written]);
    this.#findInAll(1);
  }

  /** Looks into texts of UTF-8, of which text n lies at offsets[n] to offsets[n + 1]. */
  find(texts: number, from: { bytes: Uint8Array; offsets: Uint32Array }): void {
    const size = from.offsets[texts] ?? 0;
    const { bytes, offsets } = this.#layOut(texts, size);
    bytes.set(from.bytes.subarray(0, size));
    offsets.set(from.offsets.subarray(0, texts + 1));
    this.#findInAll(texts);
  }

  #findInAll(texts: number): void {
    this.#give({ atOnce: AT_ONCE });
    let text = this.#run(0, texts, 0);
    let forgotAt = "";
    while (text < texts) {
      const reached = `${text} ${this.#words[GIVEN.reached]}`;
      if (reached === forgotAt) throw new Error("One beginning leads to more than there is room for.");
      // Where many beginnings lead to more than there is room for, one by one do not; only what was forgotten is followed again.
      if (this.#words[GIVEN.atOnce] === 1) forgotAt = reached;
      this.#give({ atOnce: 1 });
      text = this.#run(text, texts, 1);
    }
  }

  #layOut(texts: number, size: number): { bytes: Uint8Array; offsets: Uint32Array } {
    const offsetsAt = this.#textsFrom + texts * PATTERNS_MAX;
    const textsAt = offsetsAt + (texts + 1) * 4;
    // The program reads a few bytes beyond the last text.
    growTo(this.#memory, textsAt + size + 16);
    const { buffer } = this.#memory;
    if (this.#words.buffer !== buffer) this.#words = new Uint32Array(buffer);
    this.#give({ counts: this.#textsFrom, offsets: offsetsAt, texts: textsAt });
    this.counts = new Uint8Array(buffer, this.#textsFrom, texts * PATTERNS_MAX);
    return { bytes: new Uint8Array(buffer, textsAt, size), offsets: new Uint32Array(buffer, offsetsAt, texts + 1) };
  }

  #give(values: { [name in keyof typeof GIVEN]?: number }): void {
    for (const [name, value] of Object.entries(values)) this.#words[Reflect.get(GIVEN, name)] = value;
  }

  /** Makes what a text led to and nobody knew, from there to where nothing is followed any more.
   *  @returns false when all was forgotten, since there was no more room */
  #learn(unknownRow: number, unknownPlace: number): boolean {
    const symbols = new Uint8Array(this.#memory.buffer, this.#symbolsAt, this.#symbolsSize);
    let rowAt = unknownRow;
    for (let place = unknownPlace; ; place++) {
      const symbol = symbols[place] ?? 0;
      const row = this.#rows.get(rowAt);
      if (row === undefined) throw new Error("The program stopped where nothing lies.");
      const entryAt = rowAt + placeIn(row, symbol);
      if (this.#get(entryAt) === 0) {
        if (this.#rowsEnd + (PATTERNS_MAX + 2) * BEGINNING_BYTES > this.#rowsEndMax) {
          this.#forget();
          return false;
        }
        if (row.kind === "beginning") this.#put(entryAt, this.#moveTogether(row.beginning, symbol));
        else this.#moveAlone(rowAt, row, symbol);
      }
      const entry = this.#get(entryAt);
      if ((entry & LAST) !== 0) return true;
      rowAt = entry & ~FLAGS;
    }
  }

  #moveTogether({ length, followed }: Beginning, symbol: number): number {
    const next: Followed[] = [];
    let alive = 0;
    for (const one of followed) {
      const move = one.state === null ? null : this.#states[one.pattern]?.move(one.state, symbol);
      const matched = move?.hasMatched === true ? length : one.matched;
      const state = move?.state ?? null;
      if (state !== null) alive++;
      if (state !== null || matched > 0) next.push({ pattern: one.pattern, state, matched });
    }
    if (next.length === 0) return LAST;
    const isLast = length + 1 >= TOGETHER_MAX || next.length === 1 || alive === 0;
    return isLast ? this.#listOf(this.#keepBeginning(next, TOGETHER_MAX)) | LAST : this.#rowOfBeginning(this.#keepBeginning(next, length + 1));
  }

  #moveAlone(rowAt: number, row: Row & { kind: "state" }, symbol: number): void {
    const { pattern, state, kinds, usual } = row;
    const move = this.#states[pattern]?.move(state, symbol);
    const next = move?.state ?? null;
    const entry = (move?.hasMatched === true ? MATCHED : 0) | (next === null ? LAST : this.#rowOfState(pattern, next));
    const kind = kinds[symbol];
    if (kind === usual) return this.#put(rowAt + USUAL_AT, entry);
    for (let alike = 0, at = rowAt + USUAL_AT; alike < SYMBOLS; alike++) {
      if (kinds[alike] === usual) continue;
      at += 4;
      if (kinds[alike] === kind) this.#put(at, entry);
    }
  }

  /** @param length TOGETHER_MAX where patterns go on by themselves */
  #keepBeginning(followed: readonly Followed[], length: number): Beginning {
    // Numbers as units of a string: written out they take three times as long.
    const units = [length];
    for (const { pattern, state, matched } of followed) {
      const number = state?.number ?? 0;
      units.push(pattern | (matched << 8), number & 0xffff, number >>> 16);
    }
    const key = String.fromCharCode(...units);
    const known = this.#beginnings.get(key);
    if (known !== undefined) return known;
    const beginning = { length, followed, rowAt: 0 };
    this.#beginnings.set(key, beginning);
    return beginning;
  }

  #rowOfBeginning(beginning: Beginning): number {
    if (beginning.rowAt === 0) {
      beginning.rowAt = this.#take(BEGINNING_BYTES);
      this.#rows.set(beginning.rowAt, { kind: "beginning", beginning });
    }
    return beginning.rowAt;
  }

  /** How many patterns go on by themselves, and of each its number, the length of its match so far and its row. */
  #listOf(beginning: Beginning): number {
    const { followed } = beginning;
    if (beginning.rowAt === 0) {
      const rows = followed.flatMap(({ pattern, state, matched }) => [pattern | (matched << 16), state === null ? 0 : this.#rowOfState(pattern, state)]);
      beginning.rowAt = this.#take((rows.length + 1) * 4);
      this.#words.set([followed.length, ...rows], beginning.rowAt >>> 2);
    }
    return beginning.rowAt;
  }

  /** A bit for each symbol that does not lead where most do, the entry of those, and the entries of the others. */
  #rowOfState(pattern: number, state: State): number {
    if (state.rowAt !== 0) return state.rowAt;
    const kinds = this.#states[pattern]?.kindsOf(state) ?? new Uint8Array(SYMBOLS);
    const usual = mostFrequent(kinds);
    let [low, high, size] = [0, 0, 12];
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      if (kinds[symbol] === usual) continue;
      if (symbol < 32) low |= 1 << symbol;
      else high |= 1 << (symbol - 32);
      size += 4;
    }
    state.rowAt = this.#take(size);
    this.#put(state.rowAt, low);
    this.#put(state.rowAt + 4, high);
    this.#rows.set(state.rowAt, { kind: "state", pattern, state, kinds, usual });
    return state.rowAt;
  }

  #take(size: number): number {
    const at = this.#rowsEnd;
    this.#rowsEnd += size;
    return at;
  }

  /** Starts with nothing known. */
  #forget(): void {
    new Uint8Array(this.#memory.buffer, ROWS_AT, this.#rowsEnd - ROWS_AT).fill(0);
    new Uint8Array(this.#memory.buffer, this.#startsAt, STARTS_BYTES).fill(0);
    this.#rows.clear();
    this.#beginnings.clear();
    this.#rowsEnd = ROWS_AT;
    this.#states = this.#options.patterns.map((pattern) => new PatternStates(pattern, () => ++this.#numbers));
    const followed = this.#states.map(({ start }, pattern) => ({ pattern, state: start, matched: 0 }));
    this.#give({ root: this.#rowOfBeginning(this.#keepBeginning(followed, 0)) });
  }

  #get(at: number): number {
    return this.#words[at >>> 2] ?? 0;
  }

  #put(at: number, value: number): void {
    this.#words[at >>> 2] = value;
  }
}

const encoder = new TextEncoder();
const aligned = (place: number): number => Math.ceil(place / 16) * 16;

/** Behind a bit for each symbol. */
const USUAL_AT = 8;

/** Where in a row the entry of a symbol lies. */
const placeIn = (row: Row, symbol: number): number => {
  if (row.kind === "beginning") return symbol * 4;
  const { kinds, usual } = row;
  if (kinds[symbol] === usual) return USUAL_AT;
  let place = USUAL_AT;
  for (let other = 0; other <= symbol; other++) if (kinds[other] !== usual) place += 4;
  return place;
};

const mostFrequent = (kinds: Uint8Array): number => {
  const counts: number[] = [];
  let most = 0;
  for (const kind of kinds) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if ((counts[kind] ?? 0) > (counts[most] ?? 0)) most = kind;
  }
  return most;
};
