import type { Random } from "./demo-random.rules.ts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** How busy a place is: by month (January first), weekday (Sunday first) and hour of the local day. */
export type Rhythm = { months: readonly number[]; weekdays: readonly number[]; hours: readonly number[] };

// Retail has its peak around Black Friday and Christmas, a January sale and a quiet July.
const retailMonths = [1.05, 0.8, 0.85, 0.9, 0.95, 0.9, 0.75, 0.9, 0.95, 1, 1.45, 1.5];
const evenMonths = Array.from({ length: 12 }, () => 1);

export const onlineRhythm: Rhythm = {
  months: retailMonths,
  weekdays: [1.25, 1.15, 1, 0.95, 0.95, 0.85, 0.85],
  hours: [1, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5, 4, 3, 4, 4, 5, 6, 8, 10, 10, 7, 3],
};
export const shopRhythm: Rhythm = {
  months: retailMonths,
  weekdays: [0, 0.8, 0.8, 0.85, 1, 1.3, 1.9],
  hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 6, 6, 6, 6, 7, 8, 5, 2, 0, 0, 0, 0],
};
export const officeRhythm: Rhythm = {
  months: evenMonths,
  weekdays: [0, 1.5, 1.2, 1.05, 1, 0.95, 0.3],
  hours: [0, 0, 0, 0, 0, 0, 0, 1, 7, 9, 9, 8, 6, 6, 7, 7, 6, 4, 2, 1, 0, 0, 0, 0],
};
export const courierRhythm: Rhythm = {
  months: evenMonths,
  weekdays: [0, 1, 1, 1, 1, 1, 0.4],
  hours: [0, 0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 6, 5, 5, 6, 7, 8, 7, 6, 4, 2, 0, 0, 0],
};

// The company lives one hour east of Greenwich; daylight saving moves its evenings by an hour, which no reader notices.
const localOffsetMs = hourMs;

/** An instant between two others (half open), busier where the rhythm is busier.
 *  Gives up after 40 draws and takes the last one, so a span of closed days still gives an instant. */
export const drawInstant = (random: Random, rhythm: Rhythm, from: number, to: number): number => {
  const top = Math.max(...rhythm.months) * Math.max(...rhythm.weekdays);
  let at = from;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    at = drawHour(random, rhythm, random.between(from, to));
    if (at < from || at >= to) at = random.between(from, to);
    else if (random.chance(busyness(rhythm, at) / top)) return Math.floor(at);
  }
  return Math.floor(at);
};

/** The next instant, at or after `from`, at which the place is open; looks at most ten days ahead. */
export const nextOpening = (random: Random, rhythm: Rhythm, from: number): number => {
  for (let day = 0; day < 10; day += 1) {
    const at = drawHour(random, rhythm, from + day * dayMs);
    if (at >= from && busyness(rhythm, at) > 0) return Math.floor(at);
  }
  return from;
};

/** Noon UTC of the day that lies so many days later: dates promised to customers have no finer grain. */
export const noonAfter = (at: number, days: number): number => Math.floor(at / dayMs + days) * dayMs + dayMs / 2;

export const isoText = (at: number): string => new Date(at).toISOString();
export const dateText = (at: number): string => isoText(at).slice(0, 10);

const busyness = (rhythm: Rhythm, at: number): number => {
  const local = new Date(at + localOffsetMs);
  return (rhythm.months[local.getUTCMonth()] ?? 1) * (rhythm.weekdays[local.getUTCDay()] ?? 1);
};

const drawHour = (random: Random, rhythm: Rhythm, at: number): number => {
  const midnight = Math.floor((at + localOffsetMs) / dayMs) * dayMs - localOffsetMs;
  const hour = random.weighted(rhythm.hours.map((weight, index) => [index, weight] as const));
  return midnight + (hour + random.next()) * hourMs;
};
