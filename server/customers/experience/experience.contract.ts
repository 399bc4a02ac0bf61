import type { Naming } from "../../platform/manifest/naming.contract.ts";

export type { Nameable, Naming, Place } from "../../platform/manifest/naming.contract.ts";

/** Loads the register of a workspace and returns its naming. */
export type NamingLoader = (workspaceId: string) => Promise<Naming>;
