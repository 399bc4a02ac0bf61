// Where the matches of many patterns may begin. Engines try every pattern at every letter; here one pass over the letters finds the few
// words with which a pattern can begin, and only there it is tried, when the words that it needs later come too.
import { readFileSync } from "node:fs";
import { listBeginnings, WORD_END } from "./beginnings.ts";
import { listLaterWords } from "./later-words.ts";
import { growTo, openProgram } from "./webassembly.ts";

/** Small letters and capitals alike, digits, and marks that stand within patterns; all other characters are one. */
const OTHER = 0;
const DIGIT = 27;
const LOW_LINE = 28;
const symbols = new Uint8Array(256);
for (let code = 0; code < 26; code++) symbols[65 + code] = symbols[97 + code] = code + 1;
for (let code = 48; code < 58; code++) symbols[code] = DIGIT;
for (const [index, mark] of ["_", " ", "'", "-"].entries()) symbols[mark.charCodeAt(0)] = LOW_LINE + index;
// A low line is taken for no part of a word: patterns differ there, and say so themselves when they are tried.
const BESIDE_WORDS = [OTHER, LOW_LINE, LOW_LINE + 1, LOW_LINE + 2, LOW_LINE + 3];
/** Numbers of lists and attempts have two bytes. */
const NUMBERS_MAX = 65_536;

/** What may be tried at a place: choices of one pattern, rising. */
export type Attempt = { pattern: number; choices: readonly number[] };

export type Starts = {
  /** Fills `found` for the text and gives the number of its entries, in the order of the places: in the low two bytes the place, above it the
   *  number of an attempt. Valid until the next search. */
  find: (text: string) => number;
  found: Uint32Array;
  attempts: readonly Attempt[];
};

/** @param patterns of each its choices, each of which begins with a word, in the way of writing that `listBeginnings` knows
 *  @param textMax the longest text that will be searched, up to 65,534 */
export const compileStarts = (patterns: readonly (readonly string[])[], textMax: number): Starts => {
  const tree = makeTree(patterns);
  const { memory, run } = openProgram(readFileSync(new URL("starts.wasm", import.meta.url)), "find");
  const layout = layOut(tree, textMax);
  growTo(memory, layout.size);
  new Uint8Array(memory.buffer).set(symbols, SYMBOLS_AT);
  new Uint32Array(memory.buffer).set(layout.places);
  for (const { at, table } of layout.filled) new Uint8Array(memory.buffer).set(new Uint8Array(table.buffer), at);
  const text = new Uint8Array(memory.buffer, layout.textAt, textMax * BYTES_PER_UNIT_MAX + BEHIND_BYTES);
  const encoder = new TextEncoder();
  return {
    find: (searched) => {
      const { written } = encoder.encodeInto(searched, text);
      text.fill(0, written, written + BEHIND_BYTES);
      return run(written);
    },
    found: new Uint32Array(memory.buffer, layout.foundAt, layout.foundMax),
    attempts: tree.attempts,
  };
};

const SYMBOLS_AT = 64;
const TABLES_FROM = 512;
/** No UTF-16 code unit takes more than three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
/** Zeros behind the text, so that its end need not be asked about at each letter. */
const BEHIND_BYTES = 16;

