import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { z } from "zod";
import { CallList, CallOutcomes, ChangeCallListBody, CreateCallListBody, CurrentCall, NextCall, RecordAttemptBody } from "./interviews.contract.ts";
import { getCurrentCall, recordAttempt, releaseCall, takeNextCall } from "./calling.ts";
import { changeCallList, createCallList, getCallList, listAllCallLists, removeCallList, showOutcomes } from "./interviews.ts";
import { OUTCOMES } from "./outcomes.rules.ts";

export const interviewsAbilities = defineAbilities("interviews", {
  "interviews.read": { meaning: "See call lists and what came of them", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "interviews.call": { meaning: "Call customers from a list and write down what came of it", roles: ["owner", "admin", "manager", "agent"] },
  "interviews.write": { meaning: "Make, change and remove call lists", roles: ["owner", "admin", "manager"] },
});

const tag = "feedback";
const canRead = { ability: "interviews.read" };
const canCall = { ability: "interviews.call" };
const canWrite = { ability: "interviews.write" };
const params = z.object({ id: z.uuid() });
const target = z.object({ id: z.uuid(), targetId: z.uuid() });

export const interviewsRoutes = [
  defineRoute({
    method: "GET", url: "/api/call-outcomes", summary: "What can come of a call, by the codes of AAPOR", tag, access: canRead,
    reply: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), isFinal: z.boolean() })) }),
    answer: async () => ({ items: OUTCOMES.map(({ code, name, isFinal }) => ({ code, name, isFinal })) }),
  }),
  defineRoute({
    method: "GET", url: "/api/call-lists", summary: "Call lists, newest first", tag, access: canRead, query: z.object({ surveyId: z.uuid().optional() }), reply: z.object({ items: z.array(CallList) }),
    answer: async ({ actor, services, query }) => ({ items: await listAllCallLists(services, actor.workspaceId, query.surveyId ?? null) }),
  }),
  defineRoute({
    method: "POST", url: "/api/call-lists", summary: "Call everybody in a segment with a survey", tag, access: canWrite, body: CreateCallListBody, status: 201, reply: CallList,
    answer: ({ actor, services, body }) => createCallList(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/call-lists/:id", summary: "One call list with its progress", tag, access: canRead, params, reply: CallList,
    answer: ({ actor, services, params: { id } }) => getCallList(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/call-lists/:id", summary: "Change, pause, open or close a call list", tag, access: canWrite, params, body: ChangeCallListBody, reply: CallList,
    answer: ({ actor, services, params: { id }, body }) => changeCallList(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/call-lists/:id", summary: "Remove a call list and its notes; answers stay", tag, access: canWrite, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => removeCallList(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "GET", url: "/api/call-lists/:id/outcomes", summary: "What came of the calls, with AAPOR response rates", tag, access: canRead, params, reply: CallOutcomes,
    answer: ({ actor, services, params: { id } }) => showOutcomes(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "GET", url: "/api/call-lists/:id/call", summary: "The call you have taken and not yet written down", tag, access: canCall, params, reply: CurrentCall,
    answer: ({ actor, services, params: { id } }) => getCurrentCall(services, actor, id),
  }),
  defineRoute({
    method: "POST", url: "/api/call-lists/:id/next", summary: "The next person to call now", tag, access: canCall, params, reply: NextCall,
    answer: ({ actor, services, params: { id } }) => takeNextCall(services, actor, id),
  }),
  defineRoute({
    method: "POST", url: "/api/call-lists/:id/targets/:targetId/attempts", summary: "Write down what came of a call", tag, access: canCall, params: target, body: RecordAttemptBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id, targetId }, body }) => recordAttempt(services, actor, { listId: id, targetId }, body).then(() => undefined),
  }),
  defineRoute({
    method: "DELETE", url: "/api/call-lists/:id/targets/:targetId/claim", summary: "Give a call back that was not made", tag, access: canCall, params: target, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id, targetId } }) => releaseCall(services, actor, { listId: id, targetId }).then(() => undefined),
  }),
];
