import { existsSync } from "node:fs";
import { randomBytes } from "node:crypto";
import cookie from "@fastify/cookie";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../access/access.api.ts";
import { nobody } from "../access/access.api.ts";
import { csrfTokenOf } from "../auth/auth.api.ts";
import type { Authenticator, ModuleManifest } from "../manifest/manifest.api.ts";
import type { Services } from "../services/services.api.ts";
import { requireAbility } from "./abilities.ts";
import { httpErrors } from "./errors.ts";
import { answerError, answerNotFound } from "./failures.ts";
import { createLimiter } from "./limits.ts";
import type { Meter } from "./meter.ts";
import { FileReply, OPEN_PATH } from "./route.ts";
import type { Route } from "./route.ts";
import { serveWeb } from "./web.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Put into `<script nonce>` and `<style nonce>` of pages: the content security policy allows nothing else inline. */
    cspNonce: string;
    sessionToken: string | null;
  }
  interface FastifyContextConfig {
    /** No browser shows the answer, so it goes without the headers that protect pages: in a profile they were a tenth of taking an event in. */
    isForPrograms?: true;
  }
}

const BODY_LIMIT_BYTES = 1024 * 1024;
const LIMIT_PER_MINUTE = { member: 1200, public: 240 };
const PREFLIGHT_HEADERS = { "access-control-allow-methods": "GET, POST, OPTIONS", "access-control-allow-headers": "content-type", "access-control-max-age": "86400" };
const UNSAFE_METHODS = new Set(["POST", "PUT", "PATCH", "DELETE"]);
export const SESSION_COOKIE = "fh_session";

/** Builds the HTTP server from what the modules bring. It does not listen yet. */
export const buildHttpServer = async (given: {
  services: Services;
  modules: readonly ModuleManifest[];
  webFolder: string;
  meter: Meter;
}): Promise<FastifyInstance> => {
  const { services, modules } = given;
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address, hop) => hop < services.config.trustProxy,
    logger: false,
    genReqId: createRequestIds(),
    onProtoPoisoning: "remove",
    onConstructorPoisoning: "remove",
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  app.setErrorHandler((error, request, reply) => answerError(services, error, request, reply));
  app.setNotFoundHandler((request, reply) => answerNotFound(request, reply));
  await app.register(cookie);
  app.addHook("onResponse", async (_request, reply) => given.meter.note(reply.statusCode, reply.elapsedTime));
  app.decorateRequest("cspNonce", "");
  app.decorateRequest("sessionToken", null);
  app.addHook("onRequest", (request, reply, done) => {
    if (request.routeOptions.config.isForPrograms !== true) {
      request.cspNonce = randomBytes(16).toString("base64");
      setSecurityHeaders(services, request, reply);
    }
    done();
  });
  // Clients send the header with nothing behind it when they delete; that is no reason to refuse.
  const readJson = app.getDefaultJsonParser("remove", "remove");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, text, done) => {
    if (text.length === 0) done(null, undefined);
    else readJson(request, String(text), done);
  });
  app.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
  app.options(`${OPEN_PATH}*`, (_request, reply) => reply.code(204).headers(PREFLIGHT_HEADERS).send());
  const authenticate = modules.find((module) => module.authenticate !== undefined)?.authenticate;
  const admit = createAdmission(services, authenticate);
  for (const module of modules) {
    for (const route of module.routes) addRoute(app, services, route, admit);
    for (const rawRoutes of module.rawRoutes)
      await app.register(async (scope) => {
        await rawRoutes(scope, services);
      });
  }
  if (existsSync(given.webFolder)) await serveWeb(app, given.webFolder);
  return app;
};

// Random per process, then counted: eighteen thousand requests a second need no randomness each.
const createRequestIds = (): (() => string) => {
  const start = randomBytes(6).toString("base64url");
  let count = 0;
  return () => `${start}${(count += 1).toString(36)}`;
};

