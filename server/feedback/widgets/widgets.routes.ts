import { createHash } from "node:crypto";
import { AppError, createLimiter, defineRoute } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import { z } from "zod";
import { sendClientFile } from "../survey-page/survey-page.routes.ts";
import { ShownPlacement, VisitorProof, WebsiteIdentity, WidgetDecision, WidgetDecisionBody, WidgetDisplayBody, WidgetPlacement, WidgetSurveyQuery, SiteKey } from "./widgets.contract.ts";
import { testPage } from "./test.page.ts";
import { changeWebsiteIdentity, proveVisitor, showWebsiteIdentity } from "./visitors.ts";
import { changePlacement, decideOnDisplay, noteDisplay, showPlacement, showWidgetConfig, showWidgetSurvey } from "./widgets.ts";

const tag = "feedback";
const one = z.object({ id: z.uuid() });
const CONFIG_LIMIT_PER_MINUTE = 1_200;
const CONFIG_SECONDS = 60;

export const widgetsRoutes = [
  defineRoute({
    method: "GET", url: "/api/surveys/:id/website", summary: "Where and when a survey shows on the website", tag, access: { ability: "surveys.read" }, params: one,
    reply: ShownPlacement,
    answer: ({ actor, services, params }) => showPlacement(services, actor, params.id),
  }),
  defineRoute({
    method: "PUT", url: "/api/surveys/:id/website", summary: "Set where and when a survey shows on the website", tag, access: { ability: "surveys.write" }, params: one,
    body: WidgetPlacement, reply: ShownPlacement,
    answer: ({ actor, services, params, body }) => changePlacement(services, actor, params.id, body),
  }),
  defineRoute({
    method: "GET", url: "/api/website-identity", summary: "How the website proves who visits it", tag, access: { ability: "keys.read" }, reply: WebsiteIdentity,
    answer: ({ actor, services }) => showWebsiteIdentity(services, actor),
  }),
  defineRoute({
    method: "PUT", url: "/api/website-identity", summary: "Set whether user ids count without proof", tag, access: { ability: "keys.change" },
    body: WebsiteIdentity.pick({ isProofNeeded: true }), reply: WebsiteIdentity,
    answer: ({ actor, services, body }) => changeWebsiteIdentity(services, actor, body),
  }),
  defineRoute({
    method: "POST", url: "/api/website-identity/proofs", summary: "Prove one user id, to try it out", tag, access: { ability: "keys.read" }, body: VisitorProof.pick({ userId: true }), reply: VisitorProof,
    answer: ({ actor, services, body }) => proveVisitor(services, actor, body.userId),
  }),
  defineRoute({
    method: "POST", url: "/api/public/widget/decision", summary: "Ask whether a survey may be shown to whom a page names", tag,
    access: { public: "Visitors of a website have no account; the write key says whose website it is." }, limit: { perMinute: 120 },
    body: WidgetDecisionBody, reply: WidgetDecision,
    answer: ({ services, body }) => decideOnDisplay(services, body),
  }),
  defineRoute({
    method: "POST", url: "/api/public/widget/displays", summary: "Count that a survey was shown, begun, finished or closed on a website", tag,
    access: { public: "Visitors of a website have no account; the write key says whose website it is." }, limit: { perMinute: 240 },
    body: WidgetDisplayBody, reply: z.object({}), status: 202,
    answer: async ({ services, body }) => {
      await noteDisplay(services, body);
      return {};
    },
  }),
];

/** The script for websites, and what it asks for on every page: kept by browsers, so outside the ordinary routes, whose replies are not. */
export const widgetFileRoutes: RawRoutes = (app, services) => {
  const limiter = createLimiter();
  app.get("/w.js", (request, reply) => sendClientFile(request, reply, "w.js"));
  app.get("/w/test", (request, reply) => {
    const { key, survey, user, proof } = z.object({
      key: SiteKey.catch(""), survey: z.string().regex(/^[a-z0-9]{1,40}$/).catch(""), user: z.string().max(200).catch(""), proof: z.string().regex(/^[0-9a-f]{64}$/).catch(""),
    }).parse(request.query ?? {});
    const policy = ["default-src 'none'", `script-src 'nonce-${request.cspNonce}' 'strict-dynamic'`, `style-src 'nonce-${request.cspNonce}'`, "connect-src 'self'", "img-src 'self'", "base-uri 'none'", "frame-ancestors 'self'"];
    return reply.headers({ "content-type": "text/html; charset=utf-8", "content-security-policy": policy.join("; ") }).send(testPage({ nonce: request.cspNonce, key, slug: survey, visitor: proof === "" ? null : { userId: user, proof } }));
  });
  app.get("/api/public/widget", async (request, reply) => {
    limit(limiter(`widget ${request.ip}`, CONFIG_LIMIT_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime()));
    const { key } = z.object({ key: SiteKey }).catch({ key: "" }).parse(request.query);
    const body = JSON.stringify(await showWidgetConfig(services, key));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    reply.headers({ "cache-control": `public, max-age=${CONFIG_SECONDS}`, etag, "content-type": "application/json; charset=utf-8" });
    return request.headers["if-none-match"] === etag ? reply.code(304).send() : reply.send(body);
  });
  app.get("/api/public/widget/survey", async (request, reply) => {
    limit(limiter(`survey ${request.ip}`, CONFIG_LIMIT_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime()));
    const asked = WidgetSurveyQuery.safeParse(request.query);
    if (!asked.success) throw new AppError("invalid_input", 400, "This needs key, slug and language.");
    const survey = await showWidgetSurvey(services, asked.data);
    if (survey === null) throw new AppError("not_found", 404, "There is no such survey for this website.");
    return reply.header("cache-control", `public, max-age=${CONFIG_SECONDS}`).send(survey);
  });
};

const limit = (waitSeconds: number): void => {
  if (waitSeconds > 0) throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
};
