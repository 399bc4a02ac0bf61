import { expect, test } from "vitest";
import { correctShares } from "./shares.ts";

/** How a reader that errs reads each true class. */
const READ_AS = [
  [0.85, 0.1, 0.05],
  [0.2, 0.7, 0.1],
  [0.05, 0.15, 0.8],
];
const TRUE_SHARES = [0.2, 0.3, 0.5];

const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
};

const draw = (shares: readonly number[], random: () => number): number => {
  let rest = random();
  const found = shares.findIndex((share) => (rest -= share) <= 0);
  return found < 0 ? shares.length - 1 : found;
};

/** One company's year: 5,000 comments as read, and an audit of 300. */
const simulate = (seed: number): { counts: number[]; audit: number[][] } => {
  const random = randomOf(seed);
  const counts = [0, 0, 0];
  const audit = READ_AS.map((row) => row.map(() => 0));
  for (let comment = 0; comment < 5_000; comment++) {
    const truth = draw(TRUE_SHARES, random);
    const read = draw(READ_AS[truth] ?? [], random);
    counts[read] = (counts[read] ?? 0) + 1;
    const row = audit[truth];
    if (comment < 300 && row !== undefined) row[read] = (row[read] ?? 0) + 1;
  }
  return { counts, audit };
};

test("corrected shares come nearer to the truth than those read, and their intervals hold it as often as they say", () => {
  let [readError, correctedError, held, all] = [0, 0, 0, 0];
  for (let seed = 1; seed <= 30; seed++) {
    const { counts, audit } = simulate(seed * 7_919);
    correctShares(counts, audit).forEach(({ read, share, low, high }, at) => {
      const truth = TRUE_SHARES[at] ?? 0;
      readError += Math.abs(read - truth);
      correctedError += Math.abs(share - truth);
      held += low <= truth && truth <= high ? 1 : 0;
      all++;
    });
  }
  expect(correctedError).toBeLessThan(readError * 0.75);
  expect(held / all).toBeGreaterThan(0.88);
});

test("two classes give the estimate of Rogan and Gladen", () => {
  // Read as ill: 30 %; sensitivity 0.9, specificity 0.8: (0.3 + 0.8 - 1) / (0.9 + 0.8 - 1) = 1/7.
  const [ill] = correctShares([3_000, 7_000], [[90_000, 10_000], [20_000, 80_000]]);
  expect(ill?.share).toBeCloseTo(1 / 7, 2);
});

test("shares stay between 0 and 1 and add up to 1, even where the equations would not", () => {
  const shares = correctShares([5, 95], [[90, 10], [20, 80]]);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  for (const { share, low, high } of shares) {
    expect(share).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThanOrEqual(high);
  }
  expect(correctShares([0, 0], [[1, 0], [0, 1]]).map(({ low, high }) => [low, high])).toEqual([[0, 1], [0, 1]]);
});
