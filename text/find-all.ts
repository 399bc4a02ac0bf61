import type { PersonalData, PersonalDataKind, Span } from "./reading.ts";

/** A search for personal data; it finds nothing where its cue (see `readCueSet`) does not stand. */
export type Search = { cue: string; find: (text: string, found: PersonalData[]) => void };

/** In cues, a letter that may be a capital, and one that may be in a name. */
export const CAPITAL = "[A-Z\u0080-\uffff]";
export const IN_NAME = "[A-Za-z'.\u0080-\uffff-]";

/** The search of a pattern.
 *  @param accept as that of `findAll` */
export const searchFor = (kind: PersonalDataKind, cue: string, pattern: RegExp, accept?: (match: RegExpExecArray) => Span | null): Search => ({
  cue,
  find: (text, found) => addAll(found, kind, findAll(text, pattern, accept)),
});

/** The same in capitals and small letters, as a cue. */
export const inAnyCase = (words: string): string => words.replaceAll(/[a-z]/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** Runs a global pattern over the text. Patterns repeat only a stated number of times, so that the time is linear whatever the text.
 *  @param accept the place that counts, or null when the match is a false friend; by default the whole match */
export const findAll = (text: string, pattern: RegExp, accept: (match: RegExpExecArray) => Span | null = wholeOf): Span[] => {
  const places: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const place = accept(match);
    if (place !== null) places.push(place);
    if (pattern.lastIndex === match.index) pattern.lastIndex += 1;
  }
  return places;
};

export const addAll = (found: PersonalData[], kind: PersonalDataKind, places: readonly Span[]): void => {
  for (const place of places) found.push({ kind, ...place });
};

/** The place of the match's last part, for patterns that begin with a cue: `order no. (12345)`. */
export const endOf = (match: RegExpExecArray, part: string): Span => {
  const to = match.index + match[0].length;
  return { from: to - part.length, to };
};

const wholeOf = (match: RegExpExecArray): Span => ({ from: match.index, to: match.index + match[0].length });
