// Names a workspace knows: its products, places and people, found where they stand as whole words and laid over what was guessed.
import { isNobody } from "./guessed-names.ts";
import { isNoName } from "./mention-words.ts";
import type { Mention, MentionKind, PersonalData, Span } from "./reading.ts";

/** A name as it may stand in a text, and what it is counted as: "product:Echo Dot", or "person:" with the id of a member. */
export type KnownName = { kind: MentionKind; text: string; value: string; isFirstName?: boolean };
export type KnownMention = Mention & { value: string; isFirstName: boolean };
/** `named` are the values of all that may be listed, each once; a guess that may be a person is in `mentions` alone. */
export type NamedMentions = { mentions: Mention[]; named: string[] };

/** `written`: the ways of writing that count; null for any. */
type Name = Required<KnownName> & { written: readonly string[] | null };
/** By the folded name, and how long those are that begin with a word, the longest first: of a thousand names that begin with a brand a few lengths are tried. */
export type KnownNames = { byText: ReadonlyMap<string, readonly Name[]>; lengths: ReadonlyMap<string, readonly number[]> };

const namesMax = 20_000;
const namedMax = 50;
const lengthMax = 120;
// As much as is read of a text otherwise.
const lookedMax = 20_000;

/** Makes a list of names ready to be found. A name that several people bear is left out, and a first name that is a word of English too.
 *  @param names up to 20,000; of two that fit the same place the longer is taken, of two alike the first */
export const compileNames = (names: readonly KnownName[]): KnownNames => {
  const byText = new Map<string, Name[]>();
  const lengths = new Map<string, Set<number>>();
  const given = names.slice(0, namesMax).map((name) => ({ ...name, text: oneSpaced(name.text) }));
  const shared = namesOfSeveral(given);
  for (const { kind, text, value, isFirstName = false } of given) {
    const folded = text.toLowerCase();
    // Of "İstanbul" the small letters begin with a mark of their own, which ends a word.
    const first = firstWord.exec(text)?.[0].toLowerCase();
    if (first === undefined || !startsWithWord.test(text) || (kind === "person" && shared.has(text)) || (isFirstName && !isTellingFirstName(text))) continue;
    const alike = byText.get(folded) ?? [];
    alike.push({ kind, text, value, isFirstName, written: kind === "person" ? waysOfPerson(text) : waysOfThing(text) });
    byText.set(folded, alike);
    lengths.set(first, (lengths.get(first) ?? new Set()).add(text.length));
  }
  return { byText, lengths: new Map([...lengths].map(([first, some]) => [first, [...some].toSorted((one, other) => other - one)])) };
};

const oneSpaced = (text: string): string => text.trim().replaceAll(/\s+/gu, " ");

const namesOfSeveral = (names: readonly KnownName[]): ReadonlySet<string> => {
  const values = new Map<string, string>();
  const shared = new Set<string>();
  for (const { kind, text, value } of names) {
    if (kind !== "person") continue;
    if ((values.get(text) ?? value) !== value) shared.add(text);
    values.set(text, value);
  }
  return shared;
};

const firstWord = /[\p{L}\d]+/u;
const startsWithWord = /^[\p{L}\d]/u;

// "zenbook 14" is the product however it is written; "echo" and "one" are words, too, and count only as the list writes them or in capitals.
const waysOfThing = (name: string): readonly string[] | null =>
  /\s|\d|\p{Ll}\p{Lu}/u.test(name) || name.length > 8 ? null : [name, name.slice(0, 1).toUpperCase() + name.slice(1), name.toUpperCase()];

