/** The sentences of a text, without spaces around them. Line ends end a sentence. */
export const sentencesOf = (text: string): string[] =>
  text.split(/\n+/).flatMap((line) => [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(line)].map(({ segment }) => segment.trim())).filter((sentence) => sentence !== "");

/** Whether an excerpt names whole sentences of the text, each once and in their order. Nothing can be reworded or cut inside a sentence, so its sense stays. */
export const isSoundExcerpt = (text: string, places: readonly number[]): boolean => {
  const count = sentencesOf(text).length;
  return places.length > 0 && places.every((place, index) => Number.isInteger(place) && place >= 0 && place < count && (index === 0 || place > (places[index - 1] ?? -1)));
};

/** What is shown of a text: all of it, or the chosen sentences, with "…" wherever something is left out. */
export const shownText = (text: string, places: readonly number[] | null): string => {
  if (places === null) return text;
  const sentences = sentencesOf(text);
  const pieces = places.map((place, index) => {
    const isAfterGap = index > 0 ? place !== (places[index - 1] ?? 0) + 1 : place > 0;
    return `${isAfterGap ? "… " : ""}${sentences[place] ?? ""}`;
  });
  return `${pieces.join(" ")}${(places.at(-1) ?? 0) < sentences.length - 1 ? " …" : ""}`;
};
