import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { commentFilters, commentsQuery, commentsReply, correctionBody, groupsQuery, groupsReply, summaryReply } from "./comments.contract.ts";
import { listComments, summariseComments, summariseGroups } from "./comments.ts";
import { correctReading } from "./corrections.ts";

export const commentsAbilities = defineAbilities("comments", {
  "comments.read": { meaning: "See what customers wrote and what was read in it", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "comments.correct": { meaning: "Set right what was read in a comment", roles: ["owner", "admin", "manager", "agent"] },
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
    answer: ({ actor, services, query }) => listComments(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/summary",
    tag: "comments",
    summary: "Feeling, six needs, emotions and languages of the comments of a period, each share with interval and change",
    access: { ability: "comments.read" },
    query: commentFilters,
    reply: summaryReply,
    answer: ({ actor, services, query }) => summariseComments(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET",
    url: "/api/comments/groups",
    tag: "comments",
    summary: "Feeling and six needs of the comments by touchpoint, channel, stage, survey or source",
    access: { ability: "comments.read" },
    query: groupsQuery,
    reply: groupsReply,
    answer: ({ actor, services, query }) => summariseGroups(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "PATCH",
    url: "/api/comments/:id/reading",
    tag: "comments",
    summary: "Set right what was read in a comment; the workspace's model learns from it",
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
];
