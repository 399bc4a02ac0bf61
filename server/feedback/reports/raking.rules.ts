/** A group of responses alike in every dimension: how many, and the value of each dimension ("" where it is not known). */
export type RakingCell = { values: readonly string[]; count: number };
export type RakingTarget = { dimension: string; groups: readonly { value: string; share: number }[] };
export type Raked = {
  /** Weight of one response of each cell, in the order given; their mean over all responses is 1. */
  weights: number[];
  isConverged: boolean;
  rounds: number;
  gap: number;
  trimmed: number;
  lowest: number;
  highest: number;
  count: number;
  effectiveCount: number;
  designEffect: number;
  efficiency: number;
  margins: { dimension: string; missingShare: number; groups: { value: string; target: number; before: number; after: number }[] }[];
};

const ROUNDS_MAX = 200;
const TURNS_MAX = 20;
const CLOSE_ENOUGH = 1e-6;

/** Rim weighting: scales the weights to each dimension's targets in turn until all fit (iterative proportional fitting), cutting weights off
 *  at the limits in every round, so that what is cut is spread over the others. Responses without a value keep their share; values that
 *  have no target do too.
 *  @param limits lowest and highest weight as multiples of the mean
 *  @returns null when there are no responses
 *  Source: Deming & Stephan 1940; Kish 1965 for effective count and design effect. */
export function rake(cells: readonly RakingCell[], targets: readonly RakingTarget[], limits: { low: number; high: number }): Raked | null {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  if (count === 0) return null;
  const margins = targets.map((target, place) => fullMargin(cells, target, place, count));
  let weights = cells.map(() => 1);
  let [rounds, gap] = [0, Number.POSITIVE_INFINITY];
  for (; rounds < ROUNDS_MAX && gap > CLOSE_ENOUGH; rounds++) {
    const before = weights;
    for (const [place, margin] of margins.entries()) weights = fitMargin(cells, weights, margin, place, count);
    weights = cutOff(cells, weights, limits, count);
    gap = largestGap(cells, weights, margins, count);
    // Where limits and targets contradict each other, the weights settle with a gap left: more rounds change nothing.
    if (weights.every((weight, index) => Math.abs(weight - (before[index] ?? 0)) < CLOSE_ENOUGH / 10)) { rounds++; break; }
  }
  const sum = sumOf(cells, (cell, index) => cell.count * (weights[index] ?? 0));
  const squares = sumOf(cells, (cell, index) => cell.count * (weights[index] ?? 0) ** 2);
  const effectiveCount = sum ** 2 / squares;
  const filled = weights.filter((_, index) => (cells[index]?.count ?? 0) > 0);
  return {
    weights, isConverged: gap <= 1e-4, rounds, gap,
    trimmed: sumOf(cells, (cell, index) => (isAtLimit(weights[index] ?? 1, limits) ? cell.count : 0)),
    lowest: filled.reduce((least, weight) => Math.min(least, weight), Number.POSITIVE_INFINITY), highest: filled.reduce((most, weight) => Math.max(most, weight), 0), count, effectiveCount, designEffect: count / effectiveCount, efficiency: effectiveCount / count,
    margins: margins.map((margin, place) => ({
      dimension: targets[place]?.dimension ?? "", missingShare: sharesOf(cells, null, place, count).get("") ?? 0,
      groups: groupsOf(cells, weights, { named: (targets[place]?.groups ?? []).map(({ value }) => value), margin, place, count }),
    })),
  };
}

// Shares among those who have one of the values, as the targets were meant.
function groupsOf(
  cells: readonly RakingCell[],
  weights: readonly number[],
  given: { named: readonly string[]; margin: ReadonlyMap<string, number>; place: number; count: number },
): Raked["margins"][number]["groups"] {
  const [unweighted, weighted] = [sharesOf(cells, null, given.place, given.count), sharesOf(cells, weights, given.place, given.count)];
  const groups = given.named.map((value) => ({ value, target: given.margin.get(value) ?? 0, before: unweighted.get(value) ?? 0, after: weighted.get(value) ?? 0 }));
  const total = (read: (group: (typeof groups)[number]) => number): number => groups.reduce((sum, group) => sum + read(group), 0) || 1;
  const [target, before, after] = [total((group) => group.target), total((group) => group.before), total((group) => group.after)];
  return groups.map((group) => ({ value: group.value, target: group.target / target, before: group.before / before, after: group.after / after }));
}

