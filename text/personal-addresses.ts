// Streets with a number, and postal codes that name a few houses by themselves.
import { CAPITAL, IN_NAME, searchFor, type Search } from "./find-all.ts";

const capital = "\\p{Lu}[\\p{L}'’.-]{0,30}";
const suffixes = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Way|Place|Pl|Boulevard|Blvd|Crescent|Cres|Terrace|Square|Gardens|Grove|Highway|Hwy|Parkway|Pkwy|Mews|Row";
const britishCode = "[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2}";
const states = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]";
const americanCode = `(?:${states})\\s\\d{5}(?:-\\d{4})?`;
const end = "(?![\\p{L}\\d])";
// After a street may follow a flat, a town and a code.
const town = `(?:,?\\s(?:${capital}\\s?){1,3})?(?:,?\\s(?:${britishCode}|${americanCode}))`;
const germanTown = `(?:,?\\s\\d{4,5}\\s${capital})?`;

const english = new RegExp(`(?<![\\p{L}\\d.,:$€£#-])\\d{1,5}[A-Za-z]?,?\\s(?:(?:${capital}|of|the)\\s){1,3}(?:${suffixes})\\.?${end}(?:${town})?`, "gu");

const loneBritishCode = /(?<![\p{L}\d-])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/gu;
const loneAmericanCode = new RegExp(`(?<=,\\s)${americanCode}(?![\\d-])`, "gu");
// "M4 3GB of memory" looks like a code.
const units = /(?:GB|TB|KB|HZ|KG|PS|ST|ND|RD|TH|PC|DB|BN|XL|HR|FT)$/u;

export const addresses: readonly Search[] = [
  searchFor("address", `\\d[A-Za-z]?,?\\s(?:(?:${CAPITAL}${IN_NAME}*|of|the)\\s){1,3}(?:${suffixes})`, english),
  searchFor("address", "(?:straße|strasse|str\\.|weg|platz|allee|gasse|straat|laan|plein|gracht)\\s\\d", new RegExp(`(?<!\\p{L})\\p{Lu}[\\p{L}-]{1,30}(?:straße|strasse|str\\.|weg|platz|allee|gasse|straat|laan|plein|gracht)\\s\\d{1,4}[a-z]?${end}${germanTown}`, "gu")),
  searchFor("address", "\\s(?:Straße|Strasse|Str\\.|Weg|Platz|Allee)\\s\\d", new RegExp(`(?<!\\p{L})\\p{Lu}[\\p{L}-]{1,30}\\s(?:Straße|Strasse|Str\\.|Weg|Platz|Allee)\\s\\d{1,4}[a-z]?${end}${germanTown}`, "gu")),
  searchFor("address", "\\d(?:\\s?(?:bis|ter))?,?\\s(?:rue|avenue|av\\.|boulevard|bd|place|chemin|impasse|allée|quai)\\s", new RegExp(`(?<![\\p{L}\\d.,])\\d{1,4}(?:\\s?(?:bis|ter))?,?\\s(?:rue|avenue|av\\.|boulevard|bd|place|chemin|impasse|allée|quai)\\s(?:(?:de|du|des|la|le|les|l['’]|d['’])\\s?){0,2}${capital}(?:\\s${capital}){0,2}(?:,?\\s\\d{5}\\s${capital})?`, "gu")),
  searchFor("address", `(?:Calle|Avenida|Avda\\.?|Via|Viale|Piazza|Corso|Rua)\\s(?:(?:de|del|della|di|la|las|los|da|dos)\\s){0,2}${CAPITAL}`, new RegExp(`(?<!\\p{L})(?:Calle|Avenida|Avda\\.?|Via|Viale|Piazza|Corso|Rua)\\s(?:(?:de|del|della|di|la|las|los|da|dos)\\s){0,2}${capital}(?:\\s${capital}){0,3},?\\s(?:n[º°.]?\\s?)?\\d{1,4}(?![\\d.,:])`, "gu")),
  searchFor("address", "[A-Z]\\d[A-Z\\d]? \\d[A-Z]{2}", loneBritishCode, ({ 0: code, index }) => (units.test(code) ? null : { from: index, to: index + code.length })),
  searchFor("address", "[A-Z]{2}\\s\\d{5}", loneAmericanCode),
];
