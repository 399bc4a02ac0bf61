import { askToContact, findOwners, getCustomer, insertInteractions, insertPerceptions, interactionId, listNamesOfCustomers, withdrawExperience } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { hashToken, newToken } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { isSoundExcerpt, sentencesOf, shownText } from "./excerpt.rules.ts";
import { reviewErrors } from "./reviews.errors.ts";
import { lockReview } from "./reviews.queries.ts";
import { subjectOf } from "./reviews.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { getSource } from "./sources.ts";
import type { AskForTestimonial, ModerateTestimonial, Testimonial } from "./testimonials.contract.ts";
import * as queries from "./testimonials.queries.ts";
import type { TestimonialRow } from "./testimonials.queries.ts";

/** What the person agrees to on the page; kept with the testimonial word for word. */
export const consentWording = (organisation: string, showsName: boolean): string =>
  `${organisation} may show these words, whole sentences of them, and the stars on its websites and in its materials, ${showsName ? "with my name" : "without my name"}. I can take this back at any time by the same link.`;

/** Asks a customer by mail for words to show, or for a review at a review site. The contact policy has the last word.
 *  @throws customer_without_email, customer_not_to_be_asked */
export const askCustomer = async (services: Services, actor: Actor, given: AskForTestimonial): Promise<string> => {
  const id = newId();
  const token = newToken();
  const at = services.clock.now();
  await transaction(services.db, async (tx) => {
    const customer = await getCustomer(tx, actor.workspaceId, given.customerId);
    const workspace = await findWorkspace(tx, actor.workspaceId);
    if (customer.email === null) throw reviewErrors.refuse("customer_without_email", "No e-mail address of this customer is known. Add one to the profile first.");
    const subject = await subjectOf(tx, actor.workspaceId, customer.id);
    const decision = await askToContact(tx, {
      workspaceId: actor.workspaceId, customerId: customer.id, address: customer.email, channel: "email", purpose: "survey", kind: "transactional",
      reference: { type: "testimonial", id, label: given.kind === "review" ? "Asked for a review" : "Asked for a testimonial" }, isReminder: false, at, key: `testimonial ${id}`,
    });
    if (decision.decision !== "asked") {
      const until = decision.until === null ? "" : ` Possible from ${decision.until.toISOString().slice(0, 16).replace("T", " ")} UTC.`;
      throw reviewErrors.refuse("customer_not_to_be_asked", `The rules for contacting customers do not allow this now: ${decision.reason.replaceAll("_", " ")}.${until}`, { reason: decision.reason });
    }
    await queries.insertTestimonial(tx, {
      workspaceId: actor.workspaceId, id, kind: given.kind, state: "asked", reviewId: null, subject, tokenHash: hashToken(token), email: customer.email.toLowerCase(),
      authorName: customer.isAnonymous ? null : customer.name, authorTitle: null, stars: null, original: "", excerpt: null, consent: null, askedAt: at, askedBy: actor.memberId,
      givenAt: null, moderatedAt: null, moderatedBy: null, createdAt: at,
    });
    const link = given.kind === "review" && given.reviewUrl !== undefined ? given.reviewUrl : `${services.baseUrl()}/testimonial/${token}`;
    const organisation = workspace?.name ?? "us";
    await sendMail(tx, {
      workspaceId: actor.workspaceId, to: customer.email, subject: given.kind === "review" ? `Would you review ${organisation}?` : `May ${organisation} quote you?`,
      text: `${given.message}\n\n${link}\n`,
    });
    await recordAudit(tx, actor, { action: "testimonial.asked", subject: id, details: { kind: given.kind } });
  });
  return id;
};

/** Takes a review that everybody can read at its source as a testimonial. Words said elsewhere in private need the person's consent: ask for it.
 *  @throws testimonial_without_consent, testimonial_already_made */
