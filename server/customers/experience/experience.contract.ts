import type { Naming } from "../../platform/manifest/naming.contract.ts";

export type { Nameable, Naming, Place } from "../../platform/manifest/naming.contract.ts";

/** Who served in a fact, or in what a feeling is about, and where they belonged then. `word` is set where the record names nobody by id, but with a word;
 *  `atMs` where it was earlier than what is told of it, such as an answer days after a call. */
export type Served = { memberId: string | null; word: string | null; atMs: number | null; teamId: string | null; department: string | null };

/** Loads the register of a workspace and returns its naming. */
export type NamingLoader = (workspaceId: string) => Promise<Naming>;
