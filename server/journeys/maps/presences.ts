// Who has a map open just now.
import type { Actor } from "#platform/access";
import { transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { namesOfMembers, requireMap } from "./found-map.ts";
import type { Present } from "./presences.contract.ts";
import { deletePresence, deletePresencesBefore, listPresentMembers, upsertPresence } from "./presences.queries.ts";
import { presenceGoneMs } from "./presences.rules.ts";

/** Notes that a page shows the map. Only who comes and who goes is told to the others, not every sign of life.
 *  @param id of the page, made by it; a program has none and only learns who is there
 *  @throws not_found */
export const stayOnMap = async (services: Services, actor: Actor, mapId: string, id: string): Promise<Present[]> => {
  const { workspaceId, memberId } = actor;
  const now = services.clock.now();
  await requireMap(services.db, workspaceId, mapId);
  if (memberId !== null) {
    await transaction(services.db, async (tx) => {
      const isNew = await upsertPresence(tx, { workspaceId, mapId, id, memberId, at: now });
      const isSomebodyGone = await deletePresencesBefore(tx, workspaceId, mapId, goneAt(now));
      if (isNew || isSomebodyGone) await sayPresence(tx, workspaceId, mapId);
    });
  }
  return listPresent(services, workspaceId, mapId);
};

/** Notes that a page shows the map no more. */
export const leaveMap = async (services: Services, { workspaceId, memberId }: Actor, mapId: string, id: string): Promise<void> => {
  await requireMap(services.db, workspaceId, mapId);
  if (memberId === null) return;
  await transaction(services.db, async (tx) => {
    if (await deletePresence(tx, { workspaceId, mapId, id, memberId })) await sayPresence(tx, workspaceId, mapId);
  });
};

/** @throws not_found */
export const listPresent = async (services: Services, workspaceId: string, mapId: string): Promise<Present[]> => {
  await requireMap(services.db, workspaceId, mapId);
  const [ids, names] = await Promise.all([listPresentMembers(services.db, workspaceId, mapId, goneAt(services.clock.now())), namesOfMembers(services.db, workspaceId)]);
  return ids.flatMap((memberId) => {
    const name = names.get(memberId);
    return name === undefined ? [] : [{ memberId, name }];
  });
};

const goneAt = (now: Date): Date => new Date(now.getTime() - presenceGoneMs);

const sayPresence = (tx: Queryable, workspaceId: string, mapId: string): Promise<void> => publish(tx, { name: "map.presence_changed", workspaceId, payload: { mapId } });
