// Routes: the ways by which customers came to a step, each shared by several paths.
import type { Met } from "./matching.rules.ts";
import type { Travel } from "./travels.rules.ts";

/** A run of steps, repeats of one in a row told once. `codes` are places in the list of names; `isFromStart`: nothing came before. */
export type Route = { codes: number[]; isFromStart: boolean };
export type MetRoute = Route & { met: Met };

type Asked = { names: number; goals: ReadonlySet<number> };
type Limits = { fewest: number; most: number };

/** Fewest steps a way has, the beginning counted as one, and most. Two are a connection; ways of more steps are shared by few, and their end tells them already. */
const SHORTEST = 3;
const LONGEST = 8;

/** A path without repeats in a row, the beginning before it. `ats`: places of the steps as they were first met. */
type Way = { symbols: number[]; ats: number[] };

const condense = ({ codes }: Travel, start: number): Way => {
  const way: Way = { symbols: [start], ats: [-1] };
  for (const [at, code] of codes.entries()) {
    if (code === codes[at - 1]) continue;
    way.symbols.push(code);
    way.ats.push(at);
  }
  return way;
};

/** Where a run ends: places of paths, and of steps on their ways. */
type Ends = { paths: number[]; steps: number[] };
type Run = { symbols: number[]; ends: Ends };

/** The routes taken by most paths, with their first meetings. Of routes that the same paths took the longest alone is told; reaching the goal is no way to it,
 *  so routes end before one and begin after it.
 *  @param breathe is called now and then, as this takes some hundred milliseconds
 *  @returns most paths first, and how many more there are */
export const findRoutes = async (travels: readonly Travel[], { names, goals, fewest, most }: Asked & Limits, breathe: () => Promise<unknown>): Promise<{ routes: MetRoute[]; leftOut: number }> => {
  const start = names + 1;
  const ways = travels.map((travel) => condense(travel, start));
  const isTold: IsTold = (symbol) => symbol !== names && !goals.has(symbol);
  let found: { run: Run; paths: number }[] = [];
  let closed = 0;
  for (const first of listSteps(ways, isTold)) {
    const open = [first];
    for (let run = open.pop(); run !== undefined; run = open.pop()) {
      const paths = countPaths(run.ends.paths);
      if (paths < fewest) continue;
      const longer = extend(ways, run, isTold);
      open.push(...longer);
      if (run.symbols.length < SHORTEST || longer.some(({ ends }) => countPaths(ends.paths) === paths) || isAlwaysAfter(ways, run, paths, isTold)) continue;
      closed += 1;
      found.push({ run, paths });
      if (found.length === 4 * most) found = keepMost(found, most);
    }
    await breathe();
  }
  const routes = keepMost(found, most).map(({ run }) => toRoute(run, ways, start));
  return { routes, leftOut: closed - routes.length };
};

const keepMost = (found: readonly { run: Run; paths: number }[], most: number): { run: Run; paths: number }[] =>
  found.toSorted((one, other) => other.paths - one.paths || compareSymbols(one.run.symbols, other.run.symbols)).slice(0, most);

const compareSymbols = (one: readonly number[], other: readonly number[]): number => {
  const at = one.findIndex((symbol, place) => symbol !== other[place]);
  return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
};

type IsTold = (symbol: number) => boolean;

/** Every step there is, as a run of its own. */
const listSteps = (ways: readonly Way[], isTold: IsTold): Run[] => {
  const runs = new Map<number, Run>();
  for (const [path, { symbols }] of ways.entries()) for (const [step, symbol] of symbols.entries()) if (isTold(symbol)) putEnd(runs, [], { symbol, path, step });
  return [...runs.values()];
};

/** A run with each step that comes right after it. */
const extend = (ways: readonly Way[], { symbols, ends }: Run, isTold: IsTold): Run[] => {
  const runs = new Map<number, Run>();
  if (symbols.length === LONGEST) return [];
  for (const [at, path] of ends.paths.entries()) {
    const step = (ends.steps[at] ?? 0) + 1;
    const symbol = ways[path]?.symbols[step];
    if (symbol !== undefined && isTold(symbol)) putEnd(runs, symbols, { symbol, path, step });
  }
  return [...runs.values()];
};

const putEnd = (runs: Map<number, Run>, before: readonly number[], { symbol, path, step }: { symbol: number; path: number; step: number }): void => {
  const run = runs.get(symbol) ?? { symbols: [...before, symbol], ends: { paths: [], steps: [] } };
  runs.set(symbol, run);
  run.ends.paths.push(path);
  run.ends.steps.push(step);
};

// Ends of one path stand together.
const countPaths = (paths: readonly number[]): number => paths.reduce((count, path, at) => (path === paths[at - 1] ? count : count + 1), 0);

/** Whether all paths came to the run from one and the same step: then the longer run says more. */
const isAlwaysAfter = (ways: readonly Way[], { symbols, ends }: Run, paths: number, isTold: IsTold): boolean => {
  if (symbols.length === LONGEST) return false;
  const before = new Map<number, { count: number; last: number }>();
  for (const [at, path] of ends.paths.entries()) {
    const symbol = ways[path]?.symbols[(ends.steps[at] ?? 0) - symbols.length];
    if (symbol === undefined || !isTold(symbol)) continue;
    const known = before.get(symbol) ?? { count: 0, last: -1 };
    before.set(symbol, known);
    if (known.last !== path) known.count += 1;
    known.last = path;
  }
  return [...before.values()].some(({ count }) => count === paths);
};

/** A route is met where its last step is: those who came to the same step another way are its comparison. */
const toRoute = ({ symbols, ends }: Run, ways: readonly Way[], start: number): MetRoute => {
  const met: Met = { travels: [], froms: [], ats: [] };
  for (const [at, path] of ends.paths.entries()) {
    if (path === met.travels.at(-1)) continue;
    const step = ways[path]?.ats[ends.steps[at] ?? 0] ?? 0;
    met.travels.push(path);
    met.froms.push(step);
    met.ats.push(step);
  }
  const isFromStart = symbols[0] === start;
  return { codes: isFromStart ? symbols.slice(1) : [...symbols], isFromStart, met };
};
