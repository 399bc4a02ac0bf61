import { AppError, createLimiter, noteFailure } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { Services } from "#platform/services";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { coreUrls, clientUrl, surveyStyle } from "../survey-page/client-files.ts";
import { swallowBody } from "../survey-page/survey-page.routes.ts";
import { failurePage } from "../survey-page/survey-page.ts";
import { messagePage } from "../survey-page/survey.page.ts";
import type { PageFrame } from "../survey-page/survey.page.ts";
import { chooseLanguage } from "../surveys/local-text.rules.ts";
import { confirmAnswer, findByToken, noteClick, openInvitation } from "./answering.ts";
import { showConfirmation, showInvitation, takeInvitationForm } from "./invitation-pages.ts";
import type { InvitationRequest, PageReply } from "./invitation-pages.ts";
import { stopPage, stoppedPage } from "./invitation.page.ts";
import { fillWords, mailWordsIn } from "./mail-words.rules.ts";
import { takeHook } from "./texts.ts";
import { allowAgain, unsubscribe } from "./unsubscribing.ts";

const FORM_LIMIT_BYTES = 1024 * 1024;
const LIMIT_PER_MINUTE = 240;
const ACCENT = "#3b4fd8";

/** Where the links of mails and text messages lead. Opening one records no answer; what gateways call lies here as well. */
export const invitationPagesRoutes: RawRoutes = (app, services) => {
  const limiter = createLimiter();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => done(null, new URLSearchParams(body.toString())));
  app.addContentTypeParser("multipart/form-data", { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES }, (_request, _body, done) => done(null, new URLSearchParams()));
  const limit = (request: FastifyRequest, reply: FastifyReply): void => {
    const waitSeconds = limiter(request.ip, LIMIT_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
    if (waitSeconds === 0) return;
    reply.header("retry-after", String(waitSeconds));
    throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
  };
  app.addHook("onRequest", async (request, reply) => {
    // One gateway calls for everybody who answers STOP: it is limited only where it is not the gateway.
    if (!request.url.startsWith("/text-hooks/")) limit(request, reply);
  });
  app.setErrorHandler(async (error, request, reply) => {
    // What gateways call is answered as programs expect it.
    if (!request.url.startsWith("/i/")) throw error;
    const refusal = noteFailure(services, error, request);
    if (refusal.status === 413) await swallowBody(request);
    const asked = requestOf(request);
    return sendPage(request, reply, failurePage({ frame: asked.frame, wanted: [...asked.wanted, ...asked.accepted] }, refusal));
  });
  addAnswers(app, services);
  addStops(app, services);
  addHooks(app, services, limit);
};

type Named = { Params: { token: string } };

const addAnswers = (app: FastifyInstance, services: Services): void => {
  app.get<Named>("/i/:token", async (request, reply) => {
    const asked = requestOf(request);
    const opened = await openInvitation(services, asked.token, asked.wanted);
    if (opened === null) return sendPage(request, reply, unknownPage(asked));
    const [questionId, value] = [asked.query.get("q"), asked.query.get("a")];
    const isAnswer = questionId !== null && value !== null;
    // Browsers look at a page with HEAD or fetch it ahead; programs of mail servers do as they like.
    await noteClick(services, opened.invitation, isAnswer ? "answer" : "survey", value);
    return sendPage(request, reply, isAnswer ? showConfirmation(asked, opened, { questionId, value }) : await showInvitation(services, asked, opened));
  });
  app.post<Named>("/i/:token", async (request, reply) => {
    const asked = requestOf(request);
    const form = formOf(request);
    const opened = await openInvitation(services, asked.token, asked.wanted);
    if (opened === null) return sendPage(request, reply, unknownPage(asked));
    if (form.get("q") === null) return sendPage(request, reply, await takeInvitationForm(services, asked, opened, form));
    const next = opened.state === "open" ? await confirmAnswer(services, opened, { questionId: form.get("q") ?? "", value: form.get("a") ?? "" }) : null;
    return sendPage(request, reply, { status: 303, location: next === "thanks" ? `/s/${opened.survey.slug}/thanks?lang=${encodeURIComponent(opened.language)}` : `/i/${asked.token}` });
  });
  // Nobody sees this link: whoever opens it follows every link.
  app.get<Named>("/i/:token/more", async (request, reply) => {
    const asked = requestOf(request);
    const found = await findByToken(services.db, asked.token);
    if (found !== null) await noteClick(services, found.invitation, "trap", null);
    return sendPage(request, reply, unknownPage(asked));
  });
};

