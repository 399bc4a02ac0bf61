// Themes of a company's own comments, found without being told what to look for. Words get their place from the company's own comments
// (theme-vectors.ts), sentences that lie together become a theme, and words that tell it apart name it and find it in new comments.
import { dot, findClusters } from "./theme-clusters.ts";
import { readSentences, readVocabulary, type Sentences, type Vocabulary } from "./theme-corpus.ts";
import { compareThemes, SURE_MIN, type ThemeModel } from "./theme-model.ts";
import { hasManyWordings } from "./theme-wordings.ts";
import { countTerms, listTellingTerms, nameOf, type TellingTerm, type TermCounts } from "./theme-names.ts";
import { countSum, fitSureness, reachOf, startCounts } from "./theme-sureness.ts";
import { hashesOf } from "./theme-terms.ts";
import { makeVectors, type Vectors } from "./theme-vectors.ts";

export type ThemeComment = {
  /** Without personal data: words of a theme are shown to everyone. */
  text: string;
  /** ISO 639-1; comments whose language is not known go with the most. */
  language: string | null;
  /** Praise and complaint about one thing are grouped apart, so that neither drowns the other. */
  isBad: boolean;
  /** Names of people where the comment says plainly that they are. */
  people?: readonly string[];
};

export type DiscoveredTheme = ThemeModel & {
  name: string;
  language: string | null;
  /** Comments that were grouped under it; the assigner may find it in others. */
  count: number;
  /** How close its sentences lie together, 0-1. */
  coherence: number;
  /** How much of it came out again from another start, 0-1. */
  stability: number;
};

/** Fewer comments of a language give no themes: what a handful says can be read. */
export const COMMENTS_MIN = 200;
/** More are not needed to find what many say; all of them are counted and assigned. */
const SAMPLE_MAX = 25_000;
/** More keep apart what only differs in wording: 32 did best on labelled sets of 2,000 and of 13,000 comments. */
const WIDTH = 32;
const NEAR_MIN = 0.35;
const SIZE_MIN = 8;
const SIZE_SHARE_MIN = 0.002;
/** What is said in fewer ways is a form or a set phrase, however often it is said. */
const WORDINGS_MIN = 4;
const COHERENCE_MIN = 0.44;
const STABILITY_MIN = 0.2;
const REACH_MIN = 0.1;
const TERMS_MAX = 80;
const SAME_NEARNESS = 0.8;
const SAME_TERMS = 6;
const SAME_TERMS_SHARE = 0.5;
const SAME_LIKENESS = 0.75;

/** Themes of some comments, largest first; the same comments and seed give the same themes.
 *  @param onProgress hears 0-1 */
export const discoverThemes = (comments: readonly ThemeComment[], given: { seed: number; onProgress?: (share: number) => void }): DiscoveredTheme[] => {
  const groups = groupByLanguage(comments);
  const themes = groups.flatMap(({ language, members }, place) =>
    discoverInLanguage(members, language, { seed: given.seed, onProgress: (share) => given.onProgress?.((place + share) / groups.length) }),
  );
  return themes.toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
};

const groupByLanguage = (comments: readonly ThemeComment[]): { language: string | null; members: ThemeComment[] }[] => {
  const groups = Map.groupBy(comments, ({ language }) => language);
  const [most] = [...groups].filter(([language]) => language !== null).toSorted((one, other) => other[1].length - one[1].length);
  const unknown = groups.get(null);
  if (most !== undefined && unknown !== undefined) {
    groups.set(most[0], [...most[1], ...unknown]);
    groups.delete(null);
  }
  return [...groups].map(([language, members]) => ({ language, members })).filter(({ members }) => members.length >= COMMENTS_MIN);
};

type Ground = { vocabulary: Vocabulary; sentences: Sentences; vectors: Vectors; all: TermCounts };
type Group = { rows: number[]; edge: number[]; coherence: number; stability: number; counts: TermCounts; telling: TellingTerm[] };

