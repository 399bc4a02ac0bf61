// From a comment to the terms it could be about: words by their stem and pairs of them, in the sentences they stand in. One pass over the
// characters, terms as 32-bit hashes, no allocation: comments are given their themes as they are read.
import { CONTRAST_WORDS, FOREIGN_STOP_WORDS, STOP_WORDS, TONE_WORDS } from "./theme-words.ts";

/** More of a comment is not looked at: the time for one text has a limit. */
export const CHARACTERS_READ_MAX = 6_000;
const TERMS_MAX = 4_096;
const WORD_CHARACTERS_MAX = 32;

const SEPARATOR = 0;
const LETTER = 1;
/** Written without spaces between words: each pair of neighbours is a term. */
const UNSPACED = 2;
const SENTENCE_END = 3;
const DIGIT = 4;
const APOSTROPHE = 5;
const SKIP_WORD = 6;

const CONTENT = 0;
const STOP = 1;
const TONE = 2;
const CONTRAST = 3;

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const MIX_1 = 0x9e3779b1;
const MIX_2 = 0x85ebca6b;

const CLASS_OF = new Uint8Array(65_536);
for (let code = 0; code < 65_536; code++) {
  const character = String.fromCharCode(code);
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(character)) CLASS_OF[code] = UNSPACED;
  else if (/[\p{L}\p{M}]/u.test(character)) CLASS_OF[code] = LETTER;
  else if (/\p{Nd}/u.test(character)) CLASS_OF[code] = DIGIT;
}
for (const mark of ".!?;\n。！？؟।…–—") CLASS_OF[mark.charCodeAt(0)] = SENTENCE_END;
for (const mark of "'’‘") CLASS_OF[mark.charCodeAt(0)] = APOSTROPHE;
for (const mark of "@/") CLASS_OF[mark.charCodeAt(0)] = SKIP_WORD;

/** Reads one text after the other; what was found lies in its arrays until the next. */
export class ThemeTerms {
  readonly hash = new Uint32Array(TERMS_MAX);
  /** The sentence the term stands in, from 0. */
  readonly part = new Uint16Array(TERMS_MAX);
  /** Its place in the lower-case text, half open. */
  readonly from = new Uint16Array(TERMS_MAX);
  readonly to = new Uint16Array(TERMS_MAX);
  /** 1: two words. */
  readonly isPair = new Uint8Array(TERMS_MAX);
  count = 0;
  parts = 0;
  #source = "";
  /** Its characters in lower case, then zeros. */
  readonly #codes = new Uint16Array(CHARACTERS_READ_MAX + 4);
  readonly #along = new Uint32Array(WORD_CHARACTERS_MAX + 1);
  #previous = 0;
  #previousFrom = 0;
  #gap = 0;
  #inPart = 0;

  /** The text as it was read: in lower case, cut where it is too long. */
  get text(): string {
    return this.#source.toLowerCase();
  }

  read(text: string): number {
    const end = this.#readCodes(text.length > CHARACTERS_READ_MAX ? text.slice(0, CHARACTERS_READ_MAX) : text);
    this.count = 0;
    this.parts = 0;
    this.#previous = 0;
    this.#inPart = 0;
    let place = 0;
    while (place < end && this.count < TERMS_MAX - 2) place = this.#readAt(place, end);
    if (this.#inPart > 0) this.parts++;
    return this.count;
  }

  // Capitals of most texts are plain ones, made small on the way; only others need the whole text in lower case.
  #readCodes(text: string): number {
    const codes = this.#codes;
    let end = text.length;
    let highest = 0;
    for (let place = 0; place < end; place++) {
      const code = text.charCodeAt(place);
      highest |= code;
      codes[place] = code >= 65 && code <= 90 ? code + 32 : code;
    }
    this.#source = text;
    if (highest >= 128) {
      const lower = text.toLowerCase();
      end = Math.min(lower.length, CHARACTERS_READ_MAX);
      for (let place = 0; place < end; place++) codes[place] = lower.charCodeAt(place);
    }
    codes.fill(0, end, end + 4);
    return end;
  }

  #classAt(place: number): number {
    return CLASS_OF[this.#codes[place] ?? 0] ?? SEPARATOR;
  }

