import type { Mention, Reading, Span } from "./reading.ts";
import type { ThemeComment } from "./theme-discovery.ts";

/** Of a longer text, as of a call, what it begins with: a hundred thousand of them are held in memory at once. */
const LENGTH_MAX = 4_000;

/** A comment as themes are looked for in it.
 *  @param text what was read, whole */
export const themeCommentOf = (text: string, { language, sentiment, sentimentScore, personalData, mentions }: Pick<Reading, "language" | "sentiment" | "sentimentScore" | "personalData" | "mentions">): ThemeComment => ({
  text: withoutPlaces(text, personalData),
  language,
  // Where both are said, by which side it leans to: with all mixed comments among the bad, what complaints are about drowned.
  isBad: sentiment === "neg" || (sentiment === "mix" && sentimentScore < 0),
  people: mentions.filter(({ kind }) => kind === "person").map((mention) => nameOf(text, mention)),
});

const nameOf = (text: string, { from, to }: Mention): string => text.slice(from, to);

// A number stands in the place of personal data: it is part of no theme, and keeps the words beside it apart.
const withoutPlaces = (text: string, places: readonly Span[]): string =>
  places
    .filter(({ from }) => from < LENGTH_MAX)
    .toSorted((one, other) => other.from - one.from)
    .reduce((left, { from, to }) => `${left.slice(0, from)} 0 ${left.slice(to)}`, text.slice(0, LENGTH_MAX));
