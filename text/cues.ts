// Which searches for personal data and mentions can find anything in a text at all: a pass over its characters looks for the cues of all of
// them at once, so that most searches need not be made.
import { CueFinder } from "./cue-finder.ts";
import type { Search } from "./find-all.ts";
import { mentionPatterns, productPhrase } from "./mention-patterns.ts";
import { addresses } from "./personal-addresses.ts";
import { emails, handles, networkAddresses } from "./personal-contacts.ts";
import { ids } from "./personal-ids.ts";
import { names } from "./personal-names.ts";
import { cards, ibans, phones } from "./personal-numbers.ts";

/** In order of trust: where two find the same place, the first has it. */
export const personalSearches: readonly Search[] = [emails, ...networkAddresses, ibans, cards, ...ids, ...phones, handles, ...addresses, ...names];

// Made when the first text comes: most programs and threads that load this file read none.
let made: CueFinder | null = null;
const finder = (): CueFinder => (made ??= new CueFinder([personalSearches, [productPhrase, ...mentionPatterns]].map((searches) => searches.map(({ cue }) => cue))));

/** The text that is asked about and its place among those that were looked into: several searches ask about one text. */
const asked = { text: "", place: 0 };

/** Looks into a batch of texts at once; `turnCuesTo` then says which of them is asked about. */
export const readCuesOfBatch = (texts: number, batch: { bytes: Uint8Array; offsets: Uint32Array }): void => finder().findInBatch(texts, batch);

export const turnCuesTo = (text: string, place: number): void => {
  asked.text = text;
  asked.place = place;
};

const seenIn = (text: string, half: 0 | 1): number => {
  if (text === "") return 0;
  if (text !== asked.text) {
    finder().findInOne(text);
    turnCuesTo(text, 0);
  }
  return finder().seenIn(asked.place, half);
};

const none: readonly Search[] = [];

/** @returns the searches whose cue stands in the text */
export const searchesSeenIn = (text: string): readonly Search[] => {
  const seen = seenIn(text, 0);
  return seen === 0 ? none : personalSearches.filter((_, place) => (seen & (1 << place)) !== 0);
};

/** @returns a bit for `productPhrase` if its cue stands in the text, and above it one for each of `mentionPatterns` */
export const mentionsSeenIn = (text: string): number => seenIn(text, 1);
