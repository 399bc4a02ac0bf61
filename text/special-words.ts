// Words that change how others are read: after a negation the next words count as denied too, and after "but" a new part begins.

export const NEGATION = 1;
export const CONTRAST = 2;

const NEGATIONS =
  "not no never none nobody nothing nor neither cannot without hardly barely don't dont can't cant won't wont didn't didnt doesn't doesnt isn't isnt wasn't wasnt couldn't couldnt wouldn't wouldnt haven't havent hasn't hasnt hadn't aren't weren't werent shouldn't ain't";
const CONTRASTS = "but however although though except unfortunately";

const SLOTS_BITS = 11;
export const SPECIAL_SLOTS = 1 << SLOTS_BITS;
export const SPECIAL_SHIFT = 32 - SLOTS_BITS;

/** Hash of a whole word, as the reader makes it from its lower-case bytes (FNV-1a with a last mix, so that the top bits are good). */
export const hashWord = (word: string): number => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < word.length; place++) hash = Math.imul(hash ^ word.charCodeAt(place), 0x01000193);
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b) >>> 0;
};

/** Word by the top bits of its hash: one look-up per word read. */
export const SPECIAL_HASH = new Uint32Array(SPECIAL_SLOTS);
export const SPECIAL_KIND = new Uint8Array(SPECIAL_SLOTS);

const enter = (words: string, kind: number): void => {
  for (const word of words.split(" ")) {
    const hash = hashWord(word);
    const slot = hash >>> SPECIAL_SHIFT;
    if (SPECIAL_KIND[slot] !== 0) throw new Error(`Special word "${word}" falls on the place of another: take more slots.`);
    SPECIAL_HASH[slot] = hash;
    SPECIAL_KIND[slot] = kind;
  }
};
enter(NEGATIONS, NEGATION);
enter(CONTRASTS, CONTRAST);
