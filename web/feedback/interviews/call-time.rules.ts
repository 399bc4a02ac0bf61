const DAY_MS = 86_400_000;

/** A moment as the clock on the wall shows it somewhere.
 *  @param zone IANA name, such as Europe/Berlin
 *  @returns "2026-11-25T14:05", as fields for date and time take it */
export const localOf = (at: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
};

/** The moment at which a clock on a wall somewhere shows a time. Of a time that comes twice in autumn the first one; of one that never comes, the moment the clock skips to or after it.
 *  @param local "2026-11-25T14:05"
 *  @returns null when that is no time */
export const instantOf = (local: string, zone: string): Date | null => {
  const wallMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(wallMs)) return null;
  const [before, after] = [offsetMs(wallMs - DAY_MS, zone), offsetMs(wallMs + DAY_MS, zone)];
  const found = [wallMs - before, wallMs - after].find((ms) => ms + offsetMs(ms, zone) === wallMs);
  return new Date(found ?? wallMs - before);
};

/** A day later, or the same, at an hour of the place.
 *  @param hour "18:00" */
export const dayAt = (now: Date, zone: string, day: { later: number; hour: string }): string =>
  `${new Date(Date.parse(`${localOf(now, zone).slice(0, 10)}T00:00:00Z`) + day.later * DAY_MS).toISOString().slice(0, 10)}T${day.hour}`;

const offsetMs = (atMs: number, zone: string): number => {
  const wholeMinute = Math.floor(atMs / 60_000) * 60_000;
  return Date.parse(`${localOf(new Date(wholeMinute), zone)}:00Z`) - wholeMinute;
};
