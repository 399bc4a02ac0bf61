import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { CONNECTORS } from "./connectors.rules.ts";
import { ask, signIn } from "./asking.ts";
import * as queries from "./replies.queries.ts";
import type { ReplyRow } from "./replies.queries.ts";
import { reviewErrors } from "./reviews.errors.ts";
import { lockReview } from "./reviews.queries.ts";
import type { ReviewRow } from "./reviews.queries.ts";
import { canReply, getSource } from "./sources.ts";

export const REPLY_ATTEMPTS_MAX = 5;

/** Keeps an answer for later; it replaces the draft before. */
export const saveDraft = async (services: Services, actor: Actor, reviewId: string, text: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const review = await getReviewToAnswer(tx, actor.workspaceId, reviewId);
    await replaceUnsent(tx, { actor, review, text, state: "draft", now: services.clock.now() });
  });
};

/** Sends an answer to where the review was written, by a job: the source may be slow or away. */
export const sendReply = async (services: Services, actor: Actor, reviewId: string, text: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const review = await getReviewToAnswer(tx, actor.workspaceId, reviewId);
    const source = await getSource(tx, actor.workspaceId, review.sourceId);
    const connector = CONNECTORS[source.kind];
    if (connector.reply === undefined || !canReply(connector, source.secrets)) {
      throw reviewErrors.refuse("review_not_answerable", `"${source.name}" takes no answers from here. Answer at the source, or give it the access it needs.`);
    }
    if (text.length > connector.reply.lengthMax) {
      throw reviewErrors.refuse("review_reply_too_long", `The answer has ${text.length} characters; this source takes ${connector.reply.lengthMax}.`, { lengthMax: connector.reply.lengthMax });
    }
    const id = await replaceUnsent(tx, { actor, review, text, state: "queued", now: services.clock.now() });
    await enqueue(tx, "reviews.sendReply", { workspaceId: actor.workspaceId, replyId: id }, { maxAttempts: REPLY_ATTEMPTS_MAX });
    await recordAudit(tx, actor, { action: "review.answered", subject: reviewId, details: {} });
  });
};

/** Says the answer at the source. A fault that may pass is thrown, so that the job tries again; the last one, and every refusal, stays with the answer. */
export const deliverReply = async (services: Services, given: { workspaceId: string; replyId: string; attempt: number }): Promise<void> => {
  const reply = await queries.findReply(services.db, given.workspaceId, given.replyId);
  const review = reply === null ? null : await lockReview(services.db, given.workspaceId, reply.reviewId);
  if (reply === null || review === null || reply.state !== "queued") return;
  const sent = await say(services, review, reply);
  if (sent.ok) {
    await transaction(services.db, async (tx) => {
      const at = services.clock.now();
      await queries.noteReplyState(tx, { ...reply, state: "sent", error: null, sentAt: at });
      await queries.noteAnswer(tx, { workspaceId: reply.workspaceId, id: review.id, answer: reply.text, at });
      await publish(tx, { name: "review.answered", workspaceId: reply.workspaceId, payload: { reviewId: review.id } });
    });
    return;
  }
  const isOver = !sent.isPassing || given.attempt >= REPLY_ATTEMPTS_MAX;
  await queries.noteReplyState(services.db, { ...reply, state: isOver ? "failed" : "queued", error: sent.message, sentAt: null });
  if (!isOver) throw new Error(`The answer ${reply.id} was not taken: ${sent.message}`);
};

const say = async (services: Services, review: ReviewRow, reply: ReplyRow): Promise<{ ok: true } | { ok: false; message: string; isPassing: boolean }> => {
  const source = await getSource(services.db, review.workspaceId, review.sourceId);
  const connector = CONNECTORS[source.kind];
  if (connector.reply === undefined) return { ok: false, message: "This source takes no answers.", isPassing: false };
  const signedIn = await signIn(services, source);
  if (!signedIn.ok) return signedIn;
  const request = connector.reply.request(signedIn.value, {
    id: reply.id, text: reply.text, at: reply.createdAt.toISOString(), externalId: review.externalId, handle: review.authorHandle, reference: review.reference,
  });
  const asked = await ask(services, request);
  return asked.ok ? { ok: true } : asked;
};

const replaceUnsent = async (tx: Queryable, given: { actor: Actor; review: ReviewRow; text: string; state: "draft" | "queued"; now: Date }): Promise<string> => {
  const { actor, review, text, state, now } = given;
  const newest = await queries.findNewestReply(tx, review.workspaceId, review.id);
  if (newest?.state === "queued") throw reviewErrors.refuse("review_reply_on_its_way", "An answer to this review is being sent. Wait until it has arrived.");
  await queries.deleteUnsentReplies(tx, review.workspaceId, review.id);
  const id = newId();
  await queries.insertReply(tx, { workspaceId: review.workspaceId, id, reviewId: review.id, text, state, error: null, memberId: actor.memberId, createdAt: now, sentAt: null });
  return id;
};

const getReviewToAnswer = async (tx: Queryable, workspaceId: string, id: string): Promise<ReviewRow> => {
  const review = await lockReview(tx, workspaceId, id);
  if (review === null) throw httpErrors.refuse("not_found", "There is no such review in this workspace.");
  return review;
};
