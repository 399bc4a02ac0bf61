import { formatNumber } from "../../ui/numbers.ts";
import type { GraphNode } from "./paths.data.ts";
import { pathsTexts } from "./paths.texts.ts";

/** A stretch of time in the unit that reads best: "45 s", "12 min", "3.5 h", "4 days". */
export const sayTime = (seconds: number): string => {
  if (seconds < 90) return pathsTexts.say("seconds", { value: formatNumber(seconds) });
  if (seconds < 5_400) return pathsTexts.say("minutes", { value: formatNumber(seconds / 60) });
  if (seconds < 129_600) return pathsTexts.say("hours", { value: formatNumber(seconds / 3_600, seconds < 36_000 ? 1 : 0) });
  const days = seconds / 86_400;
  return pathsTexts.say("days", { count: Math.round(days), value: formatNumber(days, days < 10 ? 1 : 0) });
};

/** A name for a map of a path, which says what it is: "Home page to Order placed, 6 steps", "Survey, 4 steps". */
export const nameOfMap = (path: readonly string[], length: number): string => {
  const [from = "", to = from] = [path[0], length > path.length ? undefined : path.at(-1)];
  const said = { from: shorten(from), to: shorten(to), count: length };
  return pathsTexts.say(from === to ? "mapNameOne" : "mapName", said);
};

const WORDS_MAX = 60;
const shorten = (name: string): string => (name.length > WORDS_MAX ? `${name.slice(0, WORDS_MAX).trimEnd()}…` : name);

// Fewer scores are an anecdote: they are counted, but no mean is shown (as in the register of touchpoints).
const SCORES_NEEDED = 10;

export type Mood = "good" | "middle" | "bad" | "unmeasured";

/** How customers felt at a step, as far as enough of them said so. */
export const moodOf = ({ feeling }: Pick<GraphNode, "feeling">): Mood => {
  if (feeling === null || feeling.mean === null || feeling.count < SCORES_NEEDED) return "unmeasured";
  if (feeling.mean >= 0.5) return "good";
  return feeling.mean <= -0.25 ? "bad" : "middle";
};

export const nameOf = (node: Pick<GraphNode, "name"> | undefined): string => node?.name ?? pathsTexts.say("other");
