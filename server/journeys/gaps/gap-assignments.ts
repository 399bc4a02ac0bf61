// Gaps that somebody takes on, until strategy work picks them up.
import { can, type Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { nameOf, namesOfMembers } from "../maps/found-map.ts";
import { deleteAssignment, findAssignment, insertAssignment, insertChange, listAssignments, listChanges, lockAssignment, lockAssignments, updateAssignment, type AssignmentRow } from "./gap-assignments.queries.ts";
import type { AssignGapBody, ChangeGapBody, GapAssignment, GapHistoryReply, GapKind } from "./gaps.contract.ts";

export const gapErrors = defineErrors("gaps", {
  gap_taken: { status: 409, meaning: "Somebody took this gap on already." },
  gap_limit: { status: 409, meaning: "A workspace has room for 500 gaps that somebody took on." },
  gap_owner_unknown: { status: 400, meaning: "Whoever shall take the gap on is no member of this workspace." },
});

const ASSIGNMENTS_MAX = 500;
const CHANGES_SHOWN = 200;

type Shown = { kind: GapKind; isOfOneMember: boolean; ownerId: string | null };

/** What is said of one member by name, or of a team that she alone was felt of, is for those who hand gaps out, and for whoever took it on. */
export const maySeeGap = (actor: Actor, { kind, isOfOneMember, ownerId }: Shown): boolean =>
  (kind !== "member" && !isOfOneMember) || can(actor, "gaps.assign") || (ownerId !== null && ownerId === actor.memberId);

export const listGapAssignments = async ({ db }: Services, actor: Actor): Promise<GapAssignment[]> => {
  const [rows, names] = await Promise.all([listAssignments(db, actor.workspaceId, ASSIGNMENTS_MAX), namesOfMembers(db, actor.workspaceId)]);
  return rows.filter((row) => maySeeGap(actor, row)).map((row) => show(row, names));
};

/** Takes a gap on. What was found goes down in words and figures, so that it stands by itself.
 *  @throws gap_taken, gap_limit, gap_owner_unknown */
export const assignGap = async (services: Services, actor: Actor, given: AssignGapBody): Promise<GapAssignment> => {
  const { workspaceId } = actor;
  const now = services.clock.now();
  // Of a team nothing is known here: it may be one member.
  const { isOfOneMember = given.kind === "team" || given.kind === "member" } = given;
  const row: AssignmentRow = { ...given, isOfOneMember, id: newId(), createdAt: now, changedAt: now };
  const { ownerId, dueOn, status, note } = given;
  await transaction(services.db, async (tx) => {
    await refuseUnknownOwner(tx, workspaceId, ownerId);
    await lockAssignments(tx, workspaceId);
    const done = await insertAssignment(tx, workspaceId, row, ASSIGNMENTS_MAX);
    if (done === "taken") throw gapErrors.refuse("gap_taken", "Somebody took this gap on already. Reload the page to see who; if it was done and shows again, open it again.");
    if (done === "full") throw gapErrors.refuse("gap_limit", `There are ${ASSIGNMENTS_MAX} gaps already that somebody took on. Delete some first.`);
    await insertChange(tx, workspaceId, row.id, { id: newId(), at: now, memberId: actor.memberId, changes: { ownerId, dueOn, status, note } });
    await recordAudit(tx, actor, { action: "gap.assigned", subject: row.id, details: { kind: row.kind, ownerId, status } });
    await publish(tx, { name: "gap.assigned", workspaceId, payload: { ...plain(row) } });
  });
  return show(row, await namesOfMembers(services.db, workspaceId));
};

/** @throws not_found, gap_owner_unknown */
export const changeGap = async (services: Services, actor: Actor, id: string, given: ChangeGapBody): Promise<GapAssignment> => {
  const { workspaceId } = actor;
  const row = await transaction(services.db, async (tx) => {
    // All fields are written back, so what somebody else changed a moment ago must have been read.
    const before = requireFound(await lockAssignment(tx, workspaceId, id));
    if (given.ownerId !== undefined) await refuseUnknownOwner(tx, workspaceId, given.ownerId);
    const { title = before.title, note = before.note, ownerId = before.ownerId, dueOn = before.dueOn, status = before.status } = given;
    const after: AssignmentRow = { ...before, title, note, ownerId, dueOn, status, changedAt: services.clock.now() };
    await updateAssignment(tx, workspaceId, after);
    await insertChange(tx, workspaceId, id, { id: newId(), at: after.changedAt, memberId: actor.memberId, changes: given });
    await recordAudit(tx, actor, { action: "gap.changed", subject: id, details: { fields: Object.keys(given) } });
    await publish(tx, { name: "gap.changed", workspaceId, payload: { ...plain(after) } });
    return after;
  });
  return show(row, await namesOfMembers(services.db, workspaceId));
};

/** @throws not_found */
export const releaseGap = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await deleteAssignment(tx, actor.workspaceId, id))) throw notFound();
    await recordAudit(tx, actor, { action: "gap.released", subject: id });
    await publish(tx, { name: "gap.released", workspaceId: actor.workspaceId, payload: { id } });
  });

/** @throws not_found */
export const listGapHistory = async ({ db }: Services, actor: Actor, id: string): Promise<GapHistoryReply> => {
  const { workspaceId } = actor;
  if (!maySeeGap(actor, requireFound(await findAssignment(db, workspaceId, id)))) throw notFound();
  const [rows, names] = await Promise.all([listChanges(db, workspaceId, id, CHANGES_SHOWN), namesOfMembers(db, workspaceId)]);
  return { items: rows.map(({ id: changeId, at, memberId, changes }) => ({ id: changeId, at: at.toISOString(), memberName: nameOf(memberId, names), changes })) };
};

const requireFound = (row: AssignmentRow | null): AssignmentRow => {
  if (row === null) throw notFound();
  return row;
};

const refuseUnknownOwner = async (tx: Queryable, workspaceId: string, ownerId: string | null): Promise<void> => {
  if (ownerId !== null && !(await namesOfMembers(tx, workspaceId)).has(ownerId)) throw gapErrors.refuse("gap_owner_unknown", "Whoever shall take the gap on is no member here. Choose somebody from the list.");
};

// All that later work needs to know of it, without asking here. Open pages of every member hear of it, so what is said of one member stays out.
const plain = ({ id, key, kind, isOfOneMember, touchpoint, title, note, figures, ownerId, dueOn, status }: AssignmentRow) =>
  ({ id, kind, isOfOneMember, ownerId, dueOn, status, ...(kind === "member" || isOfOneMember ? {} : { key, touchpoint, title, note, figures }) });

const show = ({ createdAt, changedAt, ...row }: AssignmentRow, names: ReadonlyMap<string, string>): GapAssignment => ({ ...row, ownerName: nameOf(row.ownerId, names), createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString() });

const notFound = () => httpErrors.refuse("not_found", "There is no such gap here that somebody took on. It may have been released.");
