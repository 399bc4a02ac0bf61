// From bytes to features: words, pairs of words, denied words, concepts with their neighbours, and pieces of four bytes, each a 32-bit hash, in one pass without
// allocation. kernel.assembly.ts does the same in WebAssembly and adds the weights up at once; features.test.ts holds the two together.
import { APOSTROPHE, CLASS_OF, FULL_STOP, LETTER, LOWER_OF, MARK, SEPARATOR, WIDE, WIDE_APOSTROPHE, WIDE_LETTER, WIDE_STOP, WIDE_WORD, wideKind, wideLength } from "./bytes.ts";
import { CONTRAST, NEGATION, conceptOf } from "./special-words.ts";

/** More of a text is not read: a comment is short, and the time for one text must have a limit. */
export const BYTES_READ_MAX = 20_000;
/** More parts (sentences) than this are taken together with the last. */
export const PARTS_MAX = 48;
/** A part has at least three words: the weight of one word must not decide what a sentence says. */
const PART_WORDS_MIN = 3;
const WORD_BYTES_MAX = 60;
const DENIED_WORDS = 3;
/** Concepts further apart than this many words have nothing to do with each other. */
const CONCEPT_REACH = 6;
const START = 0x9dc5;
const SOMEBODY = 0x5151;
const MIX_1 = 0x9e3779b1;
const MIX_2 = 0x85ebca6b;
const MIX_3 = 0xc2b2ae35;
const DENIED = 0x7feb352d;
const CONCEPT = 0x27d4eb2f;
/** A word gives at most seven features more than its pieces, and with the space after it has two bytes. */
export const FEATURES_MAX = BYTES_READ_MAX * 4 + 16;

/** Words weigh 1 and pieces of words a half: there are more of them, and they say the same again. */
export const WORD = 0;
export const PIECE = 1;

/** Reads one text after the other; what was found lies in its arrays until the next. */
export class Features {
  readonly hash = new Uint32Array(FEATURES_MAX);
  readonly kind = new Uint8Array(FEATURES_MAX);
  readonly part = new Uint8Array(FEATURES_MAX);
  /** The bytes of the text that the feature stands for, half open. */
  readonly from = new Uint32Array(FEATURES_MAX);
  readonly to = new Uint32Array(FEATURES_MAX);
  count = 0;
  parts = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #previous = START;
  #denied = 0;
  #wordsInPart = 0;
  #wordFrom = 0;
  #previousFrom = 0;
  #words = 0;
  #near = 0;
  #nearAt = 0;
  #nearFrom = 0;
  #far = 0;
  #farAt = 0;
  #farFrom = 0;

  /** @returns how many features were found in bytes[start..end) */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = Math.min(end, start + BYTES_READ_MAX);
    this.count = 0;
    this.parts = 0;
    this.#previous = START;
    this.#denied = 0;
    this.#wordsInPart = 0;
    this.#previousFrom = start;
    this.#words = 0;
    this.#near = 0;
    this.#far = 0;
    let place = start;
    while (place < this.#end) place = this.#readAt(place);
    if (this.#partHasFeatures()) this.parts++;
    return this.count;
  }

  #partHasFeatures(): boolean {
    return this.count > 0 && (this.parts === 0 || (this.part[this.count - 1] ?? 0) === this.parts);
  }

