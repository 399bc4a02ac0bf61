// Which register names interactions: put together here, since both the server and the analytics process need it
// and the module that names must not be known to the module that stores.
import type { Queryable } from "#platform/db";
import type { Naming } from "./customers/experience/experience.contract.ts";
import { nameByItself } from "./customers/experience/experience.rules.ts";

export const loadNaming = async (_db: Queryable, _workspaceId: string): Promise<Naming> => nameByItself;
