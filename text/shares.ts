// Shares of a class among many readings, corrected for how often the reader errs. Without it a trend of shares is a trend of errors too.

/** A class's corrected share with a 95 % interval; `read` is the plain share of readings. */
export type CorrectedShare = { read: number; share: number; low: number; high: number };

const STEPS_MAX = 2_000;
const CHANGE_MIN = 1e-9;
const DRAWS = 300;
/** Half a comment in each cell: what a small audit never saw may still happen (Jeffreys). */
const PRIOR = 0.5;

/** Corrects counts of readings by an audit that tells how each true class is read.
 *  @param counts readings by class @param audit audit[truth][read]: comments judged by people, by what the reader said of them
 *  @returns one share per class; shares add up to 1. The interval holds the chance of the draw and of the audit, not a drift between both
 *  Source: Rogan & Gladen 1978 for two classes; for more, the same equations solved by expectation maximisation (Saerens and others 2002). */
export const correctShares = (counts: readonly number[], audit: readonly (readonly number[])[], seed = 1): CorrectedShare[] => {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return counts.map(() => ({ read: 0, share: 0, low: 0, high: 1 }));
  const shares = solve(counts, audit.map(rates));
  const random = makeRandom(seed);
  const draws = Array.from({ length: DRAWS }, () =>
    solve(
      counts.map((count) => gamma(count + PRIOR, random)),
      audit.map((row) => rates(row.map((count) => gamma(count + PRIOR, random)), 0)),
    ),
  );
  return counts.map((count, at) => {
    const drawn = draws.map((draw) => draw[at] ?? 0).toSorted((one, other) => one - other);
    return { read: count / all, share: shares[at] ?? 0, low: drawn[Math.floor(DRAWS * 0.025)] ?? 0, high: drawn[Math.ceil(DRAWS * 0.975) - 1] ?? 1 };
  });
};

const rates = (row: readonly number[], prior = PRIOR / row.length): number[] => {
  const sum = row.reduce((total, count) => total + count, 0) + prior * row.length;
  return row.map((count) => (count + prior) / sum);
};

/** The true shares under which the readings are most likely. They stay between 0 and 1, which solving the equations outright does not promise. */
const solve = (counts: readonly number[], readAs: readonly (readonly number[])[]): number[] => {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let shares = counts.map(() => 1 / counts.length);
  for (let step = 0; step < STEPS_MAX; step++) {
    const expected = counts.map((_, read) => shares.reduce((sum, share, truth) => sum + share * (readAs[truth]?.[read] ?? 0), 0));
    const next = shares.map((share, truth) => share * counts.reduce((sum, count, read) => sum + ((count / all) * (readAs[truth]?.[read] ?? 0)) / Math.max(1e-12, expected[read] ?? 0), 0));
    const change = next.reduce((most, share, at) => Math.max(most, Math.abs(share - (shares[at] ?? 0))), 0);
    shares = next;
    if (change < CHANGE_MIN) break;
  }
  return shares;
};

/** The same numbers every time (mulberry32). */
const makeRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A draw from the gamma distribution of scale 1 (Marsaglia & Tsang 2000); several, divided by their sum, are a draw of shares. */
const gamma = (shape: number, random: () => number): number => {
  if (shape < 1) return gamma(shape + 1, random) * Math.max(1e-12, random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(Math.max(1e-12, random()))) * Math.cos(2 * Math.PI * random());
    const cube = (1 + c * normal) ** 3;
    if (cube > 0 && Math.log(Math.max(1e-12, random())) < 0.5 * normal * normal + d - d * cube + d * Math.log(cube)) return d * cube;
  }
};
