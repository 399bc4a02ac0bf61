// Several people change one map at once: groups of edits are carried out one after the other, and each is kept.
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { listBarred } from "./barred.ts";
import { editsBetween } from "./between.rules.ts";
import type { MapDocument } from "./document.contract.ts";
import { applyEdits, type AppliedEdits } from "./document.rules.ts";
import type { EditGroup, SendEditsBody, SentEdits } from "./edits.contract.ts";
import { lockedMap, nameOf, namesOfMembers, requireMap, sayChanged } from "./found-map.ts";
import { findGroup, insertGroup, listGroups, type EditGroupRow } from "./map-edits.queries.ts";
import { deleteSnapshots, findSnapshot, keepSnapshot, listSnapshots } from "./map-snapshots.queries.ts";
import type { JourneyMap } from "./maps.contract.ts";
import { mapErrors, mapNotFound } from "./maps.errors.ts";
import { updateDocument, type MapRow } from "./maps.queries.ts";
import { getMap } from "./maps.ts";
import { figuresOf } from "./parts.rules.ts";
import { clearReferences, referencesIn, referencesOf } from "./references.rules.ts";
import { spareSnapshots } from "./snapshots.rules.ts";

const GROUPS_MAX = 500;

/** Carries a group of edits out as far as it can be, and tells the sender what others did meanwhile. The same group again changes nothing. */
export const sendEdits = (services: Services, actor: Actor, id: string, given: SendEditsBody): Promise<SentEdits> =>
  transaction(services.db, async (tx) => {
    const { workspaceId } = actor;
    const barred = await listBarred(tx, workspaceId, id, given.edits.flatMap(referencesOf));
    const map = await lockedMap(tx, workspaceId, id);
    const kept = await findGroup(tx, workspaceId, id, given.id);
    if (kept !== null) {
      const missed = await missedBy(tx, actor, map, { after: given.knows, until: kept.changeCount > 0 ? kept.revision - 1 : kept.revision });
      return { revision: kept.revision, missed, refused: kept.refused };
    }
    const missed = await missedBy(tx, actor, map, { after: given.knows, until: map.revision });
    const applied = applyEdits(map.document, given.edits, barred);
    const revision = await keepGroup(tx, actor, map, { id: given.id, applied, restoredRevision: null, at: services.clock.now() });
    return { revision, missed, refused: applied.refused };
  });

/** Groups of edits after a revision, in their order, at most 500. */
export const listEdits = async (services: Services, workspaceId: string, id: string, after: number): Promise<EditGroup[]> => {
  await requireMap(services.db, workspaceId, id);
  return shownGroups(services.db, workspaceId, await listGroups(services.db, workspaceId, id, { after, until: null, limit: GROUPS_MAX }));
};

/** The document as it was at a revision.
 *  @throws map_revision_unknown */
export const getRevision = async (services: Services, workspaceId: string, id: string, revision: number): Promise<MapDocument> => {
  return readRevision(services.db, workspaceId, await requireMap(services.db, workspaceId, id), revision);
};

/** Brings an earlier state back as a new revision: everything that was done since stays in the history, and can be brought back too. */
export const restoreMap = async (services: Services, actor: Actor, id: string, revision: number): Promise<JourneyMap> => {
  const { workspaceId } = actor;
  await transaction(services.db, async (tx) => {
    const wanted = await readRevision(tx, workspaceId, await requireMap(tx, workspaceId, id), revision);
    // Members leave and maps are deleted: what the old state pointed to may not be there any more.
    const barred = await listBarred(tx, workspaceId, id, referencesIn(wanted));
    const map = await lockedMap(tx, workspaceId, id);
    const applied = applyEdits(map.document, editsBetween(map.document, clearReferences(wanted, new Set(barred.keys()))));
    await keepGroup(tx, actor, map, { id: newId(), applied, restoredRevision: revision, at: services.clock.now() });
    await recordAudit(tx, actor, { action: "map.restored", subject: id, details: { revision } });
  });
  return getMap(services, workspaceId, id);
};

export const shownGroups = async (db: Queryable, workspaceId: string, rows: readonly EditGroupRow[]): Promise<EditGroup[]> => {
  if (rows.length === 0) return [];
  const names = await namesOfMembers(db, workspaceId);
  return rows.map(({ id, revision, memberId, at, edits }) => ({ id, revision, memberId, memberName: nameOf(memberId, names), at: at.toISOString(), edits }));
};

const missedBy = async (tx: Queryable, { workspaceId }: Actor, map: MapRow, span: { after: number; until: number }): Promise<EditGroup[]> =>
  shownGroups(tx, workspaceId, span.until <= span.after ? [] : await listGroups(tx, workspaceId, map.id, { ...span, limit: GROUPS_MAX }));

type Kept = { id: string; applied: AppliedEdits; restoredRevision: number | null; at: Date };

/** @returns the revision of the map after the group */
const keepGroup = async (tx: Queryable, actor: Actor, map: MapRow, { id, applied, restoredRevision, at }: Kept): Promise<number> => {
  const { workspaceId, memberId } = actor;
  const { document, done, refused } = applied;
  const revision = done.length === 0 ? map.revision : map.revision + 1;
  await insertGroup(tx, { workspaceId, mapId: map.id, id, revision, changeCount: done.length, memberId, at, edits: done, refused, restoredRevision });
  if (done.length === 0) return revision;
  await updateDocument(tx, workspaceId, map.id, { document, revision, ...figuresOf(document), at, memberId });
  await keepSnapshot(tx, workspaceId, map.id, snapshotAfter(document));
  const spare = spareSnapshots(await listSnapshots(tx, workspaceId, map.id), SNAPSHOTS_MAX);
  if (spare.length > 0) await deleteSnapshots(tx, workspaceId, map.id, spare);
  await sayChanged(tx, workspaceId, { id: map.id, revision });
  return revision;
};

/** Of one map. Of a hundred thousand revisions two thousand are then read back at a time, which takes some hundredths of a second. */
const SNAPSHOTS_MAX = 50;

/** Edits from one snapshot to the next. Of a large map fewer are kept: together they shall not take more room than what was drawn. */
const snapshotAfter = ({ stages, steps, lanes, cards }: MapDocument): number => Math.max(100, stages.length + steps.length + lanes.length + cards.length);

const readRevision = async (db: Queryable, workspaceId: string, map: MapRow, revision: number): Promise<MapDocument> => {
  if (revision > map.revision) throw mapErrors.refuse("map_revision_unknown", `The map has no revision ${revision}: the latest is ${map.revision}.`);
  const known = await findSnapshot(db, workspaceId, map.id, revision);
  if (known === null) throw mapNotFound();
  let { document } = known;
  for (let after = known.revision; after < revision; ) {
    const groups = await listGroups(db, workspaceId, map.id, { after, until: revision, limit: GROUPS_MAX });
    document = applyEdits(document, groups.flatMap(({ edits }) => edits)).document;
    after = groups.at(-1)?.revision ?? revision;
  }
  return document;
};
