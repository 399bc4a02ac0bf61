import type { Actor } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { publish } from "#platform/events";
import { transaction } from "#platform/db";
import { defineErrors, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import { countUnseen, findAlert, listAlerts, noteSeen, saveOpinion, type AlertRow } from "./alerts.queries.ts";
import type { Alert, AlertsQuery, AlertsReply } from "./alerts.contract.ts";
import { readSubjects } from "./subjects.ts";
import { linkOfRow, sentenceOf } from "./telling.ts";
import { toneOf, type Subject } from "./watched.rules.ts";

export const alertsErrors = defineErrors("alerts", {
  alert_rule_limit: { status: 409, meaning: "The workspace has 200 rules for alerts already. Delete some first." },
  alert_member_unknown: { status: 400, meaning: "Somebody who is to be told is not a member of this workspace." },
  alert_filters_wrong: { status: 400, meaning: "What is watched cannot be narrowed this way: a rule about a theme or a formula names one of this workspace, other rules name none, and a response rate goes by survey and channel only." },
  alert_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out. Start again without it." },
  alert_needs_member: { status: 409, meaning: "Only a member can have seen an alert or found it useful; a key cannot." },
  alert_snooze_past: { status: 400, meaning: "The time until which a rule is to be quiet is over already." },
});

const UNSEEN_DAYS = 14;

/** Alerts, newest first, a page at a time. */
export const listAlertsFor = async (services: Services, actor: Actor, query: AlertsQuery): Promise<AlertsReply> => {
  const { workspaceId, memberId } = actor;
  const asked = { memberId, isOpen: query.state === undefined ? null : query.state === "open", ruleId: query.rule ?? null, from: query.from ?? null, to: query.to ?? null, before: readPlace(query.cursor), limit: query.limit + 1 };
  const [rows, timeZone] = [await listAlerts(services.db, workspaceId, asked), await timeZoneOf(services, workspaceId)];
  const page = rows.slice(0, query.limit);
  const subjectOf = await readSubjects(services, workspaceId, page.map(({ filters }) => filters));
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return { items: page.map((row) => showAlert(row, { now: services.clock.now(), timeZone, subject: subjectOf(row.filters) })), nextCursor: last === undefined ? null : nextCursor([last.raisedAt.toISOString(), last.id]) };
};

export const getAlert = async (services: Services, actor: Actor, id: string): Promise<Alert> => {
  const row = await findAlert(services.db, actor.workspaceId, id, actor.memberId);
  if (row === null) throw alertNotFound();
  const subject = (await readSubjects(services, actor.workspaceId, [row.filters]))(row.filters);
  return showAlert(row, { now: services.clock.now(), timeZone: await timeZoneOf(services, actor.workspaceId), subject });
};

export const countUnseenFor = async (services: Services, actor: Actor): Promise<number> => {
  if (actor.memberId === null) return 0;
  const now = services.clock.now();
  return countUnseen(services.db, actor.workspaceId, actor.memberId, { since: new Date(now.getTime() - UNSEEN_DAYS * 86_400_000), now });
};

/** @param ids which; null: all */
export const markSeen = async (services: Services, actor: Actor, ids: readonly string[] | null): Promise<void> => {
  await noteSeen(services.db, actor.workspaceId, requireMember(actor), ids, services.clock.now());
};

/** Notes whether an alert was useful to somebody; null takes the word back. */
export const giveOpinion = async (services: Services, actor: Actor, id: string, isUseful: boolean | null): Promise<Alert> => {
  const memberId = requireMember(actor);
  await transaction(services.db, async (tx) => {
    if (!(await saveOpinion(tx, { workspaceId: actor.workspaceId, alertId: id, memberId, isUseful, now: services.clock.now() }))) throw alertNotFound();
    await publish(tx, { name: "alerts.changed", workspaceId: actor.workspaceId, payload: { alertId: id } });
  });
  return getAlert(services, actor, id);
};

export const timeZoneOf = async (services: Services, workspaceId: string): Promise<string> => (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";

const requireMember = ({ memberId }: Actor): string => {
  if (memberId === null) throw alertsErrors.refuse("alert_needs_member", "Only a member can have seen an alert or found it useful. Sign in as one.");
  return memberId;
};

const alertNotFound = (): Error => httpErrors.refuse("not_found", "There is no such alert in this workspace.");

const showAlert = (row: AlertRow, { now, timeZone, subject }: { now: Date; timeZone: string; subject: Subject }): Alert => ({
  id: row.id, ruleId: row.ruleId, ruleName: row.ruleName, what: row.what, direction: row.direction, tone: toneOf(row.what, row.direction, row.evidence.isLowGood), ...sentenceOf(row, subject),
  state: row.endedAt !== null ? "over" : row.seenAt === null ? "raised" : "seen",
  raisedAt: row.raisedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null, endReason: row.endReason, isQuiet: row.isQuiet, isFromHistory: row.isFromHistory,
  snoozedUntil: row.snoozedUntil !== null && row.snoozedUntil > now ? row.snoozedUntil.toISOString() : null,
  evidence: row.evidence, link: linkOfRow(row, timeZone, subject), opinions: { useful: Number(row.useful), notUseful: Number(row.notUseful), mine: row.mine },
});

const place = z.tuple([z.iso.datetime(), z.uuid()]);
const readPlace = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const read = place.safeParse(readCursor(cursor, 2));
  if (!read.success) throw alertsErrors.refuse("alert_cursor_wrong", "This cursor is none that a page of this list gave out. Start again without it.");
  return { at: read.data[0], id: read.data[1] };
};
