// What members say about a map to each other.
import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import type { MapComment, NewCommentBody } from "./comments.contract.ts";
import { deleteComment, findComment, insertComment, listComments, updateResolution, type CommentRow } from "./comments.queries.ts";
import { lockedMap, nameOf, namesOfMembers, requireMap } from "./found-map.ts";
import { mapErrors } from "./maps.errors.ts";
import type { MapRow } from "./maps.queries.ts";

const COMMENTS_MAX = 2_000;

export const listCommentsOf = async (services: Services, workspaceId: string, mapId: string): Promise<MapComment[]> => {
  await requireMap(services.db, workspaceId, mapId);
  const [rows, names] = await Promise.all([listComments(services.db, workspaceId, mapId, COMMENTS_MAX), namesOfMembers(services.db, workspaceId)]);
  return rows.map((row) => shown(row, names));
};

/** Writes a comment and mails those it mentions, once each and never the author. */
export const comment = async (services: Services, actor: Actor, mapId: string, given: NewCommentBody): Promise<MapComment> => {
  const { workspaceId, memberId } = actor;
  const row: CommentRow = { ...given, mentions: [...new Set(given.mentions)], id: newId(), memberId, createdAt: services.clock.now(), resolvedAt: null, resolvedById: null };
  const names = await transaction(services.db, async (tx) => {
    // The count is taken under the lock of the map.
    const map = await lockedMap(tx, workspaceId, mapId);
    refuseUnknownPlace(map, given);
    const members = await listMembers(tx, workspaceId);
    const mentioned = row.mentions.map((id) => members.find((member) => member.id === id));
    if (mentioned.includes(undefined)) throw mapErrors.refuse("map_mention_unknown", "Somebody who is mentioned is no member of this workspace.");
    if (!(await insertComment(tx, workspaceId, mapId, row, COMMENTS_MAX))) throw mapErrors.refuse("map_comment_limit", `The map has ${COMMENTS_MAX} comments already. Delete some first.`);
    const author = members.find(({ id }) => id === memberId)?.name ?? "A program";
    const words = mentionMail({ author, mapName: map.name, text: row.text, link: `${services.baseUrl()}/maps/${mapId}?comment=${row.id}` });
    for (const member of mentioned) if (member !== undefined && member.id !== memberId) await sendMail(tx, { workspaceId, to: member.email, ...words, key: `map comment ${row.id} ${member.id}` });
    await sayCommented(tx, workspaceId, mapId);
    return new Map(members.map(({ id, name }) => [id, name]));
  });
  return shown(row, names);
};

export const resolveComment = async (services: Services, actor: Actor, mapId: string, id: string, isResolved: boolean): Promise<MapComment> => {
  const { workspaceId, memberId } = actor;
  const row = await transaction(services.db, async (tx) => {
    await requireComment(tx, workspaceId, mapId, id);
    await updateResolution(tx, workspaceId, mapId, id, isResolved ? { at: services.clock.now(), memberId } : null);
    await sayCommented(tx, workspaceId, mapId);
    return requireComment(tx, workspaceId, mapId, id);
  });
  return shown(row, await namesOfMembers(services.db, workspaceId));
};

/** Members take their own words back; owners and admins anybody's. */
export const removeComment = (services: Services, actor: Actor, mapId: string, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const row = await requireComment(tx, actor.workspaceId, mapId, id);
    const isOwn = row.memberId !== null && row.memberId === actor.memberId;
    if (!isOwn && actor.role !== "owner" && actor.role !== "admin") throw mapErrors.refuse("map_comment_of_other", "Somebody else wrote this comment. Only they, an admin or the owner can delete it.");
    await deleteComment(tx, actor.workspaceId, mapId, id);
    await sayCommented(tx, actor.workspaceId, mapId);
  });

const sayCommented = (tx: Queryable, workspaceId: string, mapId: string): Promise<void> => publish(tx, { name: "map.commented", workspaceId, payload: { mapId } });

const mentionMail = ({ author, mapName, text, link }: { author: string; mapName: string; text: string; link: string }): { subject: string; text: string } => ({
  subject: `${author} mentioned you on the map "${mapName}"`.replace(/\s+/gu, " "),
  text: `${author} wrote on the map "${mapName}":\n\n${text}\n\nRead and answer: ${link}\n`,
});

const requireComment = async (db: Queryable, workspaceId: string, mapId: string, id: string): Promise<CommentRow> => {
  const row = await findComment(db, workspaceId, mapId, id);
  if (row === null) throw httpErrors.refuse("not_found", "There is no such comment on this map.");
  return row;
};

const refuseUnknownPlace = ({ document }: MapRow, { stepId, cardId }: NewCommentBody): void => {
  const isThere = (stepId === null || document.steps.some(({ id }) => id === stepId)) && (cardId === null || document.cards.some(({ id }) => id === cardId));
  if (!isThere) throw mapErrors.refuse("map_part_unknown", "The step or card this is about is not on the map any more.");
};

const shown = (row: CommentRow, names: ReadonlyMap<string, string>): MapComment => ({
  id: row.id, stepId: row.stepId, cardId: row.cardId, text: row.text, memberId: row.memberId, memberName: nameOf(row.memberId, names),
  mentions: row.mentions.flatMap((id) => ({ id, name: names.get(id) ?? "Former member" })),
  at: row.createdAt.toISOString(), resolvedAt: row.resolvedAt?.toISOString() ?? null, resolvedBy: nameOf(row.resolvedById, names),
});
