// Who is told of an alert, and how: mail at once, a signed message to another system, a chat, or a digest.
import { createHmac } from "node:crypto";
import { localDay, quietUntil } from "#customers";
import { listMembers } from "#people";
import type { Queryable } from "#platform/db";
import { transaction } from "#platform/db";
import { fetchOutside } from "#platform/http";
import { enqueue } from "#platform/jobs";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace, type Workspace } from "#platform/workspaces";
import { findRule, type RuleRow } from "./alert-rules.queries.ts";
import type { Told } from "./alerts.contract.ts";
import { findAlert, type AlertRow } from "./alerts.queries.ts";
import { dayName, dayNumber } from "./days.rules.ts";
import { noteTry, putOffWhileSnoozed, startDelivery } from "./deliveries.ts";
import { dropDelivery } from "./deliveries.queries.ts";
import { openRuleSecret } from "./rule-secrets.ts";
import { describeFinding } from "./sentences.rules.ts";
import { readSubjects } from "./subjects.ts";
import { isLevel, isSnoozed, linkOf, type Subject } from "./watched.rules.ts";

/** Puts what must be sent on its way, in the transaction that raised the alert; in quiet hours it waits for their end. */
export const tellOf = async (tx: Queryable, rule: RuleRow, { alertId, now, timeZone }: { alertId: string; now: Date; timeZone: string }): Promise<void> => {
  const { workspaceId, told: { quiet } } = rule;
  const runAt = quiet === null ? null : quietUntil(now, timeZone, { ...quiet, days: [], channels: [] });
  const when = runAt === null ? {} : { runAt };
  if (hasMail(rule.told, "now")) await enqueue(tx, "alerts.mail", { workspaceId, alertId }, { key: `alerts.mail:${alertId}`, ...when });
  if (rule.hookHost !== null) await startDelivery(tx, { workspaceId, ruleId: rule.id, alertId, way: "hook", runAt });
  if (rule.chat !== null) await startDelivery(tx, { workspaceId, ruleId: rule.id, alertId, way: "chat", runAt });
};

export const hasMail = ({ owners, members }: Told, wanted: "now" | "daily" | "weekly"): boolean => owners === wanted || members.some(({ mail }) => mail === wanted);

type ToldAlert = { row: AlertRow; rule: RuleRow; workspace: Workspace; subject: Subject };

/** An alert with its rule; null when one of them is gone. */
export const findTold = async (services: Services, workspaceId: string, alertId: string): Promise<ToldAlert | null> => {
  const [row, workspace] = [await findAlert(services.db, workspaceId, alertId, null), await findWorkspace(services.db, workspaceId)];
  const rule = row === null ? null : await findRule(services.db, workspaceId, row.ruleId);
  if (row === null || rule === null || workspace === null) return null;
  return { row, rule, workspace, subject: (await readSubjects(services, workspaceId, [row.filters]))(row.filters) };
};

/** Mails an alert to those who want to know at once. The key makes one mail of however many runs. */
export const mailAlert = async (services: Services, workspaceId: string, alertId: string): Promise<void> => {
  const told = await findTold(services, workspaceId, alertId);
  if (told === null || isSnoozed(told.rule, services.clock.now())) return;
  const { row, rule, workspace, subject } = told;
  const people = await readersOf(services, rule, "now");
  const { title, detail } = sentenceOf(row, subject);
  await transaction(services.db, async (tx) => {
    for (const { id, email } of people) {
      const text = `${title}.\n\n${detail}\n\nThe evidence: ${services.baseUrl()}${linkOfRow(row, workspace.timeZone, subject)}\nAll alerts, and whether this was useful: ${services.baseUrl()}/alerts?alert=${row.id}\n\nRule: ${rule.name}, ${workspace.name}.\n`;
      await sendMail(tx, { workspaceId, to: email, subject: `${workspace.name}: ${title}`, text, key: `alert:${alertId}:${id}` });
    }
  });
};

/** Posts an alert to the address of its rule. Anything but a 2xx is tried again, for about four days.
 *  @throws when the other side did not take it */
export const postAlert = async (services: Services, given: { workspaceId: string; alertId: string; attempt: number }): Promise<void> => {
  const { workspaceId, alertId } = given;
  const told = await findTold(services, workspaceId, alertId);
  if (told === null) return;
  if (told.rule.hookHost === null) return dropDelivery(services.db, workspaceId, alertId, "hook");
  if (await putOffWhileSnoozed(services, told.rule, { alertId, way: "hook" })) return;
  const { row, rule, workspace, subject } = told;
  const [url, secret] = [openRuleSecret(services, rule, "hookUrl"), openRuleSecret(services, rule, "hook")];
  const tried = { workspace, rule, alertId, way: "hook" as const, attempt: given.attempt };
  if (url === null || secret === null) return noteTry(services, { ...tried, fault: "its address cannot be opened any more; enter it again", isHopeless: true });
  const { evidence: { points: _points, ...evidence }, ...head } = row;
  const body = JSON.stringify({
    event: "alert.raised", id: row.id, rule: { id: rule.id, name: rule.name }, what: row.what, direction: row.direction, ...sentenceOf(row, subject), raisedAt: head.raisedAt.toISOString(), evidence,
    link: `${services.baseUrl()}${linkOfRow(row, workspace.timeZone, subject)}`,
  });
  const seconds = Math.floor(services.clock.now().getTime() / 1000);
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "idempotency-key": alertId, "x-firsthand-signature": `t=${seconds},v1=${signature}` };
  const reply = await fetchOutside(services.config, { method: "POST", url, headers, body }, { timeoutMs: 10_000, sizeBytesMax: 100_000, redirectsMax: 0 });
  await noteTry(services, { ...tried, fault: !reply.ok ? reply.message : reply.status >= 200 && reply.status < 300 ? null : `it answered ${reply.status}` });
};

/** Members who want mail of a rule this way; somebody who left the workspace is told nothing. */
export const readersOf = async (services: Services, { workspaceId, told }: RuleRow, wanted: "now" | "daily" | "weekly"): Promise<{ id: string; email: string }[]> =>
  (await listMembers(services.db, workspaceId)).filter(({ id, role }) => {
    const own = told.members.find(({ memberId }) => memberId === id);
    return own === undefined ? role === "owner" && told.owners === wanted : own.mail === wanted;
  });

export const sentenceOf = (row: Pick<AlertRow, "what" | "direction" | "evidence" | "filters" | "isHushed">, subject: Subject): { title: string; detail: string } => {
  const { title, detail } = describeFinding(row.what, row.direction, row.evidence, { filters: row.filters, subject });
  return { title, detail: row.isHushed ? `${detail} It began while its rule was snoozed.` : detail };
};

export const linkOfRow = (row: Pick<AlertRow, "what" | "filters" | "evidence">, timeZone: string, subject: Subject): string => {
  const { from, to } = row.evidence;
  const last = dayNumber(localDay(Date.parse(to) - 1, timeZone));
  const days = { from: localDay(Date.parse(from), timeZone), to: dayName(last + 1) };
  return linkOf(row.what, row.filters, isLevel(row.what) ? days : { ...days, hours: { from, to } }, subject.theme);
};
