// What characters are to cues: each of ASCII is itself, all others are one, and so are the beginning and the end of a text.
import type { ReadSet, SymbolSet } from "./pattern-symbols.ts";

const ASCII = 128;
export const WIDE = 128;
export const START = 129;
export const END = 130;
export const CUE_SYMBOLS = 131;

const known = new Map<string, SymbolSet>();

/** Reads `a`, `[a-z\d]`, `[^a-z]`, `\d`, `\s`, `\W`, `\.`, `^` and `$` as regular expressions do; a character beyond ASCII is any of them. */
export const readCueSet: ReadSet = (pattern, place) => {
  written.lastIndex = place;
  const [whole] = written.exec(pattern) ?? [];
  if (whole === undefined) return null;
  const set = known.get(whole) ?? makeSet(whole);
  known.set(whole, set);
  return { set, length: whole.length };
};

const written = /\[(?:[^\]\\]|\\[\s\S])+\]|\\[\s\S]|[^()|?*+{}[\]\\.]/y;

const makeSet = (whole: string): SymbolSet => {
  const set = new Uint8Array(CUE_SYMBOLS);
  if (whole === "^" || whole === "$") {
    set[whole === "^" ? START : END] = 1;
    return set;
  }
  const isTurned = whole.startsWith("[^");
  const inside = whole.startsWith("[") ? whole.slice(isTurned ? 2 : 1, -1) : whole;
  for (const [one = "", escaped, first, last] of inside.matchAll(parts)) {
    if (escaped !== undefined) takeEscaped(set, escaped);
    else for (let symbol = symbolOf(first ?? one); symbol <= symbolOf(last ?? one); symbol++) set[symbol] = 1;
  }
  // Which of the wide ones were meant nobody knows here.
  if (isTurned) for (let symbol = 0; symbol <= WIDE; symbol++) set[symbol] = symbol === WIDE ? 1 : 1 - (set[symbol] ?? 0);
  return set;
};

const parts = /\\([\s\S])|([^\\])-([^\\])|[\s\S]/g;
const symbolOf = (character: string): number => Math.min(character.charCodeAt(0), WIDE);

const takeEscaped = (set: SymbolSet, escaped: string): void => {
  const isTaken = { d: /\d/, s: /\s/, W: /\W/ }[escaped] ?? null;
  if (isTaken === null && /[a-zA-Z\d]/.test(escaped)) throw new Error(`Cues do not know \\${escaped}.`);
  for (let symbol = 0; symbol < ASCII; symbol++) if (isTaken?.test(String.fromCharCode(symbol)) ?? symbol === symbolOf(escaped)) set[symbol] = 1;
  // Beyond ASCII there are blanks and what is no letter, but no digits.
  if (escaped === "s" || escaped === "W") set[WIDE] = 1;
};
