// The words of a company's own comments and the sentences they stand in, counted. Everything about themes is made from these counts.
import { ThemeTerms } from "./theme-terms.ts";

export type Vocabulary = {
  idOf: Map<number, number>;
  hash: number[];
  /** As most comments write it. */
  surface: string[];
  isPair: boolean[];
  /** Comments that have it. */
  comments: Float64Array;
  /** How much it tells: the rarer the more. */
  weight: Float64Array;
  commentCount: number;
};

/** Sentences as sparse vectors of length one; the words of sentence i are at starts[i] <= place < starts[i + 1]. */
export type Sentences = { count: number; starts: Uint32Array; terms: Uint32Array; values: Float32Array; comment: Uint32Array };

const COUNTERS = 1 << 22;
const COUNTER_MAX = 65_535;
const WORDS_MAX = 12_000;
const PAIRS_MAX = 8_000;
/** A word in more than this share of the comments tells nothing about one of them. */
const COMMON_SHARE_MAX = 0.5;
/** Words that stand together eight times as often as by chance are one expression. */
const PAIR_ASSOCIATION_MIN = 3;
/** Rare words tell more than their information alone says: found best on two labelled sets. */
const RARITY_POWER = 1.5;
const SURFACES_MAX = 4;
/** Few sentences say plainly that a word is somebody's name; of words such as "will" and "grace" nearly none do. */
const PERSON_SHARE_MIN = 0.05;
/** One or two may be read wrongly, and are many of those that have a rare word. */
const PERSON_COMMENTS_MIN = 3;

type Entry = { hash: number; count: number; isPair: boolean; first: number; second: number; surfaces: Map<string, number> };

/** Counts the words and pairs of some comments, those common enough to be about something several people say.
 *  @param people in how many comments a word is said to be a person's name: whom comments speak of is not what they are about */
export const readVocabulary = (texts: readonly string[], countMin: number, people: ReadonlyMap<number, number> = new Map()): Vocabulary => {
  const reader = new ThemeTerms();
  const counters = countRoughly(texts, reader);
  const entries = new Map<number, Entry>();
  const seen = new Set<number>();
  for (const text of texts) {
    seen.clear();
    reader.read(text);
    for (let place = 0; place < reader.count; place++) {
      const hash = reader.hash[place] ?? 0;
      if ((counters[hash & (COUNTERS - 1)] ?? 0) < countMin || seen.has(hash)) continue;
      seen.add(hash);
      noteEntry(entries, reader, place);
    }
  }
  const isPerson = (hash: number): boolean => (people.get(hash) ?? 0) >= Math.max(PERSON_COMMENTS_MIN, (entries.get(hash)?.count ?? 0) * PERSON_SHARE_MIN);
  const isKept = ({ hash, count, isPair, first, second }: Entry): boolean => count >= countMin && !(isPair ? [first, second] : [hash]).some(isPerson);
  return choose([...entries.values()].filter(isKept), texts.length);
};

// Most pairs are written once: they are thrown out by a rough count before any is kept.
const countRoughly = (texts: readonly string[], reader: ThemeTerms): Uint16Array => {
  const counters = new Uint16Array(COUNTERS);
  for (const text of texts) {
    reader.read(text);
    for (let place = 0; place < reader.count; place++) {
      const slot = (reader.hash[place] ?? 0) & (COUNTERS - 1);
      const count = counters[slot] ?? 0;
      if (count < COUNTER_MAX) counters[slot] = count + 1;
    }
  }
  return counters;
};

const noteEntry = (entries: Map<number, Entry>, reader: ThemeTerms, place: number): void => {
  const hash = reader.hash[place] ?? 0;
  let entry = entries.get(hash);
  if (entry === undefined) {
    const isPair = reader.isPair[place] === 1;
    entry = { hash, count: 0, isPair, first: isPair ? (reader.hash[place - 1] ?? 0) : 0, second: isPair ? (reader.hash[place + 1] ?? 0) : 0, surfaces: new Map() };
    entries.set(hash, entry);
  }
  entry.count++;
  // Enough to know how it is usually written.
  if (entry.count > 200) return;
  const surface = reader.text.slice(reader.from[place], reader.to[place]);
  const written = entry.surfaces.get(surface);
  if (written !== undefined || entry.surfaces.size < SURFACES_MAX) entry.surfaces.set(surface, (written ?? 0) + 1);
};

