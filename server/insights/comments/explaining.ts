import type { Correction, TextReader, What } from "@firsthand/text";
import { needNames, type EmotionName, type Highlight, type NeedName, type Polarity, type SentimentName } from "./comments.contract.ts";
import { expressionsOf } from "./expressions.rules.ts";

/** A text with what was read in it. */
export type Explained = { text: string; sentiment: SentimentName; emotion: EmotionName | null; needs: Partial<Record<NeedName, Polarity>>; isUrgent: boolean };

/** The expressions that carried what was read, a few for each need, for the feeling and for the emotion. Takes up to tens of milliseconds for a
 *  long text, so it is done in the thread that reads. */
export const explainWith = (reader: TextReader, { text, ...reading }: Explained, correction: Correction | null): Highlight[] => {
  const wordsFor = (about: Highlight["about"], sign: number, what: What): Highlight[] => {
    const words = reader.explain(text, what, correction ?? undefined).map(({ from, to, weight }) => ({ from, to, weight: sign * weight }));
    return expressionsOf(text, words).map((expression) => ({ ...expression, about }));
  };
  return [
    ...needNames.flatMap((need) => (reading.needs[need] === undefined ? [] : wordsFor(need, 1, need))),
    ...signs[reading.sentiment].flatMap((sign) => wordsFor("sentiment", sign, "sentiment")),
    ...(reading.emotion === null ? [] : wordsFor("emotion", 1, reading.emotion)),
    ...(reading.isUrgent ? wordsFor("urgent", 1, "urgent") : []),
  ];
};

/** What speaks for a feeling: of a mixed one some words are good and others bad. */
const signs: Record<SentimentName, readonly (1 | -1)[]> = { pos: [1], neg: [-1], mix: [1, -1], neu: [] };
