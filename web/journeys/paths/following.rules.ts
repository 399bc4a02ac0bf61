import type { CopyingReply } from "@firsthand/server/journeys/paths/paths.contract";

/** How far what came in is counted, by the answers so far. `most`: facts that waited last. `quiet`: answers in a row by which none did. */
export type Following = { isBehind: boolean; most: number; quiet: number };

// The server keeps an answer for a second: the first that nothing waits may be of before what just came.
const QUIET_ENOUGH = 2;

/** Something came in whose last rows may not be counted yet, however few they are. */
export const began = (before: Following | undefined): Following => ({ isBehind: before?.isBehind ?? false, most: Infinity, quiet: 0 });

/** Whether it is asked again until everything is counted. */
export const isFollowed = ({ quiet }: Following): boolean => quiet < QUIET_ENOUGH;

/** What an answer says after those before it. Once far behind, or after an import, nothing is whole before its last row is counted; where ever new facts
 *  keep coming in, which are followed at a small distance all the time, that is not waited for. */
export const followOn = (before: Following | undefined, { isBehind, waiting }: CopyingReply): Following => {
  if (isBehind) return { isBehind, most: waiting, quiet: 0 };
  if (before === undefined || !isFollowed(before) || waiting > before.most) return { isBehind: false, most: waiting, quiet: QUIET_ENOUGH };
  if (waiting > 0) return { isBehind: true, most: waiting, quiet: 0 };
  const quiet = before.quiet + 1;
  return { isBehind: before.isBehind && quiet < QUIET_ENOUGH, most: before.most, quiet };
};
