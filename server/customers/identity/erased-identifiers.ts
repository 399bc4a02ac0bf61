import type { Queryable } from "#platform/db";
import { hashOfSubject } from "./identifiers.rules.ts";
import { findErasedIdentifier, listTombstones } from "./erased-identifiers.queries.ts";

/** When the person who bore an identifier was erased.
 *  @param subject the identifier as text, "user:42"
 *  @returns the last time; null when nobody of this identifier was ever erased */
export const findTimeOfErasure = (db: Queryable, workspaceId: string, subject: string): Promise<Date | null> =>
  findErasedIdentifier(db, workspaceId, hashOfSubject(workspaceId, subject));

/** Whether an interaction of this id was erased with its person: a late duplicate is not written again, nor what comes with it. */
export const isErasedInteraction = async (tx: Queryable, workspaceId: string, interactionId: string): Promise<boolean> =>
  (await listTombstones(tx, workspaceId, [interactionId])).has(interactionId);
