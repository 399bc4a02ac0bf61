import { dateFormat, locale, numberFormat } from "./locale.ts";
import { uiTexts } from "./ui.texts.ts";

const dayMs = 86_400_000;

export const formatDay = (at: Date, timeZone?: string): string =>
  dateFormat({ day: "numeric", month: "short", timeZone }).format(at);

export const formatDayAndTime = (at: Date, timeZone?: string): string =>
  dateFormat({ day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone }).format(at);

export const formatDayWithYear = (at: Date, timeZone?: string): string =>
  dateFormat({ day: "numeric", month: "short", year: "numeric", timeZone }).format(at);

export const formatMoment = (at: Date, timeZone?: string): string =>
  dateFormat({ dateStyle: "medium", timeStyle: "short", timeZone }).format(at);

/** "just now", "6 min", "3 hr", "2 days", and the date when that says more. */
export const relativeTo = (at: Date, nowMs: number): string => {
  const agoMs = nowMs - at.getTime();
  if (agoMs >= 30 * dayMs) return formatDayWithYear(at);
  if (agoMs < 60_000) return uiTexts.say("justNow");
  const ago = (value: number, unit: "minute" | "hour" | "day"): string =>
    numberFormat({ style: "unit", unit, unitDisplay: "short" }).format(Math.floor(value));
  if (agoMs < dayMs / 24) return ago(agoMs / 60_000, "minute");
  if (agoMs < dayMs) return ago(agoMs / (dayMs / 24), "hour");
  return ago(agoMs / dayMs, "day");
};

/** "6 min. ago" in a sentence; a date after a month. */
export const sayAgo = (at: Date, nowMs: number): string => {
  const agoMs = nowMs - at.getTime();
  if (agoMs < 60_000 || agoMs >= 30 * dayMs) return relativeTo(at, nowMs);
  const ago = (unitMs: number, unit: "minute" | "hour" | "day"): string => new Intl.RelativeTimeFormat(locale(), { style: "short" }).format(-Math.floor(agoMs / unitMs), unit);
  return agoMs < dayMs / 24 ? ago(60_000, "minute") : agoMs < dayMs ? ago(dayMs / 24, "hour") : ago(dayMs, "day");
};

/** "2026-11-21" of a moment in a time zone; the browser's own when none is given. */
export const isoDay = (at: Date, timeZone?: string): string =>
  dateFormat({ year: "numeric", month: "2-digit", day: "2-digit", timeZone }, "en-CA").format(at);

export const formatMonth = (at: Date, timeZone?: string): string =>
  dateFormat({ month: "short", year: "numeric", timeZone }).format(at);
