import { z } from "zod";
import { type Actor, defineAbilities } from "#platform/access";
import { createLimiter, defineRoute, httpErrors, requireAbility } from "#platform/http";
import type { Services } from "#platform/services";
import { requireTrust } from "#customers";
import { commentFilters } from "../comments/comments.contract.ts";
import { changeWritingAid, listWritingAidUses, showWritingAid, tryWritingAid } from "./writing-aid.ts";
import { commentSummary, replyDraft, writingAid, writingAidChange, writingAidTest, writingAidTestResult, writingAidUses } from "./writing-aid.contract.ts";
import { writeReplyDraft, writeSummary } from "./writing.ts";

export const writingAidAbilities = defineAbilities("writing-aid", {
  "writing-aid.change": { meaning: "Say which language model writes summaries and drafts, and turn it on and off", roles: ["owner", "admin"] },
  "writing-aid.use": { meaning: "Have comments summarised and replies drafted by the workspace's language model, where it is on", roles: ["owner", "admin", "manager", "agent"] },
});

// Each costs money at the endpoint and sends texts out: a person asks less often than this.
const ASKED_PER_MINUTE = 6;
const limiter = createLimiter();

const limit = (services: Services, actor: Actor): void => {
  const waitSeconds = limiter(actor.memberId ?? actor.keyId ?? "", ASKED_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
  if (waitSeconds > 0) throw httpErrors.refuse("too_many_requests", `The writing aid was asked often in the last minute. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
};

// What was sent is shown, and a key may have one ability without the other.
const requireComments = (actor: Actor): void => requireAbility(actor, "comments.read");

export const writingAidRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/writing-aid",
    tag: "writing-aid",
    summary: "The workspace's language model and what it may be asked for; its key is never shown",
    access: { ability: "writing-aid.change" },
    reply: writingAid,
    answer: ({ actor, services }) => showWritingAid(services, actor.workspaceId),
  }),
  defineRoute({
    method: "PATCH",
    url: "/api/writing-aid",
    tag: "writing-aid",
    summary: "Change the language model or what it may be asked for; left out stays as it is",
    access: { ability: "writing-aid.change" },
    body: writingAidChange,
    reply: writingAid,
    answer: ({ actor, services, body }) => changeWritingAid(services, actor, body),
  }),
  defineRoute({
    method: "POST",
    url: "/api/writing-aid/tests",
    tag: "writing-aid",
    summary: "Send a fixed text that says nothing of anybody to an endpoint; nothing is kept",
    access: { ability: "writing-aid.change" },
    body: writingAidTest,
    reply: writingAidTestResult,
    answer: ({ actor, services, body }) => {
      limit(services, actor);
      return tryWritingAid(services, actor, body);
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/writing-aid/uses",
    tag: "writing-aid",
    summary: "What the workspace's language model may be asked for",
    access: { ability: "writing-aid.use" },
    reply: writingAidUses,
    answer: ({ actor, services }) => listWritingAidUses(services, actor.workspaceId),
  }),
  defineRoute({
    method: "POST",
    url: "/api/comment-summaries",
    tag: "writing-aid",
    summary: "Have at most 60 comments summarised by the workspace's language model, without personal data; each sentence names its comments",
    access: { ability: "writing-aid.use" },
    query: commentFilters,
    reply: commentSummary,
    answer: ({ actor, services, query }) => {
      requireComments(actor);
      limit(services, actor);
      return writeSummary(services, actor, requireTrust(actor, query));
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/comments/:id/reply-drafts",
    tag: "writing-aid",
    summary: "Have a reply to one comment drafted by the workspace's language model; nothing is sent to the customer",
    access: { ability: "writing-aid.use" },
    params: z.object({ id: z.uuid() }),
    reply: replyDraft,
    answer: ({ actor, services, params }) => {
      requireComments(actor);
      limit(services, actor);
      return writeReplyDraft(services, actor, params.id);
    },
  }),
];
