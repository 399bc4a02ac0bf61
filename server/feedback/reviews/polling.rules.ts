const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Mentions want an answer the same hour; review sites change a few times a day. */
const INTERVAL_MS = { social: 15 * MINUTE_MS, review: 60 * MINUTE_MS };
const FIRST_PAUSE_MS = 5 * MINUTE_MS;

/** When a source is asked again. After failures the pause doubles from five minutes to a day; a wish of the source is kept.
 *  @param asked `retryAfterMs` is what the source demanded; null when it said nothing
 *  @returns the moment, in milliseconds since 1970 */
export const nextPollAt = (asked: { nowMs: number; channel: "social" | "review"; failures: number; retryAfterMs: number | null }): number => {
  const pause = asked.failures === 0 ? INTERVAL_MS[asked.channel] : Math.min(DAY_MS, FIRST_PAUSE_MS * 2 ** Math.min(asked.failures - 1, 20));
  return asked.nowMs + Math.min(DAY_MS, Math.max(pause, asked.retryAfterMs ?? 0));
};

/** Reads the header Retry-After, in seconds or as a date.
 *  @returns milliseconds from now; null when there is none or it cannot be read */
export const retryAfterMs = (header: string | undefined, nowMs: number): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,7}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
};

/** How far a source was read: `unreadFrom` is the address to go on at; without one and not read to the end, reading begins anew. */
export type Progress = { isReadToEnd: boolean; unreadFrom: string | null };

/** How a walk through pages ended: at the last one, at one with nothing new, at as many as one poll may, or by a failure; `at` is the address of the
 *  first page not read. `isLost`: that address is good for nothing any more. */
export type Walk = { pages: number; newCount: number; end: "end" | "known" | "limit" | "failure"; at: string | null; isLost: boolean };

const FRUITLESS_PAGES = 10;

/** How far a source is read after a walk.
 *  @param before what held for everything older than the pages walked
 *  @param channel of mentions only the newest pages are wanted: who wrote the others waits for no answer any more */
export const progressAfter = (before: Progress, walk: Walk, channel: "social" | "review"): Progress => {
  const isDone = walk.end === "end" || (walk.end === "known" && before.isReadToEnd) || (walk.end === "limit" && channel === "social");
  if (isDone) return { isReadToEnd: true, unreadFrom: null };
  // Two gaps cannot be remembered: with one left from before, all is read once more.
  return { isReadToEnd: false, unreadFrom: before.unreadFrom === null && !walk.isLost ? walk.at : null };
};

/** The same for a walk on from where an earlier reading broke off. Page after page without anything new: the rest is here, or the source goes in circles. */
export const progressAfterOlder = (walk: Walk, channel: "social" | "review"): Progress =>
  progressAfter({ isReadToEnd: false, unreadFrom: null }, walk.newCount === 0 && walk.pages >= FRUITLESS_PAGES ? { ...walk, end: "end" } : walk, channel);

/** What went wrong, from the answer of a source, in a sentence for members. */
export const refusalText = (host: string, status: number): string => {
  if (status === 401 || status === 403) return `${host} refuses the access (${status}). Check the token or password and what it is allowed.`;
  if (status === 404 || status === 410) return `${host} knows no such address (${status}). Check what you typed in.`;
  if (status === 429) return `${host} asks us to wait (429).`;
  return status >= 500 ? `${host} has a fault of its own (${status}).` : `${host} refused the request (${status}).`;
};

/** Whether trying the same again later can help. */
export const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;
