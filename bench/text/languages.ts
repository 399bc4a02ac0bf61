// Texts by language: committed ones (the declaration of human rights, lists of stop words, comments made up), and those of the data folder.
import { LANGUAGE_BYTES } from "../../text/language.ts";
import { readData } from "./corpora.ts";
import { parseCsv } from "./csv.ts";
import { readJsonLines } from "./labelled-comments.ts";

/** Languages in Latin letters: the lanes of the table. Others are told by their script. */
export const LATIN_LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "tr", "id", "ro"] as const;

export type Spoken = { language: string; source: string; text: string };

/** Malay and Indonesian are told apart by nobody in one sentence: both are "id". */
const CODE_OF: Record<string, string> = { english: "en", german: "de", french: "fr", spanish: "es", italian: "it", portuguese: "pt", malay: "id", indonesian: "id", arabic: "ar", hindi: "hi", chinese: "zh", japanese: "ja" };

export const readSpoken = (folder: string): Spoken[] => [
  ...readJsonLines<Spoken>(new URL("data/languages.jsonl", import.meta.url)),
  ...parseCsv(readData(folder, "multilingual/ml_all_test.csv.gz")).flatMap((row) => {
    const language = CODE_OF[row.language ?? ""];
    // Hindi there is written in Latin letters, which this reader does not know.
    return language === undefined || language === "hi" ? [] : [{ language, source: "tweets and reviews", text: row.text ?? "" }];
  }),
];

/** What the reader sees of a text when it tells the language. */
export const LANGUAGE_LIMIT = LANGUAGE_BYTES;
