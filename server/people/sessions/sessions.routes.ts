import { z } from "zod";
import { csrfTokenOf, hashToken } from "#platform/auth";
import { defineRoute, httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { FastifyReply, FastifyRequest } from "fastify";
import * as contract from "./sessions.contract.ts";
import type { SessionReply } from "./sessions.contract.ts";
import * as queries from "./sessions.queries.ts";
import { SESSION_MS, askPasswordReset, resetPassword, setUp, signIn } from "./sessions.ts";

const COOKIE = "fh_session";
const FEW = { perMinute: 20 };

/** Puts the session's token where scripts cannot read it. */
export const setSessionCookie = (services: Services, reply: FastifyReply, token: string): void => {
  reply.setCookie(COOKIE, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: services.baseUrl().startsWith("https://"),
    maxAge: Math.floor(SESSION_MS / 1000),
  });
};

export const showSession = async (services: Services, token: string | null): Promise<SessionReply> => {
  const session = token === null ? null : await queries.findSession(services.db, hashToken(token), services.clock.now());
  if (token === null || session === null) throw httpErrors.refuse("not_signed_in", "Nobody is signed in here.");
  const role = session.role;
  return {
    member: { id: session.memberId, name: session.accountName, email: session.email, role },
    workspace: { id: session.workspaceId, name: session.workspaceName, isDemo: session.isDemo, timeZone: session.timeZone },
    workspaces: await queries.listWorkspacesOf(services.db, session.accountId),
    abilities: services.abilities.filter((ability) => ability.roles.includes(role)).map((ability) => ability.ability),
    csrfToken: csrfTokenOf(token),
  };
};

// These routes are open, yet change what the cookie stands for: the token of the session they act on must come along.
const checkToken = (request: FastifyRequest): string => {
  const token = request.sessionToken;
  if (token === null) throw httpErrors.refuse("not_signed_in", "Nobody is signed in here.");
  if (request.headers["x-csrf-token"] !== csrfTokenOf(token)) throw httpErrors.refuse("csrf_token_wrong", "Send the header x-csrf-token.");
  return token;
};

export const sessionsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/session",
    summary: "Who is signed in, where, and what they may do",
    tag: "people",
    access: { public: "it tells whether anybody is signed in" },
    limit: { perMinute: 600 },
    reply: contract.sessionReply,
    answer: ({ services, request }) => showSession(services, request.sessionToken),
  }),
  defineRoute({
    method: "POST",
    url: "/api/session",
    summary: "Sign in",
    tag: "people",
    access: { public: "it is how one signs in" },
    limit: FEW,
    body: contract.signIn,
    reply: contract.sessionReply,
    answer: async ({ services, body, reply }) => {
      const token = await signIn(services, body);
      setSessionCookie(services, reply, token);
      return showSession(services, token);
    },
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/session",
    summary: "Sign out",
    tag: "people",
    access: { public: "an ended session can be left twice" },
    reply: z.undefined(),
    status: 204,
    answer: async ({ services, request, reply }) => {
      if (request.sessionToken !== null) await queries.deleteSession(services.db, hashToken(checkToken(request)));
      reply.clearCookie(COOKIE, { path: "/" });
      return undefined;
    },
  }),
  defineRoute({
    method: "PUT",
    url: "/api/session/workspace",
    summary: "Go to another workspace of the same account",
    tag: "people",
    access: { public: "the session names the account; membership is checked" },
    body: contract.switchWorkspace,
    reply: contract.sessionReply,
    answer: async ({ services, body, request }) => {
      const token = checkToken(request);
      if (!(await queries.moveSession(services.db, hashToken(token), body.workspaceId)))
        throw httpErrors.refuse("not_found", "You are not a member of that workspace.");
      return showSession(services, token);
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/setup",
    summary: "Whether somebody has been set up",
    tag: "people",
    access: { public: "the first person has no account yet" },
    reply: contract.setUpState,
    answer: async ({ services }) => ({ isSetUp: await queries.isSetUp(services.db) }),
  }),
  defineRoute({
    method: "POST",
    url: "/api/setup",
    summary: "Set up the first workspace and its owner",
    tag: "people",
    access: { public: "it needs the one-time link the server printed" },
    limit: FEW,
    body: contract.setUp,
    reply: contract.sessionReply,
    status: 201,
    answer: async ({ services, body, reply }) => {
      const token = await setUp(services, body);
      setSessionCookie(services, reply, token);
      return showSession(services, token);
    },
  }),
  defineRoute({
    method: "POST",
    url: "/api/password-resets",
    summary: "Mail a link to choose a new password",
    tag: "people",
    access: { public: "who forgot the password cannot sign in" },
    limit: { perMinute: 5 },
    body: contract.askPasswordReset,
    reply: z.object({ sent: z.literal(true) }),
    status: 202,
    answer: async ({ services, body }) => {
      await askPasswordReset(services, body.email);
      return { sent: true as const };
    },
  }),
  defineRoute({
    method: "PUT",
    url: "/api/password-resets",
    summary: "Choose a new password with the mailed link; ends all sessions of the account",
    tag: "people",
    access: { public: "it needs the mailed link" },
    limit: FEW,
    body: contract.resetPassword,
    reply: z.object({ changed: z.literal(true) }),
    answer: async ({ services, body }) => {
      await resetPassword(services, body);
      return { changed: true as const };
    },
  }),
];
