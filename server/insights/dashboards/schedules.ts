import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newToken } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import { defineErrors, httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { readViewers, requireBoard } from "./board-access.ts";
import { getBoard } from "./dashboards.ts";
import { nextTime } from "./schedule-times.rules.ts";
import type { CreateScheduleBody, Recipient, Schedule, Subscription } from "./schedules.contract.ts";
import * as queries from "./schedules.queries.ts";
import type { RecipientRow, ScheduleRow } from "./schedules.queries.ts";
import { requireTiles } from "./tile-abilities.ts";
import { presetName } from "./tiles.contract.ts";

export const scheduleErrors = defineErrors("dashboard mails", {
  dashboard_schedule_limit: { status: 409, meaning: "The dashboard is sent on 20 schedules already. Delete one first." },
  dashboard_schedule_nobody: { status: 400, meaning: "Nobody would get the mail. Name a member or an address." },
  dashboard_member_unknown: { status: 400, meaning: "One of the members is not of this workspace." },
  subscription_unknown: { status: 404, meaning: "The link in the mail leads nowhere: the mails it is about are no longer sent." },
});

const SCHEDULES_MAX = 20;
const DUE_AT_ONCE = 50;

export const listAllSchedules = async (services: Services, actor: Actor, dashboardId: string): Promise<Schedule[]> => {
  const { workspaceId } = actor;
  await requireBoard(services, actor, { id: dashboardId, to: "see" });
  const rows = await queries.listSchedules(services.db, workspaceId, dashboardId);
  const ids = rows.map(({ id }) => id);
  const [recipients, sendings, members] = await Promise.all([
    queries.listRecipients(services.db, workspaceId, ids), queries.listSendings(services.db, workspaceId, ids), listMembers(services.db, workspaceId),
  ]);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id, rhythm: row.rhythm, weekday: row.weekday, monthDay: row.monthDay, hour: row.hour, showsComments: row.showsComments, isPaused: row.isPaused,
    period: presetName.catch("7d").parse(row.period), nextAt: row.nextAt.toISOString(),
    recipients: recipients.filter(({ scheduleId }) => scheduleId === row.id).map(({ id, memberId, address, ...state }) => ({ id, memberId, name: address ?? names.get(memberId ?? "") ?? "", state: stateOf({ memberId, ...state }) })),
    sendings: sendings
      .filter(({ scheduleId }) => scheduleId === row.id)
      .map(({ id, dueAt, sentAt, recipients: count, hasPdf, problem }) => ({ id, dueAt: dueAt.toISOString(), sentAt: sentAt?.toISOString() ?? null, recipients: count, hasPdf, problem })),
  }));
};

/** Sends a board on certain days. People outside are asked first whether they want it. */
export const createSchedule = async (services: Services, actor: Actor, dashboardId: string, given: CreateScheduleBody): Promise<Schedule> => {
  const { workspaceId } = actor;
  await requireBoard(services, actor, { id: dashboardId, to: "change" });
  const [board, workspace, members] = await Promise.all([getBoard(services, workspaceId, dashboardId), findWorkspace(services.db, workspaceId), listMembers(services.db, workspaceId)]);
  requireTiles(actor, board.tiles);
  const { memberIds, addresses, period, showsComments, ...time } = given;
  if (memberIds.length + addresses.length === 0) throw scheduleErrors.refuse("dashboard_schedule_nobody", "Nobody would get the mail. Name a member or an address.");
  if (memberIds.some((id) => !members.some((member) => member.id === id))) throw scheduleErrors.refuse("dashboard_member_unknown", "One of the members is not of this workspace.");
  const now = services.clock.now();
  const id = newId();
  const row = { workspaceId, id, dashboardId, ...time, period, showsComments, isPaused: false, nextAt: nextTime(time, now.getTime(), workspace?.timeZone ?? "UTC"), createdBy: actor.memberId };
  const people = [...new Set(memberIds)].map((memberId) => ({ memberId, address: null }));
  const outside = [...new Set(addresses.map((address) => address.toLowerCase()))].map((address) => ({ memberId: null, address }));
  const recipients = [...people, ...outside].map((one): RecipientRow => ({ ...one, workspaceId, id: newId(), scheduleId: id, token: newToken(), confirmedAt: null, leftAt: null }));
  await transaction(services.db, async (tx) => {
    const isAdded = await queries.insertSchedule(tx, { ...row, createdAt: now }, SCHEDULES_MAX);
    if (!isAdded) throw scheduleErrors.refuse("dashboard_schedule_limit", `The dashboard is sent on ${SCHEDULES_MAX} schedules already. Delete one first.`);
    await queries.insertRecipients(tx, recipients);
    for (const { address, token, id: recipientId } of recipients) {
      if (address === null) continue;
      const page = `${services.baseUrl()}/board-mails/${token}`;
      const organisation = workspace?.name ?? "";
      const text = `${organisation} would like to send you the dashboard "${board.name}" by mail.\n\nIf you want it, say so here:\n${page}\n\nWithout that, nothing is sent.\n`;
      await sendMail(tx, { workspaceId, to: address, subject: `${organisation}: may we send you "${board.name}"?`, text, key: `dashboard asks ${recipientId}` });
    }
    await recordAudit(tx, actor, { action: "dashboard.scheduled", subject: dashboardId, details: { scheduleId: id, members: people.length, addresses: outside.length, showsComments } });
  });
  const made = (await listAllSchedules(services, actor, dashboardId)).find((one) => one.id === id);
  if (made === undefined) throw scheduleNotFound();
  return made;
};

