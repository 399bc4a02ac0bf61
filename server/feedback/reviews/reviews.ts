import { findOwners, getCustomer, listNamesOfCustomers, listSpansOfCustomer, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWriter } from "./authors.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { recordReview, withdrawReviews } from "./recording.ts";
import type { Review, ReviewDetail } from "./reviews.contract.ts";
import { reviewErrors } from "./reviews.errors.ts";
import * as queries from "./reviews.queries.ts";
import type { ListedReviewRow, ReviewRow } from "./reviews.queries.ts";
import { canReply, getSource } from "./sources.ts";

const KINDS_BY_STRENGTH = ["user", "external", "email", "phone"];
const MATCH_BATCH = 500;
const MATCH_DAYS = 180;

/** Says by hand who wrote a review; what was recorded moves to that customer. */
export const assignCustomer = async (services: Services, actor: Actor, reviewId: string, customerId: string | null): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const review = await queries.lockReview(tx, actor.workspaceId, reviewId);
    if (review === null) throw httpErrors.refuse("not_found", "There is no such review in this workspace.");
    const subject = customerId === null ? null : await subjectOf(tx, actor.workspaceId, customerId);
    await moveReview(tx, { review, subject, isAssignedByHand: true, now: services.clock.now() });
    await recordAudit(tx, actor, { action: "review.assigned", subject: reviewId, details: { customerId } });
  });
};

/** Finds writers of reviews that nobody was known for when they came: people become known later.
 *  @returns how many were found */
export const matchReviews = async (services: Services): Promise<number> => {
  const since = new Date(services.clock.now().getTime() - MATCH_DAYS * 86_400_000);
  let after: { workspaceId: string; id: string } | null = null;
  let matched = 0;
  for (;;) {
    const rows: ReviewRow[] = await queries.listUnmatched(services.db, after, since, MATCH_BATCH);
    for (const row of rows) matched += (await matchReview(services, row)) ? 1 : 0;
    const last = rows.at(-1);
    if (last === undefined || rows.length < MATCH_BATCH) return matched;
    after = { workspaceId: last.workspaceId, id: last.id };
  }
};

const matchReview = async (services: Services, row: ReviewRow): Promise<boolean> => {
  const writer = await findWriter(services.db, { ...row, identifiers: row.authorIdentifiers, handle: row.authorHandle });
  const { subject } = writer;
  if (subject === null) return false;
  return transaction(services.db, async (tx) => {
    const review = await queries.lockReview(tx, row.workspaceId, row.id);
    if (review === null || review.subject !== null || review.isAssignedByHand) return false;
    await moveReview(tx, { review, subject, isAssignedByHand: writer.isAssignedByHand, now: services.clock.now() });
    return true;
  });
};

const moveReview = async (tx: Queryable, given: { review: ReviewRow; subject: string | null; isAssignedByHand: boolean; now: Date }): Promise<void> => {
  const { review, subject, isAssignedByHand, now } = given;
  if (review.subject === subject) {
    await queries.updateReview(tx, { ...review, isAssignedByHand });
    return;
  }
  await withdrawReviews(tx, review.workspaceId, [review]);
  const moved = { ...review, subject, isAssignedByHand, revision: review.revision + 1 };
  await queries.updateReview(tx, moved);
  await recordReview(tx, moved, await getSource(tx, review.workspaceId, review.sourceId), now);
};

/** The strongest name a customer is known by today.
 *  @throws customer_unknown, customer_without_identifier */
export const subjectOf = async (tx: Queryable, workspaceId: string, customerId: string): Promise<string> => {
  const customer = await getCustomer(tx, workspaceId, customerId);
  const spans = (await listSpansOfCustomer(tx, workspaceId, customer.id)).filter((span) => span.to === null && !span.isBlocked);
  const strongest = KINDS_BY_STRENGTH.map((kind) => spans.find((span) => span.kind === kind || span.kind.startsWith(`${kind}:`))).find((span) => span !== undefined);
  if (strongest === undefined) throw reviewErrors.refuse("customer_without_identifier", "This customer is known by a browser only. Choose one with a number, an e-mail address or a phone number.");
  return subjectText(strongest);
};

/** Reviews as members see them, with the customers they belong to today. Two queries more, however many rows. */
export const showReviews = async (db: Queryable, workspaceId: string, rows: readonly ListedReviewRow[]): Promise<Review[]> => {
  const owners = await findOwners(db, rows.map((row) => ({ workspaceId: row.workspaceId, subject: row.subject, at: row.writtenAt })));
  const ids = [...new Set(owners.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))];
  const names = new Map((await listNamesOfCustomers(db, workspaceId, ids)).map(({ id, name }) => [id, name]));
  return rows.map((row, place) => {
    const customerId = owners[place]?.customerId ?? null;
    return showReview(row, customerId === null ? null : { id: customerId, name: names.get(customerId) ?? row.subject ?? customerId });
  });
};

export const showReviewDetail = async (db: Queryable, workspaceId: string, id: string): Promise<ReviewDetail> => {
  const filter = { id, sourceId: null, starsFrom: null, starsTo: null, isAnswered: null, subject: null, search: null };
  const [review] = await showReviews(db, workspaceId, await queries.listReviewRows(db, workspaceId, filter, { before: null, limit: 1 }));
  if (review === undefined) throw httpErrors.refuse("not_found", "There is no such review in this workspace.");
  const versions = await queries.listVersions(db, workspaceId, id);
  return { ...review, earlier: versions.map((version) => ({ ...version, writtenAt: version.writtenAt.toISOString() })) };
};

const showReview = (row: ListedReviewRow, customer: { id: string; name: string } | null): Review => {
  const connector = CONNECTORS[row.sourceKind];
  return {
    id: row.id, sourceId: row.sourceId, sourceName: row.sourceName, sourceKind: row.sourceKind, isPublic: connector.isPublic, url: row.url,
    stars: row.stars, starsMax: row.starsMax, title: row.title, text: row.text, language: row.language, authorName: row.authorName, authorHandle: row.authorHandle, customer,
    isAssignedByHand: row.isAssignedByHand, version: row.version, writtenAt: row.writtenAt.toISOString(), receivedAt: row.receivedAt.toISOString(),
    answer: row.answer === null ? null : { text: row.answer, at: row.answeredAt?.toISOString() ?? null },
    reply: row.replyId === null || row.replyState === null ? null : {
      id: row.replyId, text: row.replyText ?? "", state: row.replyState, error: row.replyError,
      createdAt: (row.replyCreatedAt ?? row.receivedAt).toISOString(), sentAt: row.replySentAt?.toISOString() ?? null,
    },
    canReply: canReply(connector, row.secrets), replyLengthMax: connector.reply?.lengthMax ?? 0, testimonialId: row.testimonialId,
  };
};
