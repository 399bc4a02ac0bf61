import { makeLineAligner } from "@firsthand/mining";
import { forkOf, isLaid, untakenForks, type Activities } from "./activities.rules.ts";
import type { Laid, LaidMove } from "./deviations.rules.ts";

/** Lays what was done on the line of a map's steps. Mere failures cost nothing: they say how a step went.
 *  @returns a function of places among activities, in order; made once for many, as preparing the line takes longer than laying one on it */
export const makeLayer = (named: Activities): ((codes: readonly number[]) => Laid) => {
  const { activities, lineNames, optional, forks } = named;
  const align = makeLineAligner(lineNames, optional, forks);
  return (codes) => {
    const laidOnes = codes.flatMap((code, place) => {
      const activity = activities[code];
      return activity !== undefined && isLaid(activity) ? [{ place, name: activity.name, isDetailed: activity.isDetailed }] : [];
    });
    const places = laidOnes.filter(({ name, isDetailed }, at) => !isDetailed || laidOnes[at - 1]?.name !== name);
    const { cost, fitness, moves } = align(places.map(({ name }) => name));
    const laid = moves.map(({ kind, traceAt, lineAt }): LaidMove => ({ kind, lineAt, traceAt: traceAt === null ? null : (places[traceAt]?.place ?? null), fork: null }));
    return { cost, fitness, moves: forks.length === 0 ? laid : joinUntaken(laid, codes, named) };
  };
};

// The alignment takes the shortest way for the one that was left out; which one it would have been nobody knows.
const joinUntaken = (moves: readonly LaidMove[], codes: readonly number[], named: Activities): LaidMove[] => {
  const done = moves.flatMap(({ kind, traceAt, lineAt }) => (kind === "missing" ? [] : [...(lineAt === null ? [] : [lineAt]), ...(traceAt === null ? [] : (named.activities[codes[traceAt] ?? -1]?.steps ?? []))]));
  const untaken = new Set(untakenForks(named, new Set(done)));
  const told = new Set<number>();
  return moves.flatMap((move) => {
    const fork = move.kind === "missing" && move.lineAt !== null ? forkOf(named, move.lineAt) : null;
    if (fork === null || !untaken.has(fork)) return [move];
    if (told.has(fork)) return [];
    told.add(fork);
    return [{ ...move, fork }];
  });
};
