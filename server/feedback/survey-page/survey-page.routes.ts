import { readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { AppError, createLimiter } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { previewPage } from "./preview.page.ts";
import { showSurveyPage, showThanksPage, takeSurveyForm } from "./survey-page.ts";
import type { PageReply, PageRequest } from "./survey-page.ts";

const WIDGET = new URL("../../../widget/", import.meta.url);
const SCRIPT = new URL("dist/survey.js", WIDGET);
const STYLE = new URL("survey/survey.css", WIDGET);
const FORM_LIMIT_BYTES = 1024 * 1024;
const LIMIT_PER_MINUTE = { page: 240, form: 60 };

/** The public survey page: HTML for people, so its refusals are pages too. */
export const surveyPageRoutes: RawRoutes = (app, services) => {
  const readStyle = createFileReader(STYLE);
  const readScript = createFileReader(SCRIPT);
  const limiter = createLimiter();
  const ask = (request: FastifyRequest): PageRequest => {
    const slug = /^\/s\/([^/?]*)/.exec(request.url)?.[1] ?? "";
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    const accepted = (request.headers["accept-language"] ?? "").split(",").slice(0, 20).map((part) => part.split(";")[0]?.trim() ?? "");
    const script = readScript();
    return {
      slug: /^[a-z0-9]{1,40}$/.test(slug) ? slug : "unknown", query, wanted: [query.get("lang") ?? "", ...accepted].filter((tag) => tag !== ""),
      frame: { nonce: request.cspNonce, css: readStyle()?.text ?? "", scriptUrl: script === null ? null : `/s/client/survey.js?v=${script.stamp}` },
    };
  };
  const limit = (request: FastifyRequest, reply: FastifyReply, kind: "page" | "form"): void => {
    const waitSeconds = limiter(`${kind} ${request.ip}`, LIMIT_PER_MINUTE[kind], services.clock.now().getTime());
    if (waitSeconds === 0) return;
    reply.header("retry-after", String(waitSeconds));
    throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
  };

  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()));
  });
  app.get("/s/client/survey.js", (request, reply) => {
    const script = readScript();
    if (script === null) throw new AppError("not_found", 404, "The survey script is not built.");
    reply.headers({ "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=31536000, immutable" });
    return sendCompressed(request, reply, script.text);
  });
  app.get("/s/preview", (request, reply) => sendPage(request, reply, { status: 200, html: previewPage(ask(request).frame) }));
  app.get("/s/:slug", async (request, reply) => {
    limit(request, reply, "page");
    return sendPage(request, reply, await showSurveyPage(services, ask(request)));
  });
  app.get("/s/:slug/thanks", async (request, reply) => sendPage(request, reply, await showThanksPage(services, ask(request))));
  app.post("/s/:slug", async (request, reply) => {
    limit(request, reply, "form");
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    return sendPage(request, reply, await takeSurveyForm(services, ask(request), form));
  });
};

const sendPage = (request: FastifyRequest, reply: FastifyReply, page: PageReply): FastifyReply => {
  if ("location" in page) return reply.code(303).header("location", page.location).send();
  reply.code(page.status).headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    // A signed link names a person: its address must not reach other sites.
    "referrer-policy": "no-referrer",
    "content-security-policy": [
      "default-src 'none'", `script-src 'nonce-${request.cspNonce}'`, `style-src 'nonce-${request.cspNonce}'`, "connect-src 'self'",
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

// Read again when the file changed, so that a rebuilt script shows without a restart. Null when it is not there: pages work without.
const createFileReader = (url: URL): (() => { text: string; stamp: string } | null) => {
  let kept: { text: string; stamp: string } | null = null;
  return () => {
    const changedAtMs = statSync(url, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAtMs === undefined) return null;
    const stamp = Math.floor(changedAtMs).toString(36);
    if (kept?.stamp !== stamp) kept = { text: readFileSync(url, "utf8"), stamp };
    return kept;
  };
};