/** Places of all tables in the memory, in the order that starts.assembly.ts knows. */
const layOut = ({ next, begun, marked, tries, sets }: Tree, textMax: number) => {
  const wordsMax = Math.ceil(textMax / 2);
  const foundMax = wordsMax * Math.max(...tries.map((list) => list.length));
  const lists = Uint32Array.from(begun.numbers, (list, state) => list | ((marked.numbers[state] ?? 0) << 16));
  const [markFrom, marks] = joinLists(marked.lists);
  const [tryFrom, tried] = joinLists(tries.map((list) => list.flatMap(writeTry)));
  const tables = [next, lists, markFrom, marks, tryFrom, tried];
  let size = TABLES_FROM;
  const take = (bytes: number): number => {
    const at = size;
    size += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const filled = tables.map((table) => ({ at: take(table.byteLength), table }));
  const [seenAt, seenEnd, startsAt, foundAt, textAt] = [take(sets * 2), size, take(wordsMax * 4), take(foundMax * 4), take(textMax * BYTES_PER_UNIT_MAX + BEHIND_BYTES)];
  return { places: [...filled.map(({ at }) => at), seenAt, seenEnd, startsAt, foundAt, textAt], filled, foundAt, foundMax, textAt, size };
};

/** All lists one after the other, and where each begins; one entry more tells where the last ends. */
const joinLists = (lists: readonly (readonly number[])[]): [from: Uint32Array, all: Uint16Array] => {
  let length = 0;
  const from = lists.map((list) => (length += list.length) - list.length);
  return [Uint32Array.from([...from, length]), Uint16Array.from(lists.flat())];
};

/** Number of the attempt, how much follows, then for each choice how many sets of words it needs and which; nothing when one needs none. */
const writeTry = ({ attempt, needed }: Try): number[] => {
  const choices = needed.some((sets) => sets.length === 0) ? [] : needed.flatMap((sets) => [sets.length, ...sets]);
  return [attempt, choices.length, ...choices];
};

/** An attempt, and for each of its choices the sets of words of which each must come. */
type Try = { attempt: number; needed: readonly (readonly number[])[] };
/** `tries` are what `begun` has lists of. */
type Tree = { next: Uint32Array; begun: StateLists; marked: StateLists; tries: Try[][]; attempts: Attempt[]; sets: number };
/** For each state the number of a list: what may begin with the letters that led to it. List 0 is empty. */
type StateLists = { numbers: Uint16Array; lists: number[][] };

const makeTree = (patterns: readonly (readonly string[])[]): Tree => {
  const choices = patterns.flat();
  const patternOf = patterns.flatMap((own, pattern) => own.map(() => pattern));
  const { sets, numbers } = numberSets(choices);
  const states = enterAll(choices.map(listBeginnings), sets);
  const begun = numberLists(states, (state) => state.begun);
  const marked = numberLists(states, (state) => state.marked);
  const attempts = new Map<string, Attempt & { number: number }>();
  const tries = begun.lists.map((list) =>
    [...Map.groupBy(list, (choice) => patternOf[choice] ?? 0)].map(([pattern, own]) => {
      const attempt = attempts.get(own.join()) ?? { pattern, choices: own, number: attempts.size };
      attempts.set(own.join(), attempt);
      return { attempt: attempt.number, needed: own.map((choice) => numbers[choice] ?? []) };
    }),
  );
  if (Math.max(attempts.size, begun.lists.length, marked.lists.length) > NUMBERS_MAX) throw new Error("The patterns have too many beginnings.");
  return { next: writeStates(states), begun, marked, tries, attempts: [...attempts.values()], sets: sets.length };
};

/** What letters lead to, with the choices that may begin with them and the sets they are a word of. */
type State = { next: (State | undefined)[]; begun: number[]; marked: number[]; number: number };

/** @returns all states, those that follow one state side by side in the order of their symbols, so that where the first lies tells where all do */
const enterAll = (choices: readonly ReadonlySet<string>[], sets: readonly ReadonlySet<string>[]): State[] => {
  const root = newState();
  choices.forEach((beginnings, choice) => beginnings.forEach((letters) => endsOf(root, letters).forEach((state) => state.begun.push(choice))));
  sets.forEach((words, set) => words.forEach((letters) => endsOf(root, letters).forEach((state) => state.marked.push(set))));
  const all = [root];
  for (const state of all) {
    for (const after of state.next) if (after !== undefined) after.number = all.push(after) - 1;
  }
  return all;
};

const newState = (): State => ({ next: [], begun: [], marked: [], number: 0 });

const stepFrom = (state: State, symbol: number): State => (state.next[symbol] ??= newState());

/** @returns the states to which the letters lead: more than one at the end of a word, behind which nothing stands */
const endsOf = (root: State, letters: string): State[] => {
  let state = root;
  for (const letter of letters) {
    if (letter === WORD_END) return BESIDE_WORDS.map((symbol) => stepFrom(state, symbol));
    state = stepFrom(state, symbols[letter.charCodeAt(0)] ?? OTHER);
  }
  return [state];
};

/** Two numbers a state: a bit for each symbol with which it goes on, and the state that the lowest of them leads to. */
const writeStates = (states: readonly State[]): Uint32Array =>
  Uint32Array.from(states.flatMap((state) => {
    const bits = state.next.reduce((all, after, symbol) => (after === undefined ? all : all | (1 << symbol)), 0);
    return [bits >>> 0, state.next.find((after) => after !== undefined)?.number ?? 0];
  }));

/** Which sets of later words each choice needs; sets that are alike are one. */
const numberSets = (choices: readonly string[]): { sets: ReadonlySet<string>[]; numbers: number[][] } => {
  const byKey = new Map<string, { words: ReadonlySet<string>; number: number }>();
  const numbers = choices.map((choice) =>
    listLaterWords(choice).map((words) => {
      const key = [...words].toSorted().join();
      const set = byKey.get(key) ?? { words, number: byKey.size };
      byKey.set(key, set);
      return set.number;
    }),
  );
  return { sets: [...byKey.values()].map(({ words }) => words), numbers };
};

/** What may begin with some letters may begin with more of them: every state has its own and those of the states on the way. */
const numberLists = (states: readonly State[], ownOf: (state: State) => readonly number[]): StateLists => {
  const numbers = new Uint16Array(states.length);
  const lists: number[][] = [[]];
  const known = new Map([["", 0]]);
  const numberOf = (list: readonly number[]): number => {
    const key = list.join();
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, lists.length);
    return lists.push([...list]) - 1;
  };
  // A state comes after those on the way to it.
  for (const state of states) {
    const before = numbers[state.number] ?? 0;
    for (const after of state.next) {
      if (after === undefined) continue;
      const own = ownOf(after);
      numbers[after.number] = own.length === 0 ? before : numberOf([...new Set([...(lists[before] ?? []), ...own])].toSorted((one, other) => one - other));
    }
  }
  return { numbers, lists };
};
