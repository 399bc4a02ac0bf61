/** A time as a field of the browser wants it: the member's own clock, to the minute.
 *  @returns "" for no time */
export const localTime = (at: string | null): string => {
  if (at === null) return "";
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** What was chosen there; null for an empty field. */
export const timeFrom = (typed: string): string | null => {
  const time = new Date(typed);
  return typed === "" || Number.isNaN(time.getTime()) ? null : time.toISOString();
};