// "Your bill may be wrong" blames no Bill May, nor does "THEY MARK DOWN EVERYTHING" Mark Down.
const waysOfPerson = (name: string): readonly string[] => {
  const capitals = name.replaceAll(/(?<![\p{L}\p{M}\d'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
  const isAsListed = name !== name.toLowerCase() || name === name.toUpperCase();
  return [capitals, ...(isAsListed ? [name] : []), ...(wordsToo.has(firstWord.exec(capitals)?.[0] ?? "") ? [] : [name.toUpperCase()])];
};

const isTellingFirstName = (name: string): boolean => /^\p{Lu}\p{L}{2,}$/u.test(name) && !isNoName(name, "person") && !wordsToo.has(name) && !placesToo.has(name);

// First names that begin sentences, or name other things, as words: alone they tell nobody.
const wordsToo: ReadonlySet<string> = new Set(
  "Amber Angel Art Autumn Basil Bill Bob Brook Buddy Carol Chase Chip Christian Clay Cliff Coral Crystal Daisy Dale Dawn Dean Destiny Dick Dolly Don Drew Duke Earl Faith Fern Flora Forest Frank Gene Ginger Glen Grace Grant Guy Hank Harmony Hazel Heather Herb Holly Honey Hope Hunter Iris Ivy Jack Jade Jasmine Jay Jean Jewel Josh Joy Justice King Lance Lee Lily Lucky Major Mark Mason Matt Max Mercy Merry Mike Miles Misty Nick Olive Opal Page Paris Pat Patience Peace Pearl Penny Pepper Peg Piper Pierce Poppy Precious Prince Randy Ray Reed Rich Rob Robin Rock Rod Rose Ruby Rusty Sage Sandy Savannah Scarlett Scout Serenity Shell Shelly Sky Skip Star Stern Stone Story Sue Sunny Tab Tiffany Trinity True Tucker Van Victor Victory Violet Wade Warren Wayne Will Willow Wren Young".split(" "),
);

// First names that are places or clubs, too: "Chelsea won" praises nobody.
const placesToo: ReadonlySet<string> = new Set(
  "Adelaide Ajax Alexandria Arsenal Asia Aston Austin Barcelona Benfica Berlin Bolton Boston Bristol Britain Brittany Brooklyn Burnley Cairo Camden Carolina Carson Catalina Chad Charleston Charlotte Chelsea Chester Cheyenne China Cleveland Clifton Clyde Colombia Cuba Dakota Dallas Denver Derby Devon Diego Dortmund Dover Eden Egypt England Essex Everton Florence Florida Fulham Geneva Georgia Germany Guadalupe Hamilton Harlem Houston Hudson India Ireland Israel Italia Jackson Jersey Jordan Juventus Kent Kenya Kingston Lincoln Logan London Lorraine Lourdes Lyon Madison Malaysia Mali Malta Marseille Melbourne Memphis Milan Milton Mississippi Montana Nevada Norfolk Odessa Oslo Orlando Oxford Persia Petra Philadelphia Phoenix Preston Raleigh Regina Rhodes Rio Roma Rochester Salem Samara Santiago Santos Sevilla Siena Sierra Sofia Surrey Sydney Tennessee Texas Troy Tulsa Valencia Venezia Verona Victoria Vienna Virginia Washington Wellington Weston Winchester York Zaire Zion".split(" "),
);

const wordPattern = /[\p{L}\d]+/gu;

/** Known names in the order of the text, never overlapping; blanks within a name may be wide or the end of a line. */
export const findKnown = (text: string, known: KnownNames): KnownMention[] => {
  const found: KnownMention[] = [];
  if (known.byText.size === 0) return found;
  const plain = withoutWideBlanks(text);
  let end = 0;
  wordPattern.lastIndex = 0;
  for (let match = wordPattern.exec(plain.text); match !== null; match = wordPattern.exec(plain.text)) {
    const at = match.index;
    if (at < end) continue;
    const name = nameAt(plain.text, at, known, match[0]);
    if (name === undefined) continue;
    const to = plain.placeOf(at + name.text.length);
    if (name.isFirstName && otherSurname.test(text.slice(to, to + 3))) continue;
    end = at + name.text.length;
    found.push({ kind: name.kind, from: plain.placeOf(at), to, value: name.value, isFirstName: name.isFirstName });
  }
  return found;
};

type Plain = { text: string; placeOf: (place: number) => number };

const withoutWideBlanks = (text: string): Plain => {
  if (!/\s\s|[^\S ]/u.test(text)) return { text, placeOf: (place) => place };
  const places: number[] = [];
  const plain = text.replaceAll(/\s+|\S+/gu, (run, from: number) => {
    const isBlank = run.trim() === "";
    for (let at = 0; at < (isBlank ? 1 : run.length); at += 1) places.push(from + at);
    return isBlank ? " " : run;
  });
  return { text: plain, placeOf: (place) => places[place] ?? text.length };
};

const nameAt = (text: string, from: number, { byText, lengths }: KnownNames, first: string): Name | undefined => {
  for (const length of lengths.get(first.toLowerCase()) ?? []) {
    const end = from + length;
    if (isLetter.test(text.charAt(end))) continue;
    const written = text.slice(from, end);
    const name = byText.get(written.toLowerCase())?.find((one) => one.written?.includes(written) ?? true);
    if (name !== undefined) return name;
  }
  return undefined;
};

const isLetter = /[\p{L}\d]/u;

// With another surname, or before a hyphen, it is somebody else.
const otherSurname = /^(?:[ \u00a0]\p{Lu}\p{Ll}|-\p{L})/u;

/** What a text names, where a workspace's own names are known. They win over what was guessed; a first name alone only over a guessed person.
 *  Within personal data, which may be a customer's own, they are nothing, but for a member's whole name that is addressed.
 *  @param guessed what was read without the names; both lists in the order of the text, never overlapping */
export const nameMentions = (text: string, guessed: { mentions: readonly Mention[]; personalData: readonly PersonalData[] }, known: KnownNames | null): NamedMentions => {
  if (known === null && guessed.mentions.length === 0) return { mentions: [], named: [] };
  const found = known === null ? [] : keepNamed(text, findKnown(text.slice(0, lookedMax), known), guessed);
  const touchesFound = overlapsWith(found);
  const others = found.length === 0 ? guessed.mentions : guessed.mentions.filter((one) => !touchesFound(one));
  const touchesPersonal = overlapsWith(guessed.personalData);
  const open = others.flatMap((one) => {
    const name = oneSpaced(text.slice(one.from, one.to));
    return touchesPersonal(one) || !isNobody(one.kind, name) ? [] : [`${one.kind}:${name.slice(0, lengthMax)}`];
  });
  const mentions = found.length === 0 ? [...others] : [...found.map(({ kind, from, to }) => ({ kind, from, to })), ...others].toSorted((one, other) => one.from - other.from);
  return { mentions, named: [...new Set([...found.map(({ value }) => value), ...open])].slice(0, namedMax) };
};

const keepNamed = (text: string, found: readonly KnownMention[], guessed: { mentions: readonly Mention[]; personalData: readonly PersonalData[] }): KnownMention[] => {
  const touchesThing = overlapsWith(guessed.mentions.filter(({ kind }) => kind !== "person"));
  const touchesPersonal = overlapsWith(guessed.personalData);
  return found.filter((one) => {
    if (one.isFirstName && touchesThing(one)) return false;
    return !touchesPersonal(one) || (one.kind === "person" && !one.isFirstName && addressed.test(text.slice(Math.max(0, one.from - 20), one.from)));
  });
};

// Behind "my name is" or "Regards" stands the customer herself.
const addressed = /(?<![\p{L}\d])(?:dear|hi|hello|hey|mr|mrs|ms|miss|mx|dr|named|by the name of)\.?\s+$/iu;

/** Whether a span overlaps one of a list; spans have to be asked for in the order of the text. */
const overlapsWith = (sorted: readonly Span[]): ((span: Span) => boolean) => {
  let next = 0;
  return ({ from, to }) => {
    while ((sorted[next]?.to ?? Infinity) <= from) next += 1;
    return (sorted[next]?.from ?? Infinity) < to;
  };
};
