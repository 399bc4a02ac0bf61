import type { Queryable } from "#platform/db";
import type { ContactReference } from "./contact-policy.contract.ts";
import { upsertPlans } from "./plans.queries.ts";

/** Says of many customers at once when a relationship survey is due for them. The same reference again moves it.
 *  @param plan present ids of one workspace, at most 1,000 */
export const planContacts = async (
  tx: Queryable,
  plan: { workspaceId: string; reference: ContactReference; people: readonly { customerId: string; dueAt: Date }[] },
): Promise<void> => {
  if (plan.people.length > 0) await upsertPlans(tx, plan);
};
