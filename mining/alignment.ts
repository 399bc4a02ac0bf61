// How far what a customer did is from a line of planned steps, and in what.

/** One step of an alignment, in the order things happened or should have.
 *  sync: done as planned. missing: planned, not done there. adHoc: done, nowhere planned. outOfOrder: done, but planned elsewhere. */
export type AlignmentMove = {
  kind: "sync" | "missing" | "adHoc" | "outOfOrder";
  activity: string;
  /** Place in the trace, null of a missing step. */
  traceAt: number | null;
  /** Place in the line, null of what is not planned there. */
  lineAt: number | null;
};

export type Alignment = { cost: number; fitness: number; moves: AlignmentMove[] };

/** Cells of the table that finding the moves needs: four bytes each. */
export const CELLS_MAX = 50_000_000;

/** A trace and a line are together too long to be aligned move by move; their cost can still be had. */
export class TraceTooLong extends Error {}

/** Aligns a trace with a line of steps.
 *  @param trace names of what was done, in order @param line names of planned steps; `optional` holds places in it
 *  @returns the cheapest moves (of equal ones those that stay longest with the line); fitness 1 - cost / (trace + required steps), 1 when both are empty
 *  @throws TraceTooLong. Source: cost = |t| + |m| - 2 LCS(t, m) for a line without optional steps */
export const alignToLine = (trace: readonly string[], line: readonly string[], optional: ReadonlySet<number> = new Set()): Alignment => {
  const planned = new Set(line);
  // What is nowhere planned can match nothing, so the table does without it.
  const places = trace.flatMap((activity, place) => (planned.has(activity) ? [place] : []));
  const costs = fillCosts(places.map((place) => trace[place] ?? ""), line, optional);
  const cost = (costs[0] ?? 0) + trace.length - places.length;
  return { cost, fitness: fitnessOf(cost, trace.length, line.length - optional.size), moves: walk({ trace, line, optional, places, costs }) };
};

/** @param required steps of the shortest way through what is planned */
export const fitnessOf = (cost: number, traceLength: number, required: number): number => (traceLength + required === 0 ? 1 : 1 - cost / (traceLength + required));

/** Least costs from each pair of places to the end, line by line of the table. */
const fillCosts = (trace: readonly string[], line: readonly string[], optional: ReadonlySet<number>): Int32Array => {
  const width = line.length + 1;
  if ((trace.length + 1) * width > CELLS_MAX) throw new TraceTooLong(`A trace of ${trace.length} steps and a line of ${line.length} are too long together.`);
  const costs = new Int32Array((trace.length + 1) * width);
  for (let traceAt = trace.length; traceAt >= 0; traceAt--) {
    for (let lineAt = line.length; lineAt >= 0; lineAt--) {
      const here = traceAt * width + lineAt;
      const logMove = traceAt < trace.length ? 1 + (costs[here + width] ?? 0) : Infinity;
      const modelMove = lineAt < line.length ? (optional.has(lineAt) ? 0 : 1) + (costs[here + 1] ?? 0) : Infinity;
      const sync = traceAt < trace.length && lineAt < line.length && trace[traceAt] === line[lineAt] ? (costs[here + width + 1] ?? 0) : Infinity;
      const least = Math.min(logMove, modelMove, sync);
      costs[here] = least === Infinity ? 0 : least;
    }
  }
  return costs;
};

type Walk = { trace: readonly string[]; line: readonly string[]; optional: ReadonlySet<number>; places: readonly number[]; costs: Int32Array };

const walk = ({ trace, line, optional, places, costs }: Walk): AlignmentMove[] => {
  const width = line.length + 1;
  const moves: AlignmentMove[] = [];
  let [at, lineAt, traceAt] = [0, 0, 0];
  while (traceAt < trace.length || lineAt < line.length) {
    const activity = trace[traceAt] ?? "";
    if (traceAt < trace.length && places[at] !== traceAt) {
      moves.push({ kind: "adHoc", activity, traceAt, lineAt: null });
      traceAt++;
      continue;
    }
    const here = at * width + lineAt;
    const cost = costs[here] ?? 0;
    if (traceAt < trace.length && lineAt < line.length && activity === line[lineAt] && cost === costs[here + width + 1]) {
      moves.push({ kind: "sync", activity, traceAt, lineAt });
      [at, lineAt, traceAt] = [at + 1, lineAt + 1, traceAt + 1];
    } else if (lineAt < line.length && cost === (optional.has(lineAt) ? 0 : 1) + (costs[here + 1] ?? 0)) {
      // An optional step that was left out is no deviation.
      if (!optional.has(lineAt)) moves.push({ kind: "missing", activity: line[lineAt] ?? "", traceAt: null, lineAt });
      lineAt++;
    } else {
      moves.push({ kind: "outOfOrder", activity, traceAt, lineAt: null });
      [at, traceAt] = [at + 1, traceAt + 1];
    }
  }
  return moves;
};

/** Reckons costs against one line without optional steps, many times over.
 *  @param line names of planned steps, or numbers of activities
 *  @returns a function from a trace to its cost, in one step for each event (bits of a number stand for the steps of the line)
 *  Source: H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004 */
export const makeLineCost = <Step>(line: readonly Step[]): ((trace: ArrayLike<Step>, from?: number, to?: number) => number) => {
  if (line.length > 32) return makeLongLineCost(line);
  const masks = new Map<Step, number>();
  line.forEach((step, place) => masks.set(step, (masks.get(step) ?? 0) | (1 << place)));
  return (trace, from = 0, to = trace.length) => {
    let bits = -1;
    for (let at = from; at < to; at++) {
      const step = trace[at];
      const mask = step === undefined ? undefined : masks.get(step);
      if (mask === undefined) continue;
      const met = bits & mask;
      bits = (bits + met) | (bits - met);
    }
    return to - from + line.length - 2 * countZeros(bits, line.length);
  };
};

const countZeros = (bits: number, length: number): number => {
  let zeros = 0;
  for (let place = 0; place < length; place++) zeros += 1 - ((bits >>> place) & 1);
  return zeros;
};

/** One row of the table at a time, for lines of more steps than a number has bits. */
const makeLongLineCost = <Step>(line: readonly Step[]): ((trace: ArrayLike<Step>, from?: number, to?: number) => number) => {
  const planned = new Set(line);
  return (trace, from = 0, to = trace.length) => {
    const longest = new Int32Array(line.length + 1);
    for (let at = from; at < to; at++) {
      const step = trace[at];
      if (step === undefined || !planned.has(step)) continue;
      let diagonal = 0;
      for (let place = 1; place <= line.length; place++) {
        const above = longest[place] ?? 0;
        longest[place] = line[place - 1] === step ? diagonal + 1 : Math.max(above, longest[place - 1] ?? 0);
        diagonal = above;
      }
    }
    return to - from + line.length - 2 * (longest[line.length] ?? 0);
  };
};
