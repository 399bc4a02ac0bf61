import type { Queryable } from "#platform/db";
import { enqueue } from "#platform/jobs";

/** Lets it do what is due soon, instead of at the next full minute. */
export const enqueueWork = (tx: Queryable, row: { workspaceId: string; id: string }, runAt?: Date): Promise<void> =>
  enqueue(tx, "distributions.work", { workspaceId: row.workspaceId, distributionId: row.id }, { key: `distribution ${row.id}`, ...(runAt === undefined ? {} : { runAt }) });