  #byte(place: number): number {
    return place < this.#end ? (this.#bytes[place] ?? 0) : 0;
  }

  #readAt(place: number): number {
    const byte = this.#byte(place);
    switch (CLASS_OF[byte]) {
      case SEPARATOR:
      case APOSTROPHE:
        return place + 1;
      case FULL_STOP:
        // "3.50" and "e.g." go on; a full stop before a space, and a new line, end the sentence.
        if (byte === 10 || this.#byte(place + 1) <= 32) this.#endPart();
        return place + 1;
      case MARK:
        return this.#readMark(place, byte);
      case WIDE:
        return this.#readWide(place, byte);
      default:
        return this.#readWord(place);
    }
  }

  #readMark(place: number, byte: number): number {
    let end = place + 1;
    while (end < this.#end && this.#bytes[end] === byte) end++;
    this.#add(Math.imul(Math.imul(byte, MIX_1) ^ Math.min(3, end - place), MIX_2), WORD, place, end);
    if (byte === 33 || byte === 63) this.#endPart();
    return end;
  }

  #readWide(place: number, lead: number): number {
    const kind = wideKind(lead, this.#byte(place + 1), this.#byte(place + 2));
    if (kind === WIDE_LETTER) return this.#readWord(place);
    const end = Math.min(this.#end, place + wideLength(lead));
    if (kind === WIDE_STOP) this.#endPart();
    if (kind !== WIDE_WORD) return end;
    let hash = 0x811c9dc5;
    for (let at = place; at < end; at++) hash = Math.imul(hash ^ this.#byte(at), 0x01000193);
    this.#wordFrom = place;
    this.#endWord(hash, end);
    return end;
  }

  #readWord(start: number): number {
    if (start > this.#start && this.#bytes[start - 1] === 64) return this.#readSomebody(start);
    let place = start;
    let hash = 0x811c9dc5;
    let piece = 60;
    let length = 1;
    let last = -1;
    let repeated = 0;
    let raw = 0;
    this.#wordFrom = start;
    const [bytes, textEnd] = [this.#bytes, this.#end];
    while (place < textEnd) {
      const byte = bytes[place] ?? 0;
      const step = CLASS_OF[byte] === LETTER ? 1 : this.#letterStep(place);
      if (step === 0) break;
      // The capitals of Latin-1 differ from the small letters in one bit of their second byte.
      const letter = step > 1 ? 39 : raw === 0xc3 && byte >= 0x80 && byte <= 0x9e && byte !== 0x97 ? byte + 0x20 : (LOWER_OF[byte] ?? 0);
      raw = byte;
      place += step;
      if (length > WORD_BYTES_MAX) continue;
      if (letter !== last) {
        repeated = 0;
        last = letter;
      } else if (++repeated >= 2) continue;
      hash = Math.imul(hash ^ letter, 0x01000193);
      piece = (piece << 8) | letter;
      if (++length >= 4) this.#addPiece(piece, place);
    }
    if (this.#byte(place) === 58 && this.#byte(place + 1) === 47 && this.#byte(place + 2) === 47) return this.#skipLink(place);
    if (length >= 3) this.#addPiece((piece << 8) | 62, place);
    this.#endWord(hash, place);
    return place;
  }

  /** How many bytes of the word lie at the place: 0 when it has ended, 3 for a curly apostrophe. */
  #letterStep(place: number): number {
    const byte = this.#byte(place);
    const what = CLASS_OF[byte];
    if (what === LETTER) return 1;
    if (what === APOSTROPHE) return CLASS_OF[this.#byte(place + 1)] === LETTER ? 1 : 0;
    if (what !== WIDE) return 0;
    const kind = wideKind(byte, this.#byte(place + 1), this.#byte(place + 2));
    if (kind === WIDE_LETTER) return 1;
    return kind === WIDE_APOSTROPHE && CLASS_OF[this.#byte(place + 3)] === LETTER ? 3 : 0;
  }

  #readSomebody(start: number): number {
    let place = start;
    while (place < this.#end && CLASS_OF[this.#byte(place)] === LETTER) place++;
    this.#previous = SOMEBODY;
    this.#add(Math.imul(SOMEBODY, MIX_2), WORD, start, place);
    return Math.max(place, start + 1);
  }

  #skipLink(start: number): number {
    let place = start;
    while (place < this.#end && this.#byte(place) > 32) place++;
    return place;
  }

  #endWord(raw: number, end: number): void {
    const hash = Math.imul(raw ^ (raw >>> 13), MIX_2);
    this.#add(hash, WORD, this.#wordFrom, end);
    this.#add(Math.imul(Math.imul(this.#previous, MIX_1) ^ hash, MIX_2), WORD, this.#previousFrom, end);
    this.#previous = hash;
    this.#previousFrom = this.#wordFrom;
    this.#wordsInPart++;
    this.#words++;
    const concept = conceptOf(hash);
    if (concept === NEGATION) this.#denied = DENIED_WORDS;
    else if (this.#denied > 0) {
      this.#denied--;
      this.#add(Math.imul(hash ^ DENIED, MIX_1), WORD, this.#wordFrom, end);
    }
    if (concept !== 0) this.#addConcept(concept, end);
    if (concept === CONTRAST) this.#endPart();
  }

  /** The concept, its pairs with the two before it, and all three together. */
  #addConcept(concept: number, end: number): void {
    this.#add(Math.imul(concept ^ CONCEPT, MIX_2), WORD, this.#wordFrom, end);
    const isNear = this.#near !== 0 && this.#words - this.#nearAt <= CONCEPT_REACH;
    const isFar = isNear && this.#far !== 0 && this.#words - this.#farAt <= CONCEPT_REACH;
    if (isNear) this.#add(Math.imul(((this.#near << 8) | concept) ^ CONCEPT, MIX_3), WORD, this.#nearFrom, end);
    if (isFar) {
      this.#add(Math.imul(((this.#far << 8) | concept) ^ CONCEPT, MIX_3), WORD, this.#farFrom, end);
      this.#add(Math.imul(((this.#far << 16) | (this.#near << 8) | concept) ^ CONCEPT, MIX_1), WORD, this.#farFrom, end);
    }
    [this.#far, this.#farAt, this.#farFrom] = [this.#near, this.#nearAt, this.#nearFrom];
    [this.#near, this.#nearAt, this.#nearFrom] = [concept, this.#words, this.#wordFrom];
  }

  #addPiece(piece: number, end: number): void {
    this.#add(Math.imul(piece ^ (piece >>> 15), MIX_1), PIECE, Math.max(this.#wordFrom, end - 4), end);
  }

  #add(hash: number, kind: number, from: number, to: number): void {
    const at = this.count;
    this.hash[at] = hash;
    this.kind[at] = kind;
    this.part[at] = this.parts;
    this.from[at] = from;
    this.to[at] = to;
    this.count = at + 1;
  }

  #endPart(): void {
    this.#denied = 0;
    this.#near = 0;
    if (this.#wordsInPart < PART_WORDS_MIN || this.parts >= PARTS_MAX - 1) return;
    this.parts++;
    this.#wordsInPart = 0;
  }
}
