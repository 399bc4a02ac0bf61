const usualDays = [14, 30, 60, 90, 120, 180, 365];

/** Days of silence after which a customer counts as gone: nine of ten gaps between purchases are shorter, rounded up to a usual number,
 *  but no more than a quarter of what was observed, so that feelings can come before and outcomes after.
 *  @param gapDays the nine-tenths point of gaps between purchases of one customer; null without any
 *  @param observedDays from the first fact to the last */
export const guessDays = (gapDays: number | null, observedDays: number): number => {
  const wanted = gapDays === null ? 90 : (usualDays.find((days) => days >= gapDays) ?? 365);
  return Math.min(wanted, usualDays.findLast((days) => days <= observedDays / 4) ?? 14);
};
