import type { Queryable } from "#platform/db";

/** What a later module keeps about one customer, under a name of its own in the export. `customerIds` are all ids she has had. */
export type ExportPart = { name: string; read: (db: Queryable, workspaceId: string, customerIds: readonly string[]) => Promise<unknown> };

const parts = new Map<string, ExportPart>();

/** Lets a later module, which this one must not know, add what it keeps about a customer to her export. Called once, at start. */
export const registerExportPart = (part: ExportPart): void => {
  parts.set(part.name, part);
};

/** In the order of their names, so that two exports can be laid beside each other. */
export const listExportParts = (): ExportPart[] => [...parts.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
