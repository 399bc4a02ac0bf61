import type { Account } from "@firsthand/server/journeys/maps/accounts.contract";
import type { OverlayEntry } from "@firsthand/server/journeys/overlays/overlays.contract";

// More moments of one customer at one step are no cell that anybody reads.
const SHOWN = 4;

type Told = Pick<Account, "stepId" | "isOnTimeline" | "at">;

/** The latest moments of a customer at a step, in order of time, and how many there were before. A feeling that was told of the step is written
 *  there itself, before, during or after it: it stands on the timeline as well, but is no second moment. */
export const entriesAt = (entries: readonly OverlayEntry[], stepId: string, accounts: readonly Told[]): { shown: OverlayEntry[]; earlier: number } => {
  const told = new Set(accounts.filter((account) => account.isOnTimeline && account.stepId === stepId).map(({ at }) => Date.parse(at)));
  const here = entries.filter(({ stepIds, record, kind, at }) => stepIds.includes(stepId) && !(record === "perception" && kind === "emotion" && told.has(Date.parse(at))));
  return { shown: here.slice(-SHOWN), earlier: Math.max(0, here.length - SHOWN) };
};
