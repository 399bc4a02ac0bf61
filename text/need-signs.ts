// Counts the wordings of needs in a text. They are too blunt to decide alone, but beside the model they add what its sums cannot see: the
// order of words that stand apart.
import { NEED_HINTS, NEED_SIGNS } from "./need-patterns.ts";
import { NEEDS } from "./reading.ts";
import { compileStarts } from "./starts.ts";

/** More signs or hints than these say nothing more. */
export const SIGNS_MAX = 2;
export const HINTS_MAX = 4;
/** Patterns are searched in the beginning of a text only: they cost more than the kernel does. */
const SEARCHED_MAX = 1_500;

const SIGNS = NEEDS.map((need) => NEED_SIGNS[need]);
/** One pattern a need: what is said twice in one place counts once. */
const HINTS = NEEDS.map((need) => [NEED_HINTS[need].join("|")]);

const ALL = [...SIGNS, ...HINTS].flat();
const STARTS = compileStarts(ALL, SEARCHED_MAX);
/** Tried at one place at a time. */
const AT_PLACE = ALL.map((pattern) => new RegExp(`\\b(?:${pattern})`, "iy"));
const placesOf = (sources: readonly (readonly string[])[]): number[][] => sources.map((own) => own.map((source) => ALL.indexOf(source)));
const SIGNS_AT = placesOf(SIGNS);
const HINTS_AT = placesOf(HINTS);
/** All needs ask about the same text one after the other. */
const last = { text: "", searched: "", starts: 0, patterns: 0 };

/** @returns how many signs of the need stand in the text, at most SIGNS_MAX */
export const countSigns = (text: string, need: number): number => count(text, SIGNS_AT[need] ?? [], SIGNS_MAX);

/** @returns how many hints of the need stand in the text, at most HINTS_MAX */
export const countHints = (text: string, need: number): number => count(text, HINTS_AT[need] ?? [], HINTS_MAX);

const count = (text: string, indexes: readonly number[], most: number): number => {
  if (text !== last.text) readStarts(text);
  let found = 0;
  if (last.patterns === 0) return found;
  for (const index of indexes) {
    const pattern = AT_PLACE[index];
    if (pattern === undefined || ((last.patterns >>> index) & 1) === 0) continue;
    for (let start = 0, from = 0; start < last.starts && found < most; start++) {
      const place = STARTS.at[start] ?? 0;
      if (place < from || (((STARTS.patterns[start] ?? 0) >>> index) & 1) === 0) continue;
      pattern.lastIndex = place;
      if (!pattern.test(last.searched)) continue;
      from = pattern.lastIndex;
      found++;
    }
  }
  return found;
};

const readStarts = (text: string): void => {
  last.text = text;
  last.searched = beginningOf(text);
  last.starts = STARTS.find(last.searched);
  last.patterns = 0;
  for (let start = 0; start < last.starts; start++) last.patterns |= STARTS.patterns[start] ?? 0;
};

const beginningOf = (text: string): string => (text.length > SEARCHED_MAX ? text.slice(0, SEARCHED_MAX) : text);

/** The same by searching every pattern everywhere; slower, and what the quick way is tested against. */
export const countSlowly = (text: string, need: number): { signs: number; hints: number } => {
  const countAll = (sources: readonly string[]): number => sources.reduce((sum, source) => sum + (beginningOf(text).match(new RegExp(`\\b(?:${source})`, "gi"))?.length ?? 0), 0);
  return { signs: Math.min(countAll(SIGNS[need] ?? []), SIGNS_MAX), hints: Math.min(countAll(HINTS[need] ?? []), HINTS_MAX) };
};
