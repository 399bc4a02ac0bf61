import { formatDay, formatDayWithYear, formatMonth, isoDay } from "./dates.ts";
import { uiTexts } from "./ui.texts.ts";

export const presets = ["7d", "30d", "90d", "12m", "all"] as const;
export type Preset = (typeof presets)[number];

/** Whole days, half open: `from` belongs to the period, `to` does not. */
export type Period = { preset: Preset | "own"; from: string; to: string };
type PeriodSearch = { period?: string | undefined; from?: string | undefined; to?: string | undefined };

const days: Record<Preset, number> = { "7d": 7, "30d": 30, "90d": 90, "12m": 365, all: 365 * 40 };
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** The period an address asks for: `?period=30d` or `?from=2026-05-01&to=2026-06-01`.
 *  @param today "2026-11-21"; it belongs to the period */
export const readPeriod = (search: PeriodSearch, today: string = isoDay(new Date()), usual: Preset = "90d"): Period => {
  const { from = "", to = "" } = search;
  if (dayPattern.test(from) && dayPattern.test(to) && from < to) return { preset: "own", from, to };
  const preset = presets.find((known) => known === search.period) ?? usual;
  const end = addDays(today, 1);
  return { preset, from: addDays(end, -days[preset]), to: end };
};

/** The last month, quarter and year that are over: what reports are made of, and compared with the one before.
 *  @param today "2026-11-21" */
export const wholeSpans = (today: string = isoDay(new Date())): { name: "lastMonth" | "lastQuarter" | "lastYear"; from: string; to: string }[] => {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  return [
    { name: "lastMonth", from: firstOf(year, month - 1), to: firstOf(year, month) },
    { name: "lastQuarter", from: firstOf(year, quarter - 3), to: firstOf(year, quarter) },
    { name: "lastYear", from: firstOf(year - 1, 1), to: firstOf(year, 1) },
  ];
};

// A month of 0 or less is one of the year before.
const firstOf = (year: number, month: number): string => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** "Last 30 days", "2018", "May 2018", or "23 Oct – 21 Nov" for an own period (its last day is named, not the day after). */
export const describePeriod = (period: Period): string => {
  if (period.preset !== "own") return presetLabel(period.preset);
  const whole = wholeYearOrMonth(period);
  if (whole !== null) return whole;
  const first = new Date(`${period.from}T00:00:00Z`);
  const last = new Date(`${addDays(period.to, -1)}T00:00:00Z`);
  const isOneYear = period.from.slice(0, 4) === period.to.slice(0, 4) && first.getUTCFullYear() === new Date().getUTCFullYear();
  const format = isOneYear ? formatDay : formatDayWithYear;
  return `${format(first, "UTC")} – ${format(last, "UTC")}`;
};

const wholeYearOrMonth = ({ from, to }: Period): string | null => {
  const [year = "", month = "", day] = from.split("-");
  if (day !== "01") return null;
  if (month === "01" && to === `${Number(year) + 1}-01-01`) return year;
  const next = month === "12" ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, "0")}-01`;
  return to === next ? formatMonth(new Date(`${from}T00:00:00Z`), "UTC") : null;
};

export const presetLabel = (preset: Preset): string => {
  const labels = { "7d": "days7", "30d": "days30", "90d": "days90", "12m": "months12", all: "allTime" } as const;
  return uiTexts.say(labels[preset]);
};
