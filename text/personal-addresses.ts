// Streets with a number, and postal codes that name a few houses by themselves.
import { CUE, readCues } from "./cues.ts";
import { addAll, findAll } from "./find-all.ts";
import type { PersonalData, Span } from "./reading.ts";

const capital = "\\p{Lu}[\\p{L}'’.-]{0,30}";
const suffixes = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Way|Place|Pl|Boulevard|Blvd|Crescent|Cres|Terrace|Square|Gardens|Grove|Highway|Hwy|Parkway|Pkwy|Mews|Row";
const britishCode = "[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2}";
const states = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]";
const americanCode = `(?:${states})\\s\\d{5}(?:-\\d{4})?`;
const end = "(?![\\p{L}\\d])";
// After a street may follow a flat, a town and a code.
const town = `(?:,?\\s(?:${capital}\\s?){1,3})?(?:,?\\s(?:${britishCode}|${americanCode}))`;
const germanTown = `(?:,?\\s\\d{4,5}\\s${capital})?`;

const englishHint = /\d[A-Za-z]?,?\s(?:[^a-z\d\s]|of|the)/;
const english = new RegExp(`(?<![\\p{L}\\d.,:$€£#-])\\d{1,5}[A-Za-z]?,?\\s(?:(?:${capital}|of|the)\\s){1,3}(?:${suffixes})\\.?${end}(?:${town})?`, "gu");

// Each with what must stand somewhere in the text; looking for that first takes a tenth of the time.
export const streetPatterns: readonly [hint: RegExp, pattern: RegExp][] = [
  [/(?:stra[ßs]|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht)e?\s\d/, new RegExp(`(?<!\\p{L})\\p{Lu}[\\p{L}-]{1,30}(?:straße|strasse|str\\.|weg|platz|allee|gasse|straat|laan|plein|gracht)\\s\\d{1,4}[a-z]?${end}${germanTown}`, "gu")],
  [/\s(?:Stra|Str\.|Weg|Platz|Allee)/, new RegExp(`(?<!\\p{L})\\p{Lu}[\\p{L}-]{1,30}\\s(?:Straße|Strasse|Str\\.|Weg|Platz|Allee)\\s\\d{1,4}[a-z]?${end}${germanTown}`, "gu")],
  [/\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai)\s/, new RegExp(`(?<![\\p{L}\\d.,])\\d{1,4}(?:\\s?(?:bis|ter))?,?\\s(?:rue|avenue|av\\.|boulevard|bd|place|chemin|impasse|allée|quai)\\s(?:(?:de|du|des|la|le|les|l['’]|d['’])\\s?){0,2}${capital}(?:\\s${capital}){0,2}(?:,?\\s\\d{5}\\s${capital})?`, "gu")],
  [/Calle|Aven|Avda|Via|Piaz|Corso|Rua/, new RegExp(`(?<!\\p{L})(?:Calle|Avenida|Avda\\.?|Via|Viale|Piazza|Corso|Rua)\\s(?:(?:de|del|della|di|la|las|los|da|dos)\\s){0,2}${capital}(?:\\s${capital}){0,3},?\\s(?:n[º°.]?\\s?)?\\d{1,4}(?![\\d.,:])`, "gu")],
];

const loneBritishCode = /(?<![\p{L}\d-])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/gu;
const britishCodeHint = /\d[A-Z\d]? \d[A-Z]{2}/;
const americanCodeHint = /\d{5}(?<=[A-Z]\s.{5})/;
const loneAmericanCode = new RegExp(`(?<=,\\s)${americanCode}(?![\\d-])`, "gu");
// "M4 3GB of memory" looks like a code.
const units = /(?:GB|TB|KB|HZ|KG|PS|ST|ND|RD|TH|PC|DB|BN|XL|HR|FT)$/u;

export const findAddresses = (text: string, found: PersonalData[]): void => {
  if (englishHint.test(text)) addAll(found, "address", findAll(text, english));
  if ((readCues(text) & CUE.street) !== 0) for (const [hint, pattern] of streetPatterns) if (hint.test(text)) addAll(found, "address", findAll(text, pattern));
  if (britishCodeHint.test(text)) addAll(found, "address", findAll(text, loneBritishCode, ({ 0: code, index }): Span | null => (units.test(code) ? null : { from: index, to: index + code.length })));
  if (americanCodeHint.test(text)) addAll(found, "address", findAll(text, loneAmericanCode));
};
