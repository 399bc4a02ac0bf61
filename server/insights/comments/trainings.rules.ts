/** What was measured of a training on lessons kept aside. */
export type Measured = { before: number; after: number; better: number; worse: number };

/** One training in twenty that is no better would pass. */
const CHANCE_MAX = 0.05;

/** Whether a training reads lessons that it was learnt without better than what is in use, by more than chance explains: were it no better, those that
 *  it reads differently would be read better as often as worse (exact sign test, one-sided; Dixon and Mood 1946). */
export const isBetterThanInUse = ({ before, after, better, worse }: Measured): boolean => after > before && chanceOfAtLeast(better, better + worse) <= CHANCE_MAX;

/** Chance of at least so many heads among so many tosses of a fair coin. */
export const chanceOfAtLeast = (heads: number, tosses: number): number => {
  let [logTerm, sum] = [-tosses * Math.LN2, 0];
  for (let count = 0; count <= tosses; count++) {
    if (count >= heads) sum += Math.exp(logTerm);
    logTerm += Math.log((tosses - count) / (count + 1));
  }
  return Math.min(1, sum);
};

/** So many comments are read anew in seconds, as often as something is learnt. */
export const FEW_COMMENTS = 20_000;
const DAY_MS = 86_400_000;

/** How long to wait before learning again. What is learnt and helps has all comments read anew: where there are many, once a day at most.
 *  @param lastUsedAt when something learnt was last put to use; null: never
 *  @returns milliseconds; 0: at once */
export const waitBeforeLearning = ({ lastUsedAt, comments, now }: { lastUsedAt: Date | null; comments: number; now: Date }): number =>
  lastUsedAt === null || comments <= FEW_COMMENTS ? 0 : Math.max(0, lastUsedAt.getTime() + DAY_MS - now.getTime());
