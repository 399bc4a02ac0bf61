import { alignToLine } from "@firsthand/mining";
import { isLaid, type Activities } from "./activities.rules.ts";
import type { Laid } from "./deviations.rules.ts";

/** Lays what was done on the line of a map's steps. Mere failures cost nothing: they say how a step went.
 *  @param codes places among activities, in order */
export const layOnLine = (codes: readonly number[], { activities, lineNames, optional, forks }: Activities): Laid => {
  const places = codes.flatMap((code, place) => {
    const activity = activities[code];
    return activity !== undefined && isLaid(activity) ? [{ place, name: activity.name }] : [];
  });
  const { cost, fitness, moves } = alignToLine(places.map(({ name }) => name), lineNames, optional, forks);
  return { cost, fitness, moves: moves.map(({ kind, traceAt, lineAt }) => ({ kind, lineAt, traceAt: traceAt === null ? null : (places[traceAt]?.place ?? null) })) };
};