const discoverInLanguage = (comments: readonly ThemeComment[], language: string | null, given: { seed: number; onProgress: (share: number) => void }): DiscoveredTheme[] => {
  const texts = comments.map(({ text }) => text);
  const vocabulary = readVocabulary(texts, Math.max(3, Math.round(texts.length / 10_000)), countPeople(comments));
  given.onProgress(0.2);
  const sentences = readSentences(texts, choosePlaces(texts.length), vocabulary);
  if (sentences.count < SIZE_MIN * 2) return [];
  const vectors = makeVectors(sentences, vocabulary.hash.length, { width: WIDTH, seed: given.seed });
  given.onProgress(0.5);
  const ground = { vocabulary, sentences, vectors, all: countTerms(sentences, vocabulary.hash.length, () => true) };
  const groups = [true, false].flatMap((isBad, place) => {
    const rows = Array.from({ length: sentences.count }, (_, row) => row).filter((row) => (comments[sentences.comment[row] ?? 0]?.isBad ?? false) === isBad);
    const found = rows.length < SIZE_MIN * 4 ? [] : findGroups(ground, rows, given.seed);
    given.onProgress(0.7 + place * 0.2);
    return found;
  });
  const themes = nameThemes(ground, mergeAlike(ground, groups), language);
  given.onProgress(1);
  return themes;
};

/** Words of people's names, and in how many comments they are said to be. */
const countPeople = (comments: readonly ThemeComment[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const { people = [] } of comments) for (const hash of new Set(people.flatMap((name) => hashesOf(name)))) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
};

/** Evenly from all of them. */
const choosePlaces = (count: number): number[] => {
  const chosen = Math.min(count, SAMPLE_MAX);
  return Array.from({ length: chosen }, (_, index) => Math.floor((index * count) / chosen));
};

/** More comments show finer themes: 15 groups of 250 sentences, 47 of 5,000, 60 of 10,000. Those of one thing are joined afterwards. */
const countOfGroups = (sentenceCount: number): number => Math.max(3, Math.min(60, Math.round(2 * sentenceCount ** 0.37)));

const findGroups = (ground: Ground, rows: readonly number[], seed: number): Group[] => {
  const vectors = pickRows(ground.vectors, rows);
  const count = countOfGroups(rows.length);
  const clusters = findClusters(vectors, { count, seed });
  const again = findClusters(vectors, { count, seed: seed + 1 });
  const members: Group["rows"][] = Array.from({ length: clusters.count }, () => []);
  const edges: Group["edge"][] = Array.from({ length: clusters.count }, () => []);
  rows.forEach((row, place) => ((clusters.nearness[place] ?? 0) >= NEAR_MIN ? members : edges)[clusters.group[place] ?? 0]?.push(row));
  const nearness = sumBy(clusters.group, clusters.nearness, clusters.count);
  const sizeMin = Math.max(SIZE_MIN, ground.sentences.count * SIZE_SHARE_MIN);
  return members.flatMap((group, place) => {
    const coherence = (nearness[place] ?? 0) / Math.max(1, group.length + (edges[place]?.length ?? 0));
    const stability = stabilityOf(place, clusters.group, again.group, again.count);
    if (group.length < sizeMin || !hasManyWordings(ground.sentences, { rows: group, least: WORDINGS_MIN, isPair: ground.vocabulary.isPair }) || coherence < COHERENCE_MIN || stability < STABILITY_MIN) return [];
    return [{ rows: group, edge: edges[place] ?? [], coherence, stability, ...countTelling(ground, group) }];
  });
};

const pickRows = ({ values, width }: Vectors, rows: readonly number[]): Vectors => {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, place) => picked.set(values.subarray(row * width, (row + 1) * width), place * width));
  return { count: rows.length, width, values: picked };
};

const sumBy = (group: Uint16Array, values: Float32Array, count: number): Float64Array => {
  const sums = new Float64Array(count);
  group.forEach((one, place) => (sums[one] = (sums[one] ?? 0) + (values[place] ?? 0)));
  return sums;
};

const countTelling = ({ sentences, vocabulary, all }: Ground, rows: readonly number[]): Pick<Group, "counts" | "telling"> => {
  const members = new Set(rows);
  const counts = countTerms(sentences, vocabulary.hash.length, (row) => members.has(row));
  return { counts, telling: listTellingTerms(counts, all, vocabulary) };
};

