import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { withdrawAccounts } from "./accounts.ts";
import { listBarred } from "./barred.ts";
import type { MapDocument } from "./document.contract.ts";
import { orderDocument } from "./document.rules.ts";
import { lockedMap, nameOf, namesOfMembers, requireMap, sayChanged } from "./found-map.ts";
import type { ChangeMapBody, CreateMapBody, JourneyMap, ListedMap, MapState, Viewpoint } from "./maps.contract.ts";
import { mapErrors } from "./maps.errors.ts";
import * as queries from "./maps.queries.ts";
import type { MapHeadRow } from "./maps.queries.ts";
import { figuresOf, listFaults } from "./parts.rules.ts";
import { documentOfPath } from "./path-map.rules.ts";
import { copyPhotos } from "./photos.queries.ts";
import { clearReferences, idsAmong, referencesIn } from "./references.rules.ts";
import { describeTemplate, documentOfTemplate } from "./templates.rules.ts";
import { settleViewpoint, showPersonas } from "./viewpoints.ts";
import { listTouchpoints } from "../touchpoints/touchpoints.queries.ts";

const MAPS_MAX = 500;
const AROUND_MAX = 10;

export const listAllMaps = async (services: Services, workspaceId: string, isArchived: boolean): Promise<ListedMap[]> => {
  const [rows, names] = await Promise.all([queries.listMaps(services.db, workspaceId, { isArchived, limit: MAPS_MAX }), namesOfMembers(services.db, workspaceId)]);
  return (await showPersonas(services.db, workspaceId, rows)).map((row) => headOf(row, names));
};

export const getMap = async (services: Services, workspaceId: string, id: string): Promise<JourneyMap> => {
  const [found, names, detailOf] = await Promise.all([requireMap(services.db, workspaceId, id), namesOfMembers(services.db, workspaceId), queries.listMapsAround(services.db, workspaceId, id, AROUND_MAX)]);
  const [row] = await showPersonas(services.db, workspaceId, [found]);
  return { ...headOf(row ?? { ...found, isPersonaGone: false, personaPictureId: null }, names), document: found.document, detailOf };
};

/** Draws a new map, from a template, a path or a file. A file from elsewhere may point to members, maps and photos that are not here: it comes without them. */
export const createMap = async (services: Services, actor: Actor, given: CreateMapBody): Promise<JourneyMap> => {
  const document = await documentFrom(services, actor.workspaceId, given.from);
  const details = { name: given.name, description: given.description ?? (given.from.kind === "template" ? describeTemplate(given.from.template) : ""), state: given.state, viewpoint: given.viewpoint, ownerId: actor.memberId };
  return insertNew(services, actor, { ...details, basedOn: null, document, action: "map.created", isFromElsewhere: given.from.kind === "document", isPersonaGone: false });
};

/** A map of its own with the same parts under the same ids, so that the two can be compared. Comments and accounts stay with the first. */
export const copyMap = async (services: Services, actor: Actor, id: string, given: { name: string; state: MapState }): Promise<JourneyMap> => {
  const source = await getMap(services, actor.workspaceId, id);
  const { description, viewpoint, ownerId, document } = source;
  return insertNew(services, actor, { ...given, description, viewpoint, ownerId, basedOn: source.id, document, action: "map.copied", isFromElsewhere: true, isPersonaGone: source.isPersonaGone });
};

export const changeMap = async (services: Services, actor: Actor, id: string, change: ChangeMapBody): Promise<JourneyMap> => {
  const { workspaceId } = actor;
  if (Object.keys(change).length === 0) return getMap(services, workspaceId, id);
  await transaction(services.db, async (tx) => {
    const before = await lockedMap(tx, workspaceId, id);
    const viewpoint = change.viewpoint === undefined ? before.viewpoint : await settleViewpoint(tx, workspaceId, change.viewpoint, false);
    if (change.ownerId !== undefined) await refuseUnknownOwner(tx, workspaceId, change.ownerId);
    const details = {
      name: change.name ?? before.name, description: change.description ?? before.description, state: change.state ?? before.state, viewpoint,
      ownerId: change.ownerId === undefined ? before.ownerId : change.ownerId, isArchived: change.isArchived ?? before.isArchived,
    };
    await queries.updateDetails(tx, workspaceId, id, details, { at: services.clock.now(), memberId: actor.memberId });
    await recordAudit(tx, actor, { action: "map.changed", subject: id, details: { fields: Object.keys(change) } });
    await sayChanged(tx, workspaceId, before);
  });
  return getMap(services, workspaceId, id);
};