// What has no target keeps the share it has; the targets share out the rest.
function fullMargin(cells: readonly RakingCell[], target: RakingTarget, place: number, count: number): Map<string, number> {
  const wanted = target.groups.reduce((sum, group) => sum + group.share, 0);
  const named = new Set(target.groups.map(({ value }) => value));
  const margin = new Map([...sharesOf(cells, null, place, count)].filter(([value]) => !named.has(value)));
  const rest = 1 - [...margin.values()].reduce((sum, share) => sum + share, 0);
  for (const { value, share } of target.groups) margin.set(value, wanted === 0 ? 0 : (rest * share) / wanted);
  return margin;
}

function fitMargin(cells: readonly RakingCell[], weights: readonly number[], margin: ReadonlyMap<string, number>, place: number, count: number): number[] {
  const sums = new Map<string, number>();
  for (const [index, cell] of cells.entries()) sums.set(cell.values[place] ?? "", (sums.get(cell.values[place] ?? "") ?? 0) + cell.count * (weights[index] ?? 0));
  return cells.map((cell, index) => {
    const value = cell.values[place] ?? "";
    const sum = sums.get(value) ?? 0;
    return sum === 0 ? (weights[index] ?? 0) : ((weights[index] ?? 0) * (margin.get(value) ?? 0) * count) / sum;
  });
}

// What is cut off is spread over the weights that are free, which may bring others to their limit: so it is repeated until all keep to theirs.
function cutOff(cells: readonly RakingCell[], weights: readonly number[], limits: { low: number; high: number }, count: number): number[] {
  let cut = [...weights];
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    cut = cut.map((weight) => Math.min(limits.high, Math.max(limits.low, weight)));
    const isFree = (index: number): boolean => (cut[index] ?? 0) > limits.low && (cut[index] ?? 0) < limits.high;
    const bound = sumOf(cells, (cell, index) => (isFree(index) ? 0 : cell.count * (cut[index] ?? 0)));
    const free = sumOf(cells, (cell, index) => (isFree(index) ? cell.count * (cut[index] ?? 0) : 0));
    if (free <= 0 || Math.abs(bound + free - count) < 1e-9 * count) break;
    const factor = Math.max(0, count - bound) / free;
    cut = cut.map((weight, index) => (isFree(index) ? weight * factor : weight));
  }
  return cut;
}

function largestGap(cells: readonly RakingCell[], weights: readonly number[], margins: readonly ReadonlyMap<string, number>[], count: number): number {
  let largest = 0;
  for (const [place, margin] of margins.entries()) {
    const shares = sharesOf(cells, weights, place, count);
    for (const [value, target] of margin) largest = Math.max(largest, Math.abs(target - (shares.get(value) ?? 0)));
  }
  return largest;
}

// Shares of all values from one pass: one pass for each would take time by the square where a trait has hundreds.
function sharesOf(cells: readonly RakingCell[], weights: readonly number[] | null, place: number, count: number): Map<string, number> {
  const shares = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const value = cell.values[place] ?? "";
    shares.set(value, (shares.get(value) ?? 0) + (cell.count * (weights?.[index] ?? 1)) / count);
  }
  return shares;
}

function isAtLimit(weight: number, limits: { low: number; high: number }): boolean {
  return weight <= limits.low * 1.001 || weight >= limits.high * 0.999;
}

function sumOf(cells: readonly RakingCell[], read: (cell: RakingCell, index: number) => number): number {
  return cells.reduce((sum, cell, index) => sum + read(cell, index), 0);
}
