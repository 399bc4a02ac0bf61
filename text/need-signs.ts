// Counts the wordings of needs, of urgency and of sarcasm in a text. They are too blunt to decide alone, but beside the model they add what
// its sums cannot see: the order of words that stand apart.
import { keepSearches, splitChoices } from "./choices.ts";
import { NEED_HINTS, NEED_SIGNS, SARCASM_SIGNS, URGENT_HINTS } from "./need-patterns.ts";
import { NEEDS } from "./reading.ts";
import { compileStarts, type Starts } from "./starts.ts";

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

/** Where patterns are tried, of which pattern each attempt is, and the search that it makes. */
type Attempts = { starts: Starts; patternOf: Uint8Array; searchOf: (attempt: number) => RegExp };

const makeAttempts = (): Attempts => {
  const starts = compileStarts(PATTERNS, SEARCHED_MAX);
  const choices = PATTERNS.flat();
  const keep = keepSearches();
  const searches: (RegExp | undefined)[] = [];
  const searchOf = (attempt: number): RegExp => (searches[attempt] ??= keep(starts.attempts[attempt]?.choices.map((choice) => choices[choice] ?? "") ?? []));
  return { starts, patternOf: Uint8Array.from(starts.attempts, ({ pattern }) => pattern), searchOf };
};

// Made when the first text comes: most programs and threads that load this file read none.
let attempts: Attempts | null = null;

/** The text that was asked about last, how many attempts there are in it, and a bit for each pattern that has one. */
const last = { text: "", searched: "", count: 0, patterns: 0 };

/** Places are looked for once for all patterns: they are asked about one after the other for the same text. */
const look = (text: string, { starts, patternOf }: Attempts): void => {
  last.text = text;
  last.searched = beginningOf(text);
  last.count = starts.find(last.searched);
  last.patterns = 0;
  for (let index = 0; index < last.count; index++) last.patterns |= 1 << (patternOf[(starts.found[index] ?? 0) >>> 16] ?? 0);
};

/** @returns how often the pattern is found, what is found next beginning where it ended; no more than `most` */
const countPattern = (text: string, pattern: number, most: number): number => {
  attempts ??= makeAttempts();
  if (text !== last.text) look(text, attempts);
  if ((last.patterns & (1 << pattern)) === 0) return 0;
  const { starts, patternOf, searchOf } = attempts;
  let found = 0;
  for (let index = 0, from = 0; index < last.count && found < most; index++) {
    const start = starts.found[index] ?? 0;
    const place = start & 0xffff;
    if (patternOf[start >>> 16] !== pattern || place < from) continue;
    const search = searchOf(start >>> 16);
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
