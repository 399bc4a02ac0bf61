import { forgetPlanOf, forgetPlans, planContacts } from "#customers";
import type { Queryable } from "#platform/db";
import type { DistributionRow } from "./distributions.queries.ts";
import { deleteOutlooks } from "./outlooks.queries.ts";

type Asking = Pick<DistributionRow, "workspaceId" | "surveyId" | "settings">;
// The contact policy takes a plan back by itself once somebody is asked the survey.
const referenceOf = ({ surveyId }: Asking) => ({ type: "survey", id: surveyId });

/** Tells the contact policy whom a relationship survey will ask and when, so that transactional ones step back before it. */
export const announce = async (tx: Queryable, distribution: Asking, people: readonly { customerId: string | null; dueAt: Date | null }[]): Promise<void> => {
  if (distribution.settings.kind !== "relationship") return;
  const known = people.flatMap(({ customerId, dueAt }) => (customerId === null || dueAt === null ? [] : [{ customerId, dueAt }]));
  await planContacts(tx, { workspaceId: distribution.workspaceId, reference: referenceOf(distribution), people: known });
};

/** The survey is not coming to this person. */
export const takeBackFor = async (tx: Queryable, distribution: Asking, customerId: string | null): Promise<void> => {
  if (distribution.settings.kind !== "relationship" || customerId === null) return;
  await forgetPlanOf(tx, { workspaceId: distribution.workspaceId, reference: referenceOf(distribution), customerId });
};

/** Nobody steps back before a survey that is not coming. Others that ask the same survey tell theirs anew. */
export const takeBack = async (tx: Queryable, distribution: Asking): Promise<void> => {
  if (distribution.settings.kind !== "relationship") return;
  // In this order whoever is telling meanwhile is waited for, and then begins anew as well.
  await forgetPlans(tx, { workspaceId: distribution.workspaceId, reference: referenceOf(distribution) });
  await deleteOutlooks(tx, distribution);
};
