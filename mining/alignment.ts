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

/** Where a line parts: the place in it at which each way begins, in order, and last the place where they meet again. Of the ways one is taken;
 *  one of no steps begins where the next one does. Forks stand one after the other, never in each other. */
export type LineFork = readonly number[];

/** Aligns a trace with a line of steps.
 *  @param trace names of what was done, in order @param line names of planned steps; `optional` holds places in it, `forks` those of which one way is enough
 *  @returns the cheapest moves (of equal ones those that stay longest with the line, then those of the earlier way); fitness 1 - cost / (trace + required steps), 1 when both are empty
 *  @throws TraceTooLong. Source: cost = |t| + |m| - 2 LCS(t, m) for a line without optional steps and forks */
export const alignToLine = (trace: readonly string[], line: readonly string[], optional: ReadonlySet<number> = new Set(), forks: readonly LineFork[] = []): Alignment =>
  makeLineAligner(line, optional, forks)(trace);

/** As `alignToLine`, for many traces and one line. */
export const makeLineAligner = (line: readonly string[], optional: ReadonlySet<number> = new Set(), forks: readonly LineFork[] = []): ((trace: readonly string[]) => Alignment) => {
  const codes = new Map<string, number>();
  for (const activity of line) if (!codes.has(activity)) codes.set(activity, codes.size);
  const planned: Planned = {
    line,
    codes: line.map((activity) => codes.get(activity) ?? 0),
    leftOut: line.map((_, place) => (optional.has(place) ? 0 : 1)),
    onward: onwardOf(line.length, forks),
    isForked: forks.length > 0,
  };
  const required = shortestOf(planned);
  let table = new Int32Array(0);
  return (trace) => {
    // What is nowhere planned can match nothing, so the table does without it.
    const done: Done = { trace, places: [], codes: [] };
    for (let place = 0; place < trace.length; place++) {
      const code = codes.get(trace[place] ?? "");
      if (code === undefined) continue;
      done.places.push(place);
      done.codes.push(code);
    }
    const cells = (done.codes.length + 1) * (line.length + 1);
    if (cells > CELLS_MAX) throw new TraceTooLong(`A trace of ${trace.length} steps and a line of ${line.length} are too long together.`);
    if (table.length < cells) table = new Int32Array(table.length === 0 ? cells : Math.min(CELLS_MAX, cells * 2));
    if (planned.isForked) fillForkedCosts(done.codes, planned, table);
    else fillCosts(done.codes, planned, table);
    const cost = leastOf(table, 0, planned.onward[0] ?? []) + trace.length - done.codes.length;
    return { cost, fitness: fitnessOf(cost, trace.length, required), moves: walk(done, planned, table) };
  };
};

/** The line by name and by number, what leaving out each step costs, and where one may be next: at first, and after each step. */
type Planned = { line: readonly string[]; codes: readonly number[]; leftOut: readonly number[]; onward: readonly (readonly number[])[]; isForked: boolean };

/** What was done of the line's activities: where in the trace, and their numbers. */
type Done = { trace: readonly string[]; places: number[]; codes: number[] };

/** @param required steps of the shortest way through what is planned */
export const fitnessOf = (cost: number, traceLength: number, required: number): number => (traceLength + required === 0 ? 1 : 1 - cost / (traceLength + required));

/** Least costs from each pair of places to the end, row by row of the table, from the last. */
const fillCosts = (done: readonly number[], { codes, leftOut }: Planned, table: Int32Array): void => {
  const width = codes.length + 1;
  for (let at = done.length; at >= 0; at--) {
    const row = at * width;
    const isLast = at === done.length;
    table[row + codes.length] = done.length - at;
    for (let lineAt = codes.length - 1; lineAt >= 0; lineAt--) {
      let least = (leftOut[lineAt] ?? 0) + (table[row + lineAt + 1] ?? 0);
      if (!isLast) {
        least = Math.min(least, 1 + (table[row + width + lineAt] ?? 0));
        if (done[at] === codes[lineAt]) least = Math.min(least, table[row + width + lineAt + 1] ?? 0);
      }
      table[row + lineAt] = least;
    }
  }
};

