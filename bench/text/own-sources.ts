// The easier test: new texts of sources that were trained on. Airline tweets are measured here and nowhere else: what is learned from them
// must not be shipped. And the languages, on texts held back.
import { parseCsv } from "./csv.ts";
import type { Card } from "./cards.ts";
import { readData, readJudged } from "./corpora.ts";
import { readDocuments } from "./documents.ts";
import { balance, makeTargets, SENTIMENTS, trainLanguages, trainSentiment } from "./heads.ts";
import { LANGUAGE_LIMIT, LATIN_LANGUAGES, readSpoken } from "./languages.ts";
import type { Linear } from "./linear.ts";
import { accuracy, confusionLines, figureLines, figuresOf, macroF1 } from "./metrics.ts";
import type { Outcome } from "./metrics.ts";

type Row = { text: string; label: string; source: string };

/** Two in ten rows, chosen by their text, are held back. */
const isHeldBack = ({ text }: Row): boolean => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return (hash >>> 0) % 10 < 2;
};

const measure = (rows: readonly Row[], names: readonly string[], train: (documents: ReturnType<typeof readDocuments>, chosen: number[], targets: ReturnType<typeof makeTargets>) => Linear, bytesMax = 20_000): (Outcome & { source: string })[] => {
  const lanes = names.length;
  const documents = readDocuments(rows.map(({ text }) => text), bytesMax);
  const targets = makeTargets(rows.length, lanes);
  rows.forEach(({ label }, at) => {
    targets.goal[at * lanes + names.indexOf(label)] = 1;
    targets.weight.fill(1, at * lanes, (at + 1) * lanes);
  });
  const chosen = rows.flatMap((row, at) => (isHeldBack(row) ? [] : [at]));
  balance(targets, lanes, chosen);
  const head = train(documents, chosen, targets);
  const logits = new Float32Array(lanes);
  return rows.flatMap((row, at) => {
    if (!isHeldBack(row)) return [];
    head.score(documents, at, logits);
    return [{ truth: row.label, guess: names[logits.indexOf(Math.max(...logits))] ?? "", source: row.source }];
  });
};

const measureAirline = (folder: string): Card => {
  const label: Record<string, string> = { negative: "neg", neutral: "neu", positive: "pos" };
  const seen = new Set<string>();
  const rows = parseCsv(readData(folder, "text/airline_tweets_clean.csv.gz")).flatMap((row): Row[] => {
    const text = row.text ?? "";
    if (seen.has(text.toLowerCase())) return [];
    seen.add(text.toLowerCase());
    return [{ text, label: label[row.airline_sentiment ?? ""] ?? "neu", source: "airline" }];
  });
  const outcomes = measure(rows, SENTIMENTS, trainSentiment);
  return { name: "airline", lines: ["# Airline tweets (test only, never shipped)", "", `Trained on its own training split: accuracy ${accuracy(outcomes).toFixed(3)}, macro-F1 ${macroF1(outcomes, SENTIMENTS).toFixed(3)} (floor 0.75).`, "", ...figureLines(figuresOf(outcomes, SENTIMENTS)), "", ...confusionLines(outcomes, SENTIMENTS)] };
};

const measureReviews = (folder: string): Card => {
  const rows = readJudged(folder).filter(({ sentiment }) => sentiment !== "neu").map(({ text, sentiment, source }) => ({ text, label: sentiment, source }));
  const outcomes = measure(rows, SENTIMENTS, trainSentiment);
  const sources = [...new Set(outcomes.map(({ source }) => source))];
  return { name: "reviews", lines: ["# Reviews, good or bad", "", `New texts of sources that were trained on: accuracy ${accuracy(outcomes).toFixed(3)}, macro-F1 ${macroF1(outcomes, ["neg", "pos"]).toFixed(3)} (floor of accuracy 0.93).`, "", "| source | accuracy | rows |", "|---|---|---|", ...sources.map((source) => { const own = outcomes.filter((outcome) => outcome.source === source); return `| ${source} | ${accuracy(own).toFixed(3)} | ${own.length} |`; })] };
};

const measureLanguages = (folder: string): Card => {
  const rows = readSpoken(folder).filter(({ language }) => LATIN_LANGUAGES.some((name) => name === language)).map(({ text, language, source }) => ({ text, label: language, source }));
  const outcomes = measure(rows, LATIN_LANGUAGES, (documents, chosen, targets) => trainLanguages(documents, chosen, targets, LATIN_LANGUAGES.length), LANGUAGE_LIMIT);
  const real = outcomes.filter(({ source }) => source === "tweets and reviews");
  const written = outcomes.filter(({ source }) => source === "written");
  return { name: "languages", lines: ["# Languages in Latin letters", "", `Texts held back: tweets and reviews in seven languages, accuracy ${accuracy(real).toFixed(3)} (${real.length} rows, floor 0.98); short comments made up in sixteen, ${accuracy(written).toFixed(3)} (${written.length} rows). Others (ru uk el he ar hi th zh ja ko) are told by their script.`, "", ...figureLines(figuresOf(outcomes, LATIN_LANGUAGES))] };
};

export const measureOwnSources = (folder: string): Card[] => [measureAirline(folder), measureReviews(folder), measureLanguages(folder)];
