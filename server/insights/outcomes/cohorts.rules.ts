import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import type { CohortsReply } from "./outcomes.contract.ts";

type Count = { start: string; key: string; customers: number; amount: number | null };
type Cell = CohortsReply["cohorts"][number]["cells"][number];

const DAY_MS = 86_400_000;
const COHORTS_MAX = 60;
const CELLS_MAX = 60;

/** Weeks or months from one day a week or month starts on to another. */
export const stepsBetween = (bucket: "week" | "month", start: string, key: string): number => {
  if (bucket === "week") return Math.round((Date.parse(key) - Date.parse(start)) / (7 * DAY_MS));
  const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return monthOf(key) - monthOf(start);
};

/** The day on which the week or month so many after another one starts. */
export const stepFrom = (bucket: "week" | "month", start: string, number: number): string => {
  const at = new Date(start);
  return (bucket === "week" ? new Date(at.getTime() + number * 7 * DAY_MS) : new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + number, 1))).toISOString().slice(0, 10);
};

/** Retention of customers by when they first bought: the share who bought in each later week or month, with nothing said of times not watched to the end.
 *  @param lastDay the local day of the last fact; its week or month is partial unless it is the last day of it */
export const layOutCohorts = (counts: readonly Count[], bucket: "week" | "month", lastDay: string): Pick<CohortsReply, "cohorts" | "all"> => {
  const lastKey = bucketOf(bucket, lastDay);
  const isLastWhole = bucketOf(bucket, dayAfter(lastDay)) !== lastKey;
  const cohorts = [...Map.groupBy(counts, ({ start }) => start)].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-COHORTS_MAX).map(([start, own]) => {
    const byNumber = new Map(own.map((count) => [stepsBetween(bucket, start, count.key), count]));
    const size = byNumber.get(0)?.customers ?? 0;
    const last = Math.min(CELLS_MAX, stepsBetween(bucket, start, lastKey));
    return { start, size, cells: Array.from({ length: last + 1 }, (_, number): Cell => {
      const count = byNumber.get(number);
      return { number, active: count?.customers ?? 0, ...shareOf(count?.customers ?? 0, size), amount: count?.amount ?? null, isPartial: number === stepsBetween(bucket, start, lastKey) && !isLastWhole };
    }) };
  });
  return { cohorts, all: joinCohorts(cohorts) };
};

const joinCohorts = (cohorts: readonly { size: number; cells: readonly Cell[] }[]): CohortsReply["all"] => {
  const last = Math.max(-1, ...cohorts.map(({ cells }) => cells.length - 1));
  return Array.from({ length: last + 1 }, (_, number) => {
    const whole = cohorts.filter(({ cells }) => cells[number]?.isPartial === false);
    const size = whole.reduce((sum, cohort) => sum + cohort.size, 0);
    const active = whole.reduce((sum, { cells }) => sum + (cells[number]?.active ?? 0), 0);
    return { number, size, active, ...shareOf(active, size) };
  }).filter(({ size }) => size > 0);
};

const shareOf = (active: number, size: number): { share: number; low: number | null; high: number | null } => ({
  share: size === 0 ? 0 : active / size, ...(wilsonInterval(active, size) ?? { low: null, high: null }),
});

const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

// Weeks start on Monday, as everywhere in the product.
const bucketOf = (bucket: "week" | "month", day: string): string => {
  if (bucket === "month") return `${day.slice(0, 7)}-01`;
  const at = Date.parse(day);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
};
