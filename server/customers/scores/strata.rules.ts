import type { Moments } from "./weighting.rules.ts";

/** One part of a population that was sampled by itself.
 *  @property population how many there are in it, answered or not
 *  @property moments of its answers, every one of weight 1 */
export type Stratum = { population: number; moments: Moments };

/** Mean over a population that was sampled stratum by stratum, each stratum by its true size, and its standard error with the finite population
 *  correction: who was asked of few leaves little unknown, and nothing where everybody answered.
 *  @returns null without answers in every stratum or where fewer exist than answered; a null error where one answer alone stands for more than itself
 *  Source: Cochran, Sampling Techniques 1977, 5.1 and 5.6; the figures of R survey for its stratified sample of schools. */
export const estimateStrata = (strata: readonly Stratum[]): { mean: number; standardError: number | null; effectiveCount: number; designEffect: number } | null => {
  if (strata.length === 0 || strata.some(({ population, moments: { count } }) => count === 0 || !(population >= count))) return null;
  const total = strata.reduce((sum, { population }) => sum + population, 0);
  const parts = strata.map((stratum) => partOf(stratum, total));
  const count = strata.reduce((sum, { moments }) => sum + moments.count, 0);
  // Kish's, of weights that bring every stratum to its size.
  const designEffect = count * strata.reduce((sum, { population, moments }) => sum + (population / total) ** 2 / moments.count, 0);
  return {
    mean: parts.reduce((sum, { mean }) => sum + mean, 0),
    standardError: parts.some(({ variance }) => variance === null) ? null : Math.sqrt(parts.reduce((sum, { variance }) => sum + (variance ?? 0), 0)),
    effectiveCount: count / designEffect, designEffect,
  };
};

const partOf = ({ population, moments }: Stratum, total: number): { mean: number; variance: number | null } => {
  const { count, weightedScores, squaredWeightedScores } = moments;
  const share = population / total;
  const mean = weightedScores / count;
  if (count === population) return { mean: share * mean, variance: 0 };
  if (count === 1) return { mean: share * mean, variance: null };
  const spread = Math.max(0, squaredWeightedScores - count * mean * mean) / (count - 1);
  return { mean: share * mean, variance: (share * share * (1 - count / population) * spread) / count };
};