const choose = (entries: readonly Entry[], commentCount: number): Vocabulary => {
  const countOf = new Map(entries.map(({ hash, count }) => [hash, count]));
  const commonMax = Math.max(10, commentCount * COMMON_SHARE_MAX);
  const words = entries.filter(({ isPair, count }) => !isPair && count <= commonMax).toSorted(byCount).slice(0, WORDS_MAX);
  const pairs = entries
    .filter(({ isPair, count, first, second }) => {
      const [one, other] = [countOf.get(first), countOf.get(second)];
      return isPair && count <= commonMax && one !== undefined && other !== undefined && Math.log2((count * commentCount) / (one * other)) > PAIR_ASSOCIATION_MIN;
    })
    .toSorted(byCount)
    .slice(0, PAIRS_MAX);
  const kept = [...words, ...pairs];
  return {
    idOf: new Map(kept.map(({ hash }, id) => [hash, id])),
    hash: kept.map(({ hash }) => hash),
    surface: kept.map(({ surfaces }) => [...surfaces].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))[0]?.[0] ?? ""),
    isPair: kept.map(({ isPair }) => isPair),
    comments: Float64Array.from(kept, ({ count }) => count),
    weight: Float64Array.from(kept, ({ count }) => Math.log(1 + commentCount / count) ** RARITY_POWER),
    commentCount,
  };
};

const byCount = (one: Entry, other: Entry): number => other.count - one.count || one.hash - other.hash;

/** A sentence of one known word says too little alone: it goes with the next. */
export const SENTENCE_WORDS_MIN = 2;

/** The sentences of some comments in known words, each wording once: what is pasted a thousand times is one opinion.
 *  @param places which of the texts
 *  @param how `isRepeatedKept`: every wording as often as it stands there */
export const readSentences = (texts: readonly string[], places: readonly number[], vocabulary: Vocabulary, how: { isRepeatedKept?: boolean } = {}): Sentences => {
  const reader = new ThemeTerms();
  const rows: { comment: number; ids: number[] }[] = [];
  const seen = new Set<string>();
  for (const comment of places) {
    reader.read(texts[comment] ?? "");
    for (const ids of cutSentences(reader, vocabulary)) {
      const key = ids.join(" ");
      if (seen.has(key) && how.isRepeatedKept !== true) continue;
      seen.add(key);
      rows.push({ comment, ids });
    }
  }
  return layOut(rows, vocabulary);
};

const cutSentences = (reader: ThemeTerms, vocabulary: Vocabulary): number[][] => {
  const sentences: number[][] = [];
  let ids = new Set<number>();
  let words = 0;
  let part = 0;
  for (let place = 0; place < reader.count; place++) {
    const id = vocabulary.idOf.get(reader.hash[place] ?? 0);
    if (id === undefined) continue;
    if (reader.part[place] !== part && words >= SENTENCE_WORDS_MIN) {
      sentences.push([...ids]);
      [ids, words] = [new Set(), 0];
    }
    part = reader.part[place] ?? 0;
    ids.add(id);
    if (vocabulary.isPair[id] !== true) words++;
  }
  const last = sentences.at(-1);
  // What is left over at the end goes with the sentence before it.
  if (words >= SENTENCE_WORDS_MIN || (last === undefined && ids.size > 0)) sentences.push([...ids]);
  else if (last !== undefined) sentences[sentences.length - 1] = [...new Set([...last, ...ids])];
  return sentences.map((sentence) => sentence.toSorted((one, other) => one - other));
};

const layOut = (rows: readonly { comment: number; ids: readonly number[] }[], vocabulary: Vocabulary): Sentences => {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach(({ ids }, row) => (starts[row + 1] = (starts[row] ?? 0) + ids.length));
  const terms = new Uint32Array(starts[rows.length] ?? 0);
  const values = new Float32Array(terms.length);
  rows.forEach(({ ids }, row) => {
    const from = starts[row] ?? 0;
    const length = Math.sqrt(ids.reduce((sum, id) => sum + (vocabulary.weight[id] ?? 0) ** 2, 0)) || 1;
    ids.forEach((id, index) => {
      terms[from + index] = id;
      values[from + index] = (vocabulary.weight[id] ?? 0) / length;
    });
  });
  return { count: rows.length, starts, terms, values, comment: Uint32Array.from(rows, ({ comment }) => comment) };
};
