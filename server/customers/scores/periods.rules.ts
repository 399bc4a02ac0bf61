import type { BucketName } from "./scores.contract.ts";

/** A half-open range of instants in milliseconds: from <= at < to. */
export type Period = { fromMs: number; toMs: number };

/** A bucket of a trend, cut off at the ends of its period; `key` is the local day it starts on. */
export type Bucket = Period & { key: string };

/** From `fromMs` on (until the next piece) local time is UTC plus so many seconds. */
export type OffsetPiece = { fromMs: number; offsetSeconds: number };

const dayMs = 86_400_000;
const usualDays = 90;

export const longestPeriodMs = 100 * 366 * dayMs;
export const bucketsMax = 1_200;

/** The range a request means.
 *  @param given days (`2026-05-01`, local) or instants; without `to` now, without `from` 90 days
 *  @returns null when the range is empty */
export const readPeriod = (given: { from?: string | undefined; to?: string | undefined }, timeZone: string, nowMs: number): Period | null => {
  const toMs = given.to === undefined ? nowMs : instantOf(given.to, timeZone);
  const fromMs = given.from === undefined ? toMs - usualDays * dayMs : instantOf(given.from, timeZone);
  return fromMs < toMs ? { fromMs, toMs } : null;
};

/** The range of the same length just before. A range of whole calendar years or months goes back by as many of them,
 *  so that 2018 is compared with 2017 and May with April. */
export const previousPeriod = (period: Period, timeZone: string): Period => {
  const [start, end] = [localDay(period.fromMs, timeZone), localDay(period.toMs, timeZone)];
  const isWholeDays = startOfDay(start, timeZone) === period.fromMs && startOfDay(end, timeZone) === period.toMs;
  if (isWholeDays && start.endsWith("-01") && end.endsWith("-01")) {
    const months = monthNumber(end) - monthNumber(start);
    return { fromMs: startOfDay(firstOfMonth(monthNumber(start) - months), timeZone), toMs: period.fromMs };
  }
  if (!isWholeDays) return { fromMs: period.fromMs - (period.toMs - period.fromMs), toMs: period.fromMs };
  // Counted in local days: between them a clock change may make a day an hour longer.
  const days = Math.round((Date.parse(end) - Date.parse(start)) / dayMs);
  return { fromMs: startOfDay(addDays(start, -days), timeZone), toMs: period.fromMs };
};

/** Days for up to 35 days, weeks for up to 400, else months: a line of ten to sixty points. */
export const usualBucket = ({ fromMs, toMs }: Period): BucketName => {
  const days = (toMs - fromMs) / dayMs;
  if (days <= 35) return "day";
  return days <= 400 ? "week" : "month";
};

/** Every bucket of a period in order; weeks start on Monday.
 *  @returns null when there would be more than 1,200 */
export const listBuckets = (period: Period, unit: BucketName, timeZone: string): Bucket[] | null => {
  const shortestMs = { day: dayMs, week: 7 * dayMs, month: 28 * dayMs }[unit];
  if ((period.toMs - period.fromMs) / shortestMs > bucketsMax) return null;
  const buckets: Bucket[] = [];
  let key = floorDay(localDay(period.fromMs, timeZone), unit);
  for (let startMs = startOfDay(key, timeZone); startMs < period.toMs; ) {
    const nextKey = nextDay(key, unit);
    const endMs = startOfDay(nextKey, timeZone);
    buckets.push({ key, fromMs: Math.max(startMs, period.fromMs), toMs: Math.min(endMs, period.toMs) });
    key = nextKey;
    startMs = endMs;
  }
  return buckets;
};

/** The stretches of a period in which the clock keeps one distance from UTC, so that a database can tell local days
 *  without knowing time zones. */
export const listOffsets = ({ fromMs, toMs }: Period, timeZone: string): OffsetPiece[] => {
  const pieces: OffsetPiece[] = [{ fromMs, offsetSeconds: offsetAt(fromMs, timeZone) }];
  const stepMs = 21 * dayMs;
  for (let ms = fromMs; ms < toMs; ms += stepMs) {
    const end = Math.min(ms + stepMs, toMs);
    const offsetSeconds = offsetAt(end, timeZone);
    if (offsetSeconds !== offsetAt(ms, timeZone)) pieces.push({ fromMs: findChange(ms, end, timeZone), offsetSeconds });
  }
  return pieces;
};

/** The instant of a day's start in the zone, or of a time written with its offset. */
const instantOf = (text: string, timeZone: string): number => (text.length === 10 ? startOfDay(text, timeZone) : Date.parse(text));

const startOfDay = (day: string, timeZone: string): number => {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`);
  const [before, after] = [offsetAt(asIfUtc - dayMs, timeZone), offsetAt(asIfUtc + dayMs, timeZone)];
  // The earlier offset first: where the clock goes back to midnight, the day starts at the first of the two.
  for (const offset of [before, after]) {
    const start = asIfUtc - offset * 1000;
    if (offsetAt(start, timeZone) === offset) return start;
  }
  // Where the clock jumps over midnight the day starts at the jump.
  return findChange(asIfUtc - after * 1000, asIfUtc - before * 1000, timeZone);
};

const findChange = (fromMs: number, toMs: number, timeZone: string): number => {
  const before = offsetAt(fromMs, timeZone);
  let [low, high] = [fromMs, toMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
};

const formats = new Map<string, Intl.DateTimeFormat>();

const localParts = (ms: number, timeZone: string): Record<string, string> => {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // Making a format costs a hundred times more than using one; there are some four hundred zones.
    format = new Intl.DateTimeFormat("en-US", {
      timeZone, calendar: "iso8601", numberingSystem: "latn", hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
};

const offsetAt = (ms: number, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = localParts(ms, timeZone);
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 1000);
};

/** The day it is somewhere at an instant. */
export const localDay = (ms: number, timeZone: string): string => dayText(ms + offsetAt(ms, timeZone) * 1000);

/** The days a period touches in the zone: `from` is the first of them, `to` the one after the last. */
export const localDays = ({ fromMs, toMs }: Period, timeZone: string): { from: string; to: string } => ({ from: localDay(fromMs, timeZone), to: addDays(localDay(toMs - 1, timeZone), 1) });

const floorDay = (day: string, unit: BucketName): string => {
  switch (unit) {
    case "day":
      return day;
    case "week":
      return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    case "month":
      return firstOfMonth(monthNumber(day));
  }
};

const nextDay = (day: string, unit: BucketName): string => {
  switch (unit) {
    case "day":
      return addDays(day, 1);
    case "week":
      return addDays(day, 7);
    case "month":
      return firstOfMonth(monthNumber(day) + 1);
  }
};

const addDays = (day: string, days: number): string => dayText(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstOfMonth = (month: number): string => dayText(Date.UTC(Math.floor(month / 12), month % 12, 1));
