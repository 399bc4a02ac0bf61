import type { Queryable } from "#platform/db";
import { enqueue } from "#platform/jobs";
import { lockDistribution } from "./distributions.queries.ts";
import { findInvitation, lockInvitation } from "./invitations.queries.ts";
import type { InvitationRow } from "./invitations.queries.ts";

/** Lets it do what is due soon, instead of at the next full minute. What is due later never puts off what is due before. */
export const enqueueWork = (tx: Queryable, row: { workspaceId: string; id: string }, runAt?: Date): Promise<void> =>
  enqueue(tx, "distributions.work", { workspaceId: row.workspaceId, distributionId: row.id }, { key: `distribution ${row.id}`, ...(runAt === undefined ? {} : { runAt, keepsEarlier: true }) });

/** An invitation that may become due again. Its distribution is locked first, as everywhere, and so cannot end meanwhile. */
export const lockToGoOn = async (tx: Queryable, id: string): Promise<InvitationRow | null> => {
  const found = await findInvitation(tx, id);
  if (found === null) return null;
  await lockDistribution(tx, found.workspaceId, found.distributionId);
  return lockInvitation(tx, id);
};
