// Finds the themes of a sample in a thread of its own, whose memory is given back before the file is read.
import { parentPort, workerData } from "node:worker_threads";
import { discoverThemes, openShippedReader, type ThemeComment } from "@firsthand/text";
import type { NamedTheme } from "./comment-themes.ts";

const readAtOnce = 500;
const seed = 20_261_122;

const readSample = (texts: readonly string[]): ThemeComment[] => {
  const reader = openShippedReader();
  const portions = Array.from({ length: Math.ceil(texts.length / readAtOnce) }, (_, place) => texts.slice(place * readAtOnce, (place + 1) * readAtOnce));
  return portions.flatMap((portion) => reader.read(portion).map(({ language, sentiment, personalData }, index) => (
    { text: withoutPlaces(portion[index] ?? "", personalData), language, isBad: sentiment === "neg" || sentiment === "mix" }
  )));
};

// A number stands in the place of personal data: it is part of no theme, and keeps the words beside it apart.
const withoutPlaces = (text: string, places: readonly { from: number; to: number }[]): string =>
  places.toSorted((one, other) => other.from - one.from).reduce((left, { from, to }) => `${left.slice(0, from)} 0 ${left.slice(to)}`, text);

const sample: readonly string[] = workerData;
const found: NamedTheme[] = discoverThemes(readSample(sample), { seed }).map(({ name, terms, slope, offset }) => ({ name, terms, slope, offset }));
parentPort?.postMessage(found);
