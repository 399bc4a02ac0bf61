// Tries a pattern of many choices at one place of a text: only the choices that can begin with the two characters there, in their order, so
// that what is found is what the whole pattern finds.
import { listBeginnings } from "./beginnings.ts";

const KINDS = 28;
const DIGIT = 27;
/** Small letters and capitals alike, digits, and everything else. */
const kindOf = (code: number): number => {
  if (code >= 48 && code <= 57) return DIGIT;
  const letter = (code | 32) - 96;
  return code > 64 && code < 123 && letter > 0 && letter < DIGIT ? letter : 0;
};

/** @returns a search: where a match that begins at the place ends, or -1 */
export const compileChoices = (pattern: string): ((text: string, place: number) => number) => {
  const choices = Array.from({ length: KINDS * KINDS }, (): RegExp[] => []);
  for (const choice of splitChoices(pattern)) {
    const search = new RegExp(`\\b(?:${choice})`, "iy");
    for (const pair of pairsOf(choice)) choices[pair]?.push(search);
  }
  return (text, place) => {
    for (const search of choices[kindOf(text.charCodeAt(place)) * KINDS + (place + 1 < text.length ? kindOf(text.charCodeAt(place + 1)) : 0)] ?? []) {
      search.lastIndex = place;
      if (search.test(text)) return search.lastIndex;
    }
    return -1;
  };
};

/** The first two characters with which a match can begin. */
const pairsOf = (choice: string): Set<number> => {
  const pairs = new Set<number>();
  for (const beginning of listBeginnings(choice)) {
    const first = kindOf(beginning.charCodeAt(0)) * KINDS;
    if (beginning.length > 1) pairs.add(first + kindOf(beginning.charCodeAt(1)));
    else for (let kind = 0; kind < KINDS; kind++) pairs.add(first + kind);
  }
  return pairs;
};

/** The choices that stand in no bracket. */
const splitChoices = (pattern: string): string[] => {
  const choices = [""];
  let depth = 0;
  for (const character of pattern) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "|" && depth === 0) choices.push("");
    else choices[choices.length - 1] += character;
  }
  return choices;
};
