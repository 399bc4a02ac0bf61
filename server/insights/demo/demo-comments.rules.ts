import { isPraise, labelsOf, type Cause } from "./demo-causes.rules.ts";
import type { Language, NeedLabel } from "./demo-model.rules.ts";
import { foreignPhrases } from "./demo-phrases-foreign.rules.ts";
import { complaintClosers, complaintOpeners, complaints } from "./demo-phrases-complaint.rules.ts";
import { praise, praiseClosers, praiseOpeners } from "./demo-phrases-praise.rules.ts";
import type { Random } from "./demo-random.rules.ts";

/** Words of one occasion that a phrase may name. */
export type Setting = { thing: string; shop: string; agent: string; daysLate: number };

export type Comment = { text: string; needs: readonly NeedLabel[] };

/** A comment as a customer would type it about one to three causes, the weightiest first.
 *  @returns the text and the needs it speaks of; the same draw always gives the same text */
export const writeComment = (random: Random, language: Language, causes: readonly Cause[], setting: Setting): Comment => {
  const said = causes.slice(0, random.weighted([[1, 5], [2, 4], [3, 1]] as const));
  const first = said[0] ?? "generic_good";
  const parts = said.map((cause) => phraseOf(random, language, cause, setting));
  const joined = joinParts(random, language, parts);
  const framed = language === "en" ? frame(random, first, joined) : `${joined}${random.pick(["", ".", "!", "."])}`;
  return {
    text: roughen(random, capitalise(fill(random, framed, setting))),
    needs: language === "en" ? labelsOf(said) : labelsOf(said.filter((cause) => foreignPhrases[language][cause] !== undefined)),
  };
};

const phraseOf = (random: Random, language: Language, cause: Cause, setting: Setting): string => {
  const pool: readonly string[] = language === "en" ? englishPool(cause) : foreignPool(language, cause);
  return fill(random, choose(random, random.pick(pool)), setting);
};

const englishPool = (cause: Cause): readonly string[] => (isPraise(cause) ? praise[cause] : complaints[cause]);

const foreignPool = (language: Exclude<Language, "en">, cause: Cause): readonly string[] =>
  foreignPhrases[language][cause] ?? foreignPhrases[language][isPraise(cause) ? "generic_good" : "generic_bad"];

/** Replaces every [a|b|c] by one of its parts; the brackets do not nest. */
const choose = (random: Random, phrase: string): string =>
  phrase.replace(/\[([^\]]*)\]/g, (_, options: string) => random.pick(options.split("|")));

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const towns = ["Oslo", "Bergen", "Tromsø", "Drammen", "Lillehammer", "Stavanger", "Malmö", "Uppsala", "Aarhus", "Odense", "Bodø", "Ålesund", "Kristiansand", "Lund", "Røros"];

const fill = (random: Random, phrase: string, setting: Setting): string =>
  phrase.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    switch (slot) {
      case "thing": return setting.thing;
      case "shop": return setting.shop;
      case "agent": return setting.agent;
      case "town": return random.pick(towns);
      case "day": return random.pick(weekdayNames);
      case "days": return String(setting.daysLate > 0 ? setting.daysLate : random.whole(2, 9));
      case "minutes": return String(random.whole(12, 55));
      case "n": return random.pick(["three", "four", "five", "3", "4", "6"]);
      case "euros": return String(random.whole(4, 40) * 10 - 1);
      default: return whole;
    }
  });

const joinParts = (random: Random, language: Language, parts: readonly string[]): string =>
  parts.reduce((text, part, index) => {
    if (index === 0) return part;
    const link = random.pick(language === "en" ? [". ", ". ", ". ", ", and ", "; ", ". Also, ", " - "] : [". ", ". ", ", "]);
    return text + link + (link === ". " ? capitalise(part) : part);
  }, "");

const frame = (random: Random, cause: Cause, joined: string): string => {
  const isGood = isPraise(cause);
  const opener = random.pick(isGood ? praiseOpeners : complaintOpeners);
  const closer = random.pick(isGood ? praiseClosers : complaintClosers);
  // After a full stop or a bare word the sentence goes on with a small letter unless it starts with a name.
  const body = opener === "" || /[.?] $/.test(opener) ? capitalise(joined) : joined.replace(/^(The|You|They|My|Delivery|Fast|Quick|Ordered) /, (word) => word.toLowerCase());
  const stop = closer === "" ? random.pick([".", ".", "", ""]) : closer.startsWith("!") ? "" : ".";
  return opener + body + stop + closer;
};

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** People type on phones: some write small, some shout, some slip a letter. */
const roughen = (random: Random, text: string): string => {
  const tidy = text.replace(/\b([Aa]) (?=[aeiou])/g, "$1n ").replace(/ {2,}/g, " ").replace(/ ([.,])/g, "$1").trim();
  if (random.chance(0.14)) return tidy.toLowerCase();
  if (random.chance(0.012)) return tidy.toUpperCase();
  if (random.chance(0.08)) return swapLetters(random, tidy);
  return tidy;
};

const swapLetters = (random: Random, text: string): string => {
  const at = random.whole(2, Math.max(2, text.length - 3));
  const pair = text.slice(at, at + 2);
  return /^[a-z]{2}$/.test(pair) ? text.slice(0, at) + pair.charAt(1) + pair.charAt(0) + text.slice(at + 2) : text;
};
