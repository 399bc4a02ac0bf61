// How sure a sum of weights is: logistic regression on one number (Platt 1999), fitted to counts of sums.
const BIN_WIDTH = 0.5;
const BINS = 120;
const ROUNDS = 60;
const RIDGE = 1e-3;

export type SumCounts = { members: Float64Array; others: Float64Array };

export const startCounts = (): SumCounts => ({ members: new Float64Array(BINS), others: new Float64Array(BINS) });

export const countSum = (counts: SumCounts, sum: number, isMember: boolean): void => {
  const bin = Math.min(BINS - 1, Math.round(sum / BIN_WIDTH));
  const of = isMember ? counts.members : counts.others;
  of[bin] = (of[bin] ?? 0) + 1;
};

/** Slope and offset of the logistic function that gives the share of members at each sum. Newton's method, each step halved until it helps. */
export const fitSureness = (counts: SumCounts): { slope: number; offset: number } => {
  let line = { slope: 0.5, offset: -3 };
  let loss = lossOf(counts, line);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(counts, line);
    let size = 1;
    let next = line;
    let nextLoss = loss;
    for (; size > 1e-4; size /= 2) {
      next = { slope: line.slope + size * step.slope, offset: line.offset + size * step.offset };
      nextLoss = lossOf(counts, next);
      if (nextLoss < loss) break;
    }
    if (!(loss - nextLoss > 1e-7 * loss)) break;
    [line, loss] = [next, nextLoss];
  }
  // Weights speak for a theme: more of them never make it less sure.
  return { slope: Math.max(0.01, line.slope), offset: line.offset };
};

/** Share of the members that are at least this sure: of a theme that its own words cannot find, nothing would ever be shown. */
export const reachOf = ({ members }: SumCounts, { slope, offset }: { slope: number; offset: number }, sureMin: number): number => {
  let [reached, all] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const count = members[bin] ?? 0;
    all += count;
    if (1 / (1 + Math.exp(-(slope * bin * BIN_WIDTH + offset))) >= sureMin) reached += count;
  }
  return all === 0 ? 0 : reached / all;
};

const newtonStep = ({ members, others }: SumCounts, { slope, offset }: { slope: number; offset: number }): { slope: number; offset: number } => {
  let [g0, g1, h00, h01, h11] = [-RIDGE * offset, -RIDGE * slope, RIDGE, 0, RIDGE];
  for (let bin = 0; bin < BINS; bin++) {
    const [count, sum] = [(members[bin] ?? 0) + (others[bin] ?? 0), bin * BIN_WIDTH];
    if (count === 0) continue;
    const sure = 1 / (1 + Math.exp(-(slope * sum + offset)));
    const [error, spread] = [(members[bin] ?? 0) - count * sure, count * sure * (1 - sure)];
    g0 += error;
    g1 += error * sum;
    h00 += spread;
    h01 += spread * sum;
    h11 += spread * sum * sum;
  }
  const determinant = Math.max(1e-12, h00 * h11 - h01 * h01);
  return { offset: (h11 * g0 - h01 * g1) / determinant, slope: (h00 * g1 - h01 * g0) / determinant };
};

const lossOf = ({ members, others }: SumCounts, { slope, offset }: { slope: number; offset: number }): number => {
  let loss = (RIDGE * (slope * slope + offset * offset)) / 2;
  for (let bin = 0; bin < BINS; bin++) {
    const logit = slope * bin * BIN_WIDTH + offset;
    loss += (members[bin] ?? 0) * softplus(-logit) + (others[bin] ?? 0) * softplus(logit);
  }
  return loss;
};

const softplus = (value: number): number => (value > 30 ? value : Math.log1p(Math.exp(value)));
