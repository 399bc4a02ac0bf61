// Personal data in what a customer wrote, so that it can be blacked out before anybody else reads it.
import { personalSearches, searchesSeenIn } from "./cues.ts";
import type { Search } from "./find-all.ts";
import type { PersonalData } from "./reading.ts";

/** Places of personal data, in the order of the text and never overlapping. Takes time proportional to the length of the text.
 *  Names are found by strong cues alone ("Mrs Hill", "my name is"): most first names pass unseen. */
export const findPersonalData = (text: string): PersonalData[] => collect(text, searchesSeenIn(text));

/** The same for a long text.
 *  @param beforeEach called before each search; none takes half a second on a quick machine, even for a million characters */
export const findPersonalDataInLong = (text: string, beforeEach: () => void): PersonalData[] =>
  collect(text, searchesSeenIn(text).map(({ cue, find }) => ({ cue, find: (searched, found) => { beforeEach(); find(searched, found); } })));

/** The same without looking for cues first; slower, and what the quick way is tested against. */
export const findPersonalDataSlowly = (text: string): PersonalData[] => collect(text, personalSearches);

const collect = (text: string, searches: readonly Search[]): PersonalData[] => {
  const found: PersonalData[] = [];
  for (const { find } of searches) find(text, found);
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
