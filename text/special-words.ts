// Finds the concept of a word by its hash: a table with open places, as the kernel keeps it too.
import { CONCEPTS, wordsOf } from "./concepts.ts";

/** After a negation the next words count as denied too, and after a contrast a new part begins. */
export const NEGATION = 1;
export const CONTRAST = 2;

const SLOTS_BITS = 13;
export const SPECIAL_SLOTS = 1 << SLOTS_BITS;
export const SPECIAL_SHIFT = 32 - SLOTS_BITS;

/** Hash of a whole word, as the reader makes it from its lower-case bytes (FNV-1a with a last mix, so that the top bits are good). */
export const hashWord = (word: string): number => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < word.length; place++) hash = Math.imul(hash ^ word.charCodeAt(place), 0x01000193);
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 0;
};

/** Concepts count from 1; 0 is a free place. */
export const SPECIAL_HASH = new Uint32Array(SPECIAL_SLOTS);
export const SPECIAL_KIND = new Uint8Array(SPECIAL_SLOTS);

/** @returns the number of the word's concept, 0 for a word of none */
export const conceptOf = (hash: number): number => {
  let slot = hash >>> SPECIAL_SHIFT;
  while (SPECIAL_KIND[slot] !== 0 && SPECIAL_HASH[slot] !== hash >>> 0) slot = (slot + 1) & (SPECIAL_SLOTS - 1);
  return SPECIAL_KIND[slot] ?? 0;
};

const enter = (word: string, concept: number): void => {
  const hash = hashWord(word);
  if (conceptOf(hash) !== 0) return;
  let slot = hash >>> SPECIAL_SHIFT;
  while (SPECIAL_KIND[slot] !== 0) slot = (slot + 1) & (SPECIAL_SLOTS - 1);
  SPECIAL_HASH[slot] = hash;
  SPECIAL_KIND[slot] = concept;
};
CONCEPTS.forEach(([, words], index) => {
  for (const word of wordsOf(words)) enter(word, index + 1);
});

const KIND_BITS = 7;
const HASH_BITS = 32 - KIND_BITS;

/** The same for the kernel, a number a place: concept in the low bits, above it as much of the hash as fits. Which place a word belongs to
 *  tells the rest of its hash, as long as no word is pushed further than what both have in common. */
export const packSpecialWords = (): Uint32Array<ArrayBuffer> =>
  Uint32Array.from(SPECIAL_HASH, (hash, slot) => {
    const kind = SPECIAL_KIND[slot] ?? 0;
    if (kind === 0) return 0;
    const pushed = (slot - (hash >>> SPECIAL_SHIFT)) & (SPECIAL_SLOTS - 1);
    if (kind >= 1 << KIND_BITS || pushed >= 1 << (HASH_BITS - SPECIAL_SHIFT)) throw new Error("There is no room for so many special words.");
    return (hash << KIND_BITS) | kind;
  });
