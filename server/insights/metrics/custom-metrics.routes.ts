import { z } from "zod";
import { defineRoute } from "#platform/http";
import { changedCustomMetric, customMetric, customMetricList, newCustomMetric } from "./custom-metrics.contract.ts";
import { addOwnMetric, changeOwnMetric, getOwnMetric, listOwnMetrics, removeOwnMetric } from "./custom-metrics.ts";

const tag = "metrics";
const params = z.object({ id: z.uuid() });
const canRead = { ability: "metrics.read" };
const canEdit = { ability: "metrics.edit" };

export const customMetricsRoutes = [
  defineRoute({
    method: "GET", url: "/api/custom-metrics", summary: "Metrics of your own: formulas over the questions of a survey", tag, access: canRead, reply: customMetricList,
    answer: ({ actor, services }) => listOwnMetrics(services, actor.workspaceId),
  }),
  defineRoute({
    method: "POST", url: "/api/custom-metrics", summary: "Write a metric as a formula over the questions of a survey", tag, access: canEdit,
    body: newCustomMetric, status: 201, reply: customMetric,
    answer: ({ actor, services, body }) => addOwnMetric(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/custom-metrics/:id", summary: "One metric of your own", tag, access: canRead, params, reply: customMetric,
    answer: ({ actor, services, params: { id } }) => getOwnMetric(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/custom-metrics/:id", summary: "Change a metric of your own; its past figures change with it", tag, access: canEdit,
    params, body: changedCustomMetric, reply: customMetric,
    answer: ({ actor, services, params: { id }, body }) => changeOwnMetric(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/custom-metrics/:id", summary: "Delete a metric of your own", tag, access: canEdit, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => removeOwnMetric(services, actor, id).then(() => undefined),
  }),
];
