const FREE_FAILURES = 5;
const WAIT_FIRST_SECONDS = 15;
const WAIT_MAX_SECONDS = 900;
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;

/** How long an address must wait before it may try to sign in again: nothing for the first mistakes, then twice as long each time,
 *  so that guessing costs days and mistyping costs nothing.
 *  @returns whole seconds from `nowMs`, 0 when a try is allowed */
export const signInWaitSeconds = (failures: { count: number; lastAtMs: number } | null, nowMs: number): number => {
  if (failures === null || failures.count < FREE_FAILURES || nowMs - failures.lastAtMs > FORGET_AFTER_MS) return 0;
  const wait = Math.min(WAIT_MAX_SECONDS, WAIT_FIRST_SECONDS * 2 ** (failures.count - FREE_FAILURES));
  return Math.max(0, Math.ceil((failures.lastAtMs - nowMs) / 1000 + wait));
};
