import type { Present } from "@firsthand/server/journeys/maps/presences.contract";

type Known = { present: readonly Present[]; failures: number };

/** As often as this in a row, and whoever was there may be gone long since. */
const FAILURES_MOST = 2;

export const nobodyKnown: Known = { present: [], failures: 0 };

/** Who is known to have a map open after asking once more.
 *  @param answer null when there was none */
export const afterAsking = (known: Known, answer: readonly Present[] | null): Known => {
  if (answer !== null) return { present: answer, failures: 0 };
  const failures = known.failures + 1;
  if (failures > FAILURES_MOST) return known;
  return { present: failures < FAILURES_MOST ? known.present : [], failures };
};