export const pauseSchedule = async (services: Services, actor: Actor, id: string, isPaused: boolean): Promise<void> => {
  const row = await requireSchedule(services, actor, id);
  const timeZone = (await findWorkspace(services.db, actor.workspaceId))?.timeZone ?? "UTC";
  await transaction(services.db, async (tx) => {
    // What came due while it was paused is not made up for.
    await queries.updateSchedule(tx, actor.workspaceId, id, { isPaused, nextAt: nextTime(row, services.clock.now().getTime(), timeZone) });
    await recordAudit(tx, actor, { action: isPaused ? "dashboard.schedule_paused" : "dashboard.schedule_resumed", subject: row.dashboardId, details: { scheduleId: id } });
  });
};

export const removeSchedule = async (services: Services, actor: Actor, id: string): Promise<void> => {
  const row = await requireSchedule(services, actor, id);
  await transaction(services.db, async (tx) => {
    await queries.deleteSchedule(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "dashboard.unscheduled", subject: row.dashboardId, details: { scheduleId: id } });
  });
};

/** Sends it once at once, beside its days. */
export const sendNow = async (services: Services, actor: Actor, id: string): Promise<void> => {
  const { workspaceId } = actor;
  await requireSchedule(services, actor, id);
  await transaction(services.db, async (tx) => {
    const sendingId = newId();
    const isNew = await queries.insertSending(tx, { workspaceId, id: sendingId, scheduleId: id, dueAt: services.clock.now() });
    if (isNew) await enqueue(tx, "dashboards.send", { workspaceId, sendingId }, { queue: "dashboards.send" });
  });
};

/** Notes every time that has come and orders its mails, in one transaction: whoever runs this twice orders nothing twice. */
export const beginSendings = (services: Services): Promise<void> =>
  transaction(services.db, async (tx) => {
    const now = services.clock.now();
    for (const row of await queries.lockDueSchedules(tx, now, DUE_AT_ONCE)) {
      const { workspaceId, id } = row;
      const timeZone = (await findWorkspace(tx, workspaceId))?.timeZone ?? "UTC";
      const sendingId = newId();
      const isNew = await queries.insertSending(tx, { workspaceId, id: sendingId, scheduleId: id, dueAt: row.nextAt });
      await queries.updateSchedule(tx, workspaceId, id, { isPaused: false, nextAt: nextTime(row, now.getTime(), timeZone) });
      if (isNew) await enqueue(tx, "dashboards.send", { workspaceId, sendingId }, { queue: "dashboards.send" });
    }
  });

/** What the link in a mail is about. One that is closed to whoever gets it, or gone, is not named any more; the mails can be left all the same. */
export const showSubscription = async (services: Services, token: string): Promise<Subscription> => {
  const row = await requireRecipient(services, token);
  const schedule = await queries.findSchedule(services.db, row.workspaceId, row.scheduleId);
  if (schedule === null) throw subscriptionUnknown();
  const [sees, workspace] = await Promise.all([readViewers(services, row.workspaceId, schedule.dashboardId), findWorkspace(services.db, row.workspaceId)]);
  const isShown = sees(row.memberId ?? schedule.createdBy);
  return { dashboard: isShown ? (await getBoard(services, row.workspaceId, schedule.dashboardId)).name : "", organisation: workspace?.name ?? "", state: stateOf(row) };
};

export const subscribe = async (services: Services, token: string, wants: boolean): Promise<Subscription> => {
  await requireRecipient(services, token);
  await queries.noteRecipient(services.db, token, { wants, at: services.clock.now() });
  return showSubscription(services, token);
};

const requireSchedule = async (services: Services, actor: Actor, id: string): Promise<ScheduleRow> => {
  const row = await queries.findSchedule(services.db, actor.workspaceId, id);
  if (row === null) throw scheduleNotFound();
  await requireBoard(services, actor, { id: row.dashboardId, to: "change" });
  return row;
};

const requireRecipient = async (services: Services, token: string): Promise<RecipientRow> => {
  const row = await queries.findRecipient(services.db, token);
  if (row === null) throw subscriptionUnknown();
  return row;
};

const scheduleNotFound = () => httpErrors.refuse("not_found", "There is no such schedule in this workspace.");
const subscriptionUnknown = () => scheduleErrors.refuse("subscription_unknown", "This link leads nowhere: the mails it is about are no longer sent.");

const stateOf = ({ memberId, confirmedAt, leftAt }: Pick<RecipientRow, "memberId" | "confirmedAt" | "leftAt">): Recipient["state"] =>
  leftAt !== null ? "left" : memberId !== null ? "member" : confirmedAt !== null ? "confirmed" : "asked";