export const deleteMap = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    await lockedMap(tx, actor.workspaceId, id);
    await withdrawAccounts(tx, actor.workspaceId, id);
    await queries.deleteMap(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "map.deleted", subject: id });
    // Whoever has it open is told who it was; nobody can look that up on a map that is gone.
    const memberName = nameOf(actor.memberId, await namesOfMembers(tx, actor.workspaceId));
    await publish(tx, { name: "map.deleted", workspaceId: actor.workspaceId, payload: { mapId: id, memberName } });
  });

const documentFrom = async (services: Services, workspaceId: string, from: CreateMapBody["from"]): Promise<MapDocument> => {
  switch (from.kind) {
    case "template": return documentOfTemplate(from.template);
    case "path": return documentOfPath(from.touchpoints, await listTouchpoints(services.db, workspaceId));
    case "document": {
      const faults = listFaults(from.document);
      if (faults.length > 0) throw mapErrors.refuse("map_document_broken", `The document is not whole. ${faults[0] ?? ""}`, { faults });
      return orderDocument(from.document);
    }
  }
};

type NewMap = { name: string; description: string; state: MapState; viewpoint: Viewpoint; ownerId: string | null; basedOn: string | null; document: MapDocument; action: string; isFromElsewhere: boolean; isPersonaGone: boolean };

const insertNew = async (services: Services, actor: Actor, { action, isFromElsewhere, isPersonaGone, ...given }: NewMap): Promise<JourneyMap> => {
  const { workspaceId, memberId } = actor;
  const id = newId();
  await transaction(services.db, async (tx) => {
    await queries.lockMapsOf(tx, workspaceId);
    // A persona that is gone may come back; a copy waits for it as the first does.
    const viewpoint = isPersonaGone ? given.viewpoint : await settleViewpoint(tx, workspaceId, given.viewpoint, isFromElsewhere);
    const references = referencesIn(given.document);
    if (given.basedOn !== null) await lockedMap(tx, workspaceId, given.basedOn);
    const barred = await listBarred(tx, workspaceId, given.basedOn ?? id, references);
    const document = clearReferences(given.document, new Set([...barred].filter(([, because]) => because === "unknown").map(([reference]) => reference)));
    const row = { id, workspaceId, ...given, viewpoint, document, ...figuresOf(document), at: services.clock.now(), memberId };
    if (!(await queries.insertMap(tx, row, MAPS_MAX))) throw mapErrors.refuse("map_limit", `There are ${MAPS_MAX} maps already. Delete some first.`);
    if (given.basedOn !== null) await copyPhotos(tx, workspaceId, { from: given.basedOn, to: id, ids: idsAmong(referencesIn(document), "photo") });
    await recordAudit(tx, actor, { action, subject: id, details: given.basedOn === null ? {} : { basedOn: given.basedOn } });
    await sayChanged(tx, workspaceId, { id, revision: 0 });
  });
  return getMap(services, workspaceId, id);
};

const refuseUnknownOwner = async (tx: Queryable, workspaceId: string, ownerId: string | null): Promise<void> => {
  if (ownerId === null || (await listMembers(tx, workspaceId)).some(({ id }) => id === ownerId)) return;
  throw mapErrors.refuse("map_owner_unknown", "The owner is no member of this workspace. Choose another.");
};

const headOf = (row: MapHeadRow & { isPersonaGone: boolean; personaPictureId: string | null }, names: ReadonlyMap<string, string>): ListedMap => ({
  id: row.id, name: row.name, description: row.description, state: row.state, viewpoint: row.viewpoint, isPersonaGone: row.isPersonaGone, personaPictureId: row.personaPictureId, ownerId: row.ownerId, ownerName: nameOf(row.ownerId, names),
  basedOn: row.basedOnId === null || row.basedOnName === null ? null : { id: row.basedOnId, name: row.basedOnName },
  steps: row.steps, boundSteps: row.boundSteps, revision: row.revision, isArchived: row.isArchived,
  createdAt: row.createdAt.toISOString(), changedAt: row.changedAt.toISOString(), changedBy: nameOf(row.changedById, names),
});
