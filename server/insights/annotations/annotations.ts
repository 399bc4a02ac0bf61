import { z } from "zod";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, nextCursor, readCursor, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { AddAnnotationBody, Annotation, AnnotationsQuery } from "./annotations.contract.ts";
import { type AnnotationRow, deleteAnnotation, insertAnnotation, listAnnotations } from "./annotations.queries.ts";

export const annotationsErrors = defineErrors("annotations", {
  annotation_limit: { status: 409, meaning: "The workspace has 2,000 notes on days already. Delete some first." },
  annotation_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out. Start again without it." },
});

const ANNOTATIONS_MAX = 2_000;

/** Notes on days, latest day first, a page at a time. */
export const listNotedDays = async (services: Services, workspaceId: string, query: AnnotationsQuery): Promise<{ items: Annotation[]; nextCursor: string | null }> => {
  const { from = null, to = null, limit } = query;
  const rows = await listAnnotations(services.db, workspaceId, { from, to, before: readPlace(query.cursor), limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(shown), nextCursor: last === undefined ? null : nextCursor([last.day, last.id]) };
};

export const addAnnotation = async (services: Services, actor: Actor, { day, title }: AddAnnotationBody): Promise<Annotation> => {
  const row = { id: newId(), day, title, createdAt: services.clock.now() };
  await transaction(services.db, async (tx) => {
    const isAdded = await insertAnnotation(tx, actor.workspaceId, { ...row, createdBy: actor.memberId }, ANNOTATIONS_MAX);
    if (!isAdded) throw annotationsErrors.refuse("annotation_limit", `There are ${ANNOTATIONS_MAX} notes on days already. Delete some first.`);
    await recordAudit(tx, actor, { action: "annotation.added", subject: row.id });
    await publish(tx, { name: "annotation.added", workspaceId: actor.workspaceId, payload: { annotationId: row.id } });
  });
  return shown(row);
};

export const removeAnnotation = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await deleteAnnotation(tx, actor.workspaceId, id))) throw httpErrors.refuse("not_found", "There is no such note in this workspace.");
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

const shown = ({ id, day, title, createdAt }: AnnotationRow): Annotation => ({ id, day, title, createdAt: createdAt.toISOString() });
