import type { Queryable } from "#platform/db";
import type { ContactReference } from "./contact-policy.contract.ts";
import { findFamily } from "./contact-policy.queries.ts";
import { deletePlans } from "./permissions.queries.ts";
import { upsertPlans } from "./plans.queries.ts";

/** Says of many customers at once when a relationship survey is due for them. The same reference again moves it.
 *  @param plan present ids of one workspace, at most 1,000 */
export const planContacts = async (
  tx: Queryable,
  plan: { workspaceId: string; reference: ContactReference; people: readonly { customerId: string; dueAt: Date }[] },
): Promise<void> => {
  if (plan.people.length > 0) await upsertPlans(tx, plan);
};

/** Takes back what was planned for one customer: the survey is not coming to her.
 *  @param plan `customerId` is any id she ever had */
export const forgetPlanOf = async (tx: Queryable, plan: { workspaceId: string; reference: ContactReference; customerId: string }): Promise<void> => {
  const found = await findFamily(tx, plan.workspaceId, plan.customerId);
  if (found !== null) await deletePlans(tx, plan.workspaceId, plan.reference, found.family);
};
