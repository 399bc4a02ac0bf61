// What hangs on a map without being drawn on it: comments, accounts of customers, photos, files.
import { z } from "zod";
import { defineRoute, fileReply } from "#platform/http";
import { account, accountsQuery, changeAccountBody, newAccountBody } from "./accounts.contract.ts";
import { addAccount, changeAccount, listAccountsOf, removeAccount } from "./accounts.ts";
import { mapComment, newCommentBody, resolutionBody } from "./comments.contract.ts";
import { comment, listCommentsOf, removeComment, resolveComment } from "./comments.ts";
import { jsonFile, mermaidFile } from "./files.ts";
import { getPhoto, takePhoto } from "./photos.ts";
import { present } from "./presences.contract.ts";
import { leaveMap, listPresent, stayOnMap } from "./presences.ts";
import { wordsOnMap, wordsQuery } from "./words.contract.ts";
import { listWordsAbout } from "./words.ts";

const tag = "journeys";
const canRead = { ability: "maps.read" };
// A key that may read maps has not been trusted with names of customers by that.
const canReadCustomers = { ability: "customers.read" };
const canWrite = { ability: "maps.write" };
const one = z.object({ id: z.uuid() });
const ofComment = one.extend({ commentId: z.uuid() });
const ofAccount = one.extend({ accountId: z.uuid() });
const ofPage = one.extend({ pageId: z.uuid() });
const presentNow = z.object({ items: z.array(present) });

export const mapPartsRoutes = [
  defineRoute({
    method: "GET", url: "/api/maps/:id/comments", summary: "What members said about a map, oldest first", tag, access: canRead, params: one, reply: z.object({ items: z.array(mapComment) }),
    answer: async ({ actor, services, params: { id } }) => ({ items: await listCommentsOf(services, actor.workspaceId, id) }),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/comments", summary: "Comment on a map, a step or a card; those mentioned get a mail", tag, access: canWrite, params: one, body: newCommentBody, status: 201, reply: mapComment, limit: { perMinute: 60 },
    answer: ({ actor, services, params: { id }, body }) => comment(services, actor, id, body),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/comments/:commentId/resolution", summary: "Resolve a comment, or open it again", tag, access: canWrite, params: ofComment, body: resolutionBody, reply: mapComment,
    answer: ({ actor, services, params: { id, commentId }, body }) => resolveComment(services, actor, id, commentId, body.isResolved),
  }),
  defineRoute({
    method: "DELETE", url: "/api/maps/:id/comments/:commentId", summary: "Delete a comment: your own, or as an admin anybody's", tag, access: canWrite, params: ofComment, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id, commentId } }) => removeComment(services, actor, id, commentId).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/accounts", summary: "What named customers felt and what moved them, step by step", tag, access: canReadCustomers, params: one, query: accountsQuery, reply: z.object({ items: z.array(account) }),
    answer: async ({ actor, services, params: { id }, query }) => ({ items: await listAccountsOf(services, actor.workspaceId, id, query.customer ?? null) }),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/accounts", summary: "Note what a customer felt at a step; what she told herself goes on her timeline", tag, access: canWrite, params: one, body: newAccountBody, status: 201, reply: account,
    answer: ({ actor, services, params: { id }, body }) => addAccount(services, actor, id, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/maps/:id/accounts/:accountId", summary: "Change what was noted; on the timeline the old is withdrawn and the new recorded", tag, access: canWrite, params: ofAccount, body: changeAccountBody, reply: account,
    answer: ({ actor, services, params: { id, accountId }, body }) => changeAccount(services, actor, id, accountId, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/maps/:id/accounts/:accountId", summary: "Delete what was noted, on the timeline too", tag, access: canWrite, params: ofAccount, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id, accountId } }) => removeAccount(services, actor, id, accountId).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/photos", summary: "Send a photo for a card: PNG, JPEG or WebP, at most 5 MB", tag, access: canWrite, params: one, upload: true, status: 201, reply: z.object({ fileId: z.uuid() }), limit: { perMinute: 60 },
    answer: ({ actor, services, params: { id }, request }) => takePhoto(services, actor, id, request.body),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/photos/:fileId", summary: "A photo on a map", tag, access: canRead, params: one.extend({ fileId: z.uuid() }), reply: fileReply("application/octet-stream"),
    answer: ({ actor, services, params: { id, fileId } }) => getPhoto(services, actor.workspaceId, id, fileId),
  }),
  defineRoute({
    method: "GET", url: "/api/words-on-maps", summary: "Where maps name a customer in words that members wrote: erasing leaves them as they are", tag, access: canRead, query: wordsQuery, reply: z.object({ items: z.array(wordsOnMap) }),
    answer: async ({ actor, services, query }) => ({ items: await listWordsAbout(services, actor, query.customer) }),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/presences", summary: "Members who have the map open just now", tag, access: canRead, params: one, reply: presentNow,
    answer: async ({ actor, services, params: { id } }) => ({ items: await listPresent(services, actor.workspaceId, id) }),
  }),
  defineRoute({
    method: "PUT", url: "/api/maps/:id/presences/:pageId", summary: "Say that a page shows the map, again every few seconds; tells who else does", tag, access: canRead, params: ofPage, reply: presentNow,
    answer: async ({ actor, services, params: { id, pageId } }) => ({ items: await stayOnMap(services, actor, id, pageId) }),
  }),
  defineRoute({
    method: "DELETE", url: "/api/maps/:id/presences/:pageId", summary: "Say that a page shows the map no more", tag, access: canRead, params: ofPage, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id, pageId } }) => leaveMap(services, actor, id, pageId).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/map.json", summary: "The map as a file that can be read in again", tag, access: canRead, params: one, reply: fileReply("application/json"),
    answer: ({ actor, services, params: { id } }) => jsonFile(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/map.mmd", summary: "The map as mermaid text", tag, access: canRead, params: one, reply: fileReply("text/vnd.mermaid"),
    answer: ({ actor, services, params: { id } }) => mermaidFile(services, actor.workspaceId, id),
  }),
];
