// Names a workspace knows: its products, places and people, found where they stand as whole words.
import type { Mention, MentionKind } from "./reading.ts";

type Name = { text: string; folded: string; kind: MentionKind; isAnyCase: boolean };
export type KnownNames = { byFirstWord: ReadonlyMap<string, readonly Name[]> };

const namesMax = 20_000;

/** Makes a list of names ready for `findMentions`.
 *  @param names up to 20,000; of two that fit the same place the longer is taken */
export const compileNames = (names: { [kind in MentionKind]?: readonly string[] }): KnownNames => {
  const byFirstWord = new Map<string, Name[]>();
  const kinds = ["product", "place", "person"] as const;
  const all = kinds.flatMap((kind) => (names[kind] ?? []).map((text) => ({ kind, text: text.trim().replaceAll(/\s+/gu, " ") }))).slice(0, namesMax);
  for (const { kind, text } of all) {
    const first = firstWord.exec(text)?.[0].toLowerCase();
    if (first === undefined || !startsWithWord.test(text)) continue;
    const list = byFirstWord.get(first) ?? [];
    list.push({ kind, text, folded: text.toLowerCase(), isAnyCase: isUnmistakable(text) });
    byFirstWord.set(first, list);
  }
  for (const list of byFirstWord.values()) list.sort((one, other) => other.text.length - one.text.length);
  return { byFirstWord };
};

const firstWord = /[\p{L}\d]+/u;
const startsWithWord = /^[\p{L}\d]/u;

// "zenbook 14" is the product however it is written; "echo" and "one" are words, too, and count only as the list writes them or in capitals.
const isUnmistakable = (name: string): boolean => /\s|\d|\p{Ll}\p{Lu}/u.test(name) || name.length > 8;

const wordPattern = /[\p{L}\d]+/gu;

export const findKnown = (text: string, known: KnownNames): Mention[] => {
  const found: Mention[] = [];
  if (known.byFirstWord.size === 0) return found;
  let end = 0;
  wordPattern.lastIndex = 0;
  for (let match = wordPattern.exec(text); match !== null; match = wordPattern.exec(text)) {
    const from = match.index;
    if (from < end) continue;
    const name = known.byFirstWord.get(match[0].toLowerCase())?.find((one) => standsAt(text, from, one));
    if (name === undefined) continue;
    end = from + name.text.length;
    found.push({ kind: name.kind, from, to: end });
  }
  return found;
};

const standsAt = (text: string, from: number, name: Name): boolean => {
  const written = text.slice(from, from + name.text.length);
  if (written !== name.text && written !== name.text.toUpperCase() && !(name.isAnyCase && written.toLowerCase() === name.folded)) return false;
  return !/[\p{L}\d]/u.test(text.charAt(from + name.text.length));
};
