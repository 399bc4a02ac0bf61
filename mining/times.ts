// Reads dates and times as logs write them, without the habits of a browser: no guess, no local zone.

const DAY_MS = 86_400_000;
// Beyond these, Date itself cannot write a time.
const TIME_MAX = 8.64e15;

/** @param zone minutes that a time without an offset is ahead of UTC
 *  @returns milliseconds since 1970 in UTC, with fractions as written; null when it is no time.
 *  Understands ISO 8601 (also with a blank, slashes or without seconds), 31.12.2024 with dots, and seconds, milliseconds or microseconds since 1970. */
export const readTime = (text: string, zone = 0): number | null => {
  const written = readFast(text) ?? readIso(text.trim(), zone) ?? readDotted(text.trim(), zone) ?? readEpoch(text.trim());
  return written !== null && Math.abs(written) <= TIME_MAX ? written : null;
};

/** The form of nearly every log, 2011-04-13T14:02:31.199+02:00: read by place, since a pattern takes five times as long. */
const readFast = (text: string): number | null => {
  if (text.length !== 29 || text.charCodeAt(10) !== 84 || text.charCodeAt(19) !== 46) return null;
  const sign = text.charCodeAt(23);
  if ((sign !== 43 && sign !== 45) || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58 || text.charCodeAt(26) !== 58) return null;
  const year = 100 * pair(text, 0) + pair(text, 2);
  const fraction = 10 * pair(text, 20) + pair(text, 21) % 10;
  const offset = (sign === 43 ? 1 : -1) * (60 * pair(text, 24) + pair(text, 27));
  const time = timeOf({ year, month: pair(text, 5), day: pair(text, 8), hour: pair(text, 11), minute: pair(text, 14), second: pair(text, 17) }, fraction, offset);
  return time !== null && Number.isFinite(time) ? time : null;
};

/** @returns the number of two digits, far below zero or above 99 when one is none */
const pair = (text: string, at: number): number => {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : 10 * tens + ones;
};

const clock = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`;
const iso = new RegExp(String.raw`^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})${clock}$`, "iu");
const dotted = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${clock}$`, "iu");

const readIso = (text: string, zone: number): number | null => {
  const found = iso.exec(text);
  // Eight digits alone are a date; five to seven or nine and more are a number.
  if (found === null || (found[2] === "" && !/^\d{8}(?:\D|$)/u.test(text))) return null;
  return readClock({ year: found[1], month: found[3], day: found[4] }, found.slice(5), zone);
};

const readDotted = (text: string, zone: number): number | null => {
  const found = dotted.exec(text);
  return found === null ? null : readClock({ year: found[3], month: found[2], day: found[1] }, found.slice(4), zone);
};

type DateTexts = { year: string | undefined; month: string | undefined; day: string | undefined };

const readClock = ({ year, month, day }: DateTexts, [hour, minute, second, fraction, offset]: (string | undefined)[], zone: number): number | null => {
  const parts = { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  return timeOf(parts, fraction === undefined ? 0 : Number(`0.${fraction}`) * 1_000, offset === undefined ? zone : readOffset(offset));
};

const readOffset = (text: string): number => {
  const found = /^([+-])(\d{2}):?(\d{2})?$/u.exec(text);
  if (found === null) return 0;
  return (found[1] === "-" ? -1 : 1) * (60 * Number(found[2]) + Number(found[3] ?? 0));
};

type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const timeOf = ({ year, month, day, hour, minute, second }: Parts, fractionMs: number, offset: number): number | null => {
  // A sixtieth second is a leap second; 24:00 ends a day. Both are written by real systems.
  const isWithin = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour <= 24 && minute <= 59 && second <= 60 && Math.abs(offset) <= 18 * 60;
  if (!isWithin || (hour === 24 && minute + second + fractionMs > 0)) return null;
  return dayNumber(year, month, day) * DAY_MS + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + fractionMs;
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysOf = (year: number, month: number): number => (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);

/** Days since 1970-01-01. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013. */
const dayNumber = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** Seconds, milliseconds or microseconds by their size: seconds reach the year 5138 before milliseconds begin in 1973. */
const readEpoch = (text: string): number | null => {
  if (!/^\d{9,17}(?:\.\d{1,9})?$/u.test(text)) return null;
  const value = Number(text);
  return value < 1e11 ? value * 1_000 : value < 1e14 ? value : value / 1_000;
};
