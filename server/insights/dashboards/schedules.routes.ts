import { z } from "zod";
import { defineRoute, type RawRoutes } from "#platform/http";
import { changeScheduleBody, createScheduleBody, schedule, schedulesReply, subscription } from "./schedules.contract.ts";
import { createSchedule, listAllSchedules, pauseSchedule, removeSchedule, sendNow, showSubscription, subscribe } from "./schedules.ts";

const tag = "dashboards";
const canShare = { ability: "dashboards.share" };
const params = z.object({ id: z.uuid() });
const secretParams = z.object({ secret: z.string().regex(/^[\w-]{20,100}$/u) });
const access = { public: "whoever has the link out of a mail decides about that mail" };
const limit = { perMinute: 60 };

export const schedulesRoutes = [
  defineRoute({
    method: "GET", url: "/api/dashboards/:id/schedules", summary: "When a dashboard is sent by mail, to whom, and what was sent", tag, access: canShare, params, reply: schedulesReply,
    answer: async ({ actor, services, params: { id } }) => ({ items: await listAllSchedules(services, actor, id) }),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/:id/schedules", summary: "Send a dashboard by mail on certain days", tag, access: canShare, params, body: createScheduleBody, status: 201, reply: schedule,
    answer: ({ actor, services, params: { id }, body }) => createSchedule(services, actor, id, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/dashboard-schedules/:id", summary: "Pause the mails of a schedule, or go on", tag, access: canShare, params, body: changeScheduleBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id }, body }) => pauseSchedule(services, actor, id, body.isPaused).then(() => undefined),
  }),
  defineRoute({
    method: "DELETE", url: "/api/dashboard-schedules/:id", summary: "Send a dashboard no longer", tag, access: canShare, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => removeSchedule(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboard-schedules/:id/sendings", summary: "Send it once now", tag, access: canShare, params, status: 202, reply: z.object({}), limit: { perMinute: 10 },
    answer: ({ actor, services, params: { id } }) => sendNow(services, actor, id).then(() => ({})),
  }),
  defineRoute({
    method: "GET", url: "/api/public/board-mails/:secret", summary: "What the link in a mail with a dashboard is about", tag, access, params: secretParams, reply: subscription, limit,
    answer: ({ services, params: { secret } }) => showSubscription(services, secret),
  }),
  defineRoute({
    method: "POST", url: "/api/public/board-mails/:secret", summary: "Want a dashboard by mail, or no longer", tag, access, params: secretParams, body: z.object({ wants: z.boolean() }), reply: subscription, limit,
    answer: ({ services, params: { secret }, body }) => subscribe(services, secret, body.wants),
  }),
];

/** The one click of mail programs, which send a form. Source: RFC 8058. */
export const leavingRoutes: RawRoutes = (app, services) => {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: 10_000 }, (_request, body, done) => done(null, body));
  app.post<{ Params: { secret: string } }>("/api/public/board-mails/:secret/one-click", async (request, reply) => {
    await subscribe(services, request.params.secret, false);
    return reply.code(204).send();
  });
};
