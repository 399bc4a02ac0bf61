const wordsMax = 50;

type ReadWords = { words: Record<string, number> } | { fault: "wordsWrong" | "wordsTwice" | "wordsMany"; line: string };

/** Reads words that stand for a value, one on each line: "very satisfied = 5".
 *  @returns the words with their values, or the first line that is wrong. The last sign on a line counts, so a word may hold one. */
export const readWords = (text: string): ReadWords => {
  const words = new Map<string, number>();
  for (const line of text.split("\n").map((one) => one.trim()).filter((one) => one !== "")) {
    const [, word = "", number = ""] = /^(.+?)\s*=\s*(-?\d+(?:[.,]\d+)?)$/u.exec(line) ?? [];
    if (word === "" || word.length > 100) return { fault: "wordsWrong", line };
    if ([...words.keys()].some((known) => known.toLowerCase() === word.toLowerCase())) return { fault: "wordsTwice", line: word };
    words.set(word, Number(number.replace(",", ".")));
  }
  return words.size > wordsMax ? { fault: "wordsMany", line: "" } : { words: Object.fromEntries(words) };
};

/** The same as a person writes them, the highest value first. */
export const writeWords = (words: Readonly<Record<string, number>>): string =>
  Object.entries(words)
    .toSorted(([, one], [, other]) => other - one)
    .map(([word, value]) => `${word} = ${value}`)
    .join("\n");