const setSecurityHeaders = (services: Services, request: FastifyRequest, reply: FastifyReply): void => {
  reply.headers({
    "content-security-policy": [
      "default-src 'self'",
      `script-src 'self' 'nonce-${request.cspNonce}'`,
      `style-src 'self' 'nonce-${request.cspNonce}'`,
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
  });
  // Surveys are answered on other people's websites too. Cookies never come along, so a page learns nothing that is not public.
  if (request.url.startsWith(OPEN_PATH)) reply.headers({ "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after", "cross-origin-resource-policy": "cross-origin" });
  if (services.baseUrl().startsWith("https://")) reply.header("strict-transport-security", "max-age=31536000; includeSubDomains");
};

type Admission = (request: FastifyRequest, reply: FastifyReply, route: Route) => Promise<Actor>;

// Order matters: first the limit (cheap), then who it is, then the token against forged requests, then what they may do.
const createAdmission = (services: Services, authenticate: Authenticator | undefined): Admission => {
  const limiter = createLimiter();
  return async (request, reply, route) => {
    const isPublic = "public" in route.access;
    const perMinute = services.config.rateLimitFactor * (route.limit?.perMinute ?? (isPublic ? LIMIT_PER_MINUTE.public : LIMIT_PER_MINUTE.member));
    const scope = route.limit === undefined ? "" : `${route.method} ${route.url}`;
    const waitSeconds = limiter(`${request.ip} ${isPublic} ${scope}`, perMinute, services.clock.now().getTime());
    if (waitSeconds > 0) {
      reply.header("retry-after", String(waitSeconds));
      throw httpErrors.refuse("too_many_requests", `Too many requests. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
    }
    const actor = await identify(services, authenticate, request);
    if (isPublic) return actor;
    if (actor.kind === "nobody") throw httpErrors.refuse("not_signed_in", "Sign in, or send a valid key in the header Authorization.");
    if (actor.kind === "member") checkCsrf(request);
    if ("ability" in route.access) requireAbility(actor, route.access.ability);
    return actor;
  };
};

const identify = async (services: Services, authenticate: Authenticator | undefined, request: FastifyRequest): Promise<Actor> => {
  const authorization = request.headers.authorization ?? "";
  const bearer = /^Bearer ([\w-]{10,200})$/.exec(authorization)?.[1] ?? null;
  const sessionToken = bearer === null ? (request.cookies[SESSION_COOKIE] ?? null) : null;
  request.sessionToken = sessionToken;
  if (authenticate === undefined || (bearer === null && sessionToken === null)) return nobody;
  return (await authenticate(services, { sessionToken, bearer })) ?? nobody;
};

const checkCsrf = (request: FastifyRequest): void => {
  if (!UNSAFE_METHODS.has(request.method) || request.sessionToken === null) return;
  if (request.headers["x-csrf-token"] !== csrfTokenOf(request.sessionToken))
    throw httpErrors.refuse("csrf_token_wrong", "Send the header x-csrf-token with the value of csrfToken from GET /api/session.");
};

const addRoute = (app: FastifyInstance, services: Services, route: Route, admit: Admission): void => {
  app.route({
    method: route.method,
    url: route.url,
    // Who is asking is settled before a body is read: a stranger's upload never reaches the disk.
    onRequest: async (request, reply) => {
      actors.set(request, await admit(request, reply, route));
    },
    handler: async (request, reply) => {
      const actor = actors.get(request) ?? nobody;
      const value = await route.run({ params: request.params, query: request.query, body: request.body, actor, services, request, reply });
      if (reply.sent) return reply;
      reply.code(route.status);
      if (value instanceof FileReply)
        return reply
          .header("content-type", value.contentType)
          .header("cache-control", value.isFixed ? "private, max-age=31536000, immutable" : "private, no-store")
          .header("content-disposition", `attachment; filename="${value.fileName.replace(/[^\w.-]/g, "_")}"`)
          .send(value.body);
      if (route.status === 204) return reply.send();
      return reply.header("cache-control", "no-store").send(value);
    },
  });
};

const actors = new WeakMap<FastifyRequest, Actor>();
