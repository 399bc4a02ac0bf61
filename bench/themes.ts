// Themes of 100,000 comments: how long it takes, how fast comments are given them, and whether they are what people call the same thing.
//   node tools/run.mjs bench/themes.ts [--comments 100000] [--data FOLDER]
// Prints JSON. Where the data folder is not there, comments of the demo company stand in and the labelled sets are left out.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { streamDemo } from "../server/insights/demo/demo-stream.rules.ts";
import { findClusters } from "../text/theme-clusters.ts";
import { readSentences, readVocabulary } from "../text/theme-corpus.ts";
import { discoverThemes, type DiscoveredTheme, type ThemeComment } from "../text/theme-discovery.ts";
import { ThemeAssigner } from "../text/theme-model.ts";
import { ThemeTerms } from "../text/theme-terms.ts";
import { makeVectors } from "../text/theme-vectors.ts";
import { readData, readJudged } from "./text/corpora.ts";
import { parseCsv } from "./text/csv.ts";
import { readFileSync, existsSync } from "node:fs";

const SEEDS = [1, 2, 3];
const usualFolder = join(import.meta.dirname, "../../shared/data");

export const measureThemes = async (given: { comments: number; folder?: string }): Promise<unknown> => {
  const folder = given.folder ?? usualFolder;
  const comments = readComments(folder, given.comments);
  const started = process.cpuUsage();
  const themes = discoverThemes(comments, { seed: 1 });
  const discoverySeconds = secondsSince(started);
  return {
    comments: comments.length,
    meanCharacters: Math.round(comments.reduce((sum, { text }) => sum + text.length, 0) / comments.length),
    themes: themes.length,
    discoverySeconds,
    assignment: measureAssignment(themes, comments),
    coherence: measureCoherence(themes, comments),
    names: themes.slice(0, 20).map(({ name }) => name),
    labelled: readLabelled(folder).map(measureLabelled),
    reference: {
      discoverySeconds: "100,000 comments: 16 with static vectors of a pre-trained model, 270 with the model itself",
      nmi: "banking 0.597 with a pre-trained sentence model, 0.551 with pre-trained word vectors, 0.493 without; airline 0.146, 0.114, 0.051",
    },
  };
};

const readComments = (folder: string, count: number): ThemeComment[] => {
  const real = [
    ...readJudged(folder).map(({ text, sentiment }) => ({ text: text.slice(0, 600), isBad: sentiment === "neg" })),
    ...parseCsv(readData(folder, "text/airline_tweets_clean.csv.gz")).map((row) => ({ text: row.text_repaired ?? "", isBad: row.airline_sentiment === "negative" })),
    ...["train", "dev", "test"].flatMap((part) => readData(folder, `text/goemotions_${part}.tsv.gz`).split("\n").map((line) => ({ text: line.split("\t")[0] ?? "", isBad: false }))),
  ];
  const some = real.length > 0 ? real : readMade(count);
  return Array.from({ length: count }, (_, place) => ({ text: some[place % some.length]?.text ?? "", isBad: some[place % some.length]?.isBad ?? false, language: "en" }));
};

const readMade = (count: number): { text: string; isBad: boolean }[] => {
  const made: { text: string; isBad: boolean }[] = [];
  for (const { records } of streamDemo({ seed: 7, scale: Math.ceil(count / 1_900), now: Date.UTC(2026, 10, 21) }))
    for (const { content, needs } of records)
      if (content.record === "perception" && content.perception.text !== null) made.push({ text: content.perception.text, isBad: needs.some(({ polarity }) => polarity === "neg") });
  return made;
};

const measureAssignment = (themes: readonly DiscoveredTheme[], comments: readonly ThemeComment[]): unknown => {
  const assigner = new ThemeAssigner(themes);
  const hits = comments.map(({ text }) => assigner.assign(text).length);
  const started = process.cpuUsage();
  for (const { text } of comments) assigner.assign(text);
  const seconds = secondsSince(started);
  return {
    perSecond: Math.round(comments.length / seconds),
    shareWithTheme: round(hits.filter((count) => count > 0).length / comments.length),
    themesPerComment: round(hits.reduce((sum, count) => sum + count, 0) / comments.length),
  };
};

