// What a theme is to the machine: words and pairs of words with weights, and how sure a sum of them is.
import { ThemeTerms } from "./theme-terms.ts";
import { SENTENCE_WORDS_MIN } from "./theme-corpus.ts";

export type ThemeTerm = {
  /** As it is usually written. */
  term: string;
  hash: number;
  weight: number;
};

export type ThemeModel = {
  /** Strongest first. */
  terms: ThemeTerm[];
  /** How sure a sentence is of the theme: logistic function of slope x (sum of its weights) + offset. */
  slope: number;
  offset: number;
};

export type ThemeHit = { theme: number; sure: number };

/** Where precision and recall together are best: most sentences that are 30 % sure or more are about the theme in a reader's eyes. */
export const SURE_MIN = 0.3;
const HITS_MAX = 6;
const WORD_SURE = 0.9;

/** A theme of given words and phrases: a comment that has one of them has the theme.
 *  @returns null when the words only hold sentences together or tell their tone */
export const makeThemeOfWords = (words: readonly string[]): ThemeModel | null => {
  const reader = new ThemeTerms();
  const terms = new Map<number, ThemeTerm>();
  for (const word of words) {
    reader.read(word);
    const isPhrase = reader.isPair.subarray(0, reader.count).includes(1);
    for (let place = 0; place < reader.count; place++) {
      const hash = reader.hash[place] ?? 0;
      // Of a phrase the pairs count: "call centre" is not any call.
      if (!isPhrase || reader.isPair[place] === 1) terms.set(hash, { term: reader.text.slice(reader.from[place], reader.to[place]), hash, weight: 1 });
    }
  }
  if (terms.size === 0) return null;
  const slope = 8;
  return { terms: [...terms.values()], slope, offset: Math.log(WORD_SURE / (1 - WORD_SURE)) - slope };
};

/** How alike two themes are: cosine of their words, 0 to 1. */
export const compareThemes = (one: Pick<ThemeModel, "terms">, other: Pick<ThemeModel, "terms">): number => {
  const weights = new Map(one.terms.map(({ hash, weight }) => [hash, weight]));
  const shared = other.terms.reduce((sum, { hash, weight }) => sum + weight * (weights.get(hash) ?? 0), 0);
  const length = (terms: readonly ThemeTerm[]): number => Math.sqrt(terms.reduce((sum, { weight }) => sum + weight * weight, 0));
  const lengths = length(one.terms) * length(other.terms);
  return lengths === 0 ? 0 : shared / lengths;
};

/** Gives comments their themes. Made once for a set of themes, then asked for each comment; not to be shared between threads. */
export class ThemeAssigner {
  readonly #reader = new ThemeTerms();
  readonly #models: readonly ThemeModel[];
  readonly #slotHash: Uint32Array;
  /** Where the entries of the term in this slot begin, counted from 1. */
  readonly #slotStart: Uint32Array;
  readonly #slotMask: number;
  readonly #entryTheme: Uint16Array;
  readonly #entryWeight: Float32Array;
  /** Of one term follow each other; a new one begins where this is 1. */
  readonly #entryBegins: Uint8Array;
  readonly #sums: Float64Array;
  readonly #best: Float64Array;
  /** Themes with a sum in this sentence, and with one in this comment. */
  readonly #inSentence: Uint16Array;
  readonly #inComment: Uint16Array;
  #sentenceCount = 0;
  #commentCount = 0;

  constructor(models: readonly ThemeModel[]) {
    this.#models = models;
    const entries = new Map<number, { theme: number; weight: number }[]>();
    models.forEach(({ terms }, theme) => {
      for (const { hash, weight } of terms) entries.set(hash, [...(entries.get(hash) ?? []), { theme, weight }]);
    });
    const size = 1 << Math.ceil(Math.log2(entries.size * 4 + 16));
    this.#slotMask = size - 1;
    this.#slotHash = new Uint32Array(size);
    this.#slotStart = new Uint32Array(size);
    const total = entries.values().reduce((sum, list) => sum + list.length, 0);
    this.#entryTheme = new Uint16Array(total);
    this.#entryWeight = new Float32Array(total);
    this.#entryBegins = new Uint8Array(total + 1);
    this.#entryBegins[total] = 1;
    this.#sums = new Float64Array(models.length);
    this.#best = new Float64Array(models.length);
    this.#inSentence = new Uint16Array(models.length);
    this.#inComment = new Uint16Array(models.length);
    this.#fill(entries);
  }

  #fill(entries: ReadonlyMap<number, readonly { theme: number; weight: number }[]>): void {
    let at = 0;
    for (const [hash, list] of entries) {
      let slot = hash & this.#slotMask;
      while (this.#slotStart[slot] !== 0) slot = (slot + 1) & this.#slotMask;
      this.#slotHash[slot] = hash;
      this.#slotStart[slot] = at + 1;
      this.#entryBegins[at] = 1;
      for (const { theme, weight } of list) {
        this.#entryTheme[at] = theme;
        this.#entryWeight[at] = weight;
        at++;
      }
    }
  }

  /** The themes of a comment, surest first: those that one of its sentences is likely about. None is usual. */
  assign(text: string): ThemeHit[] {
    if (this.#models.length === 0) return [];
    const reader = this.#reader;
    reader.read(text);
    let part = 0;
    let words = 0;
    for (let place = 0; place < reader.count; place++) {
      if (reader.part[place] !== part && words >= SENTENCE_WORDS_MIN) {
        this.#endSentence();
        words = 0;
      }
      part = reader.part[place] ?? 0;
      if (reader.isPair[place] === 0) words++;
      this.#addTerm(reader.hash[place] ?? 0);
    }
    this.#endSentence();
    return this.#listHits();
  }

  #addTerm(hash: number): void {
    let slot = hash & this.#slotMask;
    for (let start = this.#slotStart[slot] ?? 0; start !== 0; start = this.#slotStart[slot] ?? 0) {
      if (this.#slotHash[slot] === hash) {
        let at = start - 1;
        do {
          const theme = this.#entryTheme[at] ?? 0;
          const sum = this.#sums[theme] ?? 0;
          if (sum === 0) this.#inSentence[this.#sentenceCount++] = theme;
          this.#sums[theme] = sum + (this.#entryWeight[at] ?? 0);
          at++;
        } while (this.#entryBegins[at] === 0);
        return;
      }
      slot = (slot + 1) & this.#slotMask;
    }
  }

  #endSentence(): void {
    for (let place = 0; place < this.#sentenceCount; place++) {
      const theme = this.#inSentence[place] ?? 0;
      const sum = this.#sums[theme] ?? 0;
      const best = this.#best[theme] ?? 0;
      if (best === 0) this.#inComment[this.#commentCount++] = theme;
      if (sum > best) this.#best[theme] = sum;
      this.#sums[theme] = 0;
    }
    this.#sentenceCount = 0;
  }

  #listHits(): ThemeHit[] {
    const hits: ThemeHit[] = [];
    for (let place = 0; place < this.#commentCount; place++) {
      const theme = this.#inComment[place] ?? 0;
      const model = this.#models[theme];
      const sum = this.#best[theme] ?? 0;
      this.#best[theme] = 0;
      if (model === undefined) continue;
      const sure = 1 / (1 + Math.exp(-(model.slope * sum + model.offset)));
      if (sure >= SURE_MIN) hits.push({ theme, sure });
    }
    this.#commentCount = 0;
    return hits.length < 2 ? hits : hits.toSorted((one, other) => other.sure - one.sure || one.theme - other.theme).slice(0, HITS_MAX);
  }
}