/** The largest share of a group that stayed together from another start (Jaccard). */
const stabilityOf = (group: number, groups: Uint16Array, again: Uint16Array, count: number): number => {
  const [inOther, both] = [new Float64Array(count), new Float64Array(count)];
  let size = 0;
  for (let row = 0; row < groups.length; row++) {
    const other = again[row] ?? 0;
    inOther[other] = (inOther[other] ?? 0) + 1;
    if (groups[row] !== group) continue;
    both[other] = (both[other] ?? 0) + 1;
    size++;
  }
  return both.reduce((best, shared, other) => Math.max(best, shared / Math.max(1, size + (inOther[other] ?? 0) - shared)), 0);
};

/** Joins groups that lie on one another or are told by the same words: one of praise and one of complaint, most often. */
const mergeAlike = (ground: Ground, groups: readonly Group[]): Group[] => {
  const kept: Group[] = [];
  for (const group of groups.toSorted((one, other) => other.rows.length - one.rows.length)) {
    const alike = kept.findIndex((other) => areAlike(ground, group, other));
    const before = kept[alike];
    if (before === undefined) {
      kept.push(group);
      continue;
    }
    const rows = [...before.rows, ...group.rows];
    const share = before.rows.length / rows.length;
    const mean = (of: (one: Group) => number): number => of(before) * share + of(group) * (1 - share);
    kept[alike] = { rows, edge: [...before.edge, ...group.edge], coherence: mean((one) => one.coherence), stability: mean((one) => one.stability), ...countTelling(ground, rows) };
  }
  return kept;
};

const areAlike = (ground: Ground, one: Group, other: Group): boolean => {
  // Praise and complaint about one thing.
  if (one.telling[0]?.id === other.telling[0]?.id) return true;
  const first = new Set(one.telling.slice(0, SAME_TERMS).map(({ id }) => id));
  const shared = other.telling.slice(0, SAME_TERMS).filter(({ id }) => first.has(id)).length;
  if (shared >= SAME_TERMS * SAME_TERMS_SHARE) return true;
  const { values, width } = ground.vectors;
  const [mean, otherMean] = [meanOf(values, width, one.rows), meanOf(values, width, other.rows)];
  return dot(mean, 0, otherMean, 0, width) >= SAME_NEARNESS * Math.sqrt(dot(mean, 0, mean, 0, width) * dot(otherMean, 0, otherMean, 0, width));
};

const meanOf = (values: Float32Array, width: number, rows: readonly number[]): Float32Array => {
  const mean = new Float32Array(width);
  for (const row of rows) for (let column = 0; column < width; column++) mean[column] = (mean[column] ?? 0) + (values[row * width + column] ?? 0) / rows.length;
  return mean;
};

const nameThemes = (ground: Ground, groups: readonly Group[], language: string | null): DiscoveredTheme[] => {
  const { vocabulary, sentences } = ground;
  const named = new Map<string, DiscoveredTheme>();
  for (const group of groups) {
    const name = nameOf(group, vocabulary, (given) => named.has(given));
    if (name === "" || named.has(name)) continue;
    const telling = group.telling.slice(0, TERMS_MAX);
    const terms = telling.map(({ id, weight }) => ({ term: vocabulary.surface[id] ?? "", hash: vocabulary.hash[id] ?? 0, weight: Math.round(weight * 1000) / 1000 }));
    const count = new Set(group.rows.map((row) => sentences.comment[row])).size;
    const sums = countSums(sentences, group, telling);
    const sureness = fitSureness(sums);
    if (reachOf(sums, sureness, SURE_MIN) < REACH_MIN || [...named.values()].some((other) => compareThemes(other, { terms }) >= SAME_LIKENESS)) continue;
    named.set(name, { name, language, count, coherence: group.coherence, stability: group.stability, terms, ...sureness });
  }
  return [...named.values()];
};

/** The sums of weights in sentences of the group and outside it; those at its edge are neither. */
const countSums = (sentences: Sentences, { rows, edge }: Group, terms: readonly TellingTerm[]): ReturnType<typeof startCounts> => {
  const weights = new Map(terms.map(({ id, weight }) => [id, weight]));
  const [members, edges] = [new Set(rows), new Set(edge)];
  const counts = startCounts();
  for (let row = 0; row < sentences.count; row++) {
    if (edges.has(row)) continue;
    let sum = 0;
    for (let place = sentences.starts[row] ?? 0, end = sentences.starts[row + 1] ?? 0; place < end; place++) sum += weights.get(sentences.terms[place] ?? 0) ?? 0;
    countSum(counts, sum, members.has(row));
  }
  return counts;
};
