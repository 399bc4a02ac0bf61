// Comments with labels, as committed beside this file: read (real comments, judged by reading) and written (made up for contrast).
import { existsSync, readFileSync } from "node:fs";
import type { Emotion, Need, Polarity, Sentiment } from "../../text/reading.ts";

export type LabelledComment = {
  id: string;
  source: string;
  text: string;
  needs: Partial<Record<Need, Polarity>>;
  sentiment: Sentiment;
  /** Not judged in the first 3,450 rows. */
  emotion?: Emotion | null;
  urgent: boolean;
  flags: string[];
  /** One of the first 3,450, on which needs are measured. */
  isBase: boolean;
  /** The words that justify each need. */
  spans?: Partial<Record<Need, string>>;
};

/** base: 3,450 real comments; read: 1,000 and more, read later; written: made up, with contrasts that differ in one point;
 *  phrases: made up, only the words that say a need (or none). */
export const LABEL_FILES = ["base", "read", "written", "phrases"] as const;

export const readJsonLines = <Row>(file: URL): Row[] =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Row => JSON.parse(line))
    : [];

const readLabels = (name: (typeof LABEL_FILES)[number] | "met"): LabelledComment[] => readJsonLines<Omit<LabelledComment, "isBase">>(new URL(`data/labels-${name}.jsonl`, import.meta.url)).map((row) => ({ ...row, isBase: name === "base" }));
export const readAllLabels = (): LabelledComment[] => LABEL_FILES.flatMap(readLabels);

/** Made up: praise in words that sound like a complaint, and the reverse. They teach whether a need is met and nothing else. */
export const readMetPhrases = (): LabelledComment[] => readLabels("met");

/** Made up: words, phrases and short comments with what is felt in them and nothing else. */
export const readFeelings = (): { source: string; text: string; sentiment: "neg" | "neu" | "pos" }[] => readJsonLines(new URL("data/feelings.jsonl", import.meta.url));

/** Made up, many in pairs: something that cannot wait, and the same when it is over, is a wish or is praise. They say nothing of needs. */
export const readUrgencyLines = (): { text: string; urgent: boolean }[] => readJsonLines(new URL("data/urgency.jsonl", import.meta.url));
