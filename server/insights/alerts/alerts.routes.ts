import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { changeAlertRule, createAlertRule, deleteAlertRule, getAlertRule, listAlertRules, snoozeAlertRule, sumFalseAlarms, tryAlertRule } from "./alert-rules.ts";
import { alert, alertsQuery, alertsReply, chatAddress, chatTrialReply, madeRule, newRule, opinionBody, redelivered, rule, ruleChange, rulesReply, seenBody, snoozeBody, trialReply, tryRule, unseenReply } from "./alerts.contract.ts";
import { countUnseenFor, getAlert, giveOpinion, listAlertsFor, markSeen } from "./alerts.ts";
import { tryChat } from "./chat.ts";
import { redeliver } from "./deliveries.ts";

export const alertsAbilities = defineAbilities("alerts", {
  "alerts.read": { meaning: "See alerts and the rules behind them, and say whether they were useful", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "alerts.edit": { meaning: "Make, change, snooze and delete rules for alerts", roles: ["owner", "admin", "manager"] },
});

const tag = "alerts";
const canRead = { ability: "alerts.read" };
const canEdit = { ability: "alerts.edit" };
const params = z.object({ id: z.uuid() });

export const alertsRoutes = [
  defineRoute({
    method: "GET", url: "/api/alerts", summary: "What moved beyond what chance explains, with the evidence, newest first", tag, access: canRead, query: alertsQuery, reply: alertsReply,
    answer: ({ actor, services, query }) => listAlertsFor(services, actor, query),
  }),
  defineRoute({
    method: "GET", url: "/api/alerts/unseen", summary: "How many alerts you have not seen", tag, access: canRead, reply: unseenReply,
    answer: async ({ actor, services }) => ({ unseen: await countUnseenFor(services, actor) }),
  }),
  defineRoute({
    method: "POST", url: "/api/alerts/seen", summary: "Note that you have seen alerts", tag, access: canRead, body: seenBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, body }) => markSeen(services, actor, body.ids ?? null).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/alerts/:id", summary: "One alert", tag, access: canRead, params, reply: alert,
    answer: ({ actor, services, params: { id } }) => getAlert(services, actor, id),
  }),
  defineRoute({
    method: "PUT", url: "/api/alerts/:id/opinion", summary: "Say whether an alert was useful; null takes it back", tag, access: canRead, params, body: opinionBody, reply: alert,
    answer: ({ actor, services, params: { id }, body }) => giveOpinion(services, actor, id, body.isUseful),
  }),
  defineRoute({
    method: "GET", url: "/api/alert-rules", summary: "Rules for alerts, with how useful they have been", tag, access: canRead, reply: rulesReply,
    answer: async ({ actor, services }) => {
      const items = await listAlertRules(services, actor.workspaceId);
      return { items, falseAlarmsPerYear: sumFalseAlarms(items) };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/alert-rules", summary: "Make a rule for alerts", tag, access: canEdit, body: newRule, status: 201, reply: madeRule,
    answer: ({ actor, services, body }) => {
      requireTrust(actor, body.filters);
      return createAlertRule(services, actor, body);
    },
  }),
  defineRoute({
    method: "POST", url: "/api/alert-rules/trial", summary: "What a rule would have told in the last twelve months", tag, access: canRead, body: tryRule, reply: trialReply,
    answer: ({ actor, services, body }) => {
      requireTrust(actor, body.filters);
      return tryAlertRule(services, actor.workspaceId, body);
    },
  }),
  defineRoute({
    method: "POST", url: "/api/alert-rules/chat-trial", summary: "Write a test message into a chat", tag, access: canEdit, body: chatAddress, reply: chatTrialReply,
    limit: { perMinute: 20 },
    answer: ({ actor, services, body }) => tryChat(services, actor.workspaceId, body),
  }),
  defineRoute({
    method: "GET", url: "/api/alert-rules/:id", summary: "One rule for alerts", tag, access: canRead, params, reply: rule,
    answer: ({ actor, services, params: { id } }) => getAlertRule(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/alert-rules/:id", summary: "Change a rule for alerts", tag, access: canEdit, params, body: ruleChange, reply: madeRule,
    answer: ({ actor, services, params: { id }, body }) => {
      requireTrust(actor, body.filters ?? {});
      return changeAlertRule(services, actor, id, body);
    },
  }),
  defineRoute({
    method: "PUT", url: "/api/alert-rules/:id/snooze", summary: "Keep a rule quiet until a time; null wakes it", tag, access: canEdit, params, body: snoozeBody, reply: rule,
    answer: ({ actor, services, params: { id }, body }) => snoozeAlertRule(services, actor, id, body.until === null ? null : new Date(body.until)),
  }),
  defineRoute({
    method: "POST", url: "/api/alert-rules/:id/redeliveries", summary: "Send alerts that the webhook or chat of a rule did not take once more, now", tag, access: canEdit, params, reply: redelivered,
    limit: { perMinute: 20 },
    answer: ({ actor, services, params: { id } }) => redeliver(services, actor, id),
  }),
  defineRoute({
    method: "DELETE", url: "/api/alert-rules/:id", summary: "Delete a rule for alerts with what it told", tag, access: canEdit, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => deleteAlertRule(services, actor, id).then(() => undefined),
  }),
];
