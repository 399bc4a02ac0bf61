import { z } from "zod";
import { can, type Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, nextCursor, readCursor, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { listNamedMembers } from "#people";
import type { AddAnnotationBody, Annotation, AnnotationsQuery, ChangeAnnotationBody } from "./annotations.contract.ts";
import { type AnnotationRow, deleteAnnotation, findAnnotation, insertAnnotation, listAnnotations, lockAnnotation, lockRemoved, restoreAnnotation, updateAnnotation } from "./annotations.queries.ts";

export const annotationsErrors = defineErrors("annotations", {
  annotation_limit: { status: 409, meaning: "The workspace has 2,000 notes on days already. Delete some first." },
  annotation_days_wrong: { status: 400, meaning: "The last day of a note lies after its first; a note on one day has none." },
  annotation_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out. Start again without it." },
});

const ANNOTATIONS_MAX = 2_000;
const KEPT_MS = 30 * 86_400_000;

/** Notes on days, latest day first, a page at a time. */
export const listNotedDays = async (services: Services, actor: Actor, query: AnnotationsQuery): Promise<{ items: Annotation[]; nextCursor: string | null }> => {
  const { from = null, to = null, limit } = query;
  const rows = await listAnnotations(services.db, actor.workspaceId, { from, to, before: readPlace(query.cursor), limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: await show(services, actor, page), nextCursor: last === undefined ? null : nextCursor([last.day, last.id]) };
};

/** @throws annotation_limit, annotation_days_wrong */
export const addAnnotation = async (services: Services, actor: Actor, given: AddAnnotationBody): Promise<Annotation> => {
  refuseWrongDays(given);
  const row = { ...given, id: newId(), createdAt: services.clock.now(), createdBy: actor.memberId };
  await transaction(services.db, async (tx) => {
    const isAdded = await insertAnnotation(tx, actor.workspaceId, row, ANNOTATIONS_MAX);
    if (!isAdded) throw limitReached();
    await recordAudit(tx, actor, { action: "annotation.added", subject: row.id });
    await publish(tx, { name: "annotation.added", workspaceId: actor.workspaceId, payload: { annotationId: row.id } });
  });
  return getAnnotation(services, actor, row.id);
};

/** @throws not_found, annotation_days_wrong */
export const changeAnnotation = async (services: Services, actor: Actor, id: string, given: ChangeAnnotationBody): Promise<Annotation> => {
  await transaction(services.db, async (tx) => {
    const before = await lockAnnotation(tx, actor.workspaceId, id);
    if (before === null) throw notFound();
    const row = {
      id, day: given.day ?? before.day, lastDay: given.lastDay === undefined ? before.lastDay : given.lastDay, title: given.title ?? before.title, changedAt: services.clock.now(), changedBy: actor.memberId,
    };
    refuseWrongDays(row);
    await updateAnnotation(tx, actor.workspaceId, row);
    await recordAudit(tx, actor, { action: "annotation.changed", subject: id, details: { fields: Object.keys(given) } });
    await publish(tx, { name: "annotation.changed", workspaceId: actor.workspaceId, payload: { annotationId: id } });
  });
  return getAnnotation(services, actor, id);
};

/** Brings a note back that was taken away in the last thirty days, as it was, with who wrote it.
 *  @throws not_found, annotation_limit */
export const bringBackAnnotation = async (services: Services, actor: Actor, id: string): Promise<Annotation> => {
  await transaction(services.db, async (tx) => {
    if (!(await lockRemoved(tx, actor.workspaceId, id, new Date(services.clock.now().getTime() - KEPT_MS)))) throw notFound();
    if (!(await restoreAnnotation(tx, actor.workspaceId, id, ANNOTATIONS_MAX))) throw limitReached();
    await recordAudit(tx, actor, { action: "annotation.restored", subject: id });
    await publish(tx, { name: "annotation.added", workspaceId: actor.workspaceId, payload: { annotationId: id } });
  });
  return getAnnotation(services, actor, id);
};

export const removeAnnotation = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const at = services.clock.now();
    if (!(await deleteAnnotation(tx, actor.workspaceId, id, { at, forgottenBefore: new Date(at.getTime() - KEPT_MS) }))) throw notFound();
    await recordAudit(tx, actor, { action: "annotation.removed", subject: id });
    await publish(tx, { name: "annotation.removed", workspaceId: actor.workspaceId, payload: { annotationId: id } });
  });

const place = z.tuple([z.iso.date(), z.uuid()]);

const readPlace = (cursor: string | undefined): { day: string; id: string } | null => {
  if (cursor === undefined || cursor === "") return null;
  const read = place.safeParse(readCursor(cursor, 2));
  if (!read.success) throw annotationsErrors.refuse("annotation_cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  const [day, id] = read.data;
  return { day, id };
};

const getAnnotation = async (services: Services, actor: Actor, id: string): Promise<Annotation> => {
  const row = await findAnnotation(services.db, actor.workspaceId, id);
  const [found] = await show(services, actor, row === null ? [] : [row]);
  if (found === undefined) throw notFound();
  return found;
};

const show = async (services: Services, actor: Actor, rows: readonly AnnotationRow[]): Promise<Annotation[]> => {
  // Notes are for everybody; who belongs to the workspace is not.
  const isSigned = can(actor, "members.read") && rows.some(({ createdBy, changedBy }) => createdBy !== null || changedBy !== null);
  const names = new Map((isSigned ? await listNamedMembers(services.db, actor.workspaceId) : []).map(({ id, name }) => [id, name]));
  return rows.map(({ id, day, lastDay, title, createdAt, createdBy, changedAt, changedBy }) => ({
    id, day, lastDay, title, createdAt: createdAt.toISOString(), writtenBy: names.get(createdBy ?? "") ?? null, changedAt: changedAt?.toISOString() ?? null, changedBy: names.get(changedBy ?? "") ?? null,
  }));
};

const refuseWrongDays = ({ day, lastDay }: Pick<AnnotationRow, "day" | "lastDay">): void => {
  if (lastDay !== null && lastDay <= day) throw annotationsErrors.refuse("annotation_days_wrong", `${lastDay} does not lie after ${day}. Leave the last day out for a note on one day.`);
};

const limitReached = (): Error => annotationsErrors.refuse("annotation_limit", `There are ${ANNOTATIONS_MAX} notes on days already. Delete some first.`);
const notFound = (): Error => httpErrors.refuse("not_found", "There is no such note in this workspace.");
