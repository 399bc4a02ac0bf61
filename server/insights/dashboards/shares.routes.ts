import { z } from "zod";
import { defineRoute } from "#platform/http";
import { askedOfShare, createdShare, createShareBody, openBody, passBody, passReply, sharedBoard, sharesReply } from "./shares.contract.ts";
import { createShare, givePass, listAllShares, measureShare, openShare, takeBack } from "./shares.ts";
import { boardNumbers } from "./tiles.contract.ts";

const tag = "dashboards";
const canShare = { ability: "dashboards.share" };
const params = z.object({ id: z.uuid() });
const secretParams = z.object({ secret: z.string().regex(/^[\w-]{20,100}$/u) });
const access = { public: "whoever has the link may see the dashboard" };

export const sharesRoutes = [
  defineRoute({
    method: "GET", url: "/api/dashboards/:id/shares", summary: "Links to a dashboard, newest first", tag, access: canShare, params, reply: sharesReply,
    answer: async ({ actor, services, params: { id } }) => ({ items: await listAllShares(services, actor, id) }),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/:id/shares", summary: "Make a link that shows a dashboard without signing in", tag, access: canShare, params, body: createShareBody, status: 201, reply: createdShare,
    answer: ({ actor, services, params: { id }, body }) => createShare(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/dashboard-shares/:id", summary: "Take a link back; it leads nowhere from then on", tag, access: canShare, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => takeBack(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/public/boards/:secret", summary: "The dashboard behind a link, or that it wants a password", tag, access, params: secretParams, body: openBody, reply: sharedBoard, limit: { perMinute: 60 },
    answer: ({ services, params: { secret }, body }) => openShare(services, secret, body.pass),
  }),
  defineRoute({
    method: "POST", url: "/api/public/boards/:secret/pass", summary: "A pass for the password of a link", tag, access, params: secretParams, body: passBody, reply: passReply, limit: { perMinute: 10 },
    answer: ({ services, params: { secret }, body }) => givePass(services, secret, body.password),
  }),
  defineRoute({
    method: "POST", url: "/api/public/boards/:secret/data", summary: "The numbers of a shared dashboard, without anything about single people", tag, access, params: secretParams, body: askedOfShare, reply: boardNumbers,
    limit: { perMinute: 60 },
    answer: ({ services, params: { secret }, body }) => measureShare(services, secret, body),
  }),
];