/** The same where the line parts: of the places one may be at next the cheapest counts. Apart, as it takes half as long again. */
const fillForkedCosts = (done: readonly number[], { codes, leftOut, onward }: Planned, table: Int32Array): void => {
  const width = codes.length + 1;
  for (let at = done.length; at >= 0; at--) {
    const row = at * width;
    table[row + codes.length] = done.length - at;
    for (let lineAt = codes.length - 1; lineAt >= 0; lineAt--) {
      const next = onward[lineAt + 1] ?? [];
      let least = (leftOut[lineAt] ?? 0) + leastOf(table, row, next);
      if (at < done.length) {
        least = Math.min(least, 1 + (table[row + width + lineAt] ?? 0));
        if (done[at] === codes[lineAt]) least = Math.min(least, leastOf(table, row + width, next));
      }
      table[row + lineAt] = least;
    }
  }
};

const leastOf = (table: ArrayLike<number>, row: number, places: readonly number[]): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) least = Math.min(least, table[row + place] ?? 0);
  return least;
};

/** Places one may be at: first of all, then after each step of the line. */
const onwardOf = (length: number, forks: readonly LineFork[]): number[][] => {
  const enter = (place: number): number[] => {
    const fork = forks.find(([first, ...rest]) => first === place && rest.at(-1) !== place);
    if (fork === undefined) return [place];
    const joined = fork.at(-1) ?? place;
    return [...new Set(fork.slice(0, -1).flatMap((begin, way) => (begin === fork[way + 1] ? enter(joined) : [begin])))];
  };
  const leave = (place: number): number[] => {
    const fork = forks.find(([first = 0, ...rest]) => first < place && place <= (rest.at(-1) ?? first));
    return enter(fork !== undefined && fork.includes(place) ? (fork.at(-1) ?? place) : place);
  };
  return [enter(0), ...Array.from({ length }, (_, place) => leave(place + 1))];
};

/** Steps of the shortest way through that must not be left out. */
const shortestOf = ({ leftOut, onward }: Planned): number => {
  const costs = Array.from({ length: leftOut.length + 1 }, () => 0);
  for (let place = leftOut.length - 1; place >= 0; place--) costs[place] = (leftOut[place] ?? 0) + leastOf(costs, 0, onward[place + 1] ?? []);
  return leastOf(costs, 0, onward[0] ?? []);
};

const walk = ({ trace, places, codes }: Done, { line, codes: lineCodes, leftOut, onward, isForked }: Planned, table: Int32Array): AlignmentMove[] => {
  const width = line.length + 1;
  const moves: AlignmentMove[] = [];
  /** Of the places after a step the cheapest; of equal ones that of the earlier way. */
  const cheapest = (row: number, after: number): number => {
    if (!isForked) return after;
    const next = onward[after] ?? [];
    const least = leastOf(table, row * width, next);
    return next.find((place) => table[row * width + place] === least) ?? line.length;
  };
  let [at, lineAt, traceAt] = [0, cheapest(0, 0), 0];
  while (traceAt < trace.length || lineAt < line.length) {
    const activity = trace[traceAt] ?? "";
    if (traceAt < trace.length && places[at] !== traceAt) {
      moves.push({ kind: "adHoc", activity, traceAt, lineAt: null });
      traceAt++;
      continue;
    }
    const cost = table[at * width + lineAt] ?? 0;
    if (traceAt < trace.length && lineAt < line.length && codes[at] === lineCodes[lineAt] && cost === table[(at + 1) * width + cheapest(at + 1, lineAt + 1)]) {
      moves.push({ kind: "sync", activity, traceAt, lineAt });
      [at, lineAt, traceAt] = [at + 1, cheapest(at + 1, lineAt + 1), traceAt + 1];
    } else if (lineAt < line.length && cost === (leftOut[lineAt] ?? 0) + (table[at * width + cheapest(at, lineAt + 1)] ?? 0)) {
      // An optional step that was left out is no deviation.
      if (leftOut[lineAt] === 1) moves.push({ kind: "missing", activity: line[lineAt] ?? "", traceAt: null, lineAt });
      lineAt = cheapest(at, lineAt + 1);
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
