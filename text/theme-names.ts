// Which words make a group of sentences what it is: log-odds with a prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words").
import type { Sentences, Vocabulary } from "./theme-corpus.ts";
import { MANNER_WORDS } from "./theme-words.ts";

export type TellingTerm = { id: number; weight: number; score: number; share: number };

const PRIOR_SIZE = 50;
const TELLING_Z_MIN = 3;
const WEIGHT_MAX = 8;
const COUNT_MIN = 3;
/** Words win over expressions by their number alone; expressions say more. */
const PAIR_FACTOR = 2;

export type TermCounts = { of: Float64Array; total: number };

export const countTerms = (sentences: Sentences, wordCount: number, isCounted: (row: number) => boolean): TermCounts => {
  const of = new Float64Array(wordCount);
  let total = 0;
  for (let row = 0; row < sentences.count; row++) {
    if (!isCounted(row)) continue;
    total++;
    for (let place = sentences.starts[row] ?? 0, end = sentences.starts[row + 1] ?? 0; place < end; place++) {
      const id = sentences.terms[place] ?? 0;
      of[id] = (of[id] ?? 0) + 1;
    }
  }
  return { of, total };
};

/** Terms that stand in the sentences of a group more often than elsewhere, most telling first. */
export const listTellingTerms = (group: TermCounts, all: TermCounts, vocabulary: Vocabulary): TellingTerm[] => {
  const telling: TellingTerm[] = [];
  const [inside, outside] = [group.total + PRIOR_SIZE, all.total - group.total + PRIOR_SIZE];
  for (let id = 0; id < group.of.length; id++) {
    const count = group.of[id] ?? 0;
    if (count < COUNT_MIN) continue;
    const prior = (PRIOR_SIZE * (all.of[id] ?? 0)) / all.total;
    const [here, there] = [count + prior, (all.of[id] ?? 0) - count + prior];
    const odds = Math.log(here / Math.max(0.5, inside - here)) - Math.log(there / Math.max(0.5, outside - there));
    const z = odds / Math.sqrt(1 / here + 1 / there);
    if (z < TELLING_Z_MIN) continue;
    const share = count / group.total;
    telling.push({ id, weight: Math.min(WEIGHT_MAX, odds), share, score: z * Math.sqrt(share) * (vocabulary.isPair[id] === true ? PAIR_FACTOR : 1) });
  }
  return telling.toSorted((one, other) => other.score - one.score || one.id - other.id);
};

const NAME_TERMS_MAX = 3;
/** What a second and a third term must tell of what the first one does. */
const SECOND_SCORE_SHARE_MIN = 0.25;
const THIRD_SCORE_SHARE_MIN = 0.35;
/** An expression stands for its word when it is in this share of the sentences that have the word: "mental health" for "health". */
const EXPRESSION_SHARE_MIN = 0.6;
const SUBJECT_SHARE_MIN = 0.1;
/** In so many of its sentences a term must stand to be said beside a lone word. */
const BESIDE_SHARE_MIN = 0.06;

type Terms = Pick<Vocabulary, "surface" | "isPair">;
/** The terms of a group counted, and those that tell it apart, most telling first. */
type Named = { counts: TermCounts; telling: readonly TellingTerm[] };

/** A short name: the most telling terms that do not say the same again, as expressions where a word mostly stands in one. What only says how
 *  something was, such as "friendly", is no name: what it is said of comes first.
 *  @param isTaken whether another theme has this name */
export const nameOf = (group: Named, vocabulary: Terms, isTaken: (name: string) => boolean): string => {
  const chosen: string[] = [];
  const { telling } = group;
  const best = telling[0]?.score ?? 0;
  const name = (): string => written(withSubject(chosen, group, vocabulary));
  for (const term of telling.slice(0, 30)) {
    const isWeak = term.score < best * (chosen.length === 1 ? SECOND_SCORE_SHARE_MIN : THIRD_SCORE_SHARE_MIN);
    const isEnough = chosen.length >= NAME_TERMS_MAX || (chosen.length > 0 && isWeak);
    if (isEnough && !isTaken(name())) break;
    const surface = vocabulary.surface[expressionFor(term, telling, vocabulary).id] ?? "";
    if (surface === "" || chosen.some((other) => sayTheSame(other, surface))) continue;
    chosen.push(surface);
  }
  const beside = besideLone(chosen, telling, vocabulary);
  if (beside !== null && !isTaken(written([...chosen, beside]))) chosen.push(beside);
  return name();
};

/** A single word such as "hospital" says where, not what: the most telling of what is often said with it stands beside it. */
const besideLone = (chosen: readonly string[], telling: readonly TellingTerm[], vocabulary: Terms): string | null => {
  const [only, second] = chosen;
  if (only === undefined || second !== undefined || only.includes(" ") || isManner(only)) return null;
  const fitting = telling.filter(({ share }) => share >= BESIDE_SHARE_MIN).map((term) => vocabulary.surface[term.id] ?? "");
  return fitting.find((surface) => surface !== "" && !sayTheSame(only, surface)) ?? null;
};

/** The expression in which a word mostly stands, else the word. */
const expressionFor = (term: TellingTerm, telling: readonly TellingTerm[], vocabulary: Terms): TellingTerm => {
  if (vocabulary.isPair[term.id] === true) return term;
  const word = vocabulary.surface[term.id] ?? "";
  const isIts = ({ id, share }: TellingTerm): boolean => {
    const words = (vocabulary.surface[id] ?? "").split(" ");
    return vocabulary.isPair[id] === true && words.length === 2 && words.includes(word) && share >= term.share * EXPRESSION_SHARE_MIN;
  };
  return telling.filter(isIts).toSorted((one, other) => other.share - one.share)[0] ?? term;
};

/** What is told by a manner alone gets what it is said of: what is said with it more than elsewhere, else most often. */
const withSubject = (chosen: readonly string[], { counts, telling }: Named, vocabulary: Terms): readonly string[] => {
  const [first] = chosen;
  if (first === undefined || !chosen.every(isManner)) return chosen;
  const told = telling.find(({ id, share }) => share >= SUBJECT_SHARE_MIN && !isManner(vocabulary.surface[id] ?? ""));
  const subject = told?.id ?? mostSaid(counts, vocabulary);
  return subject === null ? chosen : [vocabulary.surface[subject] ?? "", first];
};

const mostSaid = (counts: TermCounts, vocabulary: Terms): number | null => {
  let most: number | null = null;
  for (const [id, surface] of vocabulary.surface.entries()) {
    const before = most === null ? COUNT_MIN - 1 : (counts.of[most] ?? 0);
    if ((counts.of[id] ?? 0) > before && vocabulary.isPair[id] !== true && !isManner(surface)) most = id;
  }
  return most;
};

const mannerWords = new Set(MANNER_WORDS.split(/\s+/u));
const isManner = (surface: string): boolean => surface.split(/[\s-]+/u).every((word) => mannerWords.has(word));

const written = (terms: readonly string[]): string => {
  const name = terms.join(", ");
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const LIKE_START = 5;

const sayTheSame = (one: string, other: string): boolean => {
  const words = one.split(/\s+/u);
  return other.split(/\s+/u).some((word) => words.some((known) => known === word || (known.length >= LIKE_START && word.slice(0, LIKE_START) === known.slice(0, LIKE_START))));
};
