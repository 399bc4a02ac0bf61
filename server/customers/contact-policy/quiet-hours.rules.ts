import type { QuietHours } from "./policy.contract.ts";

/** When quiet ends, if it is quiet at `at` where the customer lives.
 *  @param zone IANA name of the customer's time zone
 *  @returns null when it is not quiet. A time that the clock skips in spring counts as the moment it skips to. */
export const quietUntil = (at: Date, zone: string, quiet: QuietHours): Date | null => {
  const here = localTime(at, zone);
  if (!isQuiet(here, quiet)) return null;
  const start = Date.UTC(here.year, here.month - 1, here.day);
  // At most six days of a week are quiet, so the eighth day at the latest has an end.
  for (let day = 0; day <= 8; day += 1) {
    for (const minute of [0, minuteOf(quiet.to)]) {
      const end = instantOf(start + day * DAY_MS + minute * 60_000, zone);
      if (end.getTime() > at.getTime() && !isQuiet(localTime(end, zone), quiet)) return end;
    }
  }
  return null;
};

type LocalTime = { year: number; month: number; day: number; weekday: number; minute: number };

const DAY_MS = 86_400_000;

const isQuiet = (time: LocalTime, quiet: QuietHours): boolean => {
  if (quiet.days.includes(time.weekday)) return true;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  return from <= to ? time.minute >= from && time.minute < to : time.minute >= from || time.minute < to;
};

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

const localTime = (at: Date, zone: string): LocalTime => {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), zone));
  return {
    year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
};

/** @param localMs the time on the wall, read as if it were UTC */
const instantOf = (localMs: number, zone: string): Date => {
  const [before, after] = [offsetMs(localMs - DAY_MS, zone), offsetMs(localMs + DAY_MS, zone)];
  // Of a time that comes twice in autumn the first one counts; of one that never comes, the moment the clock skips to or after it.
  return new Date(offsetMs(localMs - before, zone) === before ? localMs - before : offsetMs(localMs - after, zone) === after ? localMs - after : localMs - before);
};

const offsetMs = (utcMs: number, zone: string): number => {
  const hour = Math.floor(utcMs / 900_000);
  const key = `${zone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const found = readOffset(hour * 900_000, zone);
  if (offsets.size >= OFFSETS_MAX) offsets.clear();
  offsets.set(key, found);
  return found;
};

// Asking the runtime costs microseconds, and a replay asks a million times.
const OFFSETS_MAX = 20_000;
const offsets = new Map<string, number>();
const formatters = new Map<string, Intl.DateTimeFormat>();

const readOffset = (utcMs: number, zone: string): number => {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  formatters.set(zone, formatter);
  const parts = new Map(formatter.formatToParts(utcMs).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - utcMs;
};
