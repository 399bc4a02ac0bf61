// Texts of the data folder that may be shipped with what is learned from them; see its INDEX.md for where each comes from.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { EMOTIONS } from "../../text/reading.ts";
import type { Emotion, Sentiment } from "../../text/reading.ts";
import { parseCsv } from "./csv.ts";
import { readJsonLines } from "./labelled-comments.ts";

/** @returns the text of a file of the data folder, unpacked; empty when it is not there */
export const readData = (folder: string, name: string): string => {
  const path = join(folder, name);
  return existsSync(path) ? gunzipSync(readFileSync(path)).toString("utf8") : "";
};

export type Judged = { source: string; text: string; sentiment: "neg" | "neu" | "pos" };

const TEXT_MAX = 2_000;
const byStars = (stars: number, low: number, high: number): Judged["sentiment"] => (stars <= low ? "neg" : stars >= high ? "pos" : "neu");

const polarityRows = (folder: string, part: string): Judged[] =>
  readData(folder, `text/amazon_polarity10k_${part}.dat.gz`)
    .split("\n")
    .flatMap((line) => {
      const [text = "", label] = line.split("$LABEL$");
      return label === "0" || label === "1" ? [{ source: "amazon_polarity", text, sentiment: label === "1" ? ("pos" as const) : ("neg" as const) }] : [];
    });

// "great" is five stars; "other" is fewer, which may be praise with a reserve: those reviews were read one by one, and the mixed ones are left out.
const foodRows = (folder: string): Judged[] => {
  const readAs = new Map(readJsonLines<{ begins: string; sentiment: Sentiment }>(new URL("data/food-feelings.jsonl", import.meta.url)).map(({ begins, sentiment }) => [begins, sentiment]));
  return ["training", "testing"]
    .flatMap((part) => parseCsv(readData(folder, `text/small_fine_foods_${part}_data.csv.gz`)))
    .flatMap(({ review = "", score }) => {
      const sentiment = score === "great" ? "pos" : (readAs.get(review.trim().slice(0, 80)) ?? "mix");
      return sentiment === "mix" ? [] : [{ source: "amazon_fine_foods", text: review, sentiment }];
    });
};

const hotelRows = (folder: string): Judged[] =>
  parseCsv(readData(folder, "text/sentimentr_hotel_reviews.csv.gz")).map((row) => ({ source: "tripadvisor_hotels", text: row.text ?? "", sentiment: byStars(Number(row.sentiment), -0.5, 1.5) }));

const tweetRows = (folder: string): Judged[] =>
  parseCsv(readData(folder, "text/sentimentr_crowdflower_products.csv.gz")).map((row) => ({ source: "crowdflower_products", text: row.text ?? "", sentiment: byStars(Number(row.sentiment), -1, 1) }));

const skytraxRows = (folder: string, kind: string): Judged[] =>
  parseCsv(readData(folder, `text/skytrax_${kind}_2015.csv.gz`))
    .filter((row) => (row.overall_rating ?? "") !== "")
    .map((row) => ({ source: `skytrax_${kind}`, text: row.content ?? "", sentiment: kind === "lounge" && Number(row.overall_rating) <= 5 ? byStars(Number(row.overall_rating), 2, 4) : byStars(Number(row.overall_rating), 4, 7) }));

// 1 and 2 are positive, 3 neutral, 4 and 5 negative: judged by people from the comment alone.
const nhsRows = (folder: string): Judged[] =>
  parseCsv(readData(folder, "survey/nhs_fft_v6framework_230831.csv.gz"))
    .filter((row) => (row["Comment sentiment"] ?? "") !== "")
    .map((row) => ({ source: "nhs_fft", text: row["FFT answer"] ?? "", sentiment: byStars(-Number(row["Comment sentiment"]), -4, -2) }));

/** Reviews and comments with a sentiment, one after another source, without repeated texts. */
export const readJudged = (folder: string): Judged[] =>
  distinct([
    ...["train", "test"].flatMap((part) => polarityRows(folder, part)),
    ...foodRows(folder),
    ...hotelRows(folder),
    ...tweetRows(folder),
    ...["lounge", "seat"].flatMap((kind) => skytraxRows(folder, kind)),
    ...nhsRows(folder),
  ]);

const distinct = (rows: readonly Judged[]): Judged[] => {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const text = row.text.trim().slice(0, TEXT_MAX);
    const key = text.toLowerCase();
    if (text.length < 3 || seen.has(key)) return [];
    seen.add(key);
    return [{ ...row, text }];
  });
};

export type Felt = { text: string; emotions: Emotion[] };

/** Ekman's families as the makers of GoEmotions map their 27 (the list of families in the order of their label file; 27 is neutral). */
const FAMILY_OF: Record<string, Emotion> = {
  ...Object.fromEntries(["anger", "annoyance", "disapproval"].map((name) => [name, "anger"] as const)),
  disgust: "disgust",
  ...Object.fromEntries(["fear", "nervousness"].map((name) => [name, "fear"] as const)),
  ...Object.fromEntries(["joy", "amusement", "approval", "excitement", "gratitude", "love", "optimism", "relief", "pride", "admiration", "desire", "caring"].map((name) => [name, "joy"] as const)),
  ...Object.fromEntries(["sadness", "disappointment", "embarrassment", "grief", "remorse"].map((name) => [name, "sadness"] as const)),
  ...Object.fromEntries(["surprise", "realization", "confusion", "curiosity"].map((name) => [name, "surprise"] as const)),
};

export const readFelt = (folder: string, part: "train" | "dev" | "test"): Felt[] => {
  const names = readData(folder, "text/goemotions_labels.txt.gz").split("\n");
  const labels = names.length > 1 ? names : readPlain(join(folder, "text/goemotions_labels.txt")).split("\n");
  return readData(folder, `text/goemotions_${part}.tsv.gz`)
    .split("\n")
    .flatMap((line) => {
      const [text = "", numbers] = line.split("\t");
      if (numbers === undefined) return [];
      const families = new Set(numbers.split(",").flatMap((number) => FAMILY_OF[labels[Number(number)] ?? ""] ?? []));
      return [{ text, emotions: EMOTIONS.filter((emotion) => families.has(emotion)) }];
    });
};

const readPlain = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
