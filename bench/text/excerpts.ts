// Short texts out of labelled comments: the words that justify each need, and the sentences with and without them. They teach what a
// sentence says, where the whole comment teaches only that it is said somewhere.
import { NEEDS } from "../../text/reading.ts";
import type { Need } from "../../text/reading.ts";
import { readParts } from "./documents.ts";
import type { LabelledComment } from "./labelled-comments.ts";

export type Excerpt = {
  source: string;
  text: string;
  said: Need[];
  /** How much each need counts; 0 where it is not known whether the excerpt says it. */
  weights: number[];
  isMet: boolean | null;
  /** Needs that some sentence of this comment says; which one was not marked. */
  saidSomewhere: Need[];
};

/** A sentence says a need when it holds at least this part of the words that justify it, or is held by them so far. */
const OVERLAP_MIN = 0.35;
const UNSAID_WEIGHT = 0.5;
const BESIDE_WEIGHT = 0.3;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const readExcerpts = (comment: LabelledComment): Excerpt[] => (comment.spans === undefined ? readUnmarked(comment) : [...readSentences(comment), ...readSpans(comment)]);

/** Sentences of a comment whose words were not marked: what the comment does not say, none of them says. */
const readUnmarked = (comment: LabelledComment): Excerpt[] => {
  const sentences = splitSentences(comment.text);
  const saidSomewhere = NEEDS.filter((need) => comment.needs[need] !== undefined);
  const said = sentences.length === 1 ? saidSomewhere : [];
  const weights = NEEDS.map((need) => (!saidSomewhere.includes(need) ? UNSAID_WEIGHT : sentences.length === 1 ? 1 : 0));
  return sentences.map(({ text }) => ({ source: comment.source, text, said, weights, isMet: null, saidSomewhere: sentences.length === 1 ? [] : saidSomewhere }));
};

type Sentence = { text: string; start: number; end: number };

const splitSentences = (text: string): Sentence[] => {
  const { from, to } = readParts([text]);
  const bytes = encoder.encode(text);
  return Array.from(from, (start, part) => ({ text: decoder.decode(bytes.subarray(start, to[part] ?? start)), start, end: to[part] ?? start }));
};

const isMet = (comment: LabelledComment, said: readonly Need[]): boolean | null => {
  const polarities = new Set(said.map((need) => comment.needs[need]));
  return polarities.size !== 1 || polarities.has("mix") ? null : polarities.has("pos");
};

const readSpans = (comment: LabelledComment): Excerpt[] =>
  NEEDS.flatMap((need) => {
    const text = comment.spans?.[need];
    if (text === undefined || comment.needs[need] === undefined) return [];
    const weights = NEEDS.map((other) => (other === need ? 1 : comment.needs[other] === undefined ? BESIDE_WEIGHT : 0));
    return [{ source: comment.source, text, said: [need], weights, isMet: isMet(comment, [need]), saidSomewhere: [] }];
  });

const readSentences = (comment: LabelledComment): Excerpt[] =>
  splitSentences(comment.text).map(({ text, start, end }): Excerpt => {
    const shares = NEEDS.map((need) => shareOf(comment, need, start, end));
    const said = NEEDS.filter((_, at) => (shares[at] ?? 0) >= OVERLAP_MIN);
    const weights = NEEDS.map((need, at) => (said.includes(need) ? 1 : comment.needs[need] === undefined || shares[at] === 0 ? UNSAID_WEIGHT : 0));
    return { source: comment.source, text, said, weights, isMet: isMet(comment, said), saidSomewhere: [] };
  });

/** How much of the words that justify a need lie in the bytes, or of the bytes in the words, whichever is more. */
const shareOf = (comment: LabelledComment, need: Need, start: number, end: number): number => {
  const words = comment.spans?.[need];
  const place = words === undefined || comment.needs[need] === undefined ? -1 : comment.text.indexOf(words);
  if (words === undefined || place < 0) return 0;
  const first = encoder.encode(comment.text.slice(0, place)).length;
  const last = first + encoder.encode(words).length;
  return Math.max(0, Math.min(last, end) - Math.max(first, start)) / Math.min(last - first, end - start);
};
