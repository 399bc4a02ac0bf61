// One pass over the characters of a text that says what may stand in it, so that most searches need not be made at all.
import { readFileSync } from "node:fs";
import { growTo, openProgram } from "./webassembly.ts";

/** What is seen, one bit each. It is too much rather than too little: what is not seen is not looked for. */
export const CUE = {
  digit: 1,
  capital: 2,
  at: 4,
  colon: 8,
  lineEnd: 16,
  /** "Mr", "Dr" and the like. */
  title: 32,
  /** "name", "regards": small words that a name may follow. */
  nameWord: 64,
  /** "app", "router". */
  thing: 128,
  /** "waiter", "nurse". */
  role: 256,
  /** "reception", "support". */
  desk: 512,
  /** "helpful", "rude". */
  manner: 1_024,
  /** "Terminal", "ward". */
  gate: 2_048,
  /** Streets that are not English. */
  street: 4_096,
  /** A capital that begins no sentence. */
  capitalInside: 8_192,
  /** As in iPhone. */
  camel: 16_384,
  /** A letter and a number, as in S21. */
  model: 32_768,
  /** "at", "from" and the like before a capital. */
  afterPlaceWord: 65_536,
  /** "my", "new" before a capital. */
  afterOwnWord: 131_072,
} as const;

// Words are found by four letters in a row and a table instead of a pattern: 5 bits a letter, so that capitals and small letters are alike,
// folded into 16. Other letters may fall on the same place; that costs a second look and no more.
const cues = new Uint16Array(65_536);
const push = (window: number, code: number): number => ((window << 5) | (code & 31)) & 0xf_ff_ff;
// Of three thousand random factors the one by which the fewest letters of real comments fall on places of these words.
const placeOf = (window: number): number => Math.imul(window, 0xafa6fa07) >>> 16;
const addCue = (cue: number, letters: string): void => {
  const place = placeOf([...letters].reduce((window, letter) => push(window, letter.charCodeAt(0)), 0));
  cues[place] = (cues[place] ?? 0) | cue;
};
// In these lists a low line stands for a blank.
const addCues = (cue: number, words: string): void => {
  for (const letters of words.split(" ")) addCue(cue, letters.replaceAll("_", " "));
};

addCues(CUE.title, "iss_ mada mons mevr mene mlle rof_ rof. ssor herr rau_ seño seno gnor nurs bonj ciao lieb dear octo");
for (const title of ["mrs", "sra", "sig", "mme"]) for (const end of " .\n") addCue(CUE.title, title + end);
// What may stand before a short title is stated, here and in its pattern: its letters alone are in every "rooms ".
for (const title of ["mr", "ms", "mx", "dr", "sr"]) for (const start of " \t\n\r(\"',.") for (const end of " .\n") addCue(CUE.title, start + title + end);
addCues(CUE.nameWord, "name naam heiß ppel llam hiam gard cere hful ishe grüß dial lled");
addCues(CUE.thing, "_app card oute hone apto rint bsit oadb bscr dpho amer atch blet odem ttre ettl acuu");
addCues(CUE.role, "aite aitr urse gent rive rver host anag uide chni inee ioni rten dwif ntis ysio ltan dvis stan llea cier truc tyli erap");
addCues(CUE.desk, "rece desk taur ervi uppo help ll_c akfa ck-i sale e_ba");
addCues(CUE.manner, "elpf kind poli endl tien rude ntiv fess");
addCues(CUE.gate, "rmin gate ward latf pier hall");
addCues(CUE.street, "traß tras str. weg_ latz llee asse traa laan lein rach _rue venu oule plac hemi mpas llée quai _av. _bd_ alle avda via_ iale iazz orso rua_");

// Words before a capital, by their last two letters.
const before = new Uint32Array(1_024);
const addBefore = (cue: number, words: string): void => {
  for (const word of words.split(" ")) {
    const place = push(push(0, word.charCodeAt(word.length - 2)), word.charCodeAt(word.length - 1));
    before[place] = (before[place] ?? 0) | cue;
  }
};
addBefore(CUE.afterPlaceWord, "in at near to from");
addBefore(CUE.afterOwnWord, "my new");

// Kinds of characters, three bits each in a row of three characters.
const other = 0;
const small = 1;
const blank = 2;
const large = 3;
const digit = 4;
const comma = 5;
const kinds = new Uint32Array(128).fill(other);
const marks = new Uint8Array(128);
for (let code = 0; code < 26; code += 1) [kinds[97 + code], kinds[65 + code]] = [small, large];
for (let code = 0; code < 10; code += 1) [kinds[48 + code], marks[48 + code]] = [digit, CUE.digit];
for (const character of " -\n\t(\"'") kinds[character.charCodeAt(0)] = blank;
kinds[",".charCodeAt(0)] = comma;
for (let code = 65; code <= 90; code += 1) marks[code] = CUE.capital;
for (const [character, cue] of [["@", CUE.at], [":", CUE.colon], ["\n", CUE.lineEnd]] as const) marks[character.charCodeAt(0)] = cue;