const addStops = (app: FastifyInstance, services: Services): void => {
  app.get<Named>("/i/:token/unsubscribe", async (request, reply) => {
    const asked = requestOf(request);
    const found = await findByToken(services.db, asked.token);
    if (found === null) return sendPage(request, reply, unknownPage(asked));
    const language = languageOf(asked, found.invitation.language);
    const words = mailWordsIn(language);
    const html = stopPage(asked.frame, {
      language, theme: { accent: ACCENT }, words, title: words.stopTitle, text: fillWords(words.stopText, { name: found.workspace.name }), action: `/i/${asked.token}/unsubscribe`,
      hasPhone: found.invitation.phone !== null, chosen: found.invitation.channel === "text" ? "text" : "email",
    });
    return sendPage(request, reply, { status: 200, html });
  });
  // Mail programs post here by themselves when their user presses their own button (RFC 8058): no cookie, no question.
  app.post<Named>("/i/:token/unsubscribe", async (request, reply) => {
    const asked = requestOf(request);
    const form = formOf(request);
    const found = await findByToken(services.db, asked.token);
    if (found === null) return sendPage(request, reply, unknownPage(asked));
    const language = languageOf(asked, found.invitation.language);
    const words = mailWordsIn(language);
    const theme = { accent: ACCENT };
    const allowed = channelOf(form.get("allow"));
    if (allowed !== null) {
      await allowAgain(services, asked.token, allowed);
      return sendPage(request, reply, { status: 200, html: messagePage(asked.frame, { language, title: words.allowedTitle, text: words.allowedText, theme }) });
    }
    const channel = channelOf(form.get("channel")) ?? (found.invitation.channel === "text" ? "text" : "email");
    await unsubscribe(services, asked.token, channel);
    return sendPage(request, reply, { status: 200, html: stoppedPage(asked.frame, { language, theme, words, title: words.stoppedTitle, action: `/i/${asked.token}/unsubscribe`, channel }) });
  });
};

const addHooks = (app: FastifyInstance, services: Services, limit: (request: FastifyRequest, reply: FastifyReply) => void): void => {
  app.post<{ Params: { hook: string; kind: string } }>("/text-hooks/:hook/:kind", async (request, reply) => {
    const { hook, kind } = request.params;
    const signature = request.headers["x-twilio-signature"];
    const form = request.body instanceof URLSearchParams ? request.body : formOfJson(request.body);
    const call = { hook, form, query: request.url.split("?")[1] ?? "", signature: typeof signature === "string" ? signature : undefined };
    const outcome = kind === "status" || kind === "replies" ? await takeHook(services, { ...call, kind }) : "unknown";
    // Gateways repeat what was not taken. It is no failure, so it is not logged as one.
    if (outcome === "too_early") return reply.code(503).header("retry-after", "2").send({ error: { code: "unavailable", message: "The message is being handed over still. Report it again." } });
    if (outcome === "unknown") limit(request, reply);
    if (outcome === "unknown") throw new AppError("not_found", 404, "There is no gateway at this address, or the signature is wrong.");
    // An empty document tells Twilio to answer the person nothing.
    return reply.header("content-type", "text/xml; charset=utf-8").send("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>");
  });
};

const channelOf = (text: string | null): "email" | "text" | "all" | null => (text === "email" || text === "text" || text === "all" ? text : null);
const languageOf = (asked: InvitationRequest, own: string | null): string => chooseLanguage(["en", "de", "fr", "es", "nl", "ar"], [...asked.wanted, own ?? "en"]);

const formOf = (request: FastifyRequest): URLSearchParams => (request.body instanceof URLSearchParams ? request.body : new URLSearchParams());
const formOfJson = (body: unknown): URLSearchParams =>
  new URLSearchParams(typeof body === "object" && body !== null ? Object.entries(body).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : [])) : []);

const requestOf = (request: FastifyRequest): InvitationRequest => {
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  const accepted = (request.headers["accept-language"] ?? "").split(",").slice(0, 20).map((part) => part.split(";")[0]?.trim() ?? "");
  const frame: PageFrame = {
    nonce: request.cspNonce, css: `${surveyStyle("survey")}${surveyStyle("page")}`, rareCss: surveyStyle("rare"), scriptUrl: clientUrl("survey.js"), preloadUrls: coreUrls(),
  };
  const chosen = query.get("lang");
  // The language of the mail comes before that of the browser; who chose one on the page is asked first.
  return { token: /^\/i\/([^/?]*)/.exec(request.url)?.[1] ?? "", query, wanted: chosen === null ? [] : [chosen], accepted: accepted.filter((tag) => tag !== ""), frame };
};

const unknownPage = (asked: InvitationRequest): PageReply => {
  const language = chooseLanguage(["en", "de", "fr", "es", "nl", "ar"], asked.accepted);
  const words = mailWordsIn(language);
  return { status: 404, html: messagePage(asked.frame, { language, title: words.unknownTitle, text: words.unknownText, theme: { accent: ACCENT } }) };
};

const sendPage = (request: FastifyRequest, reply: FastifyReply, page: PageReply): FastifyReply => {
  reply.headers({ "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" });
  if ("location" in page) return reply.code(303).header("location", page.location).send();
  return reply.code(page.status).headers({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": [
      "default-src 'none'", `script-src 'nonce-${request.cspNonce}' 'strict-dynamic'`, `style-src 'nonce-${request.cspNonce}'`, "connect-src 'self'", "img-src 'self'",
      "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].join("; "),
  }).send(page.html);
};
