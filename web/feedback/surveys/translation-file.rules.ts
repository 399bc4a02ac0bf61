import type { PlacedText } from "./translations.rules.ts";

type Words = Map<string, Record<string, string>>;
export type ReadTranslations = { ok: true; words: Words } | { ok: false; problem: "empty" | "no_key_column" | "broken_json" | "broken_quotes" };

/** The texts as a table: one line a text, one column a language. Opens in any spreadsheet. */
export const translationsAsCsv = (texts: readonly PlacedText[], languages: readonly string[]): string =>
  [["key", ...languages], ...texts.map(({ key, text }) => [key, ...languages.map((language) => text[language] ?? "")])]
    .map((line) => line.map(quoted).join(",")).join("\r\n");

/** The texts as JSON, by key and language. */
export const translationsAsJson = (texts: readonly PlacedText[], languages: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(texts.map(({ key, text }) => [key, Object.fromEntries(languages.map((language) => [language, text[language] ?? ""]))])), null, 2);

/** Translations from either file, told apart by how it begins. */
export const readTranslations = (file: string): ReadTranslations => {
  const content = file.replace(/^\uFEFF/, "").trim();
  if (content === "") return { ok: false, problem: "empty" };
  return content.startsWith("{") ? readJson(content) : readCsv(content);
};

const readJson = (content: string): ReadTranslations => {
  const words: Words = new Map();
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return { ok: false, problem: "broken_json" };
  }
  for (const [key, text] of Object.entries(Object(parsed))) words.set(key, onlyWords(Object.entries(Object(text))));
  return { ok: true, words };
};

const readCsv = (content: string): ReadTranslations => {
  const lines = parseCsv(content);
  if (lines === null) return { ok: false, problem: "broken_quotes" };
  const [head = [], ...rest] = lines;
  const names = head.map((name) => name.trim());
  const keyAt = names.findIndex((name) => name.toLowerCase() === "key");
  if (keyAt === -1) return { ok: false, problem: "no_key_column" };
  const words: Words = new Map();
  for (const line of rest) {
    const key = (line[keyAt] ?? "").trim();
    if (key !== "") words.set(key, onlyWords(names.flatMap((name, at): [string, unknown][] => (at === keyAt ? [] : [[name, unescaped(line[at] ?? "")]]))));
  }
  return { ok: true, words };
};

// What a translator left empty is not translated yet, not taken away.
const onlyWords = (entries: readonly [string, unknown][]): Record<string, string> =>
  Object.fromEntries(entries.flatMap(([language, words]): [string, string][] => (typeof words === "string" && words.trim() !== "" ? [[language, words.trim().slice(0, 2_000)]] : [])));

/** Fields of RFC 4180, separated by comma or, as spreadsheets of some countries write, semicolon; null when a quote is not closed. */
const parseCsv = (content: string): string[][] | null => {
  const separator = /^[^\n,;]*;/.test(content) ? ";" : ",";
  const lines: string[][] = [[]];
  const pattern = separator === ";" ? /("(?:[^"]|"")*"|(?!")[^;\r\n]*)(;|\r?\n|$)/gy : /("(?:[^"]|"")*"|(?!")[^,\r\n]*)(,|\r?\n|$)/gy;
  while (pattern.lastIndex < content.length) {
    const match = pattern.exec(content);
    if (match === null) return null;
    const [, field = "", end = ""] = match;
    lines.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== separator && pattern.lastIndex < content.length) lines.push([]);
  }
  return lines;
};

// A spreadsheet would run a text that begins like a formula; the apostrophe stops it and is taken off again.
const quoted = (words: string): string => {
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const unescaped = (words: string): string => (/^'[=+\-@\t\r]/.test(words) ? words.slice(1) : words);
