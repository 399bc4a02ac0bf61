/** Puts a score on the common scale of feelings.
 *  @returns -1 (worst) to 1 (best); null when there is no score or no scale. Scales run low = bad; the sender turns others round. */
export const normaliseScore = (value: number | null, scaleMin: number | null, scaleMax: number | null): number | null => {
  if (value === null || scaleMin === null || scaleMax === null || scaleMax <= scaleMin) return null;
  return Math.max(-1, Math.min(1, (2 * (value - scaleMin)) / (scaleMax - scaleMin) - 1));
};
