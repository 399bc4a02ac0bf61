import type { ColumnProfile } from "./column-profile.rules.ts";
import type { ScoreKind, ScoreUse } from "./mapping.contract.ts";

/** Recognises the columns that hold scores, by their names and by the values they really have.
 *  @returns uses by column name; whatever is not surely a score is left to the other guesses */
export const guessScores = (profiles: readonly ColumnProfile[]): Map<string, ScoreUse> => {
  const found = new Map<string, ScoreUse>();
  for (const battery of findBatteries(profiles)) {
    for (const profile of battery.items) found.set(profile.name, batteryItem(profile, battery.prefix));
  }
  for (const profile of profiles) {
    const named = found.get(profile.name)?.kind === "csat" ? null : guessByName(profile);
    if (named !== null) found.set(profile.name, named);
  }
  return keepOneOverall(found);
};

const namedKinds: readonly { kind: ScoreKind; pattern: RegExp; isReversed?: boolean }[] = [
  { kind: "nps", pattern: /\bnps\b|net ?pro|likel(y|ihood).{0,40}recommend|recommend.{0,60}(colleague|friend|0)|weiterempfehl/ },
  { kind: "csat", pattern: /\bfft (score|rating|categorical|answer)|friends and family/, isReversed: true },
  { kind: "ces", pattern: /\bces\b|\beffort|made it easy|how easy|aufwand/ },
  { kind: "csat", pattern: /\bcsat\b|\bosat\b|satisf|zufrieden/ },
  { kind: "stars", pattern: /\bstars?\b|\bsterne\b|overall rating|review rating|^rating$|^score$/ },
  { kind: "rating", pattern: /\brating\b|\brate\b|bewertung/ },
];

const guessByName = (profile: ColumnProfile): ScoreUse | null => {
  const text = `${profile.words} ${profile.label?.toLowerCase() ?? ""}`;
  const named = namedKinds.find(({ pattern }) => pattern.test(text));
  if (named === undefined || profile.numbers === null || !profile.isWhole) return null;
  const isFft = named.isReversed === true;
  const scale = named.kind === "nps" ? npsScale(profile.numbers) : isFft ? fftScale(profile.numbers) : likertScale(profile.numbers);
  if (scale === null) return null;
  const touchpoint = named.kind === "rating" ? titleOf(profile.words.replace(/\b(rating|rate|bewertung)\b/g, "")) : null;
  return { use: "score", kind: named.kind, ...scale, isReversed: named.isReversed ?? false, words: {}, touchpoint };
};

type Scale = { min: number; max: number; blank: string[] };

/** 0 to 10; a few values outside (11, 99, -1) are codes for "no answer". A yes/no column is no such scale. */
const npsScale = (numbers: readonly number[]): Scale | null => {
  const outside = new Set(numbers.filter((value) => value < 0 || value > 10));
  const inside = numbers.filter((value) => value >= 0 && value <= 10);
  if (outside.size > 4 || inside.length < numbers.length * 0.6 || new Set(inside).size < Math.min(5, numbers.length)) return null;
  return { min: 0, max: 10, blank: [...outside].map(String).sort() };
};

/** Friends and family test of the British health service: 1 very good to 5 very poor, anything else is "don't know". */
const fftScale = (numbers: readonly number[]): Scale => {
  const outside = new Set(numbers.filter((value) => value < 1 || value > 5));
  return { min: 1, max: 5, blank: [...outside].map(String).sort() };
};

/** 1 to 5, 7 or 10. A 0 below and the number just above a five-point scale are codes for "blank" and "does not apply". */
const likertScale = (numbers: readonly number[]): Scale | null => {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  const codes = [...counts.keys()].filter((value) => value < 0 || value > 10);
  const regular = [...counts.keys()].filter((value) => value > 0 && value <= 10);
  const top = Math.max(0, ...regular);
  if (codes.length > 3 || regular.length < Math.min(3, numbers.length)) return null;
  const max = top <= 5 || isCodeSix(regular) ? 5 : top <= 7 ? 7 : 10;
  const blank = [...counts.keys()].filter((value) => value < 1 || value > max);
  return { min: 1, max, blank: blank.sort((a, b) => a - b).map(String) };
};

// On a real seven-point scale answers reach 7; a top of exactly 6 is a five-point scale with "does not apply".
const isCodeSix = (regular: readonly number[]): boolean => Math.max(...regular) === 6;

type Battery = { prefix: string; items: ColumnProfile[] };

/** Questions asked together share a prefix ("Q7FOOD", "Q7SIGN") and the same five-point answers. */
const findBatteries = (profiles: readonly ColumnProfile[]): Battery[] => {
  const byPrefix = new Map<string, ColumnProfile[]>();
  for (const profile of profiles) {
    const prefix = prefixOf(profile.name);
    if (prefix === null || !isBatteryItem(profile)) continue;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), profile]);
  }
  return [...byPrefix].filter(([, items]) => items.length >= 2).map(([prefix, items]) => ({ prefix, items }));
};

const prefixOf = (name: string): string | null => /^([A-Za-z]+\d+)[ _.:-]?(?=[A-Za-z]{2})/.exec(name)?.[1] ?? null;

const isBatteryItem = (profile: ColumnProfile): boolean => {
  const values = new Set(profile.numbers ?? []);
  if (profile.numbers === null || !profile.isWhole || values.size < 5) return false;
  if (/\d$/.test(profile.name) || Math.max(...values) > 6 || Math.min(...values) < 0) return false;
  // Answers to "how good" gather at the upper middle; codes of categories do not.
  const good = profile.numbers.filter((value) => value >= 3).length;
  return [3, 4, 5].every((value) => values.has(value)) && good >= profile.numbers.length * 0.6;
};

const batteryItem = (profile: ColumnProfile, prefix: string): ScoreUse => {
  const scale = likertScale(profile.numbers ?? []) ?? { min: 1, max: 5, blank: [] };
  const about = profile.name.slice(prefix.length).replace(/^[ _.:-]/, "");
  const isOverall = /^(all|overall|total|gesamt)$/i.test(about);
  const title = profile.label ?? titleOf(about);
  return { use: "score", kind: isOverall ? "csat" : "rating", ...scale, isReversed: false, words: {}, touchpoint: isOverall ? null : title };
};

const titleOf = (text: string): string | null => {
  const words = text.replaceAll(/[_.-]+/g, " ").trim().toLowerCase();
  return words === "" ? null : words.charAt(0).toUpperCase() + words.slice(1);
};

/** One overall satisfaction per file: a second one would count every person twice in the metric. */
const keepOneOverall = (found: ReadonlyMap<string, ScoreUse>): Map<string, ScoreUse> => {
  const seen = new Set<ScoreKind>();
  return new Map(
    [...found].map(([name, use]) => {
      if (use.kind === "rating") return [name, use];
      const isRepeat = seen.has(use.kind);
      seen.add(use.kind);
      return [name, isRepeat ? { ...use, kind: "rating", touchpoint: use.touchpoint ?? name } : use];
    }),
  );
};
