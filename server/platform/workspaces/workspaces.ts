import { newToken } from "../auth/auth.api.ts";
import type { Queryable } from "../db/db.api.ts";
import { newId } from "../db/db.api.ts";
import { insertWorkspace } from "./workspaces.queries.ts";

/** Opens a new, empty workspace.
 *  @returns its id */
export const createWorkspace = async (tx: Queryable, given: { name: string; timeZone: string; isDemo: boolean }): Promise<string> => {
  const id = newId();
  await insertWorkspace(tx, { id, ...given, secret: newToken() });
  return id;
};