  #readAt(place: number, end: number): number {
    const codes = this.#codes;
    switch (CLASS_OF[codes[place] ?? 0]) {
      case LETTER:
        return this.#readWord(place, end);
      case UNSPACED:
        return this.#readUnspaced(place, end);
      case DIGIT:
        this.#previous = 0;
        return this.#skip(place, end);
      case SKIP_WORD:
        this.#previous = 0;
        return this.#skip(place + 1, end);
      case SENTENCE_END:
        this.#endPart();
        return place + 1;
      default:
        // A hyphen between spaces is a dash.
        if (codes[place] === 45 && codes[place - 1] === 32 && codes[place + 1] === 32) this.#endPart();
        return place + 1;
    }
  }

  // Names of accounts, links, numbers and codes say what this comment is, not what many are about.
  #skip(start: number, end: number): number {
    let place = start;
    while (place < end && (this.#codes[place] ?? 0) > 32) place++;
    return place;
  }

  #readWord(start: number, end: number): number {
    const along = this.#along;
    const codes = this.#codes;
    let place = start;
    let hash = FNV_START;
    let letters = 0;
    for (let code = codes[place] ?? 0; CLASS_OF[code] === LETTER; code = codes[++place] ?? 0) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      if (letters < WORD_CHARACTERS_MAX) along[++letters] = hash;
    }
    if (codes[place] === 32) {
      this.#addWord(start, place, letters);
      return place + 1;
    }
    let next = place;
    if (this.#classAt(place) === APOSTROPHE && place + 1 < end) {
      // "don't" only denies, "customer's" is about the customer, "l'avion" about the "avion".
      const after = codes[place + 1];
      const isEnd = this.#classAt(place + 2) !== LETTER;
      if (isEnd && after === 116) {
        this.#gap++;
        return place + 2;
      } else if (isEnd) next = place + 2;
      else next = place + 1;
    } else if (this.#classAt(place) === DIGIT || (codes[place] === 58 && codes[place + 1] === 47)) {
      this.#previous = 0;
      return this.#skip(place, end);
    }
    this.#addWord(start, place, letters);
    return next;
  }

  #addWord(from: number, to: number, letters: number): void {
    const stem = letters < 2 ? 0 : this.#stemOf(from, letters);
    const kind = letters < 2 ? STOP : wordKind(stem);
    if (kind === CONTENT) {
      if (this.#previous !== 0 && this.#gap <= 1) this.#add(pairOf(this.#previous, stem), this.#previousFrom, to, 1);
      this.#add(stem, from, to, 0);
      this.#previous = stem;
      this.#previousFrom = from;
      this.#gap = 0;
      return;
    }
    if (kind === CONTRAST) this.#endPart();
    if (kind === STOP) this.#gap++;
    else this.#previous = 0;
  }

  // Endings of English that change a word without changing what it is about; those of other languages fall where they look alike.
  #stemOf(from: number, letters: number): number {
    const along = this.#along;
    const codes = this.#codes;
    let length = letters;
    let end = from + length - 1;
    if (length > 3 && codes[end] === 115 && codes[end - 1] !== 115 && codes[end - 1] !== 117 && codes[end - 1] !== 105) {
      if (length > 4 && codes[end - 1] === 101 && codes[end - 2] === 105) return mix(Math.imul((along[length - 3] ?? 0) ^ 121, FNV_PRIME));
      length--;
      end--;
    }
    if (length > 5 && codes[end] === 103 && codes[end - 1] === 110 && codes[end - 2] === 105) length -= 3;
    else if (length > 4 && codes[end] === 100 && codes[end - 1] === 101 && codes[end - 2] !== 101) length -= 2;
    end = from + length - 1;
    if (length > 5 && codes[end] === 121 && codes[end - 1] === 108) length -= 2;
    if (length > 3 && codes[from + length - 1] === 101) length--;
    if (length > 3 && codes[from + length - 1] === codes[from + length - 2]) length--;
    return mix(along[length] ?? 0);
  }

  #readUnspaced(start: number, end: number): number {
    let place = start;
    let before = 0;
    while (place < end && this.#classAt(place) === UNSPACED && this.count < TERMS_MAX - 2) {
      const code = this.#codes[place] ?? 0;
      if (before !== 0) this.#add(mix(Math.imul(Math.imul(FNV_START ^ before, FNV_PRIME) ^ code, FNV_PRIME)), place - 1, place + 1, 0);
      before = code;
      place++;
    }
    this.#previous = 0;
    return place;
  }

  #add(hash: number, from: number, to: number, isPair: 0 | 1): void {
    const at = this.count++;
    this.hash[at] = hash;
    this.part[at] = this.parts;
    this.from[at] = from;
    this.to[at] = to;
    this.isPair[at] = isPair;
    this.#inPart++;
  }

  #endPart(): void {
    this.#previous = 0;
    if (this.#inPart === 0) return;
    this.parts++;
    this.#inPart = 0;
  }
}

const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 13), MIX_2) >>> 0;
const pairOf = (first: number, second: number): number => Math.imul(Math.imul(first, MIX_1) ^ second, MIX_2) >>> 0;

const KIND_SLOTS = 1 << 14;
const kindHash = new Uint32Array(KIND_SLOTS);
const kindOf = new Uint8Array(KIND_SLOTS);

const wordKind = (hash: number): number => {
  let slot = hash >>> 18;
  while (kindOf[slot] !== 0) {
    if (kindHash[slot] === hash) return kindOf[slot] ?? CONTENT;
    slot = (slot + 1) & (KIND_SLOTS - 1);
  }
  return CONTENT;
};

/** The terms of a text in which every word counts: for themes that people make. */
export const hashesOf = (text: string): number[] => {
  const terms = new ThemeTerms();
  terms.read(text);
  return [...new Set(terms.hash.subarray(0, terms.count))];
};

const enter = (words: string, kind: number): void => {
  const terms = new ThemeTerms();
  for (const word of words.split(/\s+/u)) {
    terms.read(word);
    const hash = terms.hash[terms.count - 1];
    // Already entered words are found to be no content, and are not there to be entered again: the first kind stands.
    if (terms.count !== 1 || hash === undefined) continue;
    let slot = hash >>> 18;
    while (kindOf[slot] !== 0) slot = (slot + 1) & (KIND_SLOTS - 1);
    kindHash[slot] = hash;
    kindOf[slot] = kind;
  }
};
// The order says which kind stands where a word is in two lists.
enter(CONTRAST_WORDS, CONTRAST);
enter(TONE_WORDS, TONE);
enter(STOP_WORDS, STOP);
enter(FOREIGN_STOP_WORDS, STOP);