/** How often the words of a theme stand in one comment, against chance (normalised pointwise mutual information of the ten first, -1 to 1; Bouma 2009). */
const measureCoherence = (themes: readonly DiscoveredTheme[], comments: readonly ThemeComment[]): number => {
  const reader = new ThemeTerms();
  const wanted = new Map([...new Set(themes.flatMap(({ terms }) => terms.slice(0, 10).map(({ hash }) => hash)))].map((hash) => [hash, new Set<number>()]));
  comments.forEach(({ text }, place) => {
    reader.read(text);
    for (let at = 0; at < reader.count; at++) wanted.get(reader.hash[at] ?? 0)?.add(place);
  });
  const scores = themes.map(({ terms }) => {
    const sets = terms.slice(0, 10).map(({ hash }) => wanted.get(hash) ?? new Set<number>());
    const pairs = sets.flatMap((one, index) => sets.slice(index + 1).map((other) => associationOf(one, other, comments.length)));
    return pairs.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length);
  });
  return round(scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length));
};

const associationOf = (one: ReadonlySet<number>, other: ReadonlySet<number>, count: number): number => {
  let both = 0;
  for (const place of one) if (other.has(place)) both++;
  return both === 0 ? -1 : Math.log((both * count) / (one.size * other.size)) / -Math.log(both / count);
};

type Labelled = { name: string; texts: string[]; labels: string[] };

const readLabelled = (folder: string): Labelled[] => {
  const intents = ["train", "test"].map((part) => join(folder, `intents/banking77_${part}.csv`)).filter(existsSync).flatMap((path) => parseCsv(readFileSync(path, "utf8")));
  const reasons = parseCsv(readData(folder, "text/airline_tweets_clean.csv.gz")).filter((row) => (row.negativereason ?? "") !== "" && row.negativereason !== "Can't Tell");
  return [
    { name: "banking: 77 intents", texts: intents.map((row) => row.text ?? ""), labels: intents.map((row) => row.category ?? "") },
    { name: "airline: 9 reasons", texts: reasons.map((row) => row.text_repaired ?? ""), labels: reasons.map((row) => row.negativereason ?? "") },
  ].filter(({ texts }) => texts.length > 0);
};

const measureLabelled = ({ name, texts, labels }: Labelled): unknown => {
  // As many groups as there are labels, of whole comments: what the reference measured.
  const whole = texts.map((text) => text.replace(/[.!?;\n–—]/gu, " "));
  const vocabulary = readVocabulary(whole, 3);
  const sentences = readSentences(whole, whole.map((_, place) => place), vocabulary, { isRepeatedKept: true });
  const known = Array.from(sentences.comment, (place) => labels[place] ?? "");
  const grouped = SEEDS.map((seed) => {
    const vectors = makeVectors(sentences, vocabulary.hash.length, { width: 64, seed });
    return sharedInformation(Array.from(findClusters(vectors, { count: new Set(labels).size, seed }).group), known);
  });
  // And as the product does it: themes, of which a comment has none or several; its surest counts.
  const themes = discoverThemes(texts.map((text) => ({ text, language: "en", isBad: true })), { seed: 1 });
  const assigner = new ThemeAssigner(themes);
  const surest = texts.map((text) => assigner.assign(text)[0]?.theme ?? -1);
  const given = surest.flatMap((theme, place) => (theme === -1 ? [] : [place]));
  return {
    set: name,
    comments: texts.length,
    groupsNmi: round(grouped.reduce((sum, value) => sum + value, 0) / grouped.length),
    themes: themes.length,
    shareWithTheme: round(given.length / texts.length),
    themesNmi: round(sharedInformation(given.map((place) => surest[place] ?? -1), given.map((place) => labels[place] ?? ""))),
  };
};

/** Normalised mutual information, arithmetic mean: 0 nothing in common, 1 the same groups. */
const sharedInformation = (one: readonly (string | number)[], other: readonly (string | number)[]): number => {
  const entropy = (values: readonly (string | number)[]): number => {
    const counts = new Map<string | number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts.values().reduce((sum, count) => sum - (count / values.length) * Math.log(count / values.length), 0);
  };
  const [first, second, both] = [entropy(one), entropy(other), entropy(one.map((value, place) => `${value} ${other[place]}`))];
  return (2 * (first + second - both)) / (first + second || 1);
};

const secondsSince = (started: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(started);
  return round((user + system) / 1e6);
};
const round = (value: number): number => Math.round(value * 1_000) / 1_000;

if (import.meta.main) {
  const { values } = parseArgs({ options: { comments: { type: "string", default: "100000" }, data: { type: "string" } } });
  console.log(JSON.stringify(await measureThemes({ comments: Number(values.comments), ...(values.data === undefined ? {} : { folder: values.data }) }), null, 2));
}
