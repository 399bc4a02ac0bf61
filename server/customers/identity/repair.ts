import { transaction, type Db, type Queryable } from "#platform/db";
import { refreshProfiles } from "../profiles/profiles.ts";
import { openBatch, recountAssignments } from "./assignments.queries.ts";
import { listCustomersHolding } from "./holders.queries.ts";
import { findIdentifiers, noteCustomerChanges, noteIdentityChanges } from "./identifiers.queries.ts";
import { parseSubject } from "./identifiers.rules.ts";
import { limitsOf } from "./limits.ts";
import { deleteEmptyCustomers, deleteOrphans, deleteUnfounded, listRowsOfSubjects, takePendingRepairs } from "./repair.queries.ts";
import { claimAgain } from "./resolver.ts";
import { settleIdentities } from "./settlement.ts";

const SUBJECTS_AT_ONCE = 500;

/** Takes back what rows that are gone had said about identity: claims, traits, counts, and customers nobody speaks of any more.
 *  It may be stopped and started again at any moment. */
export const repairIdentities = async (db: Db, workspaceId: string): Promise<void> => {
  for (;;) {
    const isDone = await transaction(db, async (tx) => {
      await openBatch(tx);
      const subjects = await takePendingRepairs(tx, workspaceId, SUBJECTS_AT_ONCE);
      if (subjects.length > 0) await repairSubjects(tx, workspaceId, subjects);
      return subjects.length < SUBJECTS_AT_ONCE;
    });
    if (isDone) return;
  }
};

const repairSubjects = async (tx: Queryable, workspaceId: string, subjects: readonly string[]): Promise<void> => {
  const wanted = subjects.flatMap((subject) => {
    const identifier = parseSubject(subject);
    return identifier === null ? [] : [{ ...identifier, workspaceId }];
  });
  const own = (await findIdentifiers(tx, wanted)).map((identifier) => identifier.id);
  const ends = await deleteUnfounded(tx, own);
  const touched = [...new Set([...own, ...ends])];
  const before = await listCustomersHolding(tx, touched);
  const again = ends.length === 0 ? [] : await claimAgain(tx, workspaceId, await listRowsOfSubjects(tx, workspaceId, subjects));
  const orphans = new Set(await deleteOrphans(tx, touched));
  const left = [...new Set([...touched, ...again])].filter((id) => !orphans.has(id));
  const settled = await settleIdentities(tx, workspaceId, left, { limits: await limitsOf(tx, workspaceId), freshIds: new Set() });
  await recountAssignments(tx, left);
  await noteIdentityChanges(tx, workspaceId, left);
  const customerIds = [...before, ...settled.customerIds];
  await noteCustomerChanges(tx, workspaceId, customerIds);
  await refreshProfiles(tx, customerIds);
  await deleteEmptyCustomers(tx, customerIds);
};
