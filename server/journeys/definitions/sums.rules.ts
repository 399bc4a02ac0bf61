// Sums over values, all that a mean with its spread needs.

export type Sums = { count: number; sum: number; squares: number };

export const noSums: Sums = { count: 0, sum: 0, squares: 0 };

export const sumsOf = (values: readonly number[]): Sums => ({ count: values.length, sum: values.reduce((sum, one) => sum + one, 0), squares: values.reduce((sum, one) => sum + one ** 2, 0) });

export const addSums = (one: Sums, other: Sums): Sums => ({ count: one.count + other.count, sum: one.sum + other.sum, squares: one.squares + other.squares });
export const subtractSums = (whole: Sums, part: Sums): Sums => ({ count: whole.count - part.count, sum: whole.sum - part.sum, squares: whole.squares - part.squares });
export const joinSums = (all: readonly Sums[]): Sums => all.reduce(addSums, noSums);

/** Sums of what customers said, with the sum over customers of the square of how often each spoke. */
export type CustomerSums = Sums & { spokenSquares: number };

export const noCustomerSums: CustomerSums = { ...noSums, spokenSquares: 0 };

/** Whoever stands in several parts counts in each for somebody else. */
export const joinCustomerSums = (all: readonly CustomerSums[]): CustomerSums =>
  all.reduce((one, other) => ({ ...addSums(one, other), spokenSquares: one.spokenSquares + other.spokenSquares }), noCustomerSums);

/** How many customers who spoke once would tell as much as these values, when all that one customer says is of one opinion: forty scores of one angry customer
 *  are one voice. The same as the count where everybody spoke once.
 *  Source: Kish, Survey Sampling 1965, for weights and an intraclass correlation of one. */
export const voicesOf = ({ count, spokenSquares }: Pick<CustomerSums, "count" | "spokenSquares">): number => (spokenSquares === 0 ? 0 : count ** 2 / spokenSquares);

// Below this part of the squares stands only what sums of rounded numbers leave.
const ROUNDING = 1e-12;

/** Sum of squared distances from the mean; 0 where all values are alike. */
export const spreadOf = ({ count, sum, squares }: Sums): number => {
  if (count === 0) return 0;
  const spread = squares - sum ** 2 / count;
  return spread <= ROUNDING * squares ? 0 : spread;
};

/** Variance of a sample; 0 for a single value. */
export const varianceOf = (sums: Sums): number => (sums.count < 2 ? 0 : spreadOf(sums) / (sums.count - 1));
