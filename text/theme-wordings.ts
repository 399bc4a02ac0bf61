// How many different things are said by sentences: those that differ in one word, as filled-in forms and set phrases do, say one.
import type { Sentences } from "./theme-corpus.ts";

/** Of fewer known words, all but one are too few to be a phrase. */
const WORDS_MIN = 5;
const WORDS_MAX = 40;

type Known = { isPair: readonly boolean[] };

/** Whether some sentences are so many wordings at least. A sentence that has all words but one in common with a wording met before is none of its own.
 *  @param given `rows`: which of the sentences; `isPair`: of each word, whether it is two that stand together */
export const hasManyWordings = (sentences: Sentences, { rows, least, isPair }: Known & { rows: readonly number[]; least: number }): boolean => {
  const known = new Set<number>();
  let wordings = 0;
  for (const row of rows) {
    const phrases = phrasesOf(sentences, row, { isPair });
    if (phrases.some((phrase) => known.has(phrase))) continue;
    // Only what differs from all others counts for further ones: by way of those between, most sentences are alike in the end.
    for (const phrase of phrases) known.add(phrase);
    wordings++;
    if (wordings >= least) return true;
  }
  return false;
};

/** The sentence and the sentence without each of its words, as numbers that are the same for the same words. Pairs are left out: another word
 *  makes other pairs with its neighbours, and would be three things that differ. */
const phrasesOf = (sentences: Sentences, row: number, { isPair }: Known): number[] => {
  const words = sentences.terms.subarray(sentences.starts[row] ?? 0, sentences.starts[row + 1] ?? 0).filter((word) => isPair[word] !== true).subarray(0, WORDS_MAX);
  if (words.length < WORDS_MIN) return [];
  let all = 0;
  for (const word of words) all = (all + mix(word)) >>> 0;
  return [all, ...Array.from(words, (word) => (all - mix(word)) >>> 0)];
};

// The last steps of MurmurHash3. They must not be linear, or words of the same sum would be the same phrase.
const mix = (word: number): number => {
  const first = Math.imul((word + 1) ^ ((word + 1) >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
};
