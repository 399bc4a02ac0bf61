// What characters are to patterns: capitals are small letters, and all that no pattern names are one.

/** Behind the text. */
const END = 0;
const LETTER_A = 1;
const DIGIT_0 = 27;
const LOW_LINE = 37;
const LINE_END = 42;
const OTHER = 43;
export const SYMBOLS = 44;

/** Letters, digits and the low line: what \w and \b mean by a word. */
export const isInWord = (symbol: number): boolean => symbol >= LETTER_A && symbol <= LOW_LINE;

/** The symbol of each byte of ASCII. */
export const SYMBOL_OF = new Uint8Array(128).fill(OTHER);
for (let place = 0; place < 26; place++) SYMBOL_OF[65 + place] = SYMBOL_OF[97 + place] = LETTER_A + place;
for (let place = 0; place < 10; place++) SYMBOL_OF[48 + place] = DIGIT_0 + place;
for (const [place, mark] of ["_", " ", ",", "'", "-"].entries()) SYMBOL_OF[mark.charCodeAt(0)] = LOW_LINE + place;
for (const mark of "\n\r") SYMBOL_OF[mark.charCodeAt(0)] = LINE_END;

/** Symbols that a place in a pattern takes, 1 for each that it does. */
export type SymbolSet = Uint8Array;

export const setOf = (isTaken: (symbol: number) => boolean): SymbolSet => Uint8Array.from({ length: SYMBOLS }, (_, symbol) => (symbol !== END && isTaken(symbol) ? 1 : 0));

const ANY_BUT_LINE_END = setOf((symbol) => symbol !== LINE_END);
export const IN_WORD = setOf(isInWord);
const DIGITS = setOf((symbol) => symbol >= DIGIT_0 && symbol < LOW_LINE);

/** Reads the symbols that a pattern names at a place, and how long they are written; null for what is not known. */
export type ReadSet = (pattern: string, place: number) => { set: SymbolSet; length: number } | null;

const known = new Map<string, SymbolSet>([["\\d", DIGITS], ["\\w", IN_WORD], [".", ANY_BUT_LINE_END]]);

/** Small letters, digits, blanks, , ' - and classes of them, \d, \w and the full stop for any. */
export const readPatternSet: ReadSet = (pattern, place) => {
  written.lastIndex = place;
  const [whole, inside] = written.exec(pattern) ?? [];
  if (whole === undefined) return null;
  const characters = inside ?? whole;
  const set = known.get(characters) ?? setOfCharacters(characters);
  known.set(characters, set);
  return { set, length: whole.length };
};

const written = /\\[dw]|\[([a-z\d]+)\]|[a-z\d ,'.-]/y;

const setOfCharacters = (characters: string): SymbolSet => {
  const taken = new Set(Array.from(characters, (character) => SYMBOL_OF[character.charCodeAt(0)]));
  return setOf((symbol) => taken.has(symbol));
};
