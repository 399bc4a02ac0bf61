// Shares of a class among many readings, corrected for how far the reader was off where the same comments had been labelled.
// For some classes, among them positive, negative and neutral feeling and three of the met needs, the corrected share is no nearer to the truth than the
// one as read: what is gained is the wide interval. Feelings are corrected one by one, so they need not add up to 100 %.

/** Comments of one source that the model had not seen: in how many a class is true, and in how many it was read. */
export type JudgedSource = { comments: number; truth: number; read: number };
/** 0-1, with a 95 % interval. */
export type CorrectedShare = { share: number; low: number; high: number };
export type ShareCorrector = (count: number, comments: number) => CorrectedShare;

/** From fewer sources nobody can tell how much they differ. */
const SOURCES_MIN = 5;
const Z = 1.959964;

/** Corrects by the mean distance between what is true and what was read in judged sources. The interval is where the truth of one more source
 *  is to be expected: it holds how much sources differ, how few were judged, and how few comments stand behind the share itself.
 *
 *  Distances are taken between arcsines of roots, where shares near 0 and in the middle spread alike. Not by a table of confusions (Rogan &
 *  Gladen 1978): that takes the errors of one source for those of the next. Tried on sources left out, it made shares worse than they were
 *  read, and its 95 % intervals held 44 % of them; bench/text/cards/shares.md tells how this does.
 *  @returns null when there are too few sources
 *  Source: prediction interval of one more group, Higgins, Thompson & Spiegelhalter, JRSS A 2009; arcsine: Freeman & Tukey 1950. */
export const openShareCorrector = (sources: readonly JudgedSource[]): ShareCorrector | null => {
  if (sources.length < SOURCES_MIN) return null;
  const distances = sources.map(({ comments, truth, read }) => angleOf(truth / comments) - angleOf(read / comments));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const variance = distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / (distances.length - 1);
  const width = quantileOfT(distances.length - 1);
  return (count, comments) => {
    if (comments === 0) return { share: 0, low: 0, high: 1 };
    const angle = angleOf(count / comments) + mean;
    const reach = width * Math.sqrt(variance * (1 + 1 / distances.length) + 1 / (4 * comments));
    return { share: shareAt(angle), low: shareAt(angle - reach), high: shareAt(angle + reach) };
  };
};

const angleOf = (share: number): number => Math.asin(Math.sqrt(share));
const shareAt = (angle: number): number => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2;

/** Of Student's t at 97.5 %, by degrees of freedom from 4 on: off by less than 0.01. Source: Cornish and Fisher's series, Abramowitz & Stegun 26.7.5. */
const quantileOfT = (freedom: number): number =>
  Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2) + (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * freedom ** 3);
