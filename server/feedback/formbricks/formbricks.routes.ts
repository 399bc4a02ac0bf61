import { Readable } from "node:stream";
import { AppError, createLimiter, defineRoute } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { sendClientFile } from "../survey-page/survey-page.routes.ts";
import { findSite } from "../widgets/widgets.ts";
import { FormbricksDisplayBody, FormbricksEnvironments, FormbricksResponseBody, FormbricksResponseChange, FormbricksUpload, FormbricksUploadBody, FormbricksUserBody } from "./formbricks.contract.ts";
import { offerUpload, takeUpload } from "./formbricks-files.ts";
import { changeEnvironments, changeResponse, showEnvironment, showEnvironments, takeDisplay, takeResponse, takeUser } from "./formbricks.ts";

const tag = "feedback";
const LIMIT_PER_MINUTE = 240;
/** A place and its file count as two. */
const UPLOADS_PER_MINUTE = 60;
const OPEN_HEADERS = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
const PREFLIGHT_HEADERS = { "access-control-allow-methods": "GET, POST, PUT, OPTIONS", "access-control-allow-headers": "Content-Type, Authorization, X-Requested-With", "access-control-max-age": "3600", "cache-control": "public, s-maxage=3600, max-age=3600" };
const VERSIONS = ["v1", "v2"];

export const formbricksRoutes = [
  defineRoute({
    method: "GET", url: "/api/formbricks-environments", summary: "Formbricks ids whose sites send here", tag, access: { ability: "surveys.read" }, reply: FormbricksEnvironments,
    answer: ({ actor, services }) => showEnvironments(services, actor),
  }),
  defineRoute({
    method: "PUT", url: "/api/formbricks-environments", summary: "Set the Formbricks ids whose sites send here", tag, access: { ability: "surveys.write" },
    body: FormbricksEnvironments, reply: FormbricksEnvironments,
    answer: ({ actor, services, body }) => changeEnvironments(services, actor, body),
  }),
];

/** The addresses clients of Formbricks send to, with the answers they expect: every success is wrapped in `data`. */
export const formbricksRawRoutes: RawRoutes = (app, services) => {
  const limiter = createLimiter();
  const siteOf = async (request: FastifyRequest): Promise<string | null> => {
    const waitSeconds = limiter(`formbricks ${request.ip}`, LIMIT_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
    if (waitSeconds > 0) throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
    return findSite(services, segmentAfter(request.url, "client"));
  };
  const limitUploads = (request: FastifyRequest): void => {
    const waitSeconds = limiter(`formbricks files ${request.ip}`, UPLOADS_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
    if (waitSeconds > 0) throw new AppError("too_many_requests", 429, `Too many files at once. Try again in ${waitSeconds} s.`);
  };
  app.addContentTypeParser("multipart/form-data", (_request, payload, done) => done(null, payload));
  app.addHook("onRequest", async (_request, reply) => void reply.headers(OPEN_HEADERS));
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof AppError)) throw error;
    return reply.code(error.status).send({ code: codeFor(error), message: error.message, details: error.details ?? {} });
  });
  // The browser client: the same surveys, drawn by the same script.
  app.get("/js/formbricks.umd.cjs", (request, reply) => sendClientFile(request, reply, "formbricks.umd.cjs"));
  for (const version of VERSIONS) {
    const url = (rest: string): string => `/api/${version}/client/:environment/${rest}`;
    app.options(`/api/${version}/client/*`, (_request, reply) => reply.code(204).headers(PREFLIGHT_HEADERS).send());
    app.get(url("environment"), async (request, reply) => {
      const site = await siteOf(request);
      if (site === null) return notFound(reply);
      return reply.header("cache-control", "public, s-maxage=60, max-age=60").send({ data: await showEnvironment(services, site) });
    });
    app.post(url("displays"), async (request, reply) => answerWith(reply, FormbricksDisplayBody, request.body, await siteOf(request), (site, { surveyId }) => takeDisplay(services, site, surveyId)));
    app.post(url("responses"), async (request, reply) => answerWith(reply, FormbricksResponseBody, request.body, await siteOf(request), (site, body) => takeResponse(services, site, body, request.ip)));
    app.put(url("responses/:response"), async (request, reply) => answerWith(reply, FormbricksResponseChange, request.body, await siteOf(request), (site, given) =>
      changeResponse(services, site, { responseId: segmentAfter(request.url, "responses"), given, address: request.ip })));
    app.post(url("user"), async (request, reply) => answerWith(reply, FormbricksUserBody, request.body, await siteOf(request), (site, body) => takeUser(services, site, body)));
    app.post(url("storage"), async (request, reply) => answerWith(reply, FormbricksUploadBody, request.body, await siteOf(request), (site, body) => {
      limitUploads(request);
      return offerUpload(services, { environment: segmentAfter(request.url, "client"), workspaceId: site }, body);
    }));
    app.post(url("storage/:id"), async (request, reply) => {
      limitUploads(request);
      const site = await siteOf(request);
      const upload = FormbricksUpload.safeParse({ ...Object(request.query), ...Object(request.params) });
      if (site === null || !upload.success || !(request.body instanceof Readable)) return notFound(reply);
      await takeUpload(services, site, upload.data, { body: request.body, contentType: request.headers["content-type"] ?? "" });
      return reply.code(204).send();
    });
  }
};

const answerWith = async <Schema extends z.ZodType>(reply: FastifyReply, schema: Schema, body: unknown, site: string | null, answer: (site: string, body: z.output<Schema>) => Promise<unknown>): Promise<FastifyReply> => {
  if (site === null) return notFound(reply);
  const read = schema.safeParse(body ?? {});
  if (!read.success) {
    const details = Object.fromEntries(read.error.issues.slice(0, 20).map(({ path, message }) => [path.map(String).join("."), message]));
    return reply.code(400).send({ code: "bad_request", message: "Fields are missing or incorrectly formatted", details });
  }
  const data = await answer(site, read.data);
  return data === null ? notFound(reply) : reply.send({ data });
};

// The word by which clients tell their person that a file is too large.
const codeFor = ({ code, status }: AppError): string => (code === "file_too_large" ? "EntityTooLarge" : status === 404 ? "not_found" : "bad_request");

const notFound = (reply: FastifyReply): FastifyReply => reply.code(404).send({ code: "not_found", message: "There is nothing of this id here.", details: {} });

const segmentAfter = (url: string, name: string): string => decodeURIComponent(new RegExp(`/${name}/([^/?]*)`).exec(url)?.[1] ?? "");
