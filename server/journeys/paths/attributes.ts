import { listLatestInteractions, listTraitValues } from "#customers";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { countProperties, proposeAttributes } from "./attributes.rules.ts";
import type { AttributesReply } from "./paths.contract.ts";

const LATEST = 5_000;
const TRAIT_VALUES_MAX = 5_000;
// Thousands of messages are read for it, and each editor of a filter asks.
const keepAttributes = keepReadings<AttributesReply>({ ms: 5_000, most: 20 });

/** Properties of interactions and traits of customers that paths can be asked for, with values to choose from. */
export const listAttributes = (services: Services, workspaceId: string): Promise<AttributesReply> =>
  keepAttributes(services.db, workspaceId, async () => {
    const latest = await listLatestInteractions(services.db, workspaceId, LATEST);
    const traits = await listTraitValues(services.db, workspaceId, TRAIT_VALUES_MAX);
    return { properties: proposeAttributes(countProperties(latest.map(({ message }) => message))), traits: proposeAttributes(traits) };
  });
