// Numbers of payment cards, bank accounts and telephones. Each is told from prices, dates and counts by its check digits or its form.
import { addAll, endOf, findAll, searchFor, type Search } from "./find-all.ts";
import type { PersonalData, Span } from "./reading.ts";

const numberWithGaps = /(?<![\p{L}\d+.,-])\d(?:[ \u00a0-]?\d){12,40}(?!\d)/gu;

const findCards = (text: string, found: PersonalData[]): void => {
  for (const run of findAll(text, numberWithGaps)) {
    const card = findCardWithin(text, run);
    if (card !== null) addAll(found, "card", [card]);
  }
};

// Another number may stand directly before or after: "on 12 4111 1111 1111 1111 08/27". A card begins and ends with a group.
const findCardWithin = (text: string, run: Span): Span | null => {
  for (let from = run.from; from + 13 <= run.to; from += 1) {
    if (!isDigit(text, from) || (from > run.from && isDigit(text, from - 1))) continue;
    let digits = "";
    let longest: Span | null = null;
    for (let place = from; place < run.to && digits.length < 19; place += 1) {
      if (!isDigit(text, place)) continue;
      digits += text.charAt(place);
      if (digits.length >= 13 && (place + 1 === run.to || !isDigit(text, place + 1)) && isCard(digits)) longest = { from, to: place + 1 };
    }
    if (longest !== null) return longest;
  }
  return null;
};

const isDigit = (text: string, place: number): boolean => {
  const code = text.charCodeAt(place);
  return code >= 48 && code <= 57;
};

// Visa, Mastercard (both ranges), American Express, Diners, Discover, UnionPay, Maestro and JCB with the lengths they use.
const brands = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|27?20\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|(?:50(?:18|20|38)|5893|6304|6759|676[1-3])\d{12}|35\d{14})$/u;

const isCard = (digits: string): boolean => brands.test(digits) && passesLuhn(digits);

/** Source: ISO/IEC 7812-1, annex B. */
const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const value = digits.charCodeAt(digits.length - 1 - index) - 48;
    const counted = index % 2 === 0 ? value : value * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
};

// Characters of an account number by country. Source: the IBAN registry of SWIFT.
const ibanLengths = new Map(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 XK20"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

const ibanStart = /(?<![\p{L}\d])[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z\d])/gu;

const ibanAt = (text: string, from: number): Span | null => {
  const length = ibanLengths.get(text.slice(from, from + 2).toUpperCase());
  if (length === undefined) return null;
  let account = "";
  let to = from;
  for (; account.length < length && to < text.length; to += 1) {
    const character = text.charAt(to).toUpperCase();
    if (/[A-Z\d]/u.test(character)) account += character;
    else if (!/[ \u00a0-]/u.test(character)) return null;
  }
  return account.length === length && !/[\p{L}\d]/u.test(text.charAt(to)) && passesMod97(account) ? { from, to } : null;
};

/** Source: ISO 13616, check digits by ISO/IEC 7064, MOD 97-10. */
const passesMod97 = (account: string): boolean => {
  let rest = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};

const gap = "[ \\u00a0\\u202f().\\/-]";
const notInside = "(?<![\\p{L}\\d_.,:+#$€£-])";
const atEnd = "(?![\\p{L}\\d%]|[.,:]\\d)";

const phonePatterns: readonly RegExp[] = [
  new RegExp(`${notInside}(?:\\+|00)[ \\u00a0]?\\(?[1-9](?:${gap}{0,3}\\d){7,13}${atEnd}`, "gu"),
  new RegExp(`${notInside}\\(?0[1-9](?:${gap}{0,3}\\d){7,9}${atEnd}`, "gu"),
  new RegExp(`${notInside}(?:1[ .-])?(?:\\([2-9]\\d\\d\\) ?|[2-9]\\d\\d[ .-])[2-9]\\d\\d[ .-]\\d{4}${atEnd}`, "gu"),
];

const afterCue = new RegExp(
  `(?<![\\p{L}\\d])(?:call|phone|tel|telephone|telefon|mobile|cell|ring|text|whatsapp|fax|contact|reach|number is|handy|teléfono|móvil|portable|téléphone)(?![\\p{L}])[^\\d\\n+(]{0,25}(\\(?\\d(?:${gap}{0,3}\\d){6,13})${atEnd}`,
  "giu",
);

const acceptPhone = (match: RegExpExecArray): Span | null =>
  isDateOrAmount(match[0]) ? null : { from: match.index, to: match.index + match[0].length };

// 01.02.2023 and 2023-01-15 are dates, 1 000 000 and 50000.00 amounts.
const isDateOrAmount = (number: string): boolean =>
  /^\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d{2}(?!\d)|^(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2}(?!\d)|^[1-9]\d{0,2}(?:[ .]\d{3}){2,3}$|^\d+\.\d\d?$|^\d{1,2}[.-]\d{2}[ -]{1,3}\d{1,2}[.-]\d{2}$/u.test(number);

export const ibans = searchFor("iban", "[A-Za-z]{2}\\d{2}[ \u00a0-]?[A-Za-z\\d]", ibanStart, ({ input, index }) => ibanAt(input, index));

export const cards: Search = { cue: "\\d(?:[ \u00a0-]?\\d){12}", find: findCards };

const sevenDigits = "\\d(?:[ \u00a0().\\/-]{0,3}\\d){6}";

export const phones: readonly Search[] = [
  ...phonePatterns.map((pattern) => searchFor("phone", sevenDigits, pattern, acceptPhone)),
  searchFor("phone", sevenDigits, afterCue, (match) => (isDateOrAmount(match[1] ?? "") ? null : endOf(match, match[1] ?? ""))),
];
