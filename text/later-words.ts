// Which words must come later in what a pattern matches, read from the pattern itself: where none of them follows, it need not be tried.
import { findBeginnings } from "./beginnings.ts";
import { splitChoices } from "./choices.ts";

/** @param pattern one choice, in the way of writing that `listBeginnings` knows
 *  @returns sets of beginnings: of each, one begins a word somewhere behind the first letter of a match */
export const listLaterWords = (pattern: string): ReadonlySet<string>[] => {
  const pieces = splitPieces(pattern);
  let from = 0;
  let isBetween = false;
  const found: ReadonlySet<string>[] = [];
  for (const piece of pieces) {
    if (isBetween && from > 0) {
      const words = wordsOf(pattern.slice(from));
      if (words !== null) found.push(words);
    }
    from += piece.length;
    isBetween = endsWord(piece, isBetween);
  }
  return found;
};

/** Null where anything may come, or something that is in nearly every text, as words of one or two letters are. */
const wordsOf = (rest: string): ReadonlySet<string> | null => {
  const words = findBeginnings(rest);
  return words !== null && [...words].every((word) => /^[a-z]{3}/.test(word)) ? words : null;
};

/** Letters, classes and groups of a pattern, each with how often it may come. */
const splitPieces = (pattern: string): string[] => {
  const pieces: string[] = [];
  for (let from = 0; from < pattern.length;) {
    let to = from;
    if (pattern[to] === "(") {
      let depth = 0;
      do {
        if (pattern[to] === "(") depth++;
        if (pattern[to] === ")") depth--;
        to++;
      } while (depth > 0);
    } else if (pattern[to] === "[") to = pattern.indexOf("]", to) + 1;
    else to += pattern[to] === "\\" ? 2 : 1;
    to += /^(?:[?*+]|\{\d+,?\d*\})?/.exec(pattern.slice(to))?.[0].length ?? 0;
    pieces.push(pattern.slice(from, to));
    from = to;
  }
  return pieces;
};

/** @returns whether a word begins behind the piece, when it has letters, whatever the piece matched */
const endsWord = (piece: string, wasBetween: boolean): boolean => {
  if (piece === "\\b" || /^ \+?$/.test(piece)) return true;
  const [, inside, times = ""] = /^\(\?:(.*)\)(|[?*+]|\{\d+,?\d*\})$/s.exec(piece) ?? [];
  if (inside === undefined || splitChoices(inside).some((choice) => !choice.endsWith(" "))) return false;
  return times === "" || times === "+" || wasBetween;
};
