import type { Queryable } from "#platform/db";
import { withDetails } from "./details.rules.ts";
import type { MapStep } from "./document.contract.ts";
import { listDocumentsInside } from "./maps.queries.ts";

/** The steps of a map with all that belongs to them, that of the maps that show them in detail included. */
export const readWholeSteps = async (db: Queryable, workspaceId: string, steps: readonly MapStep[]): Promise<readonly MapStep[]> =>
  (await readWholeStepsOfMaps(db, workspaceId, [steps]))[0] ?? [];

/** The same for several maps, in their order. */
export const readWholeStepsOfMaps = async (db: Queryable, workspaceId: string, maps: readonly (readonly MapStep[])[]): Promise<(readonly MapStep[])[]> => {
  const ids = [...new Set(maps.flat().flatMap(({ childMapId }) => childMapId ?? []))];
  const inside = new Map(ids.length === 0 ? [] : (await listDocumentsInside(db, workspaceId, ids)).map(({ id, document }) => [id, document]));
  return maps.map((steps) => withDetails(steps, inside));
};
