// Where the matches of many patterns may begin. Engines try every pattern at every letter; here one pass over the letters finds the few
// words with which a pattern can begin, and only there it is tried.
import { listBeginnings, WORD_END } from "./beginnings.ts";

/** Small letters and capitals alike, digits, and marks that stand within patterns; all other characters are one. */
const SYMBOL_BITS = 5;
const SYMBOLS = 1 << SYMBOL_BITS;
const OTHER = 0;
const DIGIT = 27;
const LOW_LINE = 28;
const symbols = new Uint8Array(128);
for (let code = 0; code < 26; code++) symbols[65 + code] = symbols[97 + code] = code + 1;
for (let code = 48; code < 58; code++) symbols[code] = DIGIT;
for (const [index, mark] of ["_", " ", "'", "-"].entries()) symbols[mark.charCodeAt(0)] = LOW_LINE + index;
// A low line is taken for no part of a word: patterns differ there, and say so themselves when they are tried.
const BESIDE_WORDS = [OTHER, LOW_LINE, LOW_LINE + 1, LOW_LINE + 2, LOW_LINE + 3];
const IS_BESIDE_WORDS = BESIDE_WORDS.reduce((bits, symbol) => bits | (1 << symbol), 0);

/** The first letters of a word. */
const WINDOW = 4;
const WINDOW_BITS = SYMBOL_BITS * WINDOW;
const WINDOW_MASK = (1 << WINDOW_BITS) - 1;
const BEFORE_MASK = (SYMBOLS << WINDOW_BITS) - 1;
const PLACES_BITS = 16;
/** The number of a state has two bytes. */
const STATES_MAX = 65_536;
const placeOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - PLACES_BITS);

export type Starts = {
  /** Fills `at` with places of words in the text with which some pattern may begin, in order, and `patterns`; gives their number. */
  find: (text: string) => number;
  at: Uint16Array;
  /** One bit for each pattern. */
  patterns: Uint32Array;
};

/** @param sources up to 32 patterns, each of which begins with a word, in the way of writing that `listBeginnings` knows
 *  @param textMax the longest text that will be searched, up to 65,535 */
export const compileStarts = (sources: readonly string[], textMax: number): Starts => {
  const tree = makeTree(sources);
  const mayBegin = markWindows(tree);
  const at = new Uint16Array(textMax);
  const patterns = new Uint32Array(textMax);
  const find = (text: string): number => {
    let count = 0;
    let window = 0;
    // Where the text is at its end, the window still has words to show.
    for (let end = 0; end < text.length + WINDOW - 1; end++) {
      const code = end < text.length ? text.charCodeAt(end) : 0;
      window = ((window << SYMBOL_BITS) | (code < 128 ? (symbols[code] ?? 0) : 0)) & BEFORE_MASK;
      if (((mayBegin[placeOf(window & WINDOW_MASK)] ?? 0) & (IS_BESIDE_WORDS >>> (window >>> WINDOW_BITS))) === 0) continue;
      const start = end - WINDOW + 1;
      const found = start < 0 ? 0 : walk(tree, text, start);
      if (found === 0) continue;
      at[count] = start;
      patterns[count] = found;
      count++;
    }
    return count;
  };
  return { find, at, patterns };
};

/** State 0 is the root, and as the next of a state it says that there is none; `ends` are the patterns that may begin so. */
type Tree = { next: Uint16Array; ends: Uint32Array };

/** @returns the patterns that may begin at the place */
const walk = ({ next, ends }: Tree, text: string, place: number): number => {
  let state = 0;
  let found = 0;
  for (let end = place; ; end++) {
    const code = end < text.length ? text.charCodeAt(end) : 0;
    state = next[state * SYMBOLS + (code < 128 ? (symbols[code] ?? 0) : 0)] ?? 0;
    if (state === 0) return found;
    found |= ends[state] ?? 0;
  }
};

const makeTree = (sources: readonly string[]): Tree => {
  const rows: number[][] = [emptyRow()];
  const ends = [0];
  const stepsFrom = (states: readonly number[], letter: string): number[] => {
    const into = letter === WORD_END ? BESIDE_WORDS : [symbols[letter.charCodeAt(0)] ?? OTHER];
    return states.flatMap((state) => into.map((symbol) => {
      const row = rows[state] ?? [];
      if (row[symbol] === 0) {
        row[symbol] = rows.push(emptyRow()) - 1;
        ends.push(0);
      }
      return row[symbol] ?? 0;
    }));
  };
  for (const [index, source] of sources.entries()) {
    for (const beginning of listBeginnings(source)) {
      for (const state of [...beginning].reduce(stepsFrom, [0])) ends[state] = (ends[state] ?? 0) | (1 << index);
    }
  }
  if (rows.length > STATES_MAX) throw new Error("The patterns have too many beginnings.");
  return { next: Uint16Array.from(rows.flat()), ends: Uint32Array.from(ends) };
};

const emptyRow = (): number[] => Array.from({ length: SYMBOLS }, () => 0);

/** A table of windows, folded: 0 where none of that kind can be the beginning of a match. */
const markWindows = ({ next, ends }: Tree): Uint8Array => {
  const marks = new Uint8Array(1 << PLACES_BITS);
  const mark = (state: number, window: number, length: number): void => {
    if (length === WINDOW) {
      marks[placeOf(window)] = 1;
      return;
    }
    const isOpen = state < 0 || ends[state] !== 0;
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      const after = isOpen ? -1 : (next[state * SYMBOLS + symbol] ?? 0);
      if (after !== 0) mark(after, (window << SYMBOL_BITS) | symbol, length + 1);
    }
  };
  mark(0, 0, 0);
  return marks;
};
