// Which language a text is in: by its script where that tells, else by the weights of the model over its first bytes.
import { LANES, PIECES_AT, ROW, WORDS_AT } from "./kernel.ts";
import type { ModelHeader } from "./model.ts";

/** The language shows in the first bytes; reading all of a long text tells hardly more. */
export const LANGUAGE_BYTES = 128;
/** Fewer letters than this say nothing ("ok"). */
const LETTERS_MIN = 3;
const NO_LANGUAGE = { language: null, confidence: 0 };

/** A text in UTF-8, half open. */
type Bytes = { bytes: Uint8Array; start: number; end: number };
export type Language = { language: string | null; confidence: number };

type Script = "latin" | "cyrillic" | "greek" | "hebrew" | "arabic" | "devanagari" | "thai" | "kana" | "han" | "hangul";

/** Languages told by their script alone, as far as this reader knows languages. */
const LANGUAGE_OF: Partial<Record<Script, string>> = { cyrillic: "ru", arabic: "ar", greek: "el", hebrew: "he", devanagari: "hi", thai: "th", kana: "ja", han: "zh", hangul: "ko" };

/** Decides from the kernel's sums over the first bytes of the text.
 *  @param text what these bytes say @param row the place of these sums among the rows */
export const decideLanguage = (text: string, { bytes, start, end }: Bytes, rows: Int32Array, row: number, model: ModelHeader["languages"]): Language => {
  const last = Math.min(end, start + LANGUAGE_BYTES);
  // A byte for each character: all are ASCII.
  const script = text.length === end - start ? scriptOfAscii(bytes, start, last) : scriptOf(bytes, start, last);
  if (script === null) return NO_LANGUAGE;
  const known = script.name === "cyrillic" && isUkrainian(bytes, start, end) ? "uk" : LANGUAGE_OF[script.name];
  if (known !== undefined) return { language: known, confidence: script.share };
  return bestOf(rows, row * ROW, model, script.share);
};

const scriptOfAscii = (bytes: Uint8Array, start: number, end: number): { name: Script; share: number } | null => {
  let letters = 0;
  for (let place = start; place < end && letters < LETTERS_MIN; place++) letters += IS_LETTER[bytes[place] ?? 0] ?? 0;
  return letters < LETTERS_MIN ? null : { name: "latin", share: 1 };
};

const bestOf = (rows: Int32Array, from: number, { scale, bias, names, yes }: ModelHeader["languages"], share: number): Language => {
  const words = rows[from + WORDS_AT] ?? 0;
  if (words === 0) return NO_LANGUAGE;
  const length = 1 / Math.sqrt(words + 0.25 * (rows[from + PIECES_AT] ?? 0));
  let [sum, best, most] = [0, 0, -Infinity];
  const lanes = Math.min(names.length, LANES);
  for (let lane = 0; lane < lanes; lane++) {
    const logit = (rows[from + lane] ?? 0) * (scale[lane] ?? 0) * length + (bias[lane] ?? 0);
    sum += Math.exp(logit);
    if (logit > most) [best, most] = [lane, logit];
  }
  const confidence = (Math.exp(most) / sum) * share;
  return confidence >= yes ? { language: names[best] ?? null, confidence } : { language: null, confidence };
};

/** The script of most letters; a little Kana or Hangul tells Japanese and Korean from Chinese. */
const scriptOf = (bytes: Uint8Array, start: number, end: number): { name: Script; share: number } | null => {
  let latin = 0;
  let place = start;
  for (; place < end && (bytes[place] ?? 0) < 0x80; place++) latin += IS_LETTER[bytes[place] ?? 0] ?? 0;
  if (place === end) return latin < LETTERS_MIN ? null : { name: "latin", share: 1 };
  const counts = { latin, cyrillic: 0, greek: 0, hebrew: 0, arabic: 0, devanagari: 0, thai: 0, kana: 0, han: 0, hangul: 0 };
  for (; place < end; place++) {
    const byte = bytes[place] ?? 0;
    if (byte < 0x80) counts.latin += IS_LETTER[byte] ?? 0;
    else if (byte >= 0xc0) {
      const script = scriptOfLead(byte, bytes[place + 1] ?? 0);
      if (script !== null) counts[script]++;
    }
  }
  return heaviestOf(counts);
};

const heaviestOf = (counts: Record<Script, number>): { name: Script; share: number } | null => {
  // A Chinese character says as much as a short word of letters.
  const weighed = { ...counts, han: counts.han * 3, kana: counts.kana * 3, hangul: counts.hangul * 2 };
  if (counts.kana > 0 && counts.kana * 8 >= counts.han) [weighed.kana, weighed.han] = [weighed.kana + weighed.han, 0];
  let [name, most, all]: [Script, number, number] = ["latin", 0, 0];
  for (const script of SCRIPTS) {
    all += weighed[script];
    if (weighed[script] > most) [name, most] = [script, weighed[script]];
  }
  return all < LETTERS_MIN ? null : { name, share: most / all };
};

const IS_LETTER = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0));

/** The letters і, ї, є and ґ are not Russian. */
const isUkrainian = (bytes: Uint8Array, start: number, end: number): boolean => {
  const last = Math.min(end, start + LANGUAGE_BYTES) - 1;
  for (let place = start; place < last; place++) {
    const [lead, second] = [bytes[place] ?? 0, bytes[place + 1] ?? 0];
    if (lead === 0xd1 && (second === 0x94 || second === 0x96 || second === 0x97)) return true;
    if ((lead === 0xd0 && (second === 0x84 || second === 0x86 || second === 0x87)) || (lead === 0xd2 && (second === 0x90 || second === 0x91))) return true;
  }
  return false;
};

const SCRIPTS: readonly Script[] = ["latin", "cyrillic", "greek", "hebrew", "arabic", "devanagari", "thai", "kana", "han", "hangul"];

const scriptOfLead = (lead: number, second: number): Script | null => {
  if (lead <= 0xc9) return lead === 0xc2 ? null : "latin";
  if (lead === 0xce || lead === 0xcf) return "greek";
  if (lead >= 0xd0 && lead <= 0xd3) return "cyrillic";
  if (lead === 0xd7) return "hebrew";
  if (lead >= 0xd8 && lead <= 0xdb) return "arabic";
  if (lead === 0xe0) return second === 0xa4 || second === 0xa5 ? "devanagari" : second === 0xb8 || second === 0xb9 ? "thai" : null;
  if (lead === 0xe3) return second === 0x81 || second === 0x82 || second === 0x83 ? "kana" : second >= 0x90 ? "han" : null;
  if (lead >= 0xe4 && lead <= 0xe9) return "han";
  return lead >= 0xea && lead <= 0xed ? "hangul" : null;
};