const shapes = new Uint32Array(512);
for (let shape = 0; shape < 512; shape += 1) {
  const [first, middle, last] = [shape >> 6, (shape >> 3) & 7, shape & 7];
  const isWord = (kind: number): boolean => kind === small || kind === large;
  let cue = 0;
  if (middle === blank && last === large && first !== other) cue |= CUE.capitalInside;
  if (middle === small && last === large) cue |= CUE.camel | CUE.capitalInside;
  if (last === digit && (isWord(middle) || (isWord(first) && middle === blank))) cue |= CUE.model;
  shapes[shape] = cue;
}
// What a character is in a number: blanks, brackets and dashes may stand inside, and characters beyond ASCII do not count.
const outside = 0;
const insideNumber = 2;
const inNumber = new Uint8Array(128).fill(outside);
for (const character of "0123456789") inNumber[character.charCodeAt(0)] = 1;
for (const character of " ()/-") inNumber[character.charCodeAt(0)] = insideNumber;
inNumber[".".charCodeAt(0)] = 3;
inNumber[":".charCodeAt(0)] = 4;

/** What may stand in a text, as bits of CUE, and how much of it is numbers; `longest` counts the digits of a number with blanks, dashes and
 *  the like between. */
export type Signs = { cues: number; digits: number; longest: number; colons: number; dots: number };

// As cues.assembly.ts knows them.
const BEFORE_AT = 131_072;
const SHAPES_AT = 135_168;
const CHARACTERS_AT = 137_216;
const OUT_AT = 137_728;
const KIND_SHIFT = 24;
const IN_NUMBER_SHIFT = 28;
const SIGNS = 5;
/** No UTF-16 code unit takes more than three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;

const openReader = () => {
  const { memory, exported } = openProgram(readFileSync(new URL("cues.wasm", import.meta.url)));
  growTo(memory, OUT_AT);
  new Uint16Array(memory.buffer).set(cues);
  new Uint32Array(memory.buffer, BEFORE_AT).set(before);
  new Uint32Array(memory.buffer, SHAPES_AT).set(shapes);
  new Uint32Array(memory.buffer, CHARACTERS_AT).set(Uint32Array.from(kinds, (kind, code) => (marks[code] ?? 0) | (kind << KIND_SHIFT) | ((inNumber[code] ?? 0) << IN_NUMBER_SHIFT)));
  return { memory, read: exported("read") };
};

// Made when the first text comes.
let opened: ReturnType<typeof openReader> | null = null;
/** What was seen in the texts that were read last, and which of them is asked about: several searches ask about one text. */
let seen = new Uint32Array(0);
const asked = { text: "", place: 0 };
const encoder = new TextEncoder();

/** Reads a batch of texts at once; `turnCuesTo` then says which of them is asked about. */
export const readCuesOfBatch = (texts: number, { bytes, offsets }: { bytes: Uint8Array; offsets: Uint32Array }): void => {
  const size = offsets[texts] ?? 0;
  readAll(texts, size, (own) => {
    own.bytes.set(bytes.subarray(0, size));
    own.offsets.set(offsets.subarray(0, texts + 1));
  });
};

export const turnCuesTo = (text: string, place: number): void => {
  asked.text = text;
  asked.place = place;
};

const readAll = (texts: number, size: number, fill: (batch: { bytes: Uint8Array; offsets: Uint32Array }) => void): void => {
  const { memory, read } = (opened ??= openReader());
  const offsetsAt = OUT_AT + texts * SIGNS * 4;
  const bytesAt = offsetsAt + (texts + 1) * 4;
  growTo(memory, bytesAt + size + 4);
  fill({ bytes: new Uint8Array(memory.buffer, bytesAt, size), offsets: new Uint32Array(memory.buffer, offsetsAt, texts + 1) });
  read(bytesAt, offsetsAt, texts, OUT_AT);
  seen = new Uint32Array(memory.buffer, OUT_AT, texts * SIGNS);
};

const noSigns = new Uint32Array(SIGNS);

/** The numbers of the text, in the order in which they are written. */
const find = (text: string): { numbers: Uint32Array; at: number } => {
  if (text === "") return { numbers: noSigns, at: 0 };
  if (text !== asked.text) {
    readAll(1, text.length * BYTES_PER_UNIT_MAX, ({ bytes, offsets }) => offsets.set([0, encoder.encodeInto(text, bytes).written]));
    turnCuesTo(text, 0);
  }
  return { numbers: seen, at: asked.place * SIGNS };
};

/** @returns the bits of CUE that may stand in the text */
export const readCues = (text: string): number => {
  const { numbers, at } = find(text);
  return numbers[at] ?? 0;
};

export const readSigns = (text: string): Signs => {
  const { numbers, at } = find(text);
  return { cues: numbers[at] ?? 0, digits: numbers[at + 1] ?? 0, longest: numbers[at + 2] ?? 0, colons: numbers[at + 3] ?? 0, dots: numbers[at + 4] ?? 0 };
};
