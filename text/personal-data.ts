// Personal data in what a customer wrote, so that it can be blacked out before anybody else reads it.
import { CUE, readCues, readSigns, type Signs } from "./cues.ts";
import { findAddresses } from "./personal-addresses.ts";
import { findEmails, findHandles, findNetworkAddresses } from "./personal-contacts.ts";
import { findIds } from "./personal-ids.ts";
import { findNames } from "./personal-names.ts";
import { findCards, findIbans, findPhones } from "./personal-numbers.ts";
import type { PersonalData } from "./reading.ts";

type Finder = { find: (text: string, found: PersonalData[]) => void; isPossible: (signs: Signs & { text: string }) => boolean };

// In order of trust: where two find the same place, the first has it. A finder whose signs are missing cannot find anything and is not asked.
const finders: readonly Finder[] = [
  { find: findEmails, isPossible: ({ cues }) => (cues & CUE.at) !== 0 },
  { find: findNetworkAddresses, isPossible: ({ digits, dots, colons, text }) => (digits > 3 && dots > 2) || colons > 6 || (colons > 1 && text.includes("::")) },
  { find: findIbans, isPossible: ({ digits }) => digits > 5 },
  { find: findCards, isPossible: ({ longest }) => longest > 12 },
  { find: findIds, isPossible: ({ longest }) => longest > 2 },
  { find: findPhones, isPossible: ({ longest }) => longest > 6 },
  { find: findHandles, isPossible: ({ cues }) => (cues & CUE.at) !== 0 },
  { find: findAddresses, isPossible: ({ cues }) => (cues & CUE.digit) !== 0 && (cues & CUE.capital) !== 0 },
  { find: findNames, isPossible: ({ cues, text }) => (cues & CUE.capital) !== 0 && ((cues & (CUE.title | CUE.nameWord | CUE.lineEnd)) !== 0 || startsWithGreeting.test(text)) },
];

const startsWithGreeting = /^\s{0,3}H[aeio]/;

/** Places of personal data, in the order of the text and never overlapping. Takes time proportional to the length of the text.
 *  Names are found by strong cues alone ("Mrs Hill", "my name is"): most first names pass unseen. */
export const findPersonalData = (text: string): PersonalData[] => {
  const cues = readCues(text);
  if ((cues & anything) === 0 && !startsWithGreeting.test(text)) return [];
  const signs = { ...readSigns(text), text };
  return collect(text, finders.filter(({ isPossible }) => isPossible(signs)));
};

const anything = CUE.at | CUE.digit | CUE.colon | CUE.title | CUE.nameWord | CUE.lineEnd;

/** The same without looking for signs first; slower, and what the quick way is tested against. */
export const findPersonalDataSlowly = (text: string): PersonalData[] => collect(text, finders);

const collect = (text: string, asked: readonly Finder[]): PersonalData[] => {
  if (asked.length === 0) return [];
  const found: PersonalData[] = [];
  for (const { find } of asked) find(text, found);
  return found.length < 2 ? found : withoutOverlaps(found);
};

const withoutOverlaps = (found: readonly PersonalData[]): PersonalData[] => {
  // The sort is stable: of two that begin together the one more trusted stays in front.
  const rank = new Map(found.map((one, index) => [one, index]));
  const ordered = found.toSorted((one, other) => one.from - other.from);
  const kept: PersonalData[] = [];
  for (const one of ordered) {
    const last = kept.at(-1);
    if (last === undefined || one.from >= last.to) kept.push(one);
    else if ((rank.get(one) ?? 0) < (rank.get(last) ?? 0)) kept[kept.length - 1] = one;
  }
  return kept;
};

/** The text with each place replaced by its kind: "Call me at [phone]". */
export const redact = (text: string, found: readonly PersonalData[]): string => {
  let result = "";
  let from = 0;
  for (const place of found.toSorted((one, other) => one.from - other.from)) {
    if (place.from < from) continue;
    result += `${text.slice(from, place.from)}[${place.kind}]`;
    from = place.to;
  }
  return result + text.slice(from);
};
