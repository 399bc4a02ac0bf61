// The letters with which what a pattern matches can begin, read from the pattern itself.

/** More letters of a match than this tell hardly more. */
const LETTERS_MAX = 8;
/** Stands for any character that is not part of a word. */
export const WORD_END = "|";

/** When it is open, anything may follow the letters, else the match ends with them. */
type Beginning = { letters: string; isOpen: boolean };

const nothing: Beginning = { letters: "", isOpen: false };
const anything: Beginning = { letters: "", isOpen: true };

/** @param pattern of small letters, groups that are not captured, choices, repetitions, \w \d \b and .
 *  @returns in small letters, 0 for any digit; what a match goes on with is not said
 *  @throws Error for what it does not know, so that nothing is ever overlooked */
export const listBeginnings = (pattern: string): ReadonlySet<string> => {
  const all = findBeginnings(pattern);
  if (all === null) throw new Error(`Anything may begin ${pattern}`);
  return all;
};

/** The same, but null where anything may begin. */
export const findBeginnings = (pattern: string): ReadonlySet<string> | null => {
  let place = 0;
  const isNext = (text: string): boolean => {
    if (!pattern.startsWith(text, place)) return false;
    place += text.length;
    return true;
  };
  const choices = (): Beginning[] => {
    const all = sequence();
    while (isNext("|")) all.push(...sequence());
    return unique(all);
  };
  const sequence = (): Beginning[] => {
    let all: Beginning[] = [nothing];
    while (place < pattern.length && pattern[place] !== "|" && pattern[place] !== ")") all = isNext("\\b") ? all.map(endWord) : joined(all, repeated(single()));
    return all;
  };
  const repeated = (one: Beginning[]): Beginning[] => {
    if (isNext("?")) return [nothing, ...one];
    if (isNext("+")) return unique([one, joined(one, one), joined(joined(one, one), [anything])].flat());
    const times = /^(?:\*|\{0,\d+\})/.exec(pattern.slice(place));
    if (times === null) return one;
    place += times[0].length;
    return [nothing, anything];
  };
  const single = (): Beginning[] => {
    if (isNext("(?:")) {
      const inside = choices();
      if (!isNext(")")) throw new Error(`A group has no end in ${pattern}`);
      return inside;
    }
    if (isNext("\\d")) return [{ letters: "0", isOpen: false }];
    if (isNext("\\w") || isNext(".")) return [anything];
    const letters = /^\[([a-z\d\u0080-\uffff]+)\]|^[a-z\d ,'\u0080-\uffff-]/.exec(pattern.slice(place));
    if (letters === null) throw new Error(`"${pattern.slice(place, place + 5)}" is not known at ${place} of ${pattern}`);
    place += letters[0].length;
    return [...(letters[1] ?? letters[0])].map((letter) => ({ letters: /\d/.test(letter) ? "0" : letter, isOpen: false }));
  };
  const all = choices();
  if (place < pattern.length) throw new Error(`A bracket too many at ${place} of ${pattern}`);
  return all.some(({ letters }) => letters === "") ? null : new Set(all.map(({ letters }) => letters));
};

const endWord = (one: Beginning): Beginning => (one.isOpen || !/\w$/.test(one.letters) ? one : shortened(one.letters + WORD_END, true));

const joined = (firsts: readonly Beginning[], seconds: readonly Beginning[]): Beginning[] =>
  unique(firsts.flatMap((first) => (first.isOpen ? [first] : seconds.map(({ letters, isOpen }) => shortened(first.letters + letters, isOpen)))));

const shortened = (letters: string, isOpen: boolean): Beginning => ({ letters: letters.slice(0, LETTERS_MAX), isOpen: isOpen || letters.length >= LETTERS_MAX });

const unique = (all: readonly Beginning[]): Beginning[] => [...new Map(all.map((one) => [one.isOpen ? `${one.letters}*` : one.letters, one])).values()];
