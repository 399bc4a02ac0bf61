import type { Queryable } from "#platform/db";
import { withDetails } from "./details.rules.ts";
import type { MapStep } from "./document.contract.ts";
import { listDocumentsInside } from "./maps.queries.ts";

/** The steps of a map with all that belongs to them, that of the maps that show them in detail included. */
export const readWholeSteps = async (db: Queryable, workspaceId: string, steps: readonly MapStep[]): Promise<readonly MapStep[]> => {
  const ids = [...new Set(steps.flatMap(({ childMapId }) => childMapId ?? []))];
  return ids.length === 0 ? steps : withDetails(steps, new Map((await listDocumentsInside(db, workspaceId, ids)).map(({ id, document }) => [id, document])));
};
