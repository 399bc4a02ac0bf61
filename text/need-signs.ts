// Counts the wordings of needs, of urgency and of sarcasm in a text. They are too blunt to decide alone, but beside the model they add what
// its sums cannot see: the order of words that stand apart.
import { compileChoices } from "./choices.ts";
import { NEED_HINTS, NEED_SIGNS, SARCASM_SIGNS, URGENT_HINTS } from "./need-patterns.ts";
import { NEEDS } from "./reading.ts";
import { compileStarts } from "./starts.ts";

/** More signs or hints than these say nothing more. */
export const SIGNS_MAX = 2;
export const HINTS_MAX = 4;
/** Patterns are searched in the beginning of a text only: they cost more than the kernel does. */
const SEARCHED_MAX = 1_500;

type Count = (text: string, pattern: number, most: number) => number;

/** The beginning of the text, with the apostrophe that patterns know. */
const beginningOf = (text: string): string => {
  const beginning = text.length > SEARCHED_MAX ? text.slice(0, SEARCHED_MAX) : text;
  return beginning.includes("\u2019") ? beginning.replaceAll("\u2019", "'") : beginning;
};

/** Patterns that are asked about one after the other for the same text: where they may begin is looked for once. */
const compileCount = (sources: readonly string[]): Count => {
  const starts = compileStarts(sources, SEARCHED_MAX);
  const endsOf = sources.map(compileChoices);
  const last = { text: "", searched: "", starts: 0, patterns: 0 };
  const look = (text: string): void => {
    last.text = text;
    last.searched = beginningOf(text);
    last.starts = starts.find(last.searched);
    last.patterns = 0;
    for (let start = 0; start < last.starts; start++) last.patterns |= starts.patterns[start] ?? 0;
  };
  return (text, index, most) => {
    if (text !== last.text) look(text);
    const endOf = endsOf[index];
    if (endOf === undefined || ((last.patterns >>> index) & 1) === 0) return 0;
    let found = 0;
    for (let start = 0, from = 0; start < last.starts && found < most; start++) {
      const place = starts.at[start] ?? 0;
      if (place < from || (((starts.patterns[start] ?? 0) >>> index) & 1) === 0) continue;
      const end = endOf(last.searched, place);
      if (end < 0) continue;
      from = end;
      found++;
    }
    return found;
  };
};

const SIGNS = NEEDS.map((need) => NEED_SIGNS[need]);
const SIGNS_FROM = SIGNS.map((_, need) => SIGNS.slice(0, need).flat().length);
const SARCASM = SIGNS.flat().length;
const URGENT = SARCASM + 1;
const countSign = compileCount([...SIGNS.flat(), SARCASM_SIGNS.join("|"), URGENT_HINTS.join("|")]);
// Hints of needs are many and slow, and not every text needs them: they are looked for apart. One pattern a need: what is said twice in one
// place counts once.
const HINTS = NEEDS.map((need) => NEED_HINTS[need].join("|"));
const countHint = compileCount(HINTS);

/** @returns how many signs of the need stand in the text, at most SIGNS_MAX */
export const countSigns = (text: string, need: number): number => {
  const first = SIGNS_FROM[need] ?? 0;
  let found = 0;
  for (let own = 0; own < (SIGNS[need]?.length ?? 0) && found < SIGNS_MAX; own++) found += countSign(text, first + own, SIGNS_MAX - found);
  return found;
};

/** @returns how many hints of the need stand in the text, at most HINTS_MAX */
export const countHints = (text: string, need: number): number => countHint(text, need, HINTS_MAX);

/** @returns how many hints of urgency stand in the text, at most HINTS_MAX */
export const countUrgent = (text: string): number => countSign(text, URGENT, HINTS_MAX);

export const soundsSarcastic = (text: string): boolean => countSign(text, SARCASM, 1) > 0;

/** The same by searching every pattern everywhere; slower, and what the quick way is tested against. */
export const countSlowly = (text: string, need: number): { signs: number; hints: number } => {
  const countAll = (sources: readonly string[]): number => sources.reduce((sum, source) => sum + (beginningOf(text).match(new RegExp(`\\b(?:${source})`, "gi"))?.length ?? 0), 0);
  return { signs: Math.min(countAll(SIGNS[need] ?? []), SIGNS_MAX), hints: Math.min(countAll([HINTS[need] ?? ""]), HINTS_MAX) };
};