export const makeFromReview = async (services: Services, actor: Actor, reviewId: string): Promise<string> =>
  transaction(services.db, async (tx) => {
    const review = await lockReview(tx, actor.workspaceId, reviewId);
    if (review === null) throw httpErrors.refuse("not_found", "There is no such review in this workspace.");
    const source = await getSource(tx, actor.workspaceId, review.sourceId);
    if (!CONNECTORS[source.kind].isPublic) throw reviewErrors.refuse("testimonial_without_consent", "This review was not written in public. Ask the customer for a testimonial instead.");
    const id = newId();
    const at = services.clock.now();
    const isNew = await queries.insertTestimonial(tx, {
      workspaceId: actor.workspaceId, id, kind: "testimonial", state: "given", reviewId, subject: review.subject, tokenHash: null, email: null, authorName: review.authorName, authorTitle: source.name,
      stars: review.stars === null ? null : 1 + ((review.stars - 1) / (review.starsMax - 1)) * 4, original: [review.title, review.text].filter((text) => text !== "").join("\n"), excerpt: null,
      consent: { basis: "public", wording: `Written in public${review.url === null ? "" : ` at ${review.url}`}; shown with its source.`, at: at.toISOString(), showsName: true },
      askedAt: null, askedBy: null, givenAt: review.writtenAt, moderatedAt: null, moderatedBy: null, createdAt: at,
    });
    if (!isNew) throw reviewErrors.refuse("testimonial_already_made", "There is a testimonial from this review already.");
    await recordAudit(tx, actor, { action: "testimonial.made", subject: id, details: { reviewId } });
    return id;
  });

/** Approves, rejects, or chooses which sentences are shown. The words themselves stay as they were given. */
export const moderateTestimonial = async (services: Services, actor: Actor, id: string, change: ModerateTestimonial): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const row = await getTestimonial(tx, actor.workspaceId, id);
    if (row.state === "asked" || row.state === "withdrawn") {
      throw reviewErrors.refuse("testimonial_state_wrong", row.state === "asked" ? "The customer has not written anything yet." : "The customer took the words back.");
    }
    const state = change.state ?? row.state;
    if (state === "approved" && row.consent === null) throw reviewErrors.refuse("testimonial_without_consent", "Nobody has agreed to show these words.");
    if (change.excerpt != null && !isSoundExcerpt(row.original, change.excerpt)) {
      throw reviewErrors.refuse("testimonial_excerpt_wrong", `The original has ${sentencesOf(row.original).length} sentences. Name some of them by their place, each once and in their order.`);
    }
    const excerpt = change.excerpt === undefined ? row.excerpt : change.excerpt;
    await queries.updateTestimonial(tx, { ...row, state, excerpt, moderatedAt: services.clock.now(), moderatedBy: actor.memberId });
    await recordAudit(tx, actor, { action: `testimonial.${change.state ?? "excerpted"}`, subject: id, details: {} });
  });
};

export const removeTestimonial = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    await getTestimonial(tx, actor.workspaceId, id);
    await queries.deleteTestimonial(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "testimonial.removed", subject: id, details: {} });
  });
};

export type GivenWords = { text: string; stars: number | null; name: string; title: string; showsName: boolean };

/** Keeps what a person wrote and agreed to on the page of the link, and puts it on the timeline once. Sent again, it replaces what was sent before until a member approved it.
 *  @returns false when the link is unknown, or its words were approved already */
export const giveTestimonial = async (services: Services, token: string, given: GivenWords): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const found = await queries.findTestimonialByToken(tx, hashToken(token));
    const row = found === null ? null : await queries.lockTestimonial(tx, found.workspaceId, found.id);
    if (found === null || row === null || row.state === "approved") return false;
    const at = services.clock.now();
    await queries.updateTestimonial(tx, {
      ...row, state: "given", authorName: given.showsName && given.name !== "" ? given.name : null, authorTitle: given.showsName && given.title !== "" ? given.title : null,
      stars: given.stars, original: given.text, excerpt: null, givenAt: at,
      consent: { basis: "given", wording: consentWording(found.workspaceName, given.showsName), at: at.toISOString(), showsName: given.showsName },
    });
    await recordTestimonial(tx, { ...row, stars: given.stars, original: given.text }, at);
    return true;
  });

/** Takes words and consent back: from then on nothing is shown, and the words leave the timeline too, as the page promises.
 *  @returns false when the link is unknown */
