import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { refreshProfiles } from "../profiles/profiles.ts";
import { openBatch } from "./assignments.queries.ts";
import type { IdentitySettings } from "./identity.contract.ts";
import { listCustomersHolding } from "./holders.queries.ts";
import { noteCustomerChanges, setBlocked } from "./identifiers.queries.ts";
import { defaultLimits, type IdentityLimits } from "./identifiers.rules.ts";
import { findIdentitySettings, listIdentifiersOfValues, saveIdentitySettings } from "./limits.queries.ts";
import { settleIdentities } from "./settlement.ts";

/** What a workspace set, over the defaults. */
export const limitsOf = async (db: Queryable, workspaceId: string): Promise<IdentityLimits> => {
  const settings = await findIdentitySettings(db, workspaceId);
  if (settings === null) return defaultLimits;
  return { blockedValues: settings.blockedValues, perKind: { ...defaultLimits.perKind, ...settings.perKind }, priority: settings.priority ?? defaultLimits.priority };
};

/** Changes what names nobody, how many identifiers a customer may hold and which kind counts first. Blocked values take effect on what
 *  is known already, limits and priority on what comes from now on. */
export const changeIdentitySettings = async (services: Services, actor: Actor, settings: IdentitySettings): Promise<IdentityLimits> =>
  transaction(services.db, async (tx) => {
    await openBatch(tx);
    const { workspaceId } = actor;
    const before = new Set((await limitsOf(tx, workspaceId)).blockedValues.map(plain));
    const after = new Set(settings.blockedValues.map(plain));
    await saveIdentitySettings(tx, workspaceId, { blockedValues: [...after], perKind: settings.perKind, priority: settings.priority ?? null });
    const blocked = await listIdentifiersOfValues(tx, workspaceId, [...after].filter((value) => !before.has(value)));
    const freed = await listIdentifiersOfValues(tx, workspaceId, [...before].filter((value) => !after.has(value)));
    await setBlocked(tx, blocked, true);
    await setBlocked(tx, freed, false);
    const changed = [...blocked, ...freed];
    if (changed.length > 0) {
      const holders = await listCustomersHolding(tx, changed);
      const settled = await settleIdentities(tx, workspaceId, changed, { limits: await limitsOf(tx, workspaceId), freshIds: new Set() });
      await refreshProfiles(tx, [...holders, ...settled.customerIds]);
      await noteCustomerChanges(tx, workspaceId, holders);
    }
    await recordAudit(tx, actor, { action: "identity.settings_changed", subject: workspaceId, details: { blockedValues: after.size, perKind: settings.perKind, ...(settings.priority === undefined ? {} : { priority: settings.priority }) } });
    return limitsOf(tx, workspaceId);
  });

const plain = (value: string): string => value.trim().toLowerCase();
