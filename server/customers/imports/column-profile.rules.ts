import { guessTimeFormat, type TimeFormat } from "./times.rules.ts";

/** What the first rows say about a column. */
export type ColumnProfile = {
  name: string;
  label: string | null;
  /** Lower-case words of the name: "CustomerID" is "customer id". */
  words: string;
  filledShare: number;
  values: readonly string[];
  distinct: number;
  /** The numbers when nearly all values are numbers; words that mean "no answer" do not count against it. */
  numbers: readonly number[] | null;
  isWhole: boolean;
  averageLength: number;
  spacedShare: number;
  time: { format: TimeFormat; isAmbiguous: boolean } | null;
};

const blankWords = new Set([
  "", "blank", "n/a", "na", "#n/a", "null", "none", "nan", "nil", "-", "--", ".", "undefined", "missing", "k.a.", "keine angabe",
  // What survey tools and interviewers put where nobody answered. Read as a comment, "Did not answer" would be anger.
  "no answer", "not answered", "did not answer", "didn't answer", "unanswered", "no response", "did not respond", "no reply", "no comment", "no comments", "not stated", "skipped", "left blank", "keine antwort",
]);

/** Whether a value stands for "no answer" in any survey export, with or without a full stop. */
export const isBlankWord = (value: string): boolean => {
  const word = value.trim().toLowerCase().replaceAll("’", "'");
  return blankWords.has(word) || (word.length > 2 && word.endsWith(".") && blankWords.has(word.slice(0, -1)));
};

/** Describes a column by its values of the first rows.
 *  @param values one per row, "" where the row has none */
export const profileColumn = (column: { name: string; label: string | null }, values: readonly string[]): ColumnProfile => {
  const filled = values.map((value) => value.trim()).filter((value) => !isBlankWord(value));
  const numbers = filled.map(readNumber).filter((value) => value !== null);
  const isNumeric = filled.length > 0 && numbers.length >= filled.length * 0.97;
  return {
    name: column.name,
    label: column.label,
    words: wordsOf(column.name),
    filledShare: values.length === 0 ? 0 : filled.length / values.length,
    values: filled,
    distinct: new Set(filled).size,
    numbers: isNumeric ? numbers : null,
    isWhole: isNumeric && numbers.every(Number.isInteger),
    averageLength: filled.length === 0 ? 0 : filled.join("").length / filled.length,
    spacedShare: filled.length === 0 ? 0 : filled.filter((value) => /\S\s+\S/.test(value)).length / filled.length,
    time: guessTimeFormat(filled.slice(0, 500)),
  };
};

/** A number as files write it, with a decimal point or comma; null for anything else. */
export const readNumber = (text: string): number | null => {
  if (!/^[-+]?\d{1,15}([.,]\d+)?$/.test(text)) return null;
  return Number(text.replace(",", "."));
};

const wordsOf = (name: string): string =>
  name
    .replace(/([a-zäöü\d])([A-Z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