export const withdrawTestimonial = async (services: Services, token: string): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const found = await queries.findTestimonialByToken(tx, hashToken(token));
    const row = found === null ? null : await queries.lockTestimonial(tx, found.workspaceId, found.id);
    if (row === null) return false;
    await queries.updateTestimonial(tx, { ...row, state: "withdrawn", authorName: null, authorTitle: null, original: "", excerpt: null, stars: null, consent: null });
    const ids = recordedIds(row);
    await withdrawExperience(tx, row.workspaceId, { interactionIds: [ids.interaction], perceptionIds: [ids.stars, ids.comment] });
    await publish(tx, { name: "experience.withdrawn", workspaceId: row.workspaceId, payload: { because: "reviews" } });
    await publish(tx, { name: "testimonial.withdrawn", workspaceId: row.workspaceId, payload: { testimonialId: row.id } });
    return true;
  });

const recordedIds = (row: Pick<TestimonialRow, "workspaceId" | "id">): { interaction: string; stars: string; comment: string } => {
  const of = (suffix: string): string => interactionId(row.workspaceId, `testimonial:${row.id}${suffix}`);
  return { interaction: of(""), stars: of(":stars"), comment: of(":comment") };
};

const recordTestimonial = async (tx: Queryable, row: TestimonialRow, at: Date): Promise<void> => {
  const ids = recordedIds(row);
  const moment = at.toISOString();
  const isNew = await insertInteractions(tx, row.workspaceId, [{
    id: ids.interaction, messageId: `testimonial:${row.id}`, type: "review", name: "Testimonial", subject: row.subject, userId: row.subject?.startsWith("user:") === true ? row.subject.slice("user:".length) : null,
    anonymousId: null, at: moment, receivedAt: moment, sentAt: null, originalAt: null, channel: "web", touchpoint: null, stage: null, direction: "customer", source: "review", importId: null,
    memberId: null, message: JSON.stringify({ testimonialId: row.id }),
  }]);
  if (isNew.length === 0) return;
  const base = {
    subject: row.subject, interactionId: ids.interaction, at: moment, choice: null, isInferred: false, modelVersion: null, source: "review", channel: "web", touchpoint: null, stage: null,
    weight: 1, surveyId: null, responseId: null, importId: null, properties: { testimonialId: row.id },
  };
  await insertPerceptions(tx, row.workspaceId, [
    ...(row.stars === null ? [] : [{ ...base, id: ids.stars, kind: "stars" as const, value: row.stars, scaleMin: 1, scaleMax: 5, text: null }]),
    { ...base, id: ids.comment, kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, text: row.original },
  ]);
  await publish(tx, { name: "testimonial.given", workspaceId: row.workspaceId, payload: { testimonialId: row.id } });
};

const getTestimonial = async (tx: Queryable, workspaceId: string, id: string): Promise<TestimonialRow> => {
  const row = await queries.lockTestimonial(tx, workspaceId, id);
  if (row === null) throw httpErrors.refuse("not_found", "There is no such testimonial in this workspace.");
  return row;
};

/** Testimonials as members see them, with the customers they belong to today. */
export const showTestimonials = async (db: Queryable, workspaceId: string, rows: readonly TestimonialRow[]): Promise<Testimonial[]> => {
  const owners = await findOwners(db, rows.map((row) => ({ workspaceId: row.workspaceId, subject: row.subject, at: row.createdAt })));
  const ids = [...new Set(owners.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))];
  const names = new Map((await listNamesOfCustomers(db, workspaceId, ids)).map(({ id, name }) => [id, name]));
  return rows.map((row, place) => {
    const customerId = owners[place]?.customerId ?? null;
    return {
      id: row.id, kind: row.kind, state: row.state, reviewId: row.reviewId, customer: customerId === null ? null : { id: customerId, name: names.get(customerId) ?? customerId }, email: row.email,
      authorName: row.authorName, authorTitle: row.authorTitle, stars: row.stars, original: row.original, sentences: sentencesOf(row.original), excerpt: row.excerpt,
      shown: shownText(row.original, row.excerpt), consent: row.consent, askedAt: row.askedAt?.toISOString() ?? null, givenAt: row.givenAt?.toISOString() ?? null,
      moderatedAt: row.moderatedAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
    };
  });
};

export const showTestimonial = async (db: Queryable, workspaceId: string, id: string): Promise<Testimonial> => {
  const [shown] = await showTestimonials(db, workspaceId, await queries.listTestimonials(db, workspaceId, { id, state: null }, { before: null, limit: 1 }));
  if (shown === undefined) throw httpErrors.refuse("not_found", "There is no such testimonial in this workspace.");
  return shown;
};
