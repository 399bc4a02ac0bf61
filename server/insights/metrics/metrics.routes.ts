import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { maySeeCustomers, requireTrust } from "#customers";
import { findAnswerSpan, listAnswers, listLatest } from "./answers.ts";
import { showBreaks } from "./breaks.ts";
import { customMetricsRoutes } from "./custom-metrics.routes.ts";
import {
  answersQuery,
  answersReply,
  breakdownQuery,
  breakdownReply,
  breaksQuery,
  breaksReply,
  latestQuery,
  latestReply,
  spanReply,
  summaryQuery,
  summaryReply,
  trendQuery,
  trendReply,
} from "./metrics.contract.ts";
import { showBreakdown, showTrend, summariseMetrics } from "./metrics.ts";

export const metricsAbilities = defineAbilities("metrics", {
  "metrics.read": { meaning: "See scores, trends and the answers behind them", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "metrics.edit": { meaning: "Write metrics of one's own as formulas, change and delete them", roles: ["owner", "admin", "manager"] },
});

const shared = { method: "GET", tag: "metrics", access: { ability: "metrics.read" } } as const;

export const metricsRoutes = [
  ...customMetricsRoutes,
  defineRoute({
    ...shared,
    url: "/api/metrics/summary",
    summary: "NPS, CSAT and CES of a period, or other metrics, with interval, change and distribution",
    query: summaryQuery,
    reply: summaryReply,
    answer: ({ actor, services, query }) => summariseMetrics(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/trend",
    summary: "One metric by day, week or month with its interval",
    query: trendQuery,
    reply: trendReply,
    answer: ({ actor, services, query }) => showTrend(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/breaks",
    summary: "Where a trend must not be read across: other words, another scale, another mix of channels, weighting",
    query: breaksQuery,
    reply: breaksReply,
    answer: ({ actor, services, query }) => showBreaks(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/breakdown",
    summary: "One metric by touchpoint, channel, survey, segment, trait, member, month and more",
    query: breakdownQuery,
    reply: breakdownReply,
    answer: ({ actor, services, query }) => showBreakdown(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/answers",
    summary: "The answers and people behind a number, newest first; without customers.read nobody is named, and personal data in what they wrote is hidden",
    query: answersQuery,
    reply: answersReply,
    answer: ({ actor, services, query }) => listAnswers(services, actor.workspaceId, requireTrust(actor, query), { seesCustomers: maySeeCustomers(actor) }),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/latest",
    summary: "The newest answers of all kinds",
    query: latestQuery,
    reply: latestReply,
    answer: ({ actor, services, query }) => listLatest(services, actor.workspaceId, requireTrust(actor, query), { seesCustomers: maySeeCustomers(actor) }),
  }),
  defineRoute({
    ...shared,
    url: "/api/metrics/span",
    summary: "When the first and the last answer came",
    reply: spanReply,
    answer: ({ actor, services }) => findAnswerSpan(services, actor.workspaceId),
  }),
];
