import type { Correction } from "@firsthand/text";
import type { Services } from "#platform/services";
import { unpackCorrection } from "./packed-correction.ts";
import { baseVersion } from "./text-engine.ts";
import { findDifferences } from "./text-models.queries.ts";

/** What a workspace has taught the reader, and as which training. */
export type Taught = { number: number; correction: Correction };

/** What comments of a workspace are read with beside the model itself; null where nothing was taught that helped. */
export const findTaught = async (services: Services, workspaceId: string): Promise<Taught | null> => {
  const found = await findDifferences(services.db, workspaceId, baseVersion());
  return found === null ? null : { number: found.number, correction: unpackCorrection(found.differences) };
};
