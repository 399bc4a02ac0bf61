// Counts the wordings of needs, of urgency and of sarcasm in a text. They are too blunt to decide alone, but beside the model they add what
// its sums cannot see: the order of words that stand apart.
import { keepSearches, splitChoices } from "./choices.ts";
import { NEED_HINTS, NEED_SIGNS, SARCASM_SIGNS, URGENT_HINTS } from "./need-patterns.ts";
import { NEEDS } from "./reading.ts";
import { compileStarts } from "./starts.ts";

/** More signs or hints than these say nothing more. */
export const SIGNS_MAX = 2;
export const HINTS_MAX = 4;
/** Patterns are searched in the beginning of a text only: they cost more than the kernel does. */
const SEARCHED_MAX = 1_500;

/** The beginning of the text, with the apostrophe that patterns know. */
const beginningOf = (text: string): string => {
  const beginning = text.length > SEARCHED_MAX ? text.slice(0, SEARCHED_MAX) : text;
  return beginning.includes("\u2019") ? beginning.replaceAll("\u2019", "'") : beginning;
};

// A sign of a need is one pattern, as each counts alone; its hints are one together: what is said twice in one place counts once.
const SIGNS = NEEDS.map((need) => NEED_SIGNS[need]);
const SIGNS_FROM = SIGNS.map((_, need) => SIGNS.slice(0, need).flat().length);
const HINTS = NEEDS.map((need) => NEED_HINTS[need].join("|"));
const HINTS_FROM = SIGNS.flat().length;
const URGENT = HINTS_FROM + HINTS.length;
const SARCASM = URGENT + 1;
const PATTERNS = [...SIGNS.flat(), ...HINTS, URGENT_HINTS.join("|"), SARCASM_SIGNS.join("|")].map(splitChoices);

const CHOICES = PATTERNS.flat();
const PATTERN_OF = PATTERNS.flatMap((choices, pattern) => choices.map(() => pattern));
const starts = compileStarts(CHOICES, SEARCHED_MAX);

/** What is tried at a place: for each pattern that may begin there, those of its choices that may. */
type Trial = { pattern: number; search: RegExp };
const trials: (Trial[] | undefined)[] = [];
const searchOf = keepSearches();
const trialsOf = (list: number): Trial[] => {
  const known = trials[list];
  if (known !== undefined) return known;
  const byPattern = Map.groupBy(starts.patterns[list] ?? [], (choice) => PATTERN_OF[choice] ?? 0);
  const made = [...byPattern].map(([pattern, choices]) => ({ pattern, search: searchOf(choices.map((choice) => CHOICES[choice] ?? "")) }));
  trials[list] = made;
  return made;
};

/** The text that was asked about last, and for each pattern where it may begin there and what to try. */
const last = { text: "", searched: "", tried: PATTERNS.map(() => ({ count: 0, places: new Uint16Array(SEARCHED_MAX), searches: new Array<RegExp>() })) };

/** Places are looked for once for all patterns: they are asked about one after the other for the same text. */
const look = (text: string): void => {
  last.text = text;
  last.searched = beginningOf(text);
  for (const tried of last.tried) tried.count = 0;
  const count = starts.find(last.searched);
  for (let start = 0; start < count; start++) {
    for (const { pattern, search } of trialsOf(starts.lists[start] ?? 0)) {
      const tried = last.tried[pattern];
      if (tried === undefined) continue;
      tried.places[tried.count] = starts.at[start] ?? 0;
      tried.searches[tried.count] = search;
      tried.count++;
    }
  }
};

/** @returns how often the pattern is found, what is found next beginning where it ended; no more than `most` */
const countPattern = (text: string, pattern: number, most: number): number => {
  if (text !== last.text) look(text);
  const tried = last.tried[pattern];
  if (tried === undefined) return 0;
  let found = 0;
  for (let index = 0, from = 0; index < tried.count && found < most; index++) {
    const place = tried.places[index] ?? 0;
    const search = tried.searches[index];
    if (place < from || search === undefined) continue;
    search.lastIndex = place;
    if (!search.test(last.searched)) continue;
    from = search.lastIndex;
    found++;
  }
  return found;
};

/** @returns how many signs of the need stand in the text, at most SIGNS_MAX */
export const countSigns = (text: string, need: number): number => {
  const first = SIGNS_FROM[need] ?? 0;
  let found = 0;
  for (let own = 0; own < (SIGNS[need]?.length ?? 0) && found < SIGNS_MAX; own++) found += countPattern(text, first + own, SIGNS_MAX - found);
  return found;
};

/** @returns how many hints of the need stand in the text, at most HINTS_MAX */
export const countHints = (text: string, need: number): number => countPattern(text, HINTS_FROM + need, HINTS_MAX);

/** @returns how many hints of urgency stand in the text, at most HINTS_MAX */
export const countUrgent = (text: string): number => countPattern(text, URGENT, HINTS_MAX);

export const soundsSarcastic = (text: string): boolean => countPattern(text, SARCASM, 1) > 0;

/** The same by searching every pattern everywhere; slower, and what the quick way is tested against. */
export const countSlowly = (text: string, need: number): { signs: number; hints: number } => {
  const countAll = (sources: readonly string[]): number => sources.reduce((sum, source) => sum + (beginningOf(text).match(new RegExp(`\\b(?:${source})`, "gi"))?.length ?? 0), 0);
  return { signs: Math.min(countAll(SIGNS[need] ?? []), SIGNS_MAX), hints: Math.min(countAll([HINTS[need] ?? ""]), HINTS_MAX) };
};
