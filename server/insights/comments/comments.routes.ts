import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { commentFilters, commentsQuery, commentsReply, correctionBody, correctionsReply, groupsQuery, groupsReply, learningBody, namedQuery, namedReply, rereading, summaryReply, textModels } from "./comments.contract.ts";
import { showComments, summariseComments, summariseGroups } from "./comments.ts";
import { listNamed } from "./named.ts";
import { correctReading, showCorrections } from "./corrections.ts";
import { startRereading, stopRereading } from "./rereadings.ts";
import { listTaughtModels, setLearning, withdrawModel } from "./text-models.ts";

export const commentsAbilities = defineAbilities("comments", {
  "comments.read": { meaning: "See what customers wrote and what was read in it", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "comments.correct": { meaning: "Set right what was read in a comment", roles: ["owner", "admin", "manager", "agent"] },
  "comments.teach": { meaning: "Read all comments anew, and go back from what was learnt", roles: ["owner", "admin", "manager"] },
});

export const commentsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/comments",
    tag: "comments",
    summary: "Comments with what was read in them, and the words that carried it, newest first",
    access: { ability: "comments.read" },
    query: commentsQuery,
    reply: commentsReply,
    answer: ({ actor, services, query }) => showComments(services, actor, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/summary",
    tag: "comments",
    summary: "Feeling, six needs, emotions and languages of the comments of a period, each share with interval and change",
    access: { ability: "comments.read" },
    query: commentFilters,
    reply: summaryReply,
    answer: ({ actor, services, query }) => summariseComments(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/groups",
    tag: "comments",
    summary: "Feeling and six needs of the comments by touchpoint, channel, stage, survey or source",
    access: { ability: "comments.read" },
    query: groupsQuery,
    reply: groupsReply,
    answer: ({ actor, services, query }) => summariseGroups(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/named",
    tag: "comments",
    summary: "Products, places and members that comments name most, and how those comments feel",
    access: { ability: "comments.read" },
    query: namedQuery,
    reply: namedReply,
    answer: ({ actor, services, query }) => listNamed(services, actor, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "PATCH",
    url: "/api/comments/:id/reading",
    tag: "comments",
    summary: "Set right what was read in a comment, or take that back; the workspace's model learns from it",
    access: { ability: "comments.correct" },
    params: z.object({ id: z.uuid() }),
    body: correctionBody,
    status: 204,
    reply: z.undefined(),
    answer: async ({ actor, services, params, body }) => {
      await correctReading(services, actor, params.id, body);
      return undefined;
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/:id/corrections",
    tag: "comments",
    summary: "Who set what in a comment and when, and what was taken back, newest first",
    access: { ability: "comments.read" },
    params: z.object({ id: z.uuid() }),
    reply: correctionsReply,
    answer: ({ actor, services, params }) => showCorrections(services, actor, params.id),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comment-models",
    tag: "comments",
    summary: "What the workspace has taught the reader of its comments, and how far the last reading anew is",
    access: { ability: "comments.read" },
    reply: textModels,
    answer: ({ actor, services }) => listTaughtModels(services, actor.workspaceId),
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/comment-models/in-use",
    tag: "comments",
    summary: "Go back to what was in use before the last training; comments are read anew, and nothing more is learnt until that is turned on again",
    access: { ability: "comments.teach" },
    reply: textModels,
    answer: ({ actor, services }) => withdrawModel(services, actor),
  }),
  defineRoute({
    method: "PUT",
    url: "/api/comment-models/learning",
    tag: "comments",
    summary: "Let the reader learn from what people set right, or keep it as it is",
    access: { ability: "comments.teach" },
    body: learningBody,
    reply: textModels,
    answer: ({ actor, services, body }) => setLearning(services, actor, body.isOn),
  }),
  defineRoute({
    method: "POST",
    url: "/api/comment-rereadings",
    tag: "comments",
    summary: "Read all comments anew, in the background",
    access: { ability: "comments.teach" },
    status: 201,
    reply: rereading,
    answer: ({ actor, services }) => startRereading(services, actor),
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/comment-rereadings/running",
    tag: "comments",
    summary: "Stop reading all comments anew; what was read stays",
    access: { ability: "comments.teach" },
    status: 204,
    reply: z.undefined(),
    answer: async ({ actor, services }) => {
      await stopRereading(services, actor);
      return undefined;
    },
  }),
];
