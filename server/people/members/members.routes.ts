import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { sessionReply } from "../sessions/sessions.contract.ts";
import { findAccountByEmail } from "../sessions/sessions.queries.ts";
import { setSessionCookie, showSession } from "../sessions/sessions.routes.ts";
import * as contract from "./members.contract.ts";
import { listInvitations, listMembers } from "./members.queries.ts";
import { acceptInvitation, changeRole, findValidInvitation, inviteMember, removeMember, withdrawInvitation } from "./members.ts";

export const membersAbilities = defineAbilities("members", {
  "members.read": { meaning: "See who belongs to the workspace", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "members.change": { meaning: "Invite and remove members and change their roles", roles: ["owner", "admin"] },
});

const one = z.object({ id: z.uuid() });

export const membersRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/members",
    summary: "Members of the workspace",
    tag: "people",
    access: { ability: "members.read" },
    reply: z.object({ items: z.array(contract.memberItem) }),
    answer: async ({ actor, services }) => {
      const rows = await listMembers(services.db, actor.workspaceId);
      return { items: rows.map(({ accountId: _, ...row }) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
    },
  }),
  defineRoute({
    method: "PATCH",
    url: "/api/members/:id",
    summary: "Change a member's role",
    tag: "people",
    access: { ability: "members.change" },
    params: one,
    body: contract.memberChange,
    reply: z.object({ id: z.uuid() }),
    answer: async ({ actor, services, params, body }) => {
      await changeRole(services, actor, params.id, body.role);
      return { id: params.id };
    },
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/members/:id",
    summary: "Remove a member; their sessions here end",
    tag: "people",
    access: { ability: "members.change" },
    params: one,
    reply: z.undefined(),
    status: 204,
    answer: async ({ actor, services, params }) => {
      await removeMember(services, actor, params.id);
      return undefined;
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/invitations",
    summary: "Invitations not accepted yet",
    tag: "people",
    access: { ability: "members.change" },
    reply: z.object({ items: z.array(contract.invitationItem) }),
    answer: async ({ actor, services }) => {
      const rows = await listInvitations(services.db, actor.workspaceId);
      return {
        items: rows.map(({ id, email, role, createdAt, expiresAt }) => ({ id, email, role, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() })),
      };
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/invitations",
    summary: "Invite somebody by mail",
    tag: "people",
    access: { ability: "members.change" },
    body: contract.newInvitation,
    reply: contract.createdInvitation,
    status: 201,
    answer: async ({ actor, services, body }) => {
      const { id, link, expiresAt } = await inviteMember(services, actor, body);
      return { id, ...body, link, createdAt: services.clock.now().toISOString(), expiresAt: expiresAt.toISOString() };
    },
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/invitations/:id",
    summary: "Withdraw an invitation",
    tag: "people",
    access: { ability: "members.change" },
    params: one,
    reply: z.undefined(),
    status: 204,
    answer: async ({ actor, services, params }) => {
      await withdrawInvitation(services, actor, params.id);
      return undefined;
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/public/invitation",
    summary: "What an invitation link is for",
    tag: "people",
    access: { public: "the invited person has no account yet; the link is the proof" },
    query: z.object({ token: z.string().min(10).max(200) }),
    reply: contract.invitationShown,
    answer: async ({ services, query }) => {
      const { email, workspaceName, role } = await findValidInvitation(services, query.token);
      return { email, workspaceName, role, hasAccount: (await findAccountByEmail(services.db, email)) !== null };
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/public/invitation",
    summary: "Accept an invitation",
    tag: "people",
    access: { public: "the link is the proof" },
    limit: { perMinute: 20 },
    body: contract.acceptInvitation,
    reply: sessionReply,
    status: 201,
    answer: async ({ services, body, reply }) => {
      const token = await acceptInvitation(services, body);
      setSessionCookie(services, reply, token);
      return showSession(services, token);
    },
  }),
];
