// Which words make a group of sentences what it is: log-odds with a prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words").
import type { Sentences, Vocabulary } from "./theme-corpus.ts";

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
const NAME_SCORE_SHARE_MIN = 0.35;

/** A short name: the most telling terms that do not say the same again.
 *  @param isTaken whether another theme has this name */
export const nameOf = (telling: readonly TellingTerm[], vocabulary: Vocabulary, isTaken: (name: string) => boolean): string => {
  const chosen: string[] = [];
  const best = telling[0]?.score ?? 0;
  for (const { id, score } of telling.slice(0, 30)) {
    const surface = vocabulary.surface[id] ?? "";
    const isEnough = chosen.length >= NAME_TERMS_MAX || (chosen.length > 0 && score < best * NAME_SCORE_SHARE_MIN);
    if (isEnough && !isTaken(written(chosen))) break;
    if (surface === "" || chosen.some((other) => sayTheSame(other, surface))) continue;
    chosen.push(surface);
  }
  return written(chosen);
};

const written = (terms: readonly string[]): string => {
  const name = terms.join(", ");
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const LIKE_START = 5;

const sayTheSame = (one: string, other: string): boolean => {
  const words = one.split(/\s+/u);
  return other.split(/\s+/u).some((word) => words.some((known) => known === word || (known.length >= LIKE_START && word.slice(0, LIKE_START) === known.slice(0, LIKE_START))));
};
