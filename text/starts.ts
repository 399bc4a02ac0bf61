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
/** The number of a state has two bytes. */
const STATES_MAX = 65_536;

export type Starts = {
  /** Fills `at` with places of words in the text with which some pattern may begin, in order, and `lists`; gives their number. */
  find: (text: string) => number;
  at: Uint16Array;
  /** For each place, which of `patterns` may begin there. */
  lists: Uint16Array;
  /** Lists of patterns by their place in `sources`, rising. */
  patterns: readonly (readonly number[])[];
};

/** @param sources patterns, each of which begins with a word, in the way of writing that `listBeginnings` knows
 *  @param textMax the longest text that will be searched, up to 65,535 */
export const compileStarts = (sources: readonly string[], textMax: number): Starts => {
  const tree = makeTree(sources);
  const at = new Uint16Array(textMax);
  const lists = new Uint16Array(textMax);
  const find = (text: string): number => {
    let count = 0;
    for (let place = 0, before = OTHER; place < text.length; place++) {
      const code = text.charCodeAt(place);
      const symbol = code < 128 ? (symbols[code] ?? 0) : OTHER;
      if (symbol !== OTHER && symbol <= DIGIT && (before === OTHER || before > DIGIT)) {
        const list = walk(tree, text, place);
        if (list !== NOBODY) {
          at[count] = place;
          lists[count] = list;
          count++;
        }
      }
      before = symbol;
    }
    return count;
  };
  return { find, at, lists, patterns: tree.patterns };
};

/** State 0 is the root, and as the next of a state it says that there is none; `lists` says which patterns may begin with what led to it. */
type Tree = { next: Uint16Array; lists: Uint16Array; patterns: number[][] };

/** The number of the empty list. */
const NOBODY = 0;

/** @returns the list of patterns that may begin at the place */
const walk = ({ next, lists }: Tree, text: string, place: number): number => {
  let last = 0;
  for (let end = place; ; end++) {
    const code = end < text.length ? text.charCodeAt(end) : 0;
    const state = next[last * SYMBOLS + (code < 128 ? (symbols[code] ?? 0) : 0)] ?? 0;
    if (state === 0) return lists[last] ?? NOBODY;
    last = state;
  }
};

const makeTree = (sources: readonly string[]): Tree => {
  const rows: number[][] = [emptyRow()];
  const own: number[][] = [[]];
  const stepsFrom = (states: readonly number[], letter: string): number[] => {
    const into = letter === WORD_END ? BESIDE_WORDS : [symbols[letter.charCodeAt(0)] ?? OTHER];
    return states.flatMap((state) => into.map((symbol) => {
      const row = rows[state] ?? [];
      if (row[symbol] === 0) {
        row[symbol] = rows.push(emptyRow()) - 1;
        own.push([]);
      }
      return row[symbol] ?? 0;
    }));
  };
  for (const [index, source] of sources.entries()) {
    for (const beginning of listBeginnings(source)) {
      for (const state of [...beginning].reduce(stepsFrom, [0])) own[state]?.push(index);
    }
  }
  if (rows.length > STATES_MAX) throw new Error("The patterns have too many beginnings.");
  return { next: Uint16Array.from(rows.flat()), ...numberLists(rows, own) };
};

/** What may begin with some letters may begin with more of them: every state has its own patterns and those of the states on the way. */
const numberLists = (rows: readonly number[][], own: readonly number[][]): Pick<Tree, "lists" | "patterns"> => {
  const lists = new Uint16Array(rows.length);
  const patterns: number[][] = [[]];
  const numbers = new Map([["", NOBODY]]);
  const numberOf = (list: readonly number[]): number => {
    const key = list.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, patterns.length);
    return patterns.push([...list]) - 1;
  };
  // A state comes after those on the way to it.
  for (const [state, row] of rows.entries()) {
    const before = patterns[lists[state] ?? NOBODY] ?? [];
    for (const after of row) if (after !== 0) lists[after] = numberOf([...new Set([...before, ...(own[after] ?? [])])].toSorted((one, other) => one - other));
  }
  return { lists, patterns };
};

const emptyRow = (): number[] => Array.from({ length: SYMBOLS }, () => 0);
