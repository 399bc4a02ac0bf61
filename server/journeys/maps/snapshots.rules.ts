/** Which snapshots of a map are too many: one after the other the one whose neighbours lie closest together, of these the oldest. The newest stays.
 *  @param revisions of which snapshots are kept, rising; not mutated
 *  @returns the revisions to delete, none while there are at most so many */
export const spareSnapshots = (revisions: readonly number[], most: number): number[] => {
  const kept = [...revisions];
  const spare: number[] = [];
  while (kept.length > Math.max(1, most)) spare.push(...kept.splice(closestIn(kept), 1));
  return spare;
};

const closestIn = (kept: readonly number[]): number => {
  const spans = kept.slice(0, -1).map((_, place) => (kept[place + 1] ?? 0) - (kept[place - 1] ?? 0));
  return spans.indexOf(Math.min(...spans));
};
