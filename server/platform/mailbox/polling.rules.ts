const MINUTE_MS = 60_000;
const PAUSE_MS_MAX = 30 * MINUTE_MS;
/** The clock that starts polls ticks once a minute: a time just past the tick would wait for the next one. */
const TICK_SLACK_MS = 5_000;

/** When a mailbox is read next: as often as was set, and after failures with longer and longer pauses. */
export const nextPollAt = (given: { now: Date; everyMinutes: number; failures: number; isMore: boolean }): Date => {
  if (given.isMore) return given.now;
  const usual = given.everyMinutes * MINUTE_MS;
  const pause = given.failures === 0 ? usual : Math.max(usual, Math.min(PAUSE_MS_MAX, MINUTE_MS * 2 ** (given.failures - 1)));
  return new Date(given.now.getTime() + pause - TICK_SLACK_MS);
};

/** Whether a question to the database failed for no fault of the mail, by the class of the code (PostgreSQL, appendix A): 22, 23 and 42 are about
 *  what was asked; everything else (the line, a deadlock, a shutdown, no code at all) passes, and the mail is read again later. */
export const isPassing = (code: string | null): boolean => code === null || !/^(22|23|42)/.test(code);
