import type { Queryable } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import { defaultLimits, type IdentityLimits } from "./identifiers.rules.ts";

const stored = z.object({
  blockedValues: z.array(z.string()).max(1000).default([]),
  perKind: z.record(z.string(), z.number().int().min(1).max(1000)).default({}),
});

/** What a workspace set under `settings.identity`, over the defaults. */
export const limitsOf = async (db: Queryable, workspaceId: string): Promise<IdentityLimits> => {
  const workspace = await findWorkspace(db, workspaceId);
  const parsed = stored.safeParse(workspace?.settings["identity"] ?? {});
  if (!parsed.success) return defaultLimits;
  return { blockedValues: parsed.data.blockedValues, perKind: { ...defaultLimits.perKind, ...parsed.data.perKind } };
};
