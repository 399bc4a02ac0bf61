/** How the times of a file are written. "dmy" and "mdy" also read a time of day, with or without AM and PM. "dmy_or_mdy" reads the day first and
 *  what cannot be read so, as 10/17/2021, with the month first: for files put together from several sources. */
export const timeFormats = ["iso", "compact", "dmy", "mdy", "dmy_or_mdy", "mdy_or_dmy", "written", "unix_seconds", "unix_milliseconds", "spreadsheet"] as const;
export type TimeFormat = (typeof timeFormats)[number];

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const clock = String.raw`(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?)?`;
const offset = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?`;
const iso = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?${clock}${offset}$`);
const numeric = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${clock}${offset}$`);
const dayFirst = new RegExp(String.raw`^(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})${clock}${offset}$`);
const monthFirst = new RegExp(String.raw`^(?:[A-Za-z]{2,9}\.?,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${clock}${offset}$`);
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$/;

/** The instant a text names.
 *  @param zone IANA name (or "UTC") that applies when the text itself names none
 *  @returns milliseconds since 1970; null when the text is no such time, for instance 31 February */
export const readTimeAs = (text: string, format: TimeFormat, zone: string): number | null => {
  const trimmed = text.trim();
  switch (format) {
    case "iso": {
      const found = iso.exec(trimmed);
      return found === null ? null : instant([found[1], found[2], found[3] ?? "1"], found.slice(4), zone);
    }
    case "dmy": {
      const found = numeric.exec(trimmed);
      return found === null ? null : instant([longYear(found[3]), found[2], found[1]], found.slice(4), zone);
    }
    case "mdy": {
      const found = numeric.exec(trimmed);
      return found === null ? null : instant([longYear(found[3]), found[1], found[2]], found.slice(4), zone);
    }
    case "dmy_or_mdy":
      return readTimeAs(trimmed, "dmy", zone) ?? readTimeAs(trimmed, "mdy", zone);
    case "mdy_or_dmy":
      return readTimeAs(trimmed, "mdy", zone) ?? readTimeAs(trimmed, "dmy", zone);
    case "written":
      return readWritten(trimmed, zone);
    case "compact": {
      const [, year, month, day, hour, minute, second, suffix] = compact.exec(trimmed) ?? [];
      return year === undefined ? null : instant([year, month, day], [hour, minute, second, undefined, undefined, suffix], zone);
    }
    case "unix_seconds":
      return readNumber(trimmed, 1_000, 0);
    case "unix_milliseconds":
      return readNumber(trimmed, 1, 0);
    case "spreadsheet": {
      const local = readNumber(trimmed, 86_400_000, Date.UTC(1899, 11, 30));
      return local === null ? null : local - zoneOffsetMs(zone, local);
    }
  }
};

/** In which order day and month of a text like 30/09/2021 stand. "either" are days that both orders read and read differently, as 03/04/2021.
 *  @returns null when the text is no such time, or is the same day both ways, as 05/05/2021 */
export const dateOrderOf = (text: string): "dayFirst" | "monthFirst" | "either" | null => {
  const dayFirst = readTimeAs(text, "dmy", "UTC");
  const monthFirst = readTimeAs(text, "mdy", "UTC");
  if (dayFirst === monthFirst) return null;
  if (monthFirst === null) return "dayFirst";
  return dayFirst === null ? "monthFirst" : "either";
};

/** Whether a format leaves open which of two numbers is the day. */
export const hasDateOrder = (format: TimeFormat): boolean => ["dmy", "mdy", "dmy_or_mdy", "mdy_or_dmy"].includes(format);

const readWritten = (text: string, zone: string): number | null => {
  const found = dayFirst.exec(text);
  if (found !== null) return instant([found[3], monthNumber(found[2]), found[1]], found.slice(4), zone);
  const other = monthFirst.exec(text);
  return other === null ? null : instant([other[3], monthNumber(other[1]), other[2]], other.slice(4), zone);
};

type Digits = string | undefined;

const instant = (date: readonly Digits[], rest: readonly Digits[], zone: string): number | null => {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = date.map(Number);
  const [hourText, minuteText, secondText, fraction, half, suffix] = rest;
  const hour = hourOf(Number(hourText ?? 0), half);
  const minute = Number(minuteText ?? 0);
  const second = Number(secondText ?? 0);
  if (hour === null || minute > 59 || second > 60) return null;
  const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1_000);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  if (Number.isNaN(local) || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day || month > 12 || month < 1) return null;
  const stated = offsetOf(suffix);
  return local - (stated ?? zoneOffsetMs(zone, local));
};

const hourOf = (hour: number, half: Digits): number | null => {
  if (half === undefined) return hour <= 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  const isAfternoon = /^p/i.test(half);
  return (hour % 12) + (isAfternoon ? 12 : 0);
};

const offsetOf = (suffix: Digits): number | null => {
  if (suffix === undefined) return null;
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(suffix);
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return (found[1] === "-" ? -minutes : minutes) * 60_000;
};

/** Two-digit years: 70 to 99 belong to the last century, as in POSIX. */
const longYear = (text: Digits): string => {
  if (text === undefined || text.length === 4) return text ?? "";
  return Number(text) >= 70 ? `19${text}` : `20${text}`;
};

const monthNumber = (name: Digits): string => {
  const start = (name ?? "").slice(0, 3).toLowerCase();
  // German and French month names that differ in their first three letters; the rest agrees with English.
  const known: Readonly<Record<string, string>> = { mär: "mar", mai: "may", okt: "oct", dez: "dec", fév: "feb", avr: "apr", aoû: "aug", déc: "dec" };
  return String(months.indexOf(known[start] ?? start) + 1);
};

const readNumber = (text: string, unitMs: number, epochMs: number): number | null => {
  if (!/^-?\d{1,16}([.,]\d+)?$/.test(text)) return null;
  return Math.round(Number(text.replace(",", ".")) * unitMs) + epochMs;
};

/** Whether this runtime knows the zone. */
export const isKnownZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const mostOffsets = 50_000;

/** How far a zone is ahead of UTC at a local time, in ms. Offsets are remembered by quarter hour, since asking costs microseconds
 *  and imports ask millions of times. Of an hour that a clock change repeats, the first is taken; an hour it leaves out is read as one later. */
const zoneOffsetMs = (zone: string, localMs: number): number => {
  if (zone === "UTC") return 0;
  const quarter = Math.floor(localMs / 900_000);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const local = quarter * 900_000;
  const before = offsetAt(zone, local - 86_400_000);
  const after = offsetAt(zone, local + 86_400_000);
  const found = offsetAt(zone, local - before) !== before && offsetAt(zone, local - after) === after ? after : before;
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, found);
  return found;
};

const offsetAt = (zone: string, utcMs: number): number => {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  formatters.set(zone, formatter);
  const parts = new Map(formatter.formatToParts(utcMs).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(utcMs / 1_000) * 1_000;
};

/** Which format reads nearly all given texts, so that one bad date does not hide a column of dates; null when none does.
 *  Where both day/month orders fit, as in 03/04/2024, the day comes first and `isAmbiguous` asks a person. */
export const guessTimeFormat = (texts: readonly string[]): { format: TimeFormat; isAmbiguous: boolean } | null => {
  const share = (format: TimeFormat): number =>
    texts.filter((text) => {
      const at = readTimeAs(text, format, "UTC");
      return at !== null && at >= earliestPlausible && at < latestPlausible;
    }).length / texts.length;
  if (texts.length === 0) return null;
  const dmy = share("dmy");
  const mdy = share("mdy");
  if (Math.max(dmy, mdy) >= enoughDates) return { format: dmy >= mdy ? "dmy" : "mdy", isAmbiguous: dmy === mdy };
  if (share("dmy_or_mdy") >= enoughDates) return { format: dmy >= mdy ? "dmy_or_mdy" : "mdy_or_dmy", isAmbiguous: false };
  const format = (["iso", "compact", "written", "unix_seconds", "unix_milliseconds"] as const).find((candidate) => share(candidate) >= enoughDates);
  return format === undefined ? null : { format, isAmbiguous: false };
};

const enoughDates = 0.8;

// Guesses are narrower than what is accepted: spreadsheets write times of day as 31 December 1899.
const earliestPlausible = Date.UTC(1970, 0, 2);
const latestPlausible = Date.UTC(2100, 0, 1);
