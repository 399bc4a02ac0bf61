// Products, places and people a comment speaks of. Without a list of names only what stands in a telling place is taken: to miss a mention
// is harmless, a wrong one is not.
import { mentionsSeenIn } from "./cues.ts";
import { mentionPatterns, productPhrase, type MentionPattern } from "./mention-patterns.ts";
import { isNoHead, isNoName } from "./mention-words.ts";
import type { Mention, MentionKind, Span } from "./reading.ts";

/** Mentions in the order of the text, never overlapping. Names that a workspace knows are laid over them by `nameMentions`. */
export const findMentions = (text: string): Mention[] => {
  const found: Mention[] = [];
  const seen = mentionsSeenIn(text);
  if (seen === 0) return found;
  if ((seen & 1) !== 0) take(text, productPhrase, found);
  const told = found.length;
  mentionPatterns.forEach((pattern, place) => {
    if ((seen & (2 << place)) !== 0) take(text, pattern, found);
  });
  if (found.length > told && isShouted(text)) found.length = told;
  return found.length < 2 ? found : found.toSorted((one, other) => one.from - other.from);
};

const looked = 400;

// Where most words begin with a capital, a capital tells nothing. A word has two letters at least.
const isShouted = (text: string): boolean => {
  let [words, capitals, length] = [0, 0, 0];
  const end = Math.min(looked, text.length);
  for (let place = 0; place < end; place += 1) {
    const small = text.charCodeAt(place) | 32;
    length = small >= 97 && small <= 122 && text.charCodeAt(place) < 128 ? length + 1 : 0;
    if (length !== 2) continue;
    words += 1;
    if (text.charCodeAt(place - 1) < 97) capitals += 1;
  }
  return capitals * 5 > words * 3 && words > 4;
};

const take = (text: string, { kind, pattern }: MentionPattern, found: Mention[]): void => {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const words = match[1] ?? "";
    const from = match.index + match[0].indexOf(words);
    const place = pattern === productPhrase.pattern ? (isNoHead(words) ? null : { from, to: from + words.length }) : withoutStrangers(words, from, kind);
    if (place !== null && !found.some((one) => place.from < one.to && one.from < place.to)) found.push({ kind, ...place });
  }
};

// "Anna The" is Anna; "The Anna" and "English" are nobody.
const withoutStrangers = (words: string, from: number, kind: MentionKind): Span | null => {
  const all = words.split(" ");
  const end = all.findIndex((word) => isNoName(word, kind));
  if (end === 0) return null;
  const kept = end < 0 ? words : all.slice(0, end).join(" ");
  return { from, to: from + kept.replace(/['’-]s?$/, "").length };
};
