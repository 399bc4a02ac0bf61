// Counts the wordings of needs, of what is met or not, of urgency and of sarcasm in a text. They are too blunt to decide alone, but beside the model they add what
// its sums cannot see: the order of words that stand apart.
import { MET_WORDINGS } from "./met-patterns.ts";
import { NEED_HINTS, NEED_SIGNS, SARCASM_SIGNS } from "./need-patterns.ts";
import { PatternFinder, PATTERNS_MAX } from "./pattern-finder.ts";
import { NEEDS } from "./reading.ts";
import { URGENT_HINTS, URGENT_REASONS } from "./urgent-patterns.ts";

/** More signs or hints than these say nothing more. */
export const SIGNS_MAX = 2;
export const HINTS_MAX = 4;
export const REASONS_MAX = 3;
/** Patterns are searched in the beginning of a text only: they cost more than the kernel does. */
const SEARCHED_MAX = 1_500;

/** The beginning of the text, with the apostrophe that patterns know. */
const beginningOf = (text: string): string => {
  const beginning = text.length > SEARCHED_MAX ? text.slice(0, SEARCHED_MAX) : text;
  return beginning.includes("\u2019") ? beginning.replaceAll("\u2019", "'") : beginning;
};

// A sign of a need is one pattern, as each counts alone; its hints are one together: what is said twice in one place counts once.
const SIGNS = NEEDS.map((need) => NEED_SIGNS[need]);
const SIGNS_FROM = Uint8Array.from([...SIGNS, []], (_, need) => SIGNS.slice(0, need).flat().length);
const HINTS = NEEDS.map((need) => NEED_HINTS[need].join("|"));
const HINTS_FROM = SIGNS.flat().length;
const URGENT = HINTS_FROM + HINTS.length;
const SARCASM = URGENT + 1;
const REASONS = SARCASM + 1;
const MET_FROM = REASONS + 1;
// Needs whose wordings say whether they are met, in the order of their patterns: those of met, then those of unmet.
const JUDGED = NEEDS.flatMap((need) => MET_WORDINGS[need] ?? []);
const JUDGED_AT = NEEDS.map((need) => JUDGED.findIndex((own) => own === MET_WORDINGS[need]));
const PATTERNS = [...SIGNS.flat(), ...HINTS, URGENT_HINTS.join("|"), SARCASM_SIGNS.join("|"), Object.values(URGENT_REASONS).flat().join("|"), ...JUDGED.flatMap(({ met, unmet }) => [met.join("|"), unmet.join("|")])];

// Made when the first text comes: most programs and threads that load this file read none.
let made: PatternFinder | null = null;
const finder = (): PatternFinder => (made ??= new PatternFinder({ patterns: PATTERNS, countMax: HINTS_MAX, unitsMax: SEARCHED_MAX }));

/** The text that is asked about, and where among the counts of all texts that were looked into its own lie: much is asked of one text after the other. */
const asked = { text: "", counts: new Uint8Array(0), from: 0 };

/** Looks into a batch of texts at once; `turnTo` then says which of them is asked about. */
export const lookIntoBatch = (texts: number, batch: { bytes: Uint8Array; offsets: Uint32Array }): void => finder().find(texts, batch);

export const turnTo = (text: string, place: number): void => {
  asked.text = text;
  asked.counts = finder().counts;
  asked.from = place * PATTERNS_MAX;
};

const lookInto = (text: string): void => {
  if (text === asked.text) return;
  finder().findInOne(text);
  turnTo(text, 0);
};

/** Of the text that was looked into. */
const countOf = (pattern: number): number => asked.counts[asked.from + pattern] ?? 0;

const countPattern = (text: string, pattern: number): number => {
  lookInto(text);
  return countOf(pattern);
};

/** @returns how many signs of the need stand in the text, at most SIGNS_MAX */
export const countSigns = (text: string, need: number): number => {
  lookInto(text);
  const [first = 0, end = 0] = [SIGNS_FROM[need], SIGNS_FROM[need + 1]];
  let found = 0;
  for (let own = first; own < end; own++) found += countOf(own);
  return Math.min(found, SIGNS_MAX);
};

/** @returns how many hints of the need stand in the text, at most HINTS_MAX */
export const countHints = (text: string, need: number): number => countPattern(text, HINTS_FROM + need);

/** @returns how many hints of urgency stand in the text, at most HINTS_MAX */
export const countUrgent = (text: string): number => countPattern(text, URGENT);

/** @returns how many reasons to act today stand in the text, at most REASONS_MAX */
export const countReasons = (text: string): number => Math.min(countPattern(text, REASONS), REASONS_MAX);

/** @returns -1 to 1: whether the wordings in the text say that the need is met (1) or unmet; few of them say less, and 0 none or as many of each */
export const metBalance = (text: string, need: number): number => {
  const at = JUDGED_AT[need] ?? -1;
  if (at < 0) return 0;
  const [met, unmet] = [countPattern(text, MET_FROM + 2 * at), countPattern(text, MET_FROM + 2 * at + 1)];
  return (met - unmet) / (met + unmet + 1);
};

export const soundsSarcastic = (text: string): boolean => countPattern(text, SARCASM) > 0;

/** The same by searching every pattern everywhere; slower, and what the quick way is tested against. */
export const countSlowly = (text: string, need: number): { signs: number; hints: number } => {
  const countAll = (sources: readonly string[]): number => sources.reduce((sum, source) => sum + (beginningOf(text).match(new RegExp(`\\b(?:${source})`, "gi"))?.length ?? 0), 0);
  return { signs: Math.min(countAll(SIGNS[need] ?? []), SIGNS_MAX), hints: Math.min(countAll([HINTS[need] ?? ""]), HINTS_MAX) };
};
