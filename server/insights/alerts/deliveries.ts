// Alerts on their way to webhooks and chats: each is tried for days, what was not taken shows on its rule, and nothing is given up without a word.
import { localDay } from "#customers";
import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import type { Workspace } from "#platform/workspaces";
import { lockRule, type RuleRow } from "./alert-rules.queries.ts";
import type { Delivery, DeliveryWay, Redelivered } from "./alerts.contract.ts";
import { countDeliveries, listUntaken, noteDelivery, openDelivery, type DeliveryCounts } from "./deliveries.queries.ts";
import { isSnoozed } from "./watched.rules.ts";

/** Waits between tries grow to six hours: an address that fails for four days gets what it missed once it is back. */
export const DELIVERY_TRIES = 24;
const UNTAKEN_MAX = 200;

const jobOf = { hook: "alerts.hook", chat: "alerts.chat" } as const;

/** Puts an alert on its way, in the transaction that says so. */
export const startDelivery = async (tx: Queryable, given: { workspaceId: string; ruleId: string; alertId: string; way: DeliveryWay; runAt: Date | null }): Promise<void> => {
  await openDelivery(tx, given);
  await enqueueDelivery(tx, given);
};

// Somebody may end a snooze early: what waits for its end looks every hour whether it is over.
const SNOOZED_MS = 3_600_000;

/** Puts an alert off while its rule is snoozed; what was tried of it so far stays.
 *  @returns whether it was put off */
export const putOffWhileSnoozed = async (services: Services, rule: RuleRow, { alertId, way }: { alertId: string; way: DeliveryWay }): Promise<boolean> => {
  const now = services.clock.now();
  if (rule.snoozedUntil === null || !isSnoozed(rule, now)) return false;
  await enqueueDelivery(services.db, { workspaceId: rule.workspaceId, alertId, way, runAt: new Date(Math.min(rule.snoozedUntil.getTime(), now.getTime() + SNOOZED_MS)) });
  return true;
};

const enqueueDelivery = (tx: Queryable, { workspaceId, alertId, way, runAt }: { workspaceId: string; alertId: string; way: DeliveryWay; runAt: Date | null }): Promise<void> =>
  enqueue(tx, jobOf[way], { workspaceId, alertId }, { key: `${jobOf[way]}:${alertId}`, maxAttempts: DELIVERY_TRIES, ...(runAt === null ? {} : { runAt }) });

type Tried = { workspace: Workspace; rule: RuleRow; alertId: string; way: DeliveryWay; attempt: number; fault: string | null; isHopeless?: boolean };

/** Notes a try; after the last one in vain the owners are told by mail.
 *  @throws with the fault, so that it is tried again */
export const noteTry = async (services: Services, { workspace, rule, alertId, way, attempt, fault, isHopeless = false }: Tried): Promise<void> => {
  const now = services.clock.now();
  const isLast = isHopeless || attempt >= DELIVERY_TRIES;
  const state = fault === null ? "sent" : isLast ? "given_up" : "trying";
  const isNoted = await transaction(services.db, async (tx) => {
    const noted = await noteDelivery(tx, { workspaceId: workspace.id, alertId, way, state, attempts: attempt, fault, triedAt: now });
    if (!noted) return false;
    if (fault !== null && isLast) await tellOwners(services, tx, { workspace, rule, way, fault });
    // Whoever looks at the rules just now sees it fail, be given up, or come right.
    if (attempt > 1 || fault !== null) await publish(tx, { name: "alerts.changed", workspaceId: workspace.id, payload: { ruleId: rule.id } });
    return true;
  });
  // What was taken meanwhile, or has nowhere to go now, is not tried again.
  if (isNoted && fault !== null && !isHopeless) throw new Error(`${way === "hook" ? "The address for alerts did not take the message" : "The chat did not take the alert"}: ${fault}`);
};

const tellOwners = async (services: Services, tx: Queryable, { workspace, rule, way, fault }: Pick<Tried, "workspace" | "rule" | "way"> & { fault: string }): Promise<void> => {
  const where = way === "hook" ? `the webhook at ${rule.hookHost ?? "an address that is gone"}` : `the chat at ${rule.chat?.host ?? "an address that is gone"}`;
  const day = localDay(services.clock.now().getTime(), workspace.timeZone);
  const text = `Alerts of the rule "${rule.name}" do not arrive at ${where}: ${fault}.\n\nThey stand among the alerts all the same: ${services.baseUrl()}/alerts\nThere they can be sent once more, or the address be changed: ${services.baseUrl()}/alerts?rule=${rule.id}\n`;
  for (const { id, email, role } of await listMembers(tx, workspace.id)) {
    if (role === "owner") await sendMail(tx, { workspaceId: workspace.id, to: email, subject: `${workspace.name}: alerts of "${rule.name}" do not arrive`, text, key: `alert-untaken:${rule.id}:${way}:${id}:${day}` });
  }
};

/** Sends what was tried and not taken once more, now, as many as go at a time. */
export const redeliver = async (services: Services, actor: Actor, ruleId: string): Promise<Redelivered> => {
  const { workspaceId } = actor;
  return transaction(services.db, async (tx) => {
    const rule = await lockRule(tx, workspaceId, ruleId);
    if (rule === null) throw httpErrors.refuse("not_found", "There is no such rule in this workspace.");
    const { untaken, left } = await listUntaken(tx, workspaceId, ruleId, UNTAKEN_MAX);
    for (const { alertId, way } of untaken) await startDelivery(tx, { workspaceId, ruleId, alertId, way, runAt: null });
    await recordAudit(tx, actor, { action: "alert_rule.redelivered", subject: ruleId });
    await publish(tx, { name: "alerts.changed", workspaceId, payload: { ruleId } });
    return { sent: untaken.length, left };
  });
};

/** How deliveries of each rule go, as it is shown. */
export const readDeliveries = async (db: Queryable, workspaceId: string): Promise<(ruleId: string) => Delivery[]> => {
  const byRule = Map.groupBy(await countDeliveries(db, workspaceId), ({ ruleId }) => ruleId);
  return (ruleId) => (byRule.get(ruleId) ?? []).map(shown);
};

const shown = ({ way, open, givenUp, attempts, fault, triedAt, sentAt }: DeliveryCounts): Delivery =>
  ({ way, open, givenUp, attempts, fault, triedAt: triedAt?.toISOString() ?? null, sentAt: sentAt?.toISOString() ?? null });
