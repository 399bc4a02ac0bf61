import { newId, type Queryable } from "#platform/db";
import { strangerProfile } from "../profiles/profiles.ts";
import type { Known } from "./known.ts";
import { insertStrangers, type Stranger } from "./strangers.queries.ts";

export type Sighting = { identifier: Known & { value: string }; at: Date };

/** Makes a customer of each identifier that is seen for the first time and is claimed to be nobody else: most new visitors.
 *  Nothing about them can be known yet, so nothing is looked up; the long way costs ten times as much.
 *  @param sightings the rows of these identifiers, all of them of this very transaction
 *  @returns the identifiers admitted */
export const admitStrangers = async (tx: Queryable, workspaceId: string, sightings: readonly Sighting[]): Promise<ReadonlySet<number>> => {
  const strangers: Stranger[] = [...Map.groupBy(sightings, ({ identifier }) => identifier.id)].flatMap(([identifierId, seen]) => {
    const [first] = seen;
    if (first === undefined) return [];
    const times = seen.map(({ at }) => at.getTime());
    const customerId = newId();
    return [{
      identifierId, customerId, interactions: seen.length,
      firstAt: new Date(times.reduce((least, time) => Math.min(least, time))), lastAt: new Date(times.reduce((most, time) => Math.max(most, time))),
      profile: strangerProfile({ customerId, workspaceId, identifierId, kind: first.identifier.kind, value: first.identifier.value }),
    }];
  });
  await insertStrangers(tx, workspaceId, strangers);
  return new Set(strangers.map((stranger) => stranger.identifierId));
};
