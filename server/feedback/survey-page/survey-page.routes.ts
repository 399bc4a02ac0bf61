import { gzipSync } from "node:zlib";
import { AppError, createLimiter, noteFailure } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { clientUrl, coreUrls, findClientFile, surveyStyle } from "./client-files.ts";
import { previewPage } from "./preview.page.ts";
import { failurePage, showSurveyPage, showThanksPage, takeSurveyForm } from "./survey-page.ts";
import type { PageReply, PageRequest } from "./survey-page.ts";

const FORM_LIMIT_BYTES = 1024 * 1024;
const SWALLOWED_MAX_BYTES = 32 * 1024 * 1024;
const SWALLOWED_MAX_MS = 15_000;
const LIMIT_PER_MINUTE = { page: 240, form: 60 };

/** The public survey page: HTML for people, so its refusals are pages too. */
export const surveyPageRoutes: RawRoutes = (app, services) => {
  const limiter = createLimiter();
  const ask = (request: FastifyRequest): PageRequest => {
    const slug = /^\/s\/([^/?]*)/.exec(request.url)?.[1] ?? "";
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    const accepted = (request.headers["accept-language"] ?? "").split(",").slice(0, 20).map((part) => part.split(";")[0]?.trim() ?? "");
    return {
      slug: /^[a-z0-9]{1,40}$/.test(slug) ? slug : "unknown", query, wanted: [query.get("lang") ?? "", ...accepted].filter((tag) => tag !== ""),
      frame: {
        nonce: request.cspNonce, css: `${surveyStyle("survey")}${surveyStyle("page")}`, rareCss: surveyStyle("rare"), scriptUrl: clientUrl("survey.js"), preloadUrls: coreUrls(),
      },
    };
  };
  const limit = (request: FastifyRequest, reply: FastifyReply, kind: "page" | "form"): void => {
    const waitSeconds = limiter(`${kind} ${request.ip}`, LIMIT_PER_MINUTE[kind], services.clock.now().getTime());
    if (waitSeconds === 0) return;
    reply.header("retry-after", String(waitSeconds));
    throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
  };

  app.setErrorHandler(async (error, request, reply) => {
    if (request.url.startsWith("/s/client/")) throw error;
    const refusal = noteFailure(services, error, request);
    if (refusal.status === 413) await swallowBody(request);
    return sendPage(request, reply, failurePage(ask(request), refusal));
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()));
  });
  app.get("/s/client/:name", (request, reply) => sendClientFile(request, reply, /^\/s\/client\/([^/?]*)/.exec(request.url)?.[1] ?? ""));
  app.get("/s/preview", (request, reply) => sendPage(request, reply, { status: 200, html: previewPage(ask(request).frame) }));
  app.get("/s/:slug", async (request, reply) => {
    limit(request, reply, "page");
    return sendPage(request, reply, await showSurveyPage(services, ask(request)));
  });
  app.get("/s/:slug/thanks", async (request, reply) => sendPage(request, reply, await showThanksPage(services, ask(request))));
  app.post("/s/:slug", async (request, reply) => {
    limit(request, reply, "form");
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    return sendPage(request, reply, await takeSurveyForm(services, ask(request), form, request.ip));
  });
};

/** Reads on for a moment what is refused: a browser shows the page that answers it only once it has sent all. */
export const swallowBody = (request: FastifyRequest): Promise<void> =>
  new Promise((resolve) => {
    const { raw } = request;
    if (raw.complete || raw.destroyed) return resolve();
    let bytes = 0;
    const timer = setTimeout(resolve, SWALLOWED_MAX_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    raw.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes > SWALLOWED_MAX_BYTES) end();
    });
    for (const name of ["end", "close", "error"]) raw.once(name, end);
    raw.resume();
  });

const sendPage = (request: FastifyRequest, reply: FastifyReply, page: PageReply): FastifyReply => {
  if ("location" in page) return reply.code(303).header("location", page.location).send();
  reply.code(page.status).headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    // A signed link names a person: its address must not reach other sites.
    "referrer-policy": "no-referrer",
    "content-security-policy": [
      "default-src 'none'", `script-src 'nonce-${request.cspNonce}' 'strict-dynamic'`, `style-src 'nonce-${request.cspNonce}'`, "connect-src 'self'", "img-src 'self'",
      "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'",
    ].join("; "),
  });
  return sendCompressed(request, reply, page.html);
};

// Phones on slow lines open these pages: a third of the bytes for half a millisecond of work.
const sendCompressed = (request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply => {
  reply.header("vary", "accept-encoding");
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(text);
  return reply.header("content-encoding", "gzip").send(gzipSync(text));
};

/** Sends a script of surveys, also to pages of other addresses, which load it as part of a widget. */
export const sendClientFile = (request: FastifyRequest, reply: FastifyReply, name: string): FastifyReply => {
  const file = findClientFile(name);
  if (file === null) throw new AppError("not_found", 404, "There is no such script.");
  // A name with a hash, or an address with the stamp of the content, never means anything else.
  const isFixed = /-[\w-]{8}\.js$/.test(name) || request.url.includes("?v=");
  reply.headers({
    "content-type": "text/javascript; charset=utf-8", "cache-control": isFixed ? "public, max-age=31536000, immutable" : "public, max-age=300",
    etag: `"${file.stamp}"`, vary: "accept-encoding", "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
  });
  if (request.headers["if-none-match"] === `"${file.stamp}"`) return reply.code(304).send();
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(file.text);
  return reply.header("content-encoding", "gzip").send(file.gzipped);
};
