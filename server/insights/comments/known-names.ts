// What a workspace calls its products, places and members, for comments in which they are named.
import { createHash } from "node:crypto";
import { listNamedThings } from "#journeys";
import { listNamedMembers } from "#people";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { knownNamesOf, type NamesOfWorkspace } from "./known-names.rules.ts";
import type { NameList } from "./reading-worker.ts";

/** What the workspace knows by name now. */
export const loadNamesOfWorkspace = async ({ db }: Services, workspaceId: string): Promise<NamesOfWorkspace> => {
  const [things, members] = [await listNamedThings(db, workspaceId), await listNamedMembers(db, workspaceId)];
  return { things, members };
};

// Small lists are read for each portion of comments, so that a new name counts at once; large ones are kept for a while.
const MANY_NAMES = 1_000;
const MANY_KEPT_MS = 10_000;
const KEPT_MAX = 200;
const keepLists = keepReadings<NameList | null>({ ms: (list) => ((list?.names.length ?? 0) > MANY_NAMES ? MANY_KEPT_MS : 0), most: KEPT_MAX });

/** The names that comments of a workspace are read with, under a key that changes with them; null where there are none. */
export const findNameList = (services: Services, workspaceId: string): Promise<NameList | null> =>
  keepLists(services.db, workspaceId, async () => {
    const names = knownNamesOf(await loadNamesOfWorkspace(services, workspaceId));
    if (names.length === 0) return null;
    const hash = createHash("sha256");
    for (const { value, text } of names) hash.update(`${value}\n${text}\n`);
    return { key: hash.digest("base64"), names };
  });
