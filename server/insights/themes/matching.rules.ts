import type { ThemeState } from "./themes.contract.ts";

export type StoredTerm = { term: string; hash: number; weight: number };
type Model = { terms: StoredTerm[]; slope: number; offset: number };

export type StoredTheme = Model & {
  id: string;
  name: string;
  isNamed: boolean;
  language: string | null;
  coherence: number | null;
  stability: number | null;
  state: ThemeState;
  mergedInto: string | null;
  madeBy: "machine" | "person";
  madeAt: Date;
  retiredAt: Date | null;
};

export type FoundTheme = Model & { name: string; language: string | null; coherence: number; stability: number };

/** Discovered themes this much alike (cosine of their words) are the same theme found again. */
const SAME_MIN = 0.45;
/** So much that what people said of the one holds for the other: about half of the words of two themes may be alike by chance. */
const HEIR_MIN = 0.7;
/** Words further down tell too little of a theme to be called by them. */
const FURTHER_MAX = 5;

/** `heirs`: new themes much like one known before, which another one found is liker still. */
type Matched = { themes: StoredTheme[]; found: number; heirs: { id: string; of: string }[] };

/** Joins what a discovery found to the themes there are: what is found again keeps its id, its name and what people did with it.
 *  @param given.compare likeness of two lists of words, 0-1
 *  @param given.makeId gives a new theme its id  @param given.watched themes that rules for alerts look at: they stay
 *  @returns every theme that changes or is new; those that stay as they are are left out */
export const matchThemes = (
  stored: readonly StoredTheme[],
  discovered: readonly FoundTheme[],
  given: { now: Date; compare: (one: { terms: StoredTerm[] }, other: { terms: StoredTerm[] }) => number; makeId: () => string; watched: ReadonlySet<string> },
): Matched => {
  const known = stored.filter(({ madeBy }) => madeBy === "machine");
  const pairs = known
    .flatMap((theme) => discovered.map((found) => ({ theme, found, likeness: theme.language === found.language ? given.compare(theme, found) : 0 })))
    .filter(({ likeness }) => likeness >= SAME_MIN)
    .toSorted((one, other) => other.likeness - one.likeness);
  const sameAs = new Map<FoundTheme, StoredTheme>();
  const taken = new Set<string>();
  for (const { theme, found } of pairs) {
    if (taken.has(theme.id) || sameAs.has(found)) continue;
    taken.add(theme.id);
    sameAs.set(found, theme);
  }
  const names = new Set(stored.filter(({ id, retiredAt }) => retiredAt === null || taken.has(id)).map(({ name }) => name));
  const heirs: Matched["heirs"] = [];
  const again = discovered.map((found): StoredTheme => {
    const { terms, slope, offset, coherence, stability } = found;
    const before = sameAs.get(found);
    if (before !== undefined) return { ...before, terms, slope, offset, coherence, stability, retiredAt: null };
    const name = freeName(found, names);
    names.add(name);
    const id = given.makeId();
    heirs.push(...pairs.filter((pair) => pair.found === found && pair.likeness >= HEIR_MIN).map(({ theme }) => ({ id, of: theme.id })));
    return {
      id, name, isNamed: false, language: found.language, terms, slope, offset, coherence, stability,
      state: "proposed", mergedInto: null, madeBy: "machine", madeAt: given.now, retiredAt: null,
    };
  });
  const gone = known.filter((theme) => !taken.has(theme.id) && theme.retiredAt === null && !given.watched.has(theme.id) && !isHeld(theme, stored)).map((theme) => ({ ...theme, retiredAt: given.now }));
  return { themes: [...again, ...gone], found: discovered.length, heirs };
};

// What people kept, named, hid or merged stays as it was, with its own words.
const isHeld = (theme: StoredTheme, stored: readonly StoredTheme[]): boolean =>
  theme.state !== "proposed" || theme.isNamed || theme.mergedInto !== null || stored.some(({ mergedInto }) => mergedInto === theme.id);

/** The name, where another theme has it with the next of its words that says something else; a number only where there is none. */
const freeName = ({ name, terms }: FoundTheme, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  const said = wordsOf(name);
  const further = terms.filter(({ term }) => wordsOf(term).every((word) => !said.includes(word))).map(({ term }) => `${name}, ${term}`);
  const numbered = Array.from({ length: taken.size + 1 }, (_, place) => `${name} ${place + 2}`);
  return [...further.slice(0, FURTHER_MAX), ...numbered].find((one) => !taken.has(one)) ?? name;
};

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[\s,]+/u);

type Merged = Pick<StoredTheme, "id" | "mergedInto">;

/** The theme a theme counts for: the last of those merged into one another. */
export const rootOf = (id: string, themes: ReadonlyMap<string, Merged>): string => {
  const seen = new Set<string>();
  let at = id;
  for (let next = themes.get(at)?.mergedInto ?? null; next !== null && !seen.has(next) && themes.has(next); next = themes.get(at)?.mergedInto ?? null) {
    seen.add(at);
    at = next;
  }
  return at;
};

/** A theme with all that were merged into it. */
export const familyOf = (id: string, themes: readonly Merged[]): string[] => {
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  return themes.filter((theme) => rootOf(theme.id, byId) === id).map((theme) => theme.id);
};
