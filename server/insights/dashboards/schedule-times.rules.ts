import type { SendingTime } from "./schedules.contract.ts";

const quarterMs = 15 * 60_000;
/** The longest wait is from one month to the next; a month more where the hour of that day fell out by a change of the clock. */
const longestMs = 63 * 86_400_000;

/** When a schedule is due next by the clock of a place.
 *  @returns the first such moment after `afterMs`; a day on which the hour is left out, because the clock is put forward, is passed over */
export const nextTime = (time: SendingTime, afterMs: number, timeZone: string): Date => {
  const read = createClock(timeZone);
  let ms = Math.floor(afterMs / quarterMs) * quarterMs + quarterMs;
  while (ms <= afterMs + longestMs) {
    const local = read(ms);
    if (isDue(time, local)) return new Date(ms);
    ms += quartersOn(time, local) * quarterMs;
  }
  throw new Error(`No time fits ${JSON.stringify(time)}.`);
};

/** Clocks differ from UTC by whole quarters of an hour: from a full hour on it goes from hour to hour, until one is put forward or back by a part of an hour. */
const quartersOn = (time: SendingTime, local: Local): number => {
  if (local.minute !== 0) return 1;
  // A day of another number holds nothing: on to its last hour but one, since it may be an hour shorter.
  return (isDay(time, local) ? 1 : Math.max(1, 22 - local.hour)) * 4;
};

type Local = { minute: number; hour: number; day: number; weekday: number };

const isDue = (time: SendingTime, local: Local): boolean => local.minute === 0 && local.hour === time.hour && isDay(time, local);

const isDay = ({ rhythm, weekday, monthDay }: SendingTime, local: Local): boolean => {
  switch (rhythm) {
    case "daily":
      return true;
    case "weekly":
      return local.weekday === (weekday ?? 1);
    case "monthly":
      return local.day === (monthDay ?? 1);
  }
};

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const createClock = (timeZone: string): ((ms: number) => Local) => {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", weekday: "short", day: "numeric", hour: "numeric", minute: "numeric" });
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return { minute: Number(parts.get("minute")), hour: Number(parts.get("hour")), day: Number(parts.get("day")), weekday: weekdays.indexOf(parts.get("weekday") ?? "") + 1 };
  };
};
