import { quietUntil } from "#customers";
import type { Drip, DistributionSchedule, DistributionSettings } from "./distributions.contract.ts";

type Hours = Drip["hours"];
const LATE_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** The first moment from `at` on that lies within the hours where the person lives. */
export const withinHours = (at: Date, zone: string, hours: Hours): Date =>
  quietUntil(at, zone, { from: hours.to, to: hours.from, days: DAYS.filter((day) => !hours.days.includes(day)), channels: [] }) ?? at;

/** The hours a distribution asks in; null when it asks at any time the contact policy allows. */
export const hoursOf = ({ drip, schedule }: Pick<DistributionSettings, "drip" | "schedule">): Hours | null =>
  drip?.hours ?? (schedule.kind === "triggered" ? schedule.businessHours : null);

/** When somebody who is due now is asked: now, or when the hours begin where the person lives. */
export const askedAt = (now: Date, zone: string, hours: Hours | null): Date => {
  if (hours === null) return now;
  // What was due just before the end is not put off to the next day by the minutes that sending takes.
  const since = new Date(now.getTime() - LATE_MS);
  return withinHours(since, zone, hours).getTime() === since.getTime() ? now : withinHours(now, zone, hours);
};

/** When the next wave of a schedule begins, after the one that began at `last`; null when there is no next. */
export const nextWave = (schedule: DistributionSchedule, last: Date, now: Date): Date | null => {
  if (schedule.kind !== "recurring") return null;
  const start = new Date(schedule.startsAt);
  for (let count = 1; count < 10_000; count += 1) {
    const next = addPeriods(start, schedule, count);
    // Waves missed while the server stood still are not made up for: people would be asked several times at once.
    if (next.getTime() > last.getTime() && next.getTime() > now.getTime()) return next;
  }
  return null;
};

const addPeriods = (start: Date, { every, unit }: Extract<DistributionSchedule, { kind: "recurring" }>, count: number): Date => {
  if (unit !== "month") return new Date(start.getTime() + count * every * (unit === "week" ? 7 : 1) * DAY_MS);
  const month = start.getUTCMonth() + count * every;
  // The 31st of a short month is its last day, not one in the month after.
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(start);
  moved.setUTCFullYear(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay));
  return moved;
};

/** Spreads people over the hours of working days, evenly and in the order they come in.
 *  @param given `people` in all, for a drip over so many days
 *  @returns when the person at a place (from 0) is asked, in the time zone of that person */
export const createDrip = (drip: Drip, given: { begins: Date; people: number }): ((place: number, zone: string) => Date) => {
  const perDay = drip.perDay ?? Math.max(1, Math.ceil(given.people / (drip.overDays ?? 1)));
  const days = new Map<string, { begins: number; ends: number }[]>();
  return (place, zone) => {
    const known = days.get(zone) ?? [];
    days.set(zone, known);
    const day = Math.floor(place / perDay);
    while (known.length <= day) {
      const from = known.at(-1)?.ends ?? given.begins.getTime();
      const begins = withinHours(new Date(from), zone, drip.hours);
      // Within the hours, the other way round: when what is now "loud" ends.
      const ends = quietUntil(begins, zone, { from: drip.hours.from, to: drip.hours.to, days: [], channels: [] }) ?? begins;
      known.push({ begins: begins.getTime(), ends: ends.getTime() });
    }
    const found = known[day] ?? { begins: given.begins.getTime(), ends: given.begins.getTime() };
    return new Date(found.begins + Math.floor(((place % perDay) / perDay) * (found.ends - found.begins)));
  };
};
