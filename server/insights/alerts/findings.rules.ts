/** 1: more or higher than usual, -1: less or lower. */
export type Sign = 1 | -1;

/** What a look may use. Days and hours are counted from 1 January 1970. */
export type Scene = {
  /** Windows begin here or later: what an earlier alert told is not told again. */
  notBefore: number;
  /** What is no sign of what is usual: times in which something was known to be wrong. */
  isLeftOut: (step: number) => boolean;
};

/** A stretch of days or hours against what was usual before it. `difference` is value minus expected, with its 95 % interval; `statistic` says how
 *  much better "it changed" explains it than "nothing changed" (log of the likelihood ratio). */
export type Finding = {
  from: number;
  end: number;
  count: number;
  countBefore: number;
  value: number;
  expected: number;
  difference: number;
  low: number;
  high: number;
  statistic: number;
};
