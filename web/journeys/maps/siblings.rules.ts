import type { ListedMap } from "@firsthand/server/journeys/maps/maps.contract";

type Family = Pick<ListedMap, "id" | "state" | "basedOn">;

/** The map of how it is and the one of how it shall be that belong together.
 *  @param maps newest change first: of several drafts the one worked on last is taken */
export const siblingsOf = (map: Family, maps: readonly Family[]): { asIs: string | null; toBe: string | null } =>
  map.state === "to_be"
    ? { asIs: map.basedOn?.id ?? null, toBe: map.id }
    : { asIs: map.id, toBe: maps.find(({ state, basedOn }) => state === "to_be" && basedOn?.id === map.id)?.id ?? null };
