/** A search as the database understands it.
 *  @param given as typed
 *  @returns `words`: all words, each also as a beginning; `part`: the same text as part of a text, with its signs meaning themselves; null for nothing to search */
export function readSearch(given: string | undefined): { words: string; part: string } | null {
  const text = (given ?? "").toWellFormed().replaceAll("\0", "").trim();
  if (text === "") return null;
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== "").slice(0, 10);
  return { words: words.map((word) => `${word}:*`).join(" & "), part: text.replace(/[\\%_]/g, (sign) => `\\${sign}`) };
}
