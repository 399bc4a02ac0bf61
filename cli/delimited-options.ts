import { UsageError, type Given, type OptionSpec } from "./command.ts";
import type { ReadingWishes } from "./delimited-file.ts";

/** Options of every command that reads a table, each found out when left out. */
export const delimitedOptions = {
  delimiter: { value: "CHARACTER", help: "Between cells (found out when left out); \\t is a tab." },
  quote: { value: "CHARACTER", help: "Around cells (found out when left out)." },
  encoding: { value: "NAME", help: "Of the text, such as windows-1252 (found out when left out)." },
} as const satisfies Record<string, OptionSpec>;

export type DelimitedWishes = Omit<ReadingWishes, "columns">;

/** @throws UsageError for a delimiter of no character */
export const readDelimitedWishes = (given: Given): DelimitedWishes => {
  const delimiter = given.option("delimiter")?.replace(/^(?:\\t|tab)$/u, "\t") ?? null;
  if (delimiter === "") throw new UsageError("--delimiter is empty.");
  return { delimiter, quote: given.option("quote"), encoding: given.option("encoding") };
};
