import { hashToken } from "#platform/auth";
import { AppError, createLimiter } from "#platform/http";
import type { RawRoutes } from "#platform/http";
import type { Services } from "#platform/services";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { cleanText } from "./plain-text.rules.ts";
import { embedScript, publishedPage } from "./published.page.ts";
import { schemaOrg } from "./published.rules.ts";
import { testimonialMessage, testimonialPage } from "./testimonial.page.ts";
import { consentWording, giveTestimonial, withdrawTestimonial } from "./testimonials.ts";
import type { GivenWords } from "./testimonials.ts";
import { findTestimonialByToken } from "./testimonials.queries.ts";
import { readPublished } from "./widgets.ts";

const FORM_LIMIT_BYTES = 64 * 1024;
const FORMS_PER_MINUTE = 20;
const TEXT_MAX = 4000;
const CACHE = "public, max-age=300";

/** Pages of people who are not members: what is published, and the form behind the link of a mail. */
export const publishedRoutes: RawRoutes = (app, services) => {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES }, (_request, body, done) => done(null, new URLSearchParams(body.toString())));
  addDisplays(app, services);
  addForm(app, services);
};

type Named = { Params: { slug: string } };

const addDisplays = (app: FastifyInstance, services: Services): void => {
  const find = async (request: FastifyRequest<Named>) => {
    const found = /^[a-z0-9]{1,40}$/.test(request.params.slug) ? await readPublished(services, request.params.slug) : null;
    if (found === null) throw new AppError("not_found", 404, "Nothing is published at this address.");
    return found;
  };
  // Any website may show these: that is what they are for. They hold no script and load nothing.
  app.get<Named>("/published-reviews/:slug", async (request, reply) => {
    const { settings, published } = await find(request);
    reply.removeHeader("x-frame-options");
    return reply.headers({
      "content-type": "text/html; charset=utf-8", "cache-control": CACHE, "cross-origin-resource-policy": "cross-origin", "referrer-policy": "no-referrer",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${request.cspNonce}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
    }).send(publishedPage({ nonce: request.cspNonce, settings, published }));
  });
  app.get<Named>("/published-reviews/:slug/data.json", async (request, reply) => {
    const { published } = await find(request);
    return reply.headers({ "content-type": "application/ld+json; charset=utf-8", "cache-control": CACHE, "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" })
      .send(JSON.stringify(schemaOrg(published)));
  });
  app.get<Named>("/published-reviews/:slug/embed.js", async (request, reply) => {
    const { settings, published, url } = await find(request);
    return reply.headers({ "content-type": "text/javascript; charset=utf-8", "cache-control": CACHE, "cross-origin-resource-policy": "cross-origin" })
      .send(embedScript({ url, title: settings.title || published.organisation, heightPx: settings.heightPx }));
  });
};

type Linked = { Params: { token: string } };

const addForm = (app: FastifyInstance, services: Services): void => {
  const limiter = createLimiter();
  app.get<Linked>("/testimonial/:token", async (request, reply) => sendPage(request, reply, await showForm(services, request, null)));
  app.post<Linked>("/testimonial/:token", async (request, reply) => {
    const waitSeconds = limiter(request.ip, FORMS_PER_MINUTE * services.config.rateLimitFactor, services.clock.now().getTime());
    if (waitSeconds > 0) {
      reply.header("retry-after", String(waitSeconds));
      throw new AppError("too_many_requests", 429, `Too many requests. Try again in ${waitSeconds} s.`);
    }
    return sendPage(request, reply, await takeForm(services, request));
  });
};

type PageReply = { status: number; html: string };

const takeForm = async (services: Services, request: FastifyRequest<Linked>): Promise<PageReply> => {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const { token } = request.params;
  const action = `/testimonial/${encodeURIComponent(token)}`;
  if (form.get("act") === "withdraw") {
    return (await withdrawTestimonial(services, token))
      ? { status: 200, html: testimonialMessage(request.cspNonce, { title: "Taken back", text: "Your words are no longer shown and have been deleted." }) }
      : unknownPage(request);
  }
  const thanks = { status: 200, html: testimonialMessage(request.cspNonce, { title: "Thank you!", text: "Your words have arrived. Keep the mail: by the same link you can change your mind.", withdrawAction: action }) };
  // Only programs fill the hidden field.
  if ((form.get("website") ?? "") !== "") return thanks;
  const given = wordsIn(form);
  if (given === null) return showForm(services, request, form);
  return (await giveTestimonial(services, token, given)) ? thanks : showForm(services, request, null);
};

const wordsIn = (form: URLSearchParams): GivenWords | null => {
  const text = cleanText(form.get("text") ?? "", TEXT_MAX);
  const consent = form.get("consent");
  if (text === "" || (consent !== "name" && consent !== "anonymous")) return null;
  return { text, stars: starsIn(form), name: cleanText(form.get("name") ?? "", 120), title: cleanText(form.get("title") ?? "", 120), showsName: consent === "name" };
};

const starsIn = (form: URLSearchParams): number | null => {
  const stars = Number(form.get("stars") ?? "");
  return Number.isInteger(stars) && stars >= 1 && stars <= 5 ? stars : null;
};

const showForm = async (services: Services, request: FastifyRequest<Linked>, wrong: URLSearchParams | null): Promise<PageReply> => {
  const row = await findTestimonialByToken(services.db, hashToken(request.params.token));
  if (row === null || row.kind === "review") return unknownPage(request);
  const action = `/testimonial/${encodeURIComponent(request.params.token)}`;
  if (row.state === "approved") {
    return { status: 200, html: testimonialMessage(request.cspNonce, { title: "Your words are shown", text: `${row.workspaceName} shows what you wrote. You can take it back.`, withdrawAction: action }) };
  }
  const html = testimonialPage(request.cspNonce, {
    organisation: row.workspaceName, action, name: wrong?.get("name") ?? row.authorName ?? "", title: wrong?.get("title") ?? row.authorTitle ?? "",
    text: wrong?.get("text") ?? row.original, stars: wrong === null ? row.stars : starsIn(wrong), showsName: row.consent?.showsName ?? false, isGiven: row.state === "given" || row.state === "rejected",
    problem: wrong === null ? null : "Write some words, and choose one of the two answers under \u201cDo you agree?\u201d. Nothing was sent yet.",
    wording: { withName: consentWording(row.workspaceName, true), withoutName: consentWording(row.workspaceName, false) },
  });
  return { status: wrong === null ? 200 : 422, html };
};

const unknownPage = (request: FastifyRequest): PageReply =>
  ({ status: 404, html: testimonialMessage(request.cspNonce, { title: "This link does not work", text: "It may have been shortened on its way, or what it was for was removed." }) });

const sendPage = (request: FastifyRequest, reply: FastifyReply, page: PageReply): FastifyReply =>
  reply.code(page.status).headers({
    "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "referrer-policy": "no-referrer",
    "content-security-policy": `default-src 'none'; style-src 'nonce-${request.cspNonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  }).send(page.html);
