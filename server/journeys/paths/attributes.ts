import { listLatestInteractions, listTraitNames, searchTraitValues } from "#customers";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { countProperties, isAskable, proposeAttributes } from "./attributes.rules.ts";
import type { AttributesReply } from "./paths.contract.ts";

const LATEST = 5_000;
const VALUES_MAX = 50;
// Thousands of messages are read for it, and each editor of a filter asks.
const keepAttributes = keepReadings<AttributesReply>({ ms: 5_000, most: 20 });
const keepValues = keepReadings<string[]>({ ms: 5_000, most: 100 });

/** Properties of interactions, with values to choose from, and traits of customers that paths can be asked for. */
export const listAttributes = (services: Services, workspaceId: string): Promise<AttributesReply> =>
  keepAttributes(services.db, workspaceId, async () => {
    const latest = await listLatestInteractions(services.db, workspaceId, LATEST);
    const traits = await listTraitNames(services.db, workspaceId);
    return { properties: proposeAttributes(countProperties(latest.map(({ message }) => message))), traits: traits.filter(isAskable) };
  });

/** Values of a trait among all customers. */
export const findTraitValues = (services: Services, workspaceId: string, { name, search }: { name: string; search: string }): Promise<string[]> =>
  keepValues(services.db, JSON.stringify([workspaceId, name, search]), () => searchTraitValues(services.db, workspaceId, { name, search, limit: VALUES_MAX }));
