import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { defaultPolicy } from "./contact-policy.rules.ts";
import { contactPolicy, type ContactPolicy } from "./policy.contract.ts";
import { findPolicy, savePolicy } from "./policy.queries.ts";

/** What the workspace decided; what we propose where it decided nothing. */
export const policyOf = async (db: Queryable, workspaceId: string): Promise<ContactPolicy> => {
  const stored = await findPolicy(db, workspaceId);
  return stored === null ? defaultPolicy : readPolicy(stored.policy);
};

/** Later releases add rules: what a stored policy does not know yet is as we propose it. */
export const readPolicy = (stored: Record<string, unknown>): ContactPolicy => contactPolicy.parse({ ...defaultPolicy, ...stored });

export const changePolicy = async (services: Services, actor: Actor, policy: ContactPolicy): Promise<{ policy: ContactPolicy; changedAt: Date }> =>
  transaction(services.db, async (tx) => {
    const changedAt = services.clock.now();
    await savePolicy(tx, { workspaceId: actor.workspaceId, policy, changedAt, memberId: actor.memberId });
    await recordAudit(tx, actor, { action: "contact_policy.changed", subject: actor.workspaceId, details: { policy } });
    await publish(tx, { name: "contact_policy.changed", workspaceId: actor.workspaceId, payload: {} });
    return { policy, changedAt };
  });
