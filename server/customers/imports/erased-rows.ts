import type { Queryable } from "#platform/db";
import { hasErasuresSince, holdErasuresOff, listErasedSince, listTombstones } from "../identity/erased-identifiers.queries.ts";
import { hashOfSubject, type IdentityLimits } from "../identity/identifiers.rules.ts";
import { createNaming, type ConvertedRow } from "./convert.rules.ts";
import type { ImportRow } from "./imports.queries.ts";
import type { RowProblem, SourceRow } from "./row-source.contract.ts";

export type AcceptedRow = { source: SourceRow; row: ConvertedRow };
export type RefusedRow = { source: SourceRow; problem: RowProblem };
type Given = Pick<ImportRow, "workspaceId" | "mapping" | "createdAt"> & { identity: IdentityLimits };
export type Batch = { accepted: readonly AcceptedRow[]; refused: readonly RefusedRow[] };

/** Takes the rows of erased people out of a batch: those erased before, whose row is known, and those erased since the file was
 *  uploaded, whose name is. Refused rows too, because their cells would be kept. Erasing waits until the batch is committed.
 *  @returns what is left, and how many rows are not */
export const leaveErasedOut = async (tx: Queryable, given: Given, batch: Batch): Promise<Batch & { leftOut: number }> => {
  await holdErasuresOff(tx, given.workspaceId);
  const tombstones = await listTombstones(tx, given.workspaceId, batch.accepted.map(({ row }) => row.interaction.id));
  const isOfErased = await findErasedNames(tx, given, [...batch.accepted, ...batch.refused].map(({ source }) => source));
  const accepted = batch.accepted.filter(({ source, row }) => !tombstones.has(row.interaction.id) && !isOfErased(source));
  const refused = batch.refused.filter(({ source }) => !isOfErased(source));
  return { accepted, refused, leftOut: batch.accepted.length + batch.refused.length - accepted.length - refused.length };
};

const findErasedNames = async (tx: Queryable, { workspaceId, mapping, createdAt, identity }: Given, sources: readonly SourceRow[]): Promise<(source: SourceRow) => boolean> => {
  if (!(await hasErasuresSince(tx, workspaceId, createdAt))) return () => false;
  const name = createNaming(mapping, identity);
  const hashes = new Map(sources.map((source) => [source, name(source).map((subject) => hashOfSubject(workspaceId, subject))]));
  const erased = await listErasedSince(tx, workspaceId, { since: createdAt, hashes: [...new Set([...hashes.values()].flat())] });
  return (source) => hashes.get(source)?.some((hash) => erased.has(hash)) ?? false;
};
